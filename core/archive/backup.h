// SPDX-License-Identifier: Apache-2.0
// A backup is an archive without views and keys: the log as it stood at one moment, and the plugins
// that its pins name. It is made while others write, verified in full before it appears, and can be
// read as any archive is. README.md says what a restore does with later erasures.
//
//   VB_ASSIGN_OR_RETURN(BackupReport made, Backup(*archive, "/mnt/disk/monday"));
//   VB_ASSIGN_OR_RETURN(auto restored, Restore("/mnt/disk/monday", "archive", {}, options, actor));
#ifndef VERBATIM_CORE_ARCHIVE_BACKUP_H_
#define VERBATIM_CORE_ARCHIVE_BACKUP_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/erasure_list.h"
#include "core/log/verify.h"

namespace verbatim::archive {

using CopyProgress = std::function<void(uint64_t done, uint64_t total)>;

struct BackupReport {
  std::string archive_id;  // 16 bytes
  log::VerifyReport log;   // of the copy: events, bodies, root
  uint64_t log_bytes = 0;
  uint64_t plugins = 0;  // files
  uint64_t settings = 0;
};

// `folder` must be absent or empty, and appears whole or not at all. kFailedPrecondition when the
// file of a pinned plugin is missing or another, kDataLoss when the log is damaged.
absl::StatusOr<BackupReport> Backup(const Archive& archive, const std::filesystem::path& folder,
                                    CopyProgress progress = {});

// What a backup holds, verified in full and changed in nothing.
absl::StatusOr<BackupReport> InspectBackup(const std::filesystem::path& backup,
                                           CopyProgress progress = {});

// Who acts in that archive: its settings may say.
using ActorOf = std::function<v1::Actor(const Archive&)>;

struct RestoreReport {
  BackupReport restored;
  Reapplied erasures;
};

// An archive from a backup, with those erasures made in it, and their bytes gone from its file,
// before it appears at `folder`, which must be absent or empty. `actor` says who restores. Its
// views are built when they are first read.
absl::StatusOr<RestoreReport> Restore(const std::filesystem::path& backup,
                                      const std::filesystem::path& folder,
                                      const std::vector<PastErasure>& erasures,
                                      const Options& options, const ActorOf& actor,
                                      CopyProgress progress = {});

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_BACKUP_H_
