// SPDX-License-Identifier: Apache-2.0
// verbatim backup, verbatim restore: a verified copy of an archive, and an archive from one.
#include "core/archive/backup.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/views.h"
#include "core/base/hex.h"
#include "fmt/format.h"
#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/confirm.h"
#include "tools/verbatim/person.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string folder;
  std::string erasures;
  bool dry_run = false;
  bool yes = false;
};

schema::Record RowOf(const std::string& folder, const archive::BackupReport& report) {
  schema::Record row;
  row.Add("folder", folder)
      .Add("archive_id", base::ToHex(report.archive_id))
      .Add("events", report.log.events)
      .Add("bodies", report.log.bodies)
      .Add("erased", report.log.erased)
      .Add("plugins", report.plugins)
      .Add("settings", report.settings)
      .Add("log_bytes", report.log_bytes)
      .Add("root", base::ToHex(report.log.root));
  return row;
}

void Print(const Cli& cli, const schema::Record& row) {
  const auto rows = cli.Rows({{"folder"},
                              {"events"},
                              {"bodies"},
                              {"erased"},
                              {"plugins"},
                              {"log_bytes"},
                              {"root", "", schema::Role::kId}});
  rows->Write(row);
  rows->Finish();
}

absl::StatusOr<Exit> RunBackup(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  Progress progress("events", cli.quiet);
  VB_ASSIGN_OR_RETURN(
      const archive::BackupReport report,
      archive::Backup(*archive, arguments.folder, [&](uint64_t done, uint64_t total) {
        progress.Show(done, total, "verifying the copy");
      }));
  progress.Clear();
  Print(cli, RowOf(arguments.folder, report));
  cli.Say("verified in full; signing keys are not in it: keep them elsewhere");
  return kDone;
}

// Every view, so that the first reader needn't wait; what can't be built now is said.
absl::Status BuildViews(const Cli& cli, archive::Archive& archive, Progress& progress) {
  archive::Views views(archive, [&](std::string_view view, uint64_t sequence, uint64_t head) {
    progress.Show(sequence, head, view);
  });
  for (const std::string& name : archive.catalog().ViewNames()) {
    const auto opened = views.Open(name);
    progress.Clear();
    if (!opened.ok()) cli.Say(std::string(opened.status().message()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Exit> RunRestore(const Cli& cli, const Arguments& arguments) {
  std::vector<archive::PastErasure> erasures;
  if (!arguments.erasures.empty()) {
    VB_ASSIGN_OR_RETURN(erasures, archive::ReadErasures(arguments.erasures));
  }
  Progress progress("events", cli.quiet);
  const auto show = [&](uint64_t done, uint64_t total) {
    progress.Show(done, total, "verifying the backup");
  };
  if (arguments.dry_run) {
    VB_ASSIGN_OR_RETURN(const archive::BackupReport report,
                        archive::InspectBackup(arguments.folder, show));
    progress.Clear();
    Print(cli, RowOf(cli.ArchiveFolder(), report));
    cli.Say(absl::StrCat(erasures.size(), " erasures would be made where they are not in it"));
    return kDone;
  }
  VB_ASSIGN_OR_RETURN(
      const bool confirmed,
      Confirmed(fmt::format("Restore {} into {}", arguments.folder, cli.ArchiveFolder()),
                arguments.yes));
  if (!confirmed) return kNegative;
  archive::Options options;
  options.in_process = cli.in_process;
  VB_ASSIGN_OR_RETURN(
      const archive::RestoreReport report,
      archive::Restore(
          arguments.folder, cli.ArchiveFolder(), erasures, options,
          [&](const archive::Archive& archive) { return PersonActor(cli, archive); }, show));
  progress.Clear();
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  VB_RETURN_IF_ERROR(BuildViews(cli, *archive, progress));
  Print(
      cli,
      RowOf(cli.ArchiveFolder(), report.restored).Add("erasures_applied", report.erasures.applied));
  cli.Say(arguments.erasures.empty()
              ? "what was erased after this backup was made is back, if anything was: erase it "
                "again, or restore with --erasures (a list of 'verbatim erase --export', or the "
                "old archive)"
              : fmt::format("erasures made again: {}; there already: {}; of nothing that is here: "
                            "{}",
                            report.erasures.applied, report.erasures.known,
                            report.erasures.absent));
  return kDone;
}

}  // namespace

void AddBackup(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "backup", "Copy the archive, verified, while others go on writing",
                           "verbatim backup /mnt/disk/2026-11-01");
  auto arguments = SetRun(verb, cli, &RunBackup);
  verb->add_option("folder", arguments->folder, "Absent or empty; it appears whole or not at all")
      ->required();
}

void AddRestore(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "restore", "Make an archive of a backup, in the folder of -C",
              "verbatim -C archive restore /mnt/disk/2026-11-01 --erasures list.jsonl");
  auto arguments = SetRun(verb, cli, &RunRestore);
  verb->add_option("backup", arguments->folder, "Folder that 'verbatim backup' made")->required();
  verb->add_option(
      "--erasures", arguments->erasures,
      "What was erased since: a list of 'erase --export', or the old archive's folder");
  verb->add_flag("--dry-run", arguments->dry_run, "Verify the backup and say what it holds");
  verb->add_flag("--yes", arguments->yes, "Don't ask");
}

}  // namespace verbatim::tool
