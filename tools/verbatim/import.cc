// SPDX-License-Identifier: Apache-2.0
// verbatim import: an archive from the events of another; annotations of other programs' files as
// decisions of a person.
#include <CLI/CLI.hpp>
#include <map>

#include "absl/strings/str_cat.h"
#include "core/archive/importing.h"
#include "core/archive/taking_in.h"
#include "core/audit/changes.h"
#include "core/audit/summary.h"
#include "core/base/hex.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/counts.h"
#include "tools/verbatim/exchange.h"
#include "tools/verbatim/person.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

using archive::Taken;
using archive::TakenIn;
using exchange::FoundFormat;

struct Arguments {
  std::vector<std::string> paths;
  std::string as;
  std::string by;
  bool all = false;
  archive::TakeInOptions options;
};

absl::StatusOr<Exit> ImportEvents(const Cli& cli, const std::string& file) {
  VB_ASSIGN_OR_RETURN(ingest::ByteStream lines, ingest::ByteStream::Open(file));
  archive::Options options;
  options.in_process = cli.in_process;
  Progress progress("events", cli.quiet);
  const auto imported =
      archive::ImportEvents(lines, cli.ArchiveFolder(), options,
                            [&](uint64_t done, uint64_t total) { progress.Show(done, total); });
  progress.Clear();
  if (!imported.ok()) return base::WithContext(imported.status(), file);
  const auto rows = cli.Rows({{"archive"}, {"events"}, {"erased"}, {"root"}});
  rows->Write(schema::Record()
                  .Add("archive", cli.ArchiveFolder())
                  .Add("archive_id", base::ToHex(imported->archive_id))
                  .Add("events", imported->log.events)
                  .Add("erased", imported->log.erased)
                  .Add("root", base::ToHex(imported->log.root)));
  rows->Finish();
  for (const std::string& note : imported->notes) cli.Say(note);
  cli.Say("verified as it was written; signing keys are in no export: keep them elsewhere");
  return kDone;
}

schema::Record RowOf(const TakenIn& taken) {
  return schema::Record()
      .Add("action", archive::ToText(taken.taken))
      .Add("where", taken.where)
      .Add("article", base::ToHex(taken.article))
      .Add("annotation", base::ToHex(taken.annotation))
      .Add("type", taken.type)
      .Add("text", taken.text)
      .Add("why", taken.why)
      .Add("changes", audit::ChangesList(taken.changes))
      .Add("change", taken.why.empty() ? audit::ChangesLine(taken.changes) : taken.why)
      .Add("sequence", taken.sequence);
}

// Prints rows and counts them.
class Report {
 public:
  Report(const Cli& cli, bool all)
      : cli_(cli),
        all_(all),
        rows_(cli.Rows({{"action"},
                        {"where"},
                        {"article", "", schema::Role::kId},
                        {"annotation", "", schema::Role::kId},
                        {"text", "", schema::Role::kText},
                        {"change", "", schema::Role::kText},
                        {"sequence", "#"}})) {}

  void Row(const TakenIn& taken) {
    ++counts_[taken.taken];
    const bool quiet = taken.taken == Taken::kSame || taken.taken == Taken::kOutdated;
    if (all_ || !quiet) rows_->Write(RowOf(taken));
  }
  void Failed(const absl::Status& status) {
    Cli::Complain(std::string(status.message()));
    ++counts_[Taken::kFailed];
  }
  Exit Finish(bool dry_run) {
    rows_->Finish();
    const std::string line =
        CountsLine(counts_, [](Taken taken) { return archive::ToText(taken); });
    cli_.Say(absl::StrCat(dry_run ? "would be: " : "", line.empty() ? "no annotations" : line));
    if (counts_.contains(Taken::kUnplaced) && !dry_run) {
      cli_.Say("'verbatim review --why unplaced' lists what has no place");
    }
    return counts_.contains(Taken::kFailed) ? kSomeFailed : kDone;
  }

 private:
  const Cli& cli_;
  bool all_;
  std::unique_ptr<schema::RowWriter> rows_;
  std::map<Taken, uint64_t> counts_;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  std::optional<FoundFormat> format;
  if (!arguments.as.empty()) {
    VB_ASSIGN_OR_RETURN(format, exchange::FoundFormatNamed(arguments.as));
  }
  const std::string& first = arguments.paths.front();
  FoundFormat is = FoundFormat::kEvents;
  if (format) {
    is = *format;
  } else if (first != "-") {
    VB_ASSIGN_OR_RETURN(is, archive::RecogniseFile(first));
  }
  if (is == FoundFormat::kEvents) {
    if (arguments.paths.size() == 1) return ImportEvents(cli, first);
    return absl::InvalidArgumentError("an archive is made of the events of one file");
  }
  VB_ASSIGN_OR_RETURN(
      const auto archive,
      cli.Open(arguments.options.dry_run ? archive::Access::kRead : archive::Access::kWrite));
  const v1::Actor person =
      arguments.by.empty() ? PersonActor(cli, *archive) : article::PersonActor(arguments.by);
  Report report(cli, arguments.all);
  archive::TakingIn taking_in(*archive, person, arguments.options,
                              [&](const TakenIn& row) { report.Row(row); });
  const auto take = [&](const std::filesystem::path&,
                        const absl::StatusOr<exchange::FoundFile>& found) -> absl::Status {
    if (!found.ok()) {
      report.Failed(found.status());
      return absl::OkStatus();
    }
    VB_ASSIGN_OR_RETURN(const archive::TakeInResult done, taking_in.Take(*found));
    for (const std::string& note : done.notes) cli.Say(note);
    for (const archive::AnnotateResult& run : done.runs) {
      if (!run.failure.empty()) report.Failed(absl::InternalError(run.failure));
    }
    return absl::OkStatus();
  };
  for (const std::string& path : arguments.paths) {
    VB_RETURN_IF_ERROR(archive::VisitFound(path, format, archive->registry(), take));
  }
  return report.Finish(arguments.options.dry_run);
}

}  // namespace

void AddImport(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "import",
              "Make an archive of exported events, or take in annotations as decisions of a person",
              "verbatim -C copy import events.jsonl.gz\n"
              "  verbatim import annotated/ --by ana@desk --dry-run");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("file", arguments->paths,
                   "Of 'verbatim export --as jsonl' (- is standard input), or files or folders of "
                   "Web Annotations, brat (.ann beside .txt) or TimeML")
      ->required();
  verb->add_option("--as", arguments->as,
                   "jsonl, webannotation, brat or timeml; else by how the file begins");
  verb->add_option("--by", arguments->by, "Who decides (else the setting user.name, else $USER)");
  verb->add_option("--reason", arguments->options.reason,
                   "Why; else the file and line that each came from");
  verb->add_flag("--confirm", arguments->options.confirm,
                 "What says the same as here is confirmed, where nobody has decided yet");
  verb->add_flag("--dry-run", arguments->options.dry_run, "List what would be, append nothing");
  verb->add_flag("--all", arguments->all, "List what is the same or outdated too");
}

}  // namespace verbatim::tool
