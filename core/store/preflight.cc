// SPDX-License-Identifier: Apache-2.0
#include "core/store/preflight.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/files.h"
#include "core/store/error.h"

namespace verbatim::store {
namespace {

// LMDB wants 64 bytes a reader after a head of two cache lines; a page more than enough for both.
constexpr off_t kLockBytes = (kReadersMax + 2) * 64;

struct Registry {
  std::mutex mutex;
  std::set<std::tuple<pid_t, dev_t, ino_t>> open;
};

Registry& OpenEnvironments() {
  static Registry* const registry = new Registry;
  return *registry;
}

absl::Status RefuseNetwork(const std::filesystem::path& folder) {
  struct statfs system;
  if (statfs(folder.c_str(), &system) != 0) return LmdbStatus(errno, "statfs", folder);
  if (!IsNetworkFileSystem(static_cast<uint64_t>(system.f_type))) return absl::OkStatus();
  return absl::FailedPreconditionError(
      folder.string() +
      " lies on a network file system, where locks and maps are not shared: put the archive on a "
      "local disk, and send backups over the network");
}

}  // namespace

bool IsNetworkFileSystem(uint64_t type) {
  switch (type & 0xffffffffu) {
    case 0x6969:      // NFS
    case 0x517b:      // SMB
    case 0xff534d42:  // CIFS
    case 0xfe534d42:  // SMB2
    case 0x564c:      // NCP
    case 0x5346414f:  // AFS
    case 0x73757245:  // Coda
    case 0x00c36400:  // Ceph
    case 0x0bd00bd0:  // Lustre
    case 0x01021997:  // 9P
      return true;
    default:
      return false;
  }
}

absl::StatusOr<DataFile> PrepareDataFile(const std::filesystem::path& folder, bool write,
                                         bool create) {
  DataFile file;
  std::error_code error;
  if (write && create) {
    std::filesystem::create_directories(folder, error);
    if (error && error.value() != EROFS) return LmdbStatus(error.value(), "make folder", folder);
  }
  if (!std::filesystem::is_directory(folder, error)) {
    return absl::NotFoundError(folder.string() + ": there is no such folder");
  }
  VB_RETURN_IF_ERROR(RefuseNetwork(folder));
  const std::filesystem::path path = folder / "data.mdb";
  const int flags = write ? (create ? O_RDWR | O_CREAT : O_RDWR) : O_RDONLY;
  base::Fd fd(open(path.c_str(), flags | O_CLOEXEC, 0644));
  if (!fd.valid() && errno == EROFS) {
    file.read_only_medium = true;
    fd = base::Fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  if (!fd.valid()) return LmdbStatus(errno, "open data.mdb", folder);
  struct stat entry;
  if (fstat(fd.get(), &entry) != 0) return LmdbStatus(errno, "stat data.mdb", folder);
  if (!S_ISREG(entry.st_mode)) {
    return absl::FailedPreconditionError(path.string() + " is no regular file");
  }
  file.device = entry.st_dev;
  file.inode = entry.st_ino;
  file.bytes = static_cast<uint64_t>(entry.st_size);
  return file;
}

absl::Status PrepareLockFile(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "lock.mdb";
  const base::Fd fd(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd.valid()) {
    if (errno == EROFS) return absl::OkStatus();
    if (errno == ENOSPC || errno == EDQUOT) return LmdbStatus(errno, "make lock.mdb", folder);
    return absl::FailedPreconditionError(
        path.string() + " cannot be written (" + std::generic_category().message(errno) +
        "), and without it readers and writers cannot see each other: run as the owner of the "
        "archive, or make it writable (chmod u+w), or copy the archive");
  }
  struct stat entry;
  if (fstat(fd.get(), &entry) != 0) return LmdbStatus(errno, "stat lock.mdb", folder);
  if (entry.st_size >= kLockBytes) return absl::OkStatus();
  // A map over a hole that the disk cannot fill is SIGBUS at the first reader.
  if (const int code = posix_fallocate(fd.get(), 0, kLockBytes); code != 0) {
    return LmdbStatus(code, "make lock.mdb", folder);
  }
  return absl::OkStatus();
}

std::optional<OpenClaim> OpenClaim::Take(dev_t device, ino_t inode) {
  Registry& registry = OpenEnvironments();
  const std::lock_guard lock(registry.mutex);
  const pid_t process = getpid();  // a claim of the parent before a fork is not ours
  if (!registry.open.emplace(process, device, inode).second) return std::nullopt;
  return OpenClaim(device, inode, process);
}

OpenClaim::OpenClaim(OpenClaim&& other) noexcept
    : device_(other.device_), inode_(other.inode_), process_(std::exchange(other.process_, 0)) {}

OpenClaim::~OpenClaim() {
  if (process_ == 0) return;
  Registry& registry = OpenEnvironments();
  const std::lock_guard lock(registry.mutex);
  registry.open.erase({process_, device_, inode_});
}

}  // namespace verbatim::store
