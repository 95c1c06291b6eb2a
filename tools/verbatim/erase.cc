// SPDX-License-Identifier: Apache-2.0
// verbatim erase: an event or an article leaves the archive on demand, and the record says so.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/erasing.h"
#include "core/archive/erasure_list.h"
#include "core/audit/log_rows.h"
#include "core/base/hex.h"
#include "fmt/format.h"
#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/confirm.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/person.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string target;
  archive::ErasureReason reason;
  bool dry_run = false;
  bool yes = false;
  bool list = false;
};

absl::StatusOr<archive::ErasureTarget> TargetOf(const archive::Archive& archive,
                                                const std::string& name) {
  VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(archive, name));
  if (thing.kind == audit::Kind::kArticle) return archive::ErasureTarget{0, thing.id};
  return archive::ErasureTarget{thing.sequence, {}};
}

absl::Status List(const Cli& cli, const archive::Archive& archive,
                  const archive::ErasurePlan& plan) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  const auto rows = cli.Rows({{"sequence", "#"},
                              {"recorded_at", "when (UTC)"},
                              {"type"},
                              {"what", "", schema::Role::kText}});
  for (const uint64_t sequence : plan.events) {
    VB_ASSIGN_OR_RETURN(const audit::Opened event,
                        audit::Open(snapshot, archive.registry(), sequence));
    const schema::Record row = audit::LogRow(event, archive.registry());
    schema::Record shown;
    for (const char* field : {"sequence", "stream", "recorded_at", "type", "what"}) {
      if (const schema::Value* value = row.Find(field)) shown.Add(field, *value);
    }
    rows->Write(shown);
  }
  rows->Finish();
  return absl::OkStatus();
}

void SayWhatElse(const Cli& cli, const archive::ErasurePlan& plan) {
  for (const std::string& other : plan.same_text) {
    cli.Say(absl::StrCat("article ", base::ToHex(other),
                         " has a text of this one, and stays: erase it as well if it is meant"));
  }
}

void PrintDone(const Cli& cli, const archive::Erased& erased) {
  if (cli.Format() == schema::Format::kTable) {
    fmt::print("erased {} events of {}, recorded as @{}\n", erased.plan.events.size(),
               erased.plan.stream, erased.sequence);
    return;
  }
  const auto rows = cli.Rows({});
  rows->Write(schema::Record()
                  .Add("sequence", erased.sequence)
                  .Add("stream", erased.plan.stream)
                  .Add("events", uint64_t{erased.plan.events.size()})
                  .Add("reason_code", erased.plan.event.reason_code())
                  .Add("authority", erased.plan.event.authority()));
  rows->Finish();
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  const bool writes = !arguments.dry_run && !arguments.list;
  VB_ASSIGN_OR_RETURN(const auto archive,
                      cli.Open(writes ? archive::Access::kWrite : archive::Access::kRead));
  if (arguments.list) {
    VB_ASSIGN_OR_RETURN(const std::string lines, archive::ExportErasures(archive->log()));
    fmt::print("{}", lines);
    return kDone;
  }
  if (arguments.target.empty()) {
    return absl::InvalidArgumentError("name what is to be erased: @SEQUENCE, or an article");
  }
  VB_ASSIGN_OR_RETURN(const archive::ErasureTarget target, TargetOf(*archive, arguments.target));
  VB_ASSIGN_OR_RETURN(const archive::ErasurePlan plan,
                      archive::PlanErasure(*archive, target, arguments.reason));
  SayWhatElse(cli, plan);
  if (arguments.dry_run) {
    VB_RETURN_IF_ERROR(List(cli, *archive, plan));
    return kDone;
  }
  VB_ASSIGN_OR_RETURN(const bool confirmed,
                      Confirmed(fmt::format("Erase the bodies of {} events of {}, for good",
                                            plan.events.size(), plan.stream),
                                arguments.yes));
  if (!confirmed) return kNegative;
  const article::EventMaker person = archive->Events().As(PersonActor(cli, *archive));
  VB_ASSIGN_OR_RETURN(const archive::Erased erased,
                      archive::Erase(*archive, target, arguments.reason, person));
  Progress progress("events", cli.quiet);
  VB_ASSIGN_OR_RETURN(const std::vector<std::string> notes,
                      archive::RebuildWithoutErased(
                          *archive, [&](std::string_view view, uint64_t sequence, uint64_t head) {
                            progress.Show(sequence, head, view);
                          }));
  progress.Clear();
  for (const std::string& note : notes) cli.Say(note);
  PrintDone(cli, erased);
  cli.Say(
      "'verbatim compact' takes the bytes out of the log's file; backups made before this hold "
      "them still");
  return kDone;
}

}  // namespace

void AddErase(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(
      app, "erase", "Take an event or an article out for good, and say so in the record",
      "verbatim erase 3fa9 --reason-code court-order --authority \"District Court, 12/2026\"");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("target", arguments->target,
                   "@SEQUENCE (with what depends on it), or ARTICLE: id prefix, URL, file name");
  verb->add_option("--reason-code", arguments->reason.code, "Why, in a word of a-z, 0-9 and -");
  verb->add_option("--authority", arguments->reason.authority,
                   "Who demands it; stays in the record, so it names nobody who is to be erased");
  verb->add_flag_callback(
      "--no-marks", [arguments] { arguments->reason.marks = false; },
      "Leave no mark of the article's texts either: they can come in again under another URL");
  verb->add_flag("--dry-run", arguments->dry_run, "List what would go, and change nothing");
  verb->add_flag("--yes", arguments->yes, "Don't ask");
  verb->add_flag("--export", arguments->list,
                 "Print all erasures of the archive as JSON lines, for 'restore --erasures'");
}

}  // namespace verbatim::tool
