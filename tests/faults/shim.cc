// SPDX-License-Identifier: Apache-2.0
// Preloaded (LD_PRELOAD) into the program under test, between it and libc: counts, fails, delays,
// swallows and records the calls that lead to system calls, as the Control of shim.h says. No
// allocation, no C++ runtime.
#include "tests/faults/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

namespace verbatim::faults {
namespace {

Control* control = nullptr;
int trace = -1;
pthread_mutex_t trace_mutex = PTHREAD_MUTEX_INITIALIZER;
constexpr off_t kMetaBytes = 2 * 4096;

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

__attribute__((constructor)) void Begin() {
  const char* path = getenv(kControlVariable);
  if (path == nullptr) return;
  const auto fd = static_cast<int>(syscall(SYS_open, path, O_RDWR | O_CLOEXEC));
  if (fd < 0) return;
  void* page = reinterpret_cast<void*>(
      syscall(SYS_mmap, nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
  syscall(SYS_close, fd);
  if (page == MAP_FAILED) return;
  if (const char* file = getenv(kTraceVariable); file != nullptr) {
    trace =
        static_cast<int>(syscall(SYS_open, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  }
  control = static_cast<Control*>(page);
}

void PathOf(int fd, char* path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const auto size = syscall(SYS_readlink, link, path, PATH_MAX - 1);
  path[size < 0 ? 0 : size] = '\0';
}

bool Watched(const char* path) {
  const size_t size = strlen(control->folder);
  return size > 0 && strncmp(path, control->folder, size) == 0 && strstr(path, "lock") == nullptr;
}

bool EndsWith(const char* path, const char* end) {
  const size_t size = strlen(path);
  const size_t tail = strlen(end);
  return size >= tail && strcmp(path + size - tail, end) == 0;
}

// The environment whose data file this is, or none.
int EnvironmentOf(const char* path) {
  if (!Watched(path) || !EndsWith(path, "/data.mdb")) return -1;
  return strstr(path, "/log/data.mdb") != nullptr ? kLogEnvironment : kViewEnvironment;
}

void Record(TraceHead::Kind kind, bool durable, uint64_t file, off_t begin, const char* path,
            const void* data, size_t bytes) {
  if (trace < 0) return;
  TraceHead head{};
  head.kind = kind;
  head.durable = durable ? 1 : 0;
  head.file = file;
  head.begin_byte = static_cast<uint64_t>(begin);
  head.path_bytes = static_cast<uint32_t>(strlen(path));
  head.data_bytes = static_cast<uint32_t>(bytes);
  head.log_phase = control->phase[kLogEnvironment];
  head.view_phase = control->phase[kViewEnvironment];
  iovec parts[3] = {{&head, sizeof head},
                    {const_cast<char*>(path), head.path_bytes},
                    {const_cast<void*>(data), bytes}};
  pthread_mutex_lock(&trace_mutex);
  syscall(SYS_writev, trace, parts, 3);
  pthread_mutex_unlock(&trace_mutex);
}

uint64_t InodeOf(int fd) {
  struct stat entry;
  return syscall(SYS_fstat, fd, &entry) == 0 ? entry.st_ino : 0;
}

// As if the disk were slow: commits on a folder in memory last as long as on a real one.
void Delay() {
  const uint32_t us = control->flush_delay_us;
  if (us == 0) return;
  timespec pause = {0, static_cast<long>(us) * 1000};
  syscall(SYS_nanosleep, &pause, nullptr);
}

// One call of the program: what is to happen to it.
class Visit {
 public:
  Visit(Call call, bool writes) {
    if (control == nullptr || control->armed == 0) return;
    const uint32_t number = ++control->calls;
    const uint32_t chosen = control->fail_at;
    if (chosen == 0 || number < chosen) return;
    if (number > chosen && (control->sticky == 0 || !writes)) return;
    if (number == chosen) {
      control->failed_call = call;
      control->failed_phase = Deepest();
    }
    fault_ = control->fault;
    if (fault_ == Fault::kDieBefore) Die();
  }
  ~Visit() {
    if (fault_ == Fault::kDieAfter) Die();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  bool fails() const { return fault_ == Fault::kErrno || fault_ == Fault::kHalf; }
  bool half() const { return fault_ == Fault::kHalf; }
  bool lies() const { return fault_ == Fault::kLie; }
  // What the failed call returns.
  int Error() const {
    errno = control->error_number;
    return -1;
  }

 private:
  static Phase Deepest() {
    return std::max(control->phase[kLogEnvironment].load(),
                    control->phase[kViewEnvironment].load());
  }
  [[noreturn]] static void Die() {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
  }
  Fault fault_ = Fault::kNone;
};

// A write of the program to a file: told to whoever records, and to the phase of its environment.
class Writing {
 public:
  Writing(int fd, const iovec* parts, int count, off_t begin)
      : fd_(fd), parts_(parts), count_(count), begin_(begin) {
    if (control == nullptr) return;
    if (fd == STDOUT_FILENO) {
      for (int i = 0; i < count; ++i) {
        Record(TraceHead::Kind::kSaid, true, 0, 0, "", parts[i].iov_base, parts[i].iov_len);
      }
      return;
    }
    PathOf(fd, path_);
    environment_ = EnvironmentOf(path_);
    if (environment_ >= 0) {
      control->phase[environment_] = begin < kMetaBytes ? Phase::kMeta : Phase::kPages;
      if (begin < kMetaBytes) Delay();
    }
    if (trace < 0 || !Watched(path_)) return;
    records_ = true;
    durable_ = (fcntl(fd, F_GETFL) & O_DSYNC) != 0 && control->swallow_dsync == 0;
    Tell(false);
  }
  ~Writing() {
    const int error = errno;
    if (environment_ >= 0 && begin_ < kMetaBytes) {
      Delay();
      ++control->commits[environment_];
      control->phase[environment_] = Phase::kOutside;
    }
    if (records_ && durable_) Tell(true);
    errno = error;
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

 private:
  void Tell(bool durable) const {
    off_t at = begin_;
    for (int i = 0; i < count_; ++i) {
      Record(TraceHead::Kind::kWrite, durable, InodeOf(fd_), at, path_, parts_[i].iov_base,
             parts_[i].iov_len);
      at += static_cast<off_t>(parts_[i].iov_len);
    }
  }

  int fd_;
  const iovec* parts_;
  int count_;
  off_t begin_;
  char path_[PATH_MAX] = "";
  int environment_ = -1;
  bool records_ = false;
  bool durable_ = false;
};

// fsync and its relations.
template <typename Do>
int Flush(int fd, Do flush) {
  const Visit visit(Call::kFlush, true);
  if (visit.fails()) return visit.Error();
  if (control == nullptr) return flush();
  char path[PATH_MAX] = "";
  PathOf(fd, path);
  const int environment = EnvironmentOf(path);
  const bool watched = Watched(path);
  if (environment >= 0) control->phase[environment] = Phase::kFlush;
  if (watched) Delay();
  if (watched && control->swallow_flushes != 0) return 0;
  const int result = flush();
  if (environment >= 0 && result == 0) control->phase[environment] = Phase::kFlushed;
  if (watched && result == 0) {
    struct stat entry;
    const bool folder = syscall(SYS_fstat, fd, &entry) == 0 && S_ISDIR(entry.st_mode);
    Record(folder ? TraceHead::Kind::kFolder : TraceHead::Kind::kFlush, true, InodeOf(fd), 0, path,
           "", 0);
  }
  return result;
}

void Absolute(const char* path, char* absolute) {
  if (path[0] == '/') {
    snprintf(absolute, PATH_MAX, "%s", path);
    return;
  }
  char here[PATH_MAX] = "";
  syscall(SYS_getcwd, here, sizeof here);
  snprintf(absolute, PATH_MAX, "%.2000s/%.2000s", here, path);
}

void RecordPath(TraceHead::Kind kind, const char* path, const char* other = "") {
  if (control == nullptr || trace < 0) return;
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
  const bool makes = control != nullptr && trace >= 0 && (flags & O_CREAT) != 0 &&
                     syscall(SYS_access, path, F_OK) != 0;
  const int fd = open();
  if (fd < 0 || control == nullptr || trace < 0) return fd;
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
  const bool spared = control != nullptr && control->spare_meta != 0 && begin < kMetaBytes;
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
using verbatim::faults::control;
using verbatim::faults::Flush;
using verbatim::faults::Open;
using verbatim::faults::Real;
using verbatim::faults::Record;
using verbatim::faults::RecordPath;
using verbatim::faults::Simple;
using verbatim::faults::TraceHead;
using verbatim::faults::Visit;
using verbatim::faults::Write;

extern "C" {

// Counting begins or ends. Called by the program under test, which finds it by name.
void verbatim_shim_arm(int armed) {
  if (control != nullptr) control->armed = armed != 0 ? 1 : 0;
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
  if (control != nullptr && verbatim::faults::trace >= 0) {
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
  return visit.fails() ? control->error_number.load() : real_posix_fallocate(fd, begin, bytes);
}

void* mmap(void* at, size_t bytes, int rights, int flags, int fd, off_t begin) noexcept {
  REAL(mmap);
  const Visit visit(Call::kMap, false);
  if (!visit.fails()) return real_mmap(at, bytes, rights, flags, fd, begin);
  errno = control->error_number;
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
  if (control != nullptr && result == 0 && control->disk_full != 0) use->f_bavail = 0;
  return result;
}
int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, now));
  if (control == nullptr || clock != CLOCK_REALTIME) return result;
  const int64_t shift_us = control->clock_shift_us;
  now->tv_sec += shift_us / 1'000'000;
  return result;
}
}
