// SPDX-License-Identifier: Apache-2.0
#include "core/archive/backup.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/catalog.h"
#include "core/archive/layout.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/base/new_folder.h"
#include "core/base/sha256.h"
#include "core/log/compact.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

absl::Status MakeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return absl::OkStatus();
  return base::ErrnoStatus(error.value(), "make " + folder.string());
}

absl::Status CheckMarker(const fs::path& folder) {
  const auto marker = base::ReadFile(Layout(folder).marker(), kMarkerText.size() * 4);
  if (marker.ok() && *marker == kMarkerText) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat(folder.string(),
                   " is no backup that this verbatim can read: a backup is a folder that "
                   "'verbatim backup' made"));
}

// A backup may lie where nothing can be written, a lock neither.
absl::StatusOr<std::unique_ptr<log::EventLog>> OpenBackup(const fs::path& folder) {
  VB_RETURN_IF_ERROR(CheckMarker(folder));
  log::LogOptions options;
  options.mode = store::Mode::kReadOnly;
  auto log = log::EventLog::Open(Layout(folder).log(), options);
  if (!absl::IsFailedPrecondition(log.status())) return log;
  options.mode = store::Mode::kReadOnlyNoLock;
  return log::EventLog::Open(Layout(folder).log(), options);
}

absl::StatusOr<Catalog> CatalogOf(const log::EventLog& log) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log.Read());
  return Catalog::Read(snapshot);
}

// The pinned plugins, each with the digest of its pin.
absl::StatusOr<uint64_t> CopyPlugins(const Catalog& catalog, const Layout& from, const Layout& to) {
  VB_RETURN_IF_ERROR(MakeFolder(to.plugins()));
  uint64_t files = 0;
  for (const auto& [name, plugin] : catalog.plugins()) {
    const fs::path file = from.plugin(plugin.pin.file());
    const auto code = base::ReadFile(file, limits::kPluginBytesMax);
    if (!code.ok() || base::ToString(base::Sha256(*code)) != plugin.pin.code_sha256()) {
      return absl::FailedPreconditionError(absl::StrCat(
          "plugin ", name, ": ", file.string(),
          code.ok() ? " is not the build that is pinned" : " can't be read",
          "; put the pinned file back, or pin another with 'verbatim plugin upgrade ", name, "'"));
    }
    VB_RETURN_IF_ERROR(base::CopyFile(file, to.plugin(plugin.pin.file())));
    ++files;
  }
  VB_RETURN_IF_ERROR(base::SyncFolder(to.plugins()));
  return files;
}

// Everything but the log itself.
absl::StatusOr<BackupReport> Describe(const log::EventLog& log, const Catalog& catalog,
                                      log::VerifyReport verified) {
  BackupReport report;
  report.archive_id = log.archive_id();
  report.log = std::move(verified);
  VB_ASSIGN_OR_RETURN(const store::EnvUse use, log.env().Use());
  report.log_bytes = use.file_bytes;
  report.settings = catalog.settings().size();
  report.plugins = catalog.plugins().size();
  return report;
}

// The log first: plugins that are pinned later have their files later.
absl::StatusOr<BackupReport> CopyArchive(const log::EventLog& log, const Layout& from,
                                         const Layout& to, CopyProgress progress) {
  VB_ASSIGN_OR_RETURN(log::VerifyReport verified,
                      log::CopyVerified(log, to.log(), std::move(progress)));
  log::LogOptions options;
  options.mode = store::Mode::kReadOnlyNoLock;
  VB_ASSIGN_OR_RETURN(const auto copy, log::EventLog::Open(to.log(), options));
  VB_ASSIGN_OR_RETURN(const Catalog catalog, CatalogOf(*copy));
  VB_RETURN_IF_ERROR(CopyPlugins(catalog, from, to).status());
  VB_RETURN_IF_ERROR(MakeFolder(to.views()));
  VB_RETURN_IF_ERROR(base::WriteFileAtomically(to.marker(), kMarkerText));
  return Describe(*copy, catalog, std::move(verified));
}

}  // namespace

absl::StatusOr<BackupReport> Backup(const Archive& archive, const fs::path& folder,
                                    CopyProgress progress) {
  VB_ASSIGN_OR_RETURN(base::NewFolder made, base::NewFolder::Beside(folder));
  VB_ASSIGN_OR_RETURN(BackupReport report, CopyArchive(archive.log(), archive.layout(),
                                                       Layout(made.path()), std::move(progress)));
  VB_RETURN_IF_ERROR(made.Finish());
  return report;
}

absl::StatusOr<BackupReport> InspectBackup(const fs::path& backup, CopyProgress progress) {
  VB_ASSIGN_OR_RETURN(const auto log, OpenBackup(backup));
  log::VerifyOptions options;
  options.progress = std::move(progress);
  VB_ASSIGN_OR_RETURN(log::VerifyReport verified, log::Verify(*log, options));
  if (!verified.whole) {
    return absl::DataLossError(
        absl::StrCat(backup.string(), " is not whole: ", verified.what, "; take another backup"));
  }
  VB_ASSIGN_OR_RETURN(const Catalog catalog, CatalogOf(*log));
  return Describe(*log, catalog, std::move(verified));
}

absl::StatusOr<RestoreReport> Restore(const fs::path& backup, const fs::path& folder,
                                      const std::vector<PastErasure>& erasures,
                                      const Options& options, const ActorOf& actor,
                                      CopyProgress progress) {
  VB_ASSIGN_OR_RETURN(base::NewFolder made, base::NewFolder::Beside(folder));
  RestoreReport report;
  {
    VB_ASSIGN_OR_RETURN(const auto log, OpenBackup(backup));
    VB_ASSIGN_OR_RETURN(report.restored, CopyArchive(*log, Layout(backup), Layout(made.path()),
                                                     std::move(progress)));
  }
  if (!erasures.empty()) {
    Options writable = options;
    writable.access = Access::kWrite;
    VB_ASSIGN_OR_RETURN(const auto archive, Archive::Open(made.path(), writable));
    VB_ASSIGN_OR_RETURN(report.erasures,
                        Reapply(*archive, erasures, archive->Events().As(actor(*archive))));
  }
  if (report.erasures.applied > 0) {
    VB_RETURN_IF_ERROR(
        log::Compact(Layout(made.path()).log(), *options.clock, *options.random).status());
  }
  VB_RETURN_IF_ERROR(made.Finish());
  return report;
}

}  // namespace verbatim::archive
