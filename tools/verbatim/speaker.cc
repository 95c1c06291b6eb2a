// SPDX-License-Identifier: Apache-2.0
// verbatim speaker: who is who, as the log says: list, show, alias, merge, split, import.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/speaking.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "tools/verbatim/people.h"
#include "tools/verbatim/person.h"

namespace verbatim::tool {
namespace {

using archive::SpeakerDecision;

schema::List ListOf(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

schema::Record RowOf(const archive::Speaker& speaker) {
  schema::List printed;
  std::string names;
  for (const auto& [name, count] : speaker.printed) {
    printed.emplace_back(schema::Record().Add("name", name).Add("quotations", count));
    absl::StrAppend(&names, names.empty() ? "" : ", ", name, " ", count);
  }
  return schema::Record()
      .Add("speaker_key", speaker.key)
      .Add("speaker", speaker.name)
      .Add("quotations", speaker.quotations)
      .Add("printed", std::move(printed))
      .Add("as_printed", names)
      .Add("merged", ListOf(speaker.merged))
      .Add("aliases", ListOf(speaker.aliases));
}

void Print(const Cli& cli, const std::vector<const archive::Speaker*>& speakers) {
  using schema::Role;
  const auto rows = cli.Rows({{"quotations"},
                              {"speaker", "", Role::kName},
                              {"speaker_key", "key", Role::kKey},
                              {"as_printed", "as printed", Role::kText},
                              {"merged"},
                              {"aliases"}});
  for (const archive::Speaker* speaker : speakers) rows->Write(RowOf(*speaker));
  rows->Finish();
}

struct Look {
  std::string name;
};

absl::StatusOr<Exit> List(const Cli& cli, const Look&) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const archive::Speakers speakers, archive::Speakers::Read(*archive));
  std::vector<const archive::Speaker*> all;
  for (const archive::Speaker& speaker : speakers.all()) all.push_back(&speaker);
  Print(cli, all);
  return kDone;
}

absl::StatusOr<Exit> Show(const Cli& cli, const Look& look) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const archive::Speakers speakers, archive::Speakers::Read(*archive));
  VB_ASSIGN_OR_RETURN(const archive::Speaker* const found, speakers.Find(look.name));
  Print(cli, {found});
  return kDone;
}

absl::Status Append(const Cli& cli, archive::Archive& archive,
                    const std::vector<SpeakerDecision>& decisions) {
  VB_ASSIGN_OR_RETURN(const auto sequences,
                      archive::DecideOnSpeakers(archive, decisions, PersonActor(cli, archive)));
  for (const uint64_t sequence : sequences) {
    cli.Say(absl::StrCat("@", sequence, "; 'verbatim undo @", sequence, "' takes it back"));
  }
  VB_ASSIGN_OR_RETURN(const archive::Speakers speakers, archive::Speakers::Read(archive));
  std::vector<const archive::Speaker*> changed;
  for (const SpeakerDecision& decision : decisions) {
    const auto found = speakers.Find(decision.speaker);
    if (found.ok()) changed.push_back(*found);
  }
  Print(cli, changed);
  return absl::OkStatus();
}

absl::StatusOr<Exit> Decide(const Cli& cli, const SpeakerDecision& decision) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  VB_RETURN_IF_ERROR(Append(cli, *archive, {decision}));
  return kDone;
}

struct File {
  std::string path;
  std::string reason;
};

absl::StatusOr<Exit> Import(const Cli& cli, const File& file) {
  VB_ASSIGN_OR_RETURN(const std::string table,
                      base::ReadFile(file.path, limits::kDocumentBytesMax));
  VB_ASSIGN_OR_RETURN(std::vector<SpeakerDecision> decisions,
                      archive::ParseSpeakerTable(table, file.path));
  for (SpeakerDecision& decision : decisions) decision.reason = file.reason;
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  if (!decisions.empty()) VB_RETURN_IF_ERROR(Append(cli, *archive, decisions));
  return kDone;
}

void AddDecision(CLI::App& verb, Cli& cli, SpeakerDecision::Kind kind, const std::string& name,
                 const std::string& summary, const std::string& others,
                 const std::string& example) {
  CLI::App* below = AddVerb(verb, name, summary, example);
  auto decision = SetRun(below, cli, &Decide);
  decision->kind = kind;
  below->add_option("speaker", decision->speaker, "A name, a last name that only one has, or a key")
      ->required();
  below->add_option("other", decision->others, others)->required();
  if (kind != SpeakerDecision::Kind::kSplit) {
    below->add_option("--name", decision->name, "The name to show; else the one that it has");
  }
  below->add_option("--reason", decision->reason, "Why; kept for ever with the decision");
}

}  // namespace

void AddSpeaker(CLI::App& app, Cli& cli) {
  using Kind = SpeakerDecision::Kind;
  CLI::App* verb = AddVerb(app, "speaker", "Who is who: list, show, alias, merge, split, import",
                           "verbatim speaker merge \"Ada Lund\" \"A. Lund\"");
  verb->require_subcommand(1);
  SetRun(AddVerb(*verb, "list", "Everybody who is quoted, the most quoted first",
                 "verbatim speaker list --format csv"),
         cli, &List);
  CLI::App* show = AddVerb(*verb, "show", "One speaker: names as printed, keys, aliases",
                           "verbatim speaker show Lund");
  auto look = SetRun(show, cli, &Show);
  show->add_option("name", look->name, "A name, a last name that only one has, or a key")
      ->required();
  AddDecision(*verb, cli, Kind::kAlias, "alias", "Other spellings of one speaker",
              "Spellings, as they are printed somewhere",
              "verbatim speaker alias \"Ada Lund\" \"the mayor of Selis\"");
  AddDecision(*verb, cli, Kind::kMerge, "merge", "Several speakers are one",
              "Speakers that are the first one",
              "verbatim speaker merge \"Ada Lund\" \"A. Lund\" --reason \"same office, same day\"");
  AddDecision(*verb, cli, Kind::kSplit, "split", "What was merged or aliased stands alone again",
              "Names or keys that stand alone again",
              "verbatim speaker split \"Ada Lund\" \"A. Lund\"");
  CLI::App* import = AddVerb(*verb, "import", "Spellings from a table, all or nothing",
                             "verbatim speaker import names.tsv");
  auto file = SetRun(import, cli, &Import);
  import->add_option("file", file->path, "Lines name<TAB>spelling<TAB>spelling...")->required();
  import->add_option("--reason", file->reason, "Why; kept for ever with the decisions");
}

}  // namespace verbatim::tool
