// SPDX-License-Identifier: Apache-2.0
// verbatim compact: the log's file rewritten, without the pages that keep what was erased.
#include "core/log/compact.h"

#include <CLI/CLI.hpp>

#include "core/archive/layout.h"
#include "fmt/format.h"
#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/confirm.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  bool dry_run = false;
  bool yes = false;
};

void Print(const Cli& cli, const schema::Record& row) {
  const auto rows = cli.Rows({{"file"}, {"bytes_before"}, {"bytes_after"}, {"bytes_free"}});
  rows->Write(row);
  rows->Finish();
}

// What is there, and how much of it holds nothing any more.
absl::StatusOr<schema::Record> Survey(const Cli& cli) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const store::EnvUse use, archive->log().env().Use());
  VB_ASSIGN_OR_RETURN(const uint64_t unused, log::UnusedBytes(archive->log()));
  return schema::Record()
      .Add("file", (archive->layout().log() / "data.mdb").string())
      .Add("bytes_before", use.file_bytes)
      .Add("bytes_free", unused);
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(schema::Record row, Survey(cli));
  if (arguments.dry_run) {
    Print(cli, row);
    return kDone;
  }
  VB_ASSIGN_OR_RETURN(
      const bool confirmed,
      Confirmed("Rewrite the log's file, with nobody else at work in the archive", arguments.yes));
  if (!confirmed) return kNegative;
  Progress progress("events", cli.quiet);
  VB_ASSIGN_OR_RETURN(const log::CompactReport report,
                      log::Compact(archive::Layout(cli.ArchiveFolder()).log(), base::SystemClock(),
                                   base::SystemRandom(), [&](uint64_t done, uint64_t total) {
                                     progress.Show(done, total, "verifying the copy");
                                   }));
  progress.Clear();
  Print(cli, schema::Record()
                 .Add("file", (archive::Layout(cli.ArchiveFolder()).log() / "data.mdb").string())
                 .Add("bytes_before", report.bytes_before)
                 .Add("bytes_after", report.bytes_after));
  return kDone;
}

}  // namespace

void AddCompact(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "compact",
                           "Rewrite the log's file without free pages, which keep what was erased",
                           "verbatim compact --yes");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_flag("--dry-run", arguments->dry_run,
                 "Say how large the file is and how much of it is free, and change nothing");
  verb->add_flag("--yes", arguments->yes, "Don't ask");
}

}  // namespace verbatim::tool
