// SPDX-License-Identifier: Apache-2.0
// Preloaded (LD_PRELOAD) into the program under test, between it and libc: counts, fails, delays,
// swallows and records the calls that lead to system calls, as the Control of shim.h says. No
// allocation.
#include "tests/faults/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "tests/faults/shim_calls.h"

namespace verbatim::faults {
namespace {

template <typename Function>
Function Real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
// The libc function behind the one that is defined here.
#define REAL(name)                                \
  static decltype(&::name) real_##name = nullptr; \
  if (real_##name == nullptr) {                   \
    real_##name = Real<decltype(&::name)>(#name); \
  }

// fsync and its relations.
template <typename Do>
int Flush(int fd, Do flush) {
  const Visit visit(Call::kFlush, true);
  if (visit.fails()) return visit.Error();
  if (TheControl() == nullptr) return flush();
  char path[PATH_MAX] = "";
  PathOf(fd, path);
  const int environment = EnvironmentOf(path);
  const bool watched = Watched(path);
  if (environment >= 0) TheControl()->phase[environment] = Phase::kFlush;
  if (watched) Delay();
  if (watched && TheControl()->swallow_flushes != 0) return 0;
  const int result = flush();
  if (environment >= 0 && result == 0) TheControl()->phase[environment] = Phase::kFlushed;
  if (watched && result == 0) {
    struct stat entry;
    const bool folder = syscall(SYS_fstat, fd, &entry) == 0 && S_ISDIR(entry.st_mode);
    Record(folder ? TraceHead::Kind::kFolder : TraceHead::Kind::kFlush, true, InodeOf(fd), 0, path,
           "", 0);
  }
  return result;
}

void RecordPath(TraceHead::Kind kind, const char* path, const char* other = "") {
  if (!Recording()) return;
  char absolute[PATH_MAX];
  Absolute(path, absolute);
  if (!Watched(absolute)) return;
  char to[PATH_MAX] = "";
  if (other[0] != '\0') Absolute(other, to);
  Record(kind, false, 0, 0, absolute, to, strlen(to));
}

template <typename Do>
int Open(const char* path, int flags, Do open) {
  const Visit visit(Call::kOpen, (flags & O_ACCMODE) != O_RDONLY);
  if (visit.fails()) return visit.Error();
  const bool makes = Recording() && (flags & O_CREAT) != 0 && syscall(SYS_access, path, F_OK) != 0;
  const int fd = open();
  if (fd < 0 || !Recording()) return fd;
  char absolute[PATH_MAX];
  Absolute(path, absolute);
  if (!Watched(absolute)) return fd;
  if (makes) Record(TraceHead::Kind::kCreate, false, InodeOf(fd), 0, absolute, "", 0);
  if ((flags & O_TRUNC) != 0) {
    Record(TraceHead::Kind::kResize, false, InodeOf(fd), 0, absolute, "", 0);
  }
  return fd;
}

template <typename Do>
ssize_t Write(Call call, int fd, const iovec* parts, int count, off_t begin, Do write) {
  // What the program says of itself is no call of the product.
  const bool spared =
      TheControl() != nullptr && TheControl()->spare_meta != 0 && begin < kMetaBytes;
  if (fd == STDOUT_FILENO || spared) {
    const Writing writing(fd, parts, count, begin);
    return write();
  }
  const Visit visit(call, true);
  if (!visit.fails() && !visit.lies()) {
    const Writing writing(fd, parts, count, begin);
    return write();
  }
  if (visit.half() || visit.lies()) {
    const size_t half = parts[0].iov_len / 2;
    const auto wrote = syscall(SYS_pwrite64, fd, parts[0].iov_base, half, begin);
    size_t all = 0;
    for (int i = 0; i < count; ++i) all += parts[i].iov_len;
    return visit.lies() ? static_cast<ssize_t>(all) : wrote;
  }
  return visit.Error();
}

template <typename Result, typename Do>
Result Simple(Call call, bool writes, Do act) {
  const Visit visit(call, writes);
  if (visit.fails()) return static_cast<Result>(visit.Error());
  return act();
}

}  // namespace
}  // namespace verbatim::faults

using verbatim::faults::Call;
using verbatim::faults::Flush;
using verbatim::faults::Open;
using verbatim::faults::Real;
using verbatim::faults::Record;
using verbatim::faults::RecordPath;
using verbatim::faults::Simple;
using verbatim::faults::TheControl;
using verbatim::faults::TraceHead;
using verbatim::faults::Visit;
using verbatim::faults::Write;

extern "C" {

// Counting begins or ends. Called by the program under test, which finds it by name.
void verbatim_shim_arm(int armed) {
  if (TheControl() != nullptr) TheControl()->armed = armed != 0 ? 1 : 0;
}

int open(const char* path, int flags, ...) {
  REAL(open);
  va_list rest;
  va_start(rest, flags);
  const auto mode = static_cast<mode_t>(va_arg(rest, unsigned));
  va_end(rest);
  return Open(path, flags, [&] { return real_open(path, flags, mode); });
}
int open64(const char* path, int flags, ...) {
  REAL(open64);
  va_list rest;
  va_start(rest, flags);
  const auto mode = static_cast<mode_t>(va_arg(rest, unsigned));
  va_end(rest);
  return Open(path, flags, [&] { return real_open64(path, flags, mode); });
}
int close(int fd) {
  REAL(close);
  const Visit visit(Call::kClose, false);
  const int result = real_close(fd);
  return visit.fails() ? visit.Error() : result;
}
ssize_t read(int fd, void* to, size_t bytes) {
  REAL(read);
  return Simple<ssize_t>(Call::kRead, false, [&] { return real_read(fd, to, bytes); });
}
ssize_t pread(int fd, void* to, size_t bytes, off_t begin) {
  REAL(pread);
  return Simple<ssize_t>(Call::kRead, false, [&] { return real_pread(fd, to, bytes, begin); });
}
ssize_t pread64(int fd, void* to, size_t bytes, off64_t begin) {
  REAL(pread64);
  return Simple<ssize_t>(Call::kRead, false, [&] { return real_pread64(fd, to, bytes, begin); });
}

ssize_t write(int fd, const void* from, size_t bytes) {
  REAL(write);
  const iovec part = {const_cast<void*>(from), bytes};
  const off_t begin = static_cast<off_t>(syscall(SYS_lseek, fd, 0, SEEK_CUR));
  return Write(Call::kWrite, fd, &part, 1, begin, [&] { return real_write(fd, from, bytes); });
}
ssize_t pwrite(int fd, const void* from, size_t bytes, off_t begin) {
  REAL(pwrite);
  const iovec part = {const_cast<void*>(from), bytes};
  return Write(Call::kPwrite, fd, &part, 1, begin,
               [&] { return real_pwrite(fd, from, bytes, begin); });
}
ssize_t pwrite64(int fd, const void* from, size_t bytes, off64_t begin) {
  REAL(pwrite64);
  const iovec part = {const_cast<void*>(from), bytes};
  return Write(Call::kPwrite, fd, &part, 1, begin,
               [&] { return real_pwrite64(fd, from, bytes, begin); });
}
ssize_t writev(int fd, const iovec* parts, int count) {
  REAL(writev);
  const off_t begin = static_cast<off_t>(syscall(SYS_lseek, fd, 0, SEEK_CUR));
  return Write(Call::kWritev, fd, parts, count, begin,
               [&] { return real_writev(fd, parts, count); });
}
ssize_t pwritev(int fd, const iovec* parts, int count, off_t begin) {
  REAL(pwritev);
  return Write(Call::kPwritev, fd, parts, count, begin,
               [&] { return real_pwritev(fd, parts, count, begin); });
}
ssize_t pwritev64(int fd, const iovec* parts, int count, off64_t begin) {
  REAL(pwritev64);
  return Write(Call::kPwritev, fd, parts, count, begin,
               [&] { return real_pwritev64(fd, parts, count, begin); });
}

off_t lseek(int fd, off_t to, int from) noexcept {
  REAL(lseek);
  return Simple<off_t>(Call::kSeek, false, [&] { return real_lseek(fd, to, from); });
}
off64_t lseek64(int fd, off64_t to, int from) noexcept {
  REAL(lseek64);
  return Simple<off64_t>(Call::kSeek, false, [&] { return real_lseek64(fd, to, from); });
}

int fsync(int fd) {
  REAL(fsync);
  return Flush(fd, [&] { return real_fsync(fd); });
}
int fdatasync(int fd) {
  REAL(fdatasync);
  return Flush(fd, [&] { return real_fdatasync(fd); });
}
int msync(void* begin, size_t bytes, int flags) {
  REAL(msync);
  return Simple<int>(Call::kFlush, true, [&] { return real_msync(begin, bytes, flags); });
}
int ftruncate(int fd, off_t bytes) noexcept {
  REAL(ftruncate);
  const Visit visit(Call::kTruncate, true);
  if (visit.fails()) return visit.Error();
  if (verbatim::faults::Recording()) {
    char path[PATH_MAX] = "";
    verbatim::faults::PathOf(fd, path);
    if (verbatim::faults::Watched(path)) {
      Record(TraceHead::Kind::kResize, false, verbatim::faults::InodeOf(fd), bytes, path, "", 0);
    }
  }
  return real_ftruncate(fd, bytes);
}
int posix_fallocate(int fd, off_t begin, off_t bytes) {
  REAL(posix_fallocate);
  const Visit visit(Call::kAllocate, true);
  return visit.fails() ? TheControl()->error_number.load() : real_posix_fallocate(fd, begin, bytes);
}

void* mmap(void* at, size_t bytes, int rights, int flags, int fd, off_t begin) noexcept {
  REAL(mmap);
  const Visit visit(Call::kMap, false);
  if (!visit.fails()) return real_mmap(at, bytes, rights, flags, fd, begin);
  errno = TheControl()->error_number;
  return MAP_FAILED;
}
int munmap(void* at, size_t bytes) noexcept {
  REAL(munmap);
  return Simple<int>(Call::kUnmap, false, [&] { return real_munmap(at, bytes); });
}
int madvise(void* at, size_t bytes, int advice) noexcept {
  REAL(madvise);
  return Simple<int>(Call::kAdvise, false, [&] { return real_madvise(at, bytes, advice); });
}

int rename(const char* from, const char* to) noexcept {
  REAL(rename);
  return Simple<int>(Call::kRename, true, [&] {
    const int result = real_rename(from, to);
    if (result == 0) RecordPath(TraceHead::Kind::kRename, from, to);
    return result;
  });
}
int unlink(const char* path) noexcept {
  REAL(unlink);
  return Simple<int>(Call::kUnlink, true, [&] {
    const int result = real_unlink(path);
    if (result == 0) RecordPath(TraceHead::Kind::kUnlink, path);
    return result;
  });
}
int mkdir(const char* path, mode_t mode) noexcept {
  REAL(mkdir);
  return Simple<int>(Call::kMakeFolder, true, [&] {
    const int result = real_mkdir(path, mode);
    if (result == 0) RecordPath(TraceHead::Kind::kMakeFolder, path);
    return result;
  });
}
int statvfs(const char* path, struct statvfs* use) noexcept {
  REAL(statvfs);
  const int result = real_statvfs(path, use);
  if (TheControl() != nullptr && result == 0 && TheControl()->disk_full != 0) use->f_bavail = 0;
  return result;
}
int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, now));
  if (TheControl() == nullptr || clock != CLOCK_REALTIME) return result;
  const int64_t shift_us = TheControl()->clock_shift_us;
  now->tv_sec += shift_us / 1'000'000;
  return result;
}
}
