// SPDX-License-Identifier: Apache-2.0
#include "core/store/alone.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/error.h"
#include "core/store/page_layout.h"
#include "fmt/format.h"

namespace verbatim::store {
namespace {

constexpr uint64_t kPageBytes = 4096;
// Of the transaction's number in a meta page: after magic, version, address, size, two databases
// and the last page.
constexpr size_t kMetaTxnAt = kPageHeadBytes + 24 + 2 * kDbRecordBytes + 8;

// The byte that LMDB locks.
struct flock FirstByte(short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = 0;
  lock.l_len = 1;
  return lock;
}

}  // namespace

absl::StatusOr<Alone> Alone::Take(const Env& env) {
  base::Fd fd(open((env.folder() / "lock.mdb").c_str(), O_RDWR | O_CLOEXEC));
  if (!fd.valid()) return LmdbStatus(errno, "open lock.mdb", env.folder());
  struct flock lock = FirstByte(F_WRLCK);
  // Locks of this kind are a process's: closing any descriptor of the file ends them all. That is
  // why this one stays open as long as the environment.
  if (fcntl(fd.get(), F_SETLK, &lock) == 0) return Alone(std::move(fd));
  const int code = errno;
  if (code != EACCES && code != EAGAIN) return LmdbStatus(code, "lock", env.folder());
  struct flock holder = FirstByte(F_WRLCK);
  std::string who = "another process";
  if (fcntl(fd.get(), F_GETLK, &holder) == 0 && holder.l_type != F_UNLCK && holder.l_pid > 0) {
    who = fmt::format("process {}", holder.l_pid);
  }
  return absl::UnavailableError(
      fmt::format("{} is open in {}, and for this nobody else may have it open: let it end "
                  "('verbatim log --follow' goes on until it is stopped), then try again",
                  env.folder().string(), who));
}

absl::Status ContinueFrom(const std::filesystem::path& copy, uint64_t last_txn) {
  const base::Fd fd(open((copy / "data.mdb").c_str(), O_RDWR | O_CLOEXEC));
  if (!fd.valid()) return LmdbStatus(errno, "open the copy", copy);
  std::string pages(kMetaPages * kPageBytes, '\0');
  if (pread(fd.get(), pages.data(), pages.size(), 0) != static_cast<ssize_t>(pages.size())) {
    return LmdbStatus(errno, "read the copy", copy);
  }
  const std::string_view first = std::string_view(pages).substr(0, kPageBytes);
  const std::string_view second = std::string_view(pages).substr(kPageBytes);
  if (ReadMeta(first).page_bytes != kPageBytes) {
    return absl::FailedPreconditionError(copy.string() + " has pages of another size than 4 KiB");
  }
  const std::string newest(ReadMeta(first).txn > ReadMeta(second).txn ? first : second);
  // LMDB looks for transaction n in meta page n mod 2; the other one has the one before it.
  for (uint64_t slot = 0; slot < kMetaPages; ++slot) {
    const uint64_t txn = last_txn % kMetaPages == slot ? last_txn : last_txn - 1;
    std::string page = newest;
    std::memcpy(page.data(), &slot, sizeof slot);
    std::memcpy(page.data() + kMetaTxnAt, &txn, sizeof txn);
    const auto at = static_cast<off_t>(slot * kPageBytes);
    if (pwrite(fd.get(), page.data(), page.size(), at) != static_cast<ssize_t>(page.size())) {
      return LmdbStatus(errno, "write the copy", copy);
    }
  }
  if (fsync(fd.get()) != 0) return LmdbStatus(errno, "flush the copy", copy);
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> FreeBytes(Env& env) {
  // LMDB's own database 0 lists free pages: each value is a count, then so many page numbers.
  VB_ASSIGN_OR_RETURN(const ReadTxn txn, env.BeginRead());
  uint64_t pages = 0;
  VB_RETURN_IF_ERROR(txn.Scan(Db{}, "", std::nullopt, [&](const Entry& entry) {
    size_t count = 0;
    if (entry.value.size() >= sizeof count) std::memcpy(&count, entry.value.data(), sizeof count);
    pages += count;
    return true;
  }));
  return pages * kPageBytes;
}

}  // namespace verbatim::store
