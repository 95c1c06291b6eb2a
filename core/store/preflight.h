// SPDX-License-Identifier: Apache-2.0
// What must hold before LMDB may open a folder, and what it would otherwise get silently wrong:
// network file systems, a second open in one process, a lock file that a full disk turns into
// SIGBUS. Private to the room, open to its tests.
#ifndef VERBATIM_CORE_STORE_PREFLIGHT_H_
#define VERBATIM_CORE_STORE_PREFLIGHT_H_

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/base/status.h"

namespace verbatim::store {

// By the f_type of statfs(2): locks and maps of these aren't shared between machines.
bool IsNetworkFileSystem(uint64_t type);

struct DataFile {
  dev_t device = 0;
  ino_t inode = 0;
  uint64_t bytes = 0;
  bool read_only_medium = false;
};

// Looks at the folder and its data.mdb, which `create` makes, with the folder, when absent.
// kNotFound when it is absent otherwise, kFailedPrecondition when it may not be used.
absl::StatusOr<DataFile> PrepareDataFile(const std::filesystem::path& folder, bool write,
                                         bool create);

// Makes lock.mdb and gives it all its blocks. A read-only medium is left as it is.
absl::Status PrepareLockFile(const std::filesystem::path& folder);

// Places in lock.mdb that PrepareLockFile makes room for.
inline constexpr unsigned kReadersMax = 254;

// This process's claim on one data.mdb, while it lives.
class OpenClaim {
 public:
  // Nothing when this process holds one already.
  static std::optional<OpenClaim> Take(dev_t device, ino_t inode);
  OpenClaim(OpenClaim&& other) noexcept;
  OpenClaim& operator=(OpenClaim&&) = delete;
  ~OpenClaim();

 private:
  OpenClaim(dev_t device, ino_t inode, pid_t process)
      : device_(device), inode_(inode), process_(process) {}
  dev_t device_;
  ino_t inode_;
  pid_t process_;  // 0: moved from
};

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_PREFLIGHT_H_
