// SPDX-License-Identifier: Apache-2.0
#include "core/log/compact.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <utility>

#include "core/base/files.h"
#include "core/store/alone.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace fs = std::filesystem;
namespace {

constexpr char kDataFile[] = "data.mdb";

absl::Status Remove(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (!error) return absl::OkStatus();
  return base::ErrnoStatus(error.value(), "remove " + path.string());
}

absl::StatusOr<uint64_t> Bytes(const fs::path& file) {
  std::error_code error;
  const uint64_t bytes = fs::file_size(file, error);
  if (error) return base::ErrnoStatus(error.value(), "size of " + file.string());
  return bytes;
}

// The copy is made with the umask's mode.
absl::Status TakeMode(const fs::path& from, const fs::path& to) {
  struct stat status;
  if (::stat(from.c_str(), &status) != 0) return base::ErrnoStatus(errno, "stat " + from.string());
  if (::chmod(to.c_str(), status.st_mode & 07777) == 0) return absl::OkStatus();
  return base::ErrnoStatus(errno, "chmod " + to.string());
}

absl::StatusOr<VerifyReport> VerifyCopy(const fs::path& copy,
                                        std::function<void(uint64_t, uint64_t)> progress) {
  VerifyReport report;
  {
    LogOptions options;
    options.mode = store::Mode::kReadOnly;
    VB_ASSIGN_OR_RETURN(const auto log, EventLog::Open(copy, options));
    VerifyOptions verify;
    verify.progress = std::move(progress);
    VB_ASSIGN_OR_RETURN(report, Verify(*log, verify));
  }
  VB_RETURN_IF_ERROR(Remove(copy / "lock.mdb"));
  if (report.whole) return report;
  return absl::DataLossError(fmt::format(
      "the copy is not whole{}: {}; run 'verbatim verify' on what it was made of",
      report.first_bad_sequence == 0 ? "" : fmt::format(" at @{}", report.first_bad_sequence),
      report.what));
}

absl::Status Replace(EventLog& log, const fs::path& folder,
                     std::function<void(uint64_t, uint64_t)> progress) {
  const fs::path beside = folder / kCompactingFolder;
  VB_ASSIGN_OR_RETURN(const store::EnvUse use, log.env().Use());
  VB_RETURN_IF_ERROR(log.env().CopyCompact(beside));
  VB_RETURN_IF_ERROR(store::ContinueFrom(beside, use.last_txn));
  VB_RETURN_IF_ERROR(VerifyCopy(beside, std::move(progress)).status());
  VB_RETURN_IF_ERROR(TakeMode(folder / kDataFile, beside / kDataFile));
  if (::rename((beside / kDataFile).c_str(), (folder / kDataFile).c_str()) != 0) {
    return base::ErrnoStatus(errno, "rename over " + (folder / kDataFile).string());
  }
  return base::SyncFolder(folder);
}

}  // namespace

absl::StatusOr<VerifyReport> CopyVerified(const EventLog& log, const fs::path& to,
                                          std::function<void(uint64_t, uint64_t)> progress) {
  VB_RETURN_IF_ERROR(log.env().CopyCompact(to));
  return VerifyCopy(to, std::move(progress));
}

absl::StatusOr<uint64_t> UnusedBytes(const EventLog& log) { return store::FreeBytes(log.env()); }

absl::StatusOr<CompactReport> Compact(const fs::path& folder, base::Clock& clock,
                                      base::Random& random,
                                      std::function<void(uint64_t, uint64_t)> progress) {
  LogOptions options;
  options.clock = &clock;
  options.random = &random;
  VB_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log, EventLog::Open(folder, options));
  if (log->mode() != store::Mode::kReadWrite) {
    return absl::FailedPreconditionError(folder.string() +
                                         " lies on a read-only medium: nothing can be rewritten");
  }
  VB_ASSIGN_OR_RETURN(const store::Alone alone, store::Alone::Take(log->env()));
  CompactReport report;
  VB_ASSIGN_OR_RETURN(report.bytes_before, Bytes(folder / kDataFile));
  VB_RETURN_IF_ERROR(Remove(folder / kCompactingFolder));
  const absl::Status replaced = Replace(*log, folder, std::move(progress));
  log.reset();  // before `alone`, as it must be
  VB_RETURN_IF_ERROR(Remove(folder / kCompactingFolder));
  VB_RETURN_IF_ERROR(replaced);
  VB_ASSIGN_OR_RETURN(report.bytes_after, Bytes(folder / kDataFile));
  return report;
}

}  // namespace verbatim::log
