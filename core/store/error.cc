// SPDX-License-Identifier: Apache-2.0
#include "core/store/error.h"

#include <fmt/format.h>
#include <lmdb.h>
#include <sys/statvfs.h>

#include <cerrno>

namespace verbatim::store {
namespace {

// LMDB reports a short write, which is what a full disk gives, as EIO. Less room than a commit
// needs says which it was.
bool DiskIsFull(const std::filesystem::path& folder) {
  constexpr uint64_t kRoomOfACommit = 1 << 20;
  struct statvfs use;
  if (statvfs(folder.c_str(), &use) != 0) return false;
  return static_cast<uint64_t>(use.f_bavail) * use.f_frsize < kRoomOfACommit;
}

absl::Status DiskFull(const std::string& where) {
  return absl::ResourceExhaustedError(
      where + ": disk full. Nothing of this commit was kept; free some space and try again");
}

absl::Status Damaged(const std::string& where, int code) {
  return absl::DataLossError(fmt::format(
      "{}: the file is damaged ({}). Run `verbatim verify` to see where, and restore a backup",
      where, mdb_strerror(code)));
}

absl::Status NotAllowed(const std::string& where, int code) {
  return absl::FailedPreconditionError(
      fmt::format("{}: {}. Run as the owner of the archive, or make data.mdb and lock.mdb writable "
                  "(chmod u+w)",
                  where, mdb_strerror(code)));
}

}  // namespace

absl::Status LmdbStatus(int code, std::string_view what, const std::filesystem::path& folder) {
  const std::string where = fmt::format("{} in {}", what, folder.string());
  switch (code) {
    case MDB_SUCCESS:
      return absl::OkStatus();
    case MDB_NOTFOUND:
      return absl::NotFoundError(where + ": not there");
    case MDB_KEYEXIST:
      return absl::AlreadyExistsError(where + ": the key is there already, or a greater one");
    case MDB_BAD_VALSIZE:
      return absl::InvalidArgumentError(where + ": a key has 1 to 511 bytes");
    case MDB_MAP_FULL:
      return absl::ResourceExhaustedError(
          where +
          ": the map is full. Nothing of this commit was kept; raise the limit of address "
          "space (ulimit -v), or `verbatim compact`");
    case ENOSPC:
    case EDQUOT:
      return DiskFull(where);
    case EIO:
      if (DiskIsFull(folder)) return DiskFull(where);
      return absl::UnavailableError(
          where +
          ": the disk reported an input or output error. Nothing of this commit was kept; "
          "look at the system's log (dmesg), then run `verbatim verify`");
    case ENOMEM:
      return absl::ResourceExhaustedError(where +
                                          ": not enough memory or address space (ulimit -v)");
    case MDB_READERS_FULL:
      return absl::ResourceExhaustedError(
          where + ": too many readers at once. `verbatim doctor` clears those that died");
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_CURSOR_FULL:
      return Damaged(where, code);
    case MDB_PANIC:
      return absl::UnavailableError(
          where +
          ": a flush failed before, so the archive is not written to any more. What was "
          "acknowledged is kept; look at the disk, then start verbatim again");
    case MDB_TXN_FULL:
      return absl::ResourceExhaustedError(where + ": too much for one commit");
    case MDB_INVALID:
      return absl::FailedPreconditionError(
          where + ": data.mdb is no database of this program. Is this the right folder?");
    case MDB_VERSION_MISMATCH:
      return absl::FailedPreconditionError(
          where + ": data.mdb was written by another version of LMDB (this is " +
          mdb_version(nullptr, nullptr, nullptr) + "): use the verbatim that wrote it");
    case EACCES:
    case EPERM:
    case EROFS:
      return NotAllowed(where, code);
    case ENOENT:
      return absl::NotFoundError(where + ": there is no data.mdb");
    case EAGAIN:
      return absl::UnavailableError(
          where +
          ": a process with this process's number, in another container, uses the archive. "
          "Run one of them at a time");
    case EBUSY:
      return absl::UnavailableError(where + ": in use; try again");
    default:
      return absl::InternalError(fmt::format("{}: {}", where, mdb_strerror(code)));
  }
}

}  // namespace verbatim::store
