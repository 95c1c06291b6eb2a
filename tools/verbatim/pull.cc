// SPDX-License-Identifier: Apache-2.0
// verbatim pull: another archive's decisions into this one, and how far the two agree.
#include <CLI/CLI.hpp>
#include <map>

#include "absl/strings/str_cat.h"
#include "core/archive/pulling.h"
#include "core/base/hex.h"
#include "fmt/format.h"
#include "tools/verbatim/counts.h"
#include "tools/verbatim/people.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

using archive::PulledDecision;
using What = PulledDecision::What;

struct Arguments {
  std::string from;
  bool agreement = false;
  bool dry_run = false;
};

schema::Record RowOf(const PulledDecision& pulled) {
  return schema::Record()
      .Add("action", archive::ToText(pulled.what))
      .Add("who", pulled.who)
      .Add("there", pulled.there)
      .Add("article", base::ToHex(pulled.article))
      .Add("annotation", base::ToHex(pulled.annotation))
      .Add("type", pulled.type)
      .Add("text", pulled.text)
      .Add("why", pulled.why)
      .Add("sequence", pulled.sequence);
}

void WriteAgreement(const Cli& cli, const archive::PullResult& done) {
  const auto rows = cli.Rows({{"type"}, {"both"}, {"alike"}, {"f1"}, {"kappa"}});
  for (const auto& [type, agreement] : done.agreement) {
    schema::Record row = schema::Record()
                             .Add("type", type)
                             .Add("both", agreement.both)
                             .Add("alike", agreement.alike)
                             .Add("f1", agreement.F1());
    if (const auto kappa = agreement.Kappa()) row.Add("kappa", *kappa);
    rows->Write(row);
  }
  rows->Finish();
  if (done.agreement.empty()) cli.Say("there is nothing that people at both desks have decided on");
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  const bool writes = !arguments.agreement && !arguments.dry_run;
  VB_ASSIGN_OR_RETURN(const auto archive,
                      cli.Open(writes ? archive::Access::kWrite : archive::Access::kRead));
  Progress progress("events", cli.quiet);
  const auto other =
      archive::OtherDesk::Open(arguments.from, archive->options(),
                               [&](uint64_t done, uint64_t total) { progress.Show(done, total); });
  progress.Clear();
  VB_RETURN_IF_ERROR(other.status());
  std::map<What, uint64_t> counts;
  const auto rows = arguments.agreement ? nullptr
                                        : cli.Rows({{"action"},
                                                    {"who"},
                                                    {"there"},
                                                    {"article", "", schema::Role::kId},
                                                    {"annotation", "", schema::Role::kId},
                                                    {"text", "", schema::Role::kText},
                                                    {"why", "", schema::Role::kText},
                                                    {"sequence", "#"}});
  VB_ASSIGN_OR_RETURN(const archive::PullResult done,
                      archive::Pull(*archive, **other, !writes, [&](const PulledDecision& pulled) {
                        ++counts[pulled.what];
                        if (rows != nullptr) rows->Write(RowOf(pulled));
                      }));
  if (rows == nullptr) {
    WriteAgreement(cli, done);
    return kDone;
  }
  rows->Finish();
  const std::string line = CountsLine(counts, [](What what) { return archive::ToText(what); });
  const std::string id = base::ShortId((*other)->archive().log().archive_id());
  cli.Say(absl::StrCat("from archive ", id, ": ", line.empty() ? "nothing new" : line));
  for (const auto& [type, agreement] : done.agreement) {
    const auto kappa = agreement.Kappa();
    cli.Say(fmt::format("agreement on {}: {} of {} alike, F1 {:.3f}{}", type, agreement.alike,
                        agreement.both, agreement.F1(),
                        kappa ? fmt::format(", kappa {:.3f}", *kappa) : ""));
  }
  if (counts.contains(What::kConflict)) cli.Say("'verbatim review --conflicts' lists what differs");
  for (const archive::AnnotateResult& run : done.runs) {
    if (run.failure.empty()) continue;
    Cli::Complain(absl::StrCat("pulled, and article ", base::ShortId(run.article),
                               " was not annotated again: ", run.failure));
    return kSomeFailed;
  }
  return kDone;
}

}  // namespace

void AddPull(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "pull", "Take in another archive's decisions; those that differ wait in review",
              "verbatim pull ../other-desk\n"
              "  verbatim pull desk.jsonl.gz --agreement --format json");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("from", arguments->from,
                   "Folder of an archive, or a file of its 'verbatim export --as jsonl'")
      ->required();
  verb->add_flag("--agreement", arguments->agreement,
                 "Only how far people at both desks decide alike, by type of body");
  verb->add_flag("--dry-run", arguments->dry_run, "List what would be, append nothing");
}

}  // namespace verbatim::tool
