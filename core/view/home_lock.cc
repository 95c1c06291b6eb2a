// SPDX-License-Identifier: Apache-2.0
#include "core/view/home_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

namespace verbatim::view {
namespace fs = std::filesystem;
namespace {

absl::StatusOr<base::Fd> LockFile(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  const fs::path path = folder / "lock";
  base::Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd.valid()) return base::ErrnoStatus(errno, "open " + path.string());
  return fd;
}

}  // namespace

absl::StatusOr<HomeLock> HomeLock::Take(const fs::path& folder) {
  VB_ASSIGN_OR_RETURN(base::Fd fd, LockFile(folder));
  while (::flock(fd.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return base::ErrnoStatus(errno, "lock " + folder.string());
  }
  return HomeLock(std::move(fd));
}

absl::StatusOr<std::optional<HomeLock>> HomeLock::TryTake(const fs::path& folder) {
  VB_ASSIGN_OR_RETURN(base::Fd fd, LockFile(folder));
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::optional<HomeLock>();
    if (errno != EINTR) return base::ErrnoStatus(errno, "lock " + folder.string());
  }
  return std::optional<HomeLock>(HomeLock(std::move(fd)));
}

}  // namespace verbatim::view
