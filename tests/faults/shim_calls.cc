// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/shim_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

namespace verbatim::faults {
namespace {

Control* control = nullptr;
int trace = -1;
pthread_mutex_t trace_mutex = PTHREAD_MUTEX_INITIALIZER;

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

bool EndsWith(const char* path, const char* end) {
  const size_t size = strlen(path);
  const size_t tail = strlen(end);
  return size >= tail && strcmp(path + size - tail, end) == 0;
}

[[noreturn]] void Die() {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

}  // namespace

Control* TheControl() { return control; }
bool Recording() { return control != nullptr && trace >= 0; }

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

void Delay() {
  const uint32_t us = control->flush_delay_us;
  if (us == 0) return;
  timespec pause = {0, static_cast<long>(us) * 1000};
  syscall(SYS_nanosleep, &pause, nullptr);
}

void Absolute(const char* name, char* path) {
  if (name[0] == '/') {
    snprintf(path, PATH_MAX, "%s", name);
    return;
  }
  char here[PATH_MAX] = "";
  syscall(SYS_getcwd, here, sizeof here);
  snprintf(path, PATH_MAX, "%.2000s/%.2000s", here, name);
}

Visit::Visit(Call call, bool writes) {
  if (control == nullptr || control->armed == 0) return;
  const uint32_t number = ++control->calls;
  const uint32_t chosen = control->fail_at;
  if (chosen == 0 || number < chosen) return;
  if (number > chosen && (control->sticky == 0 || !writes)) return;
  if (number == chosen) {
    control->failed_call = call;
    control->failed_phase =
        std::max(control->phase[kLogEnvironment].load(), control->phase[kViewEnvironment].load());
  }
  fault_ = control->fault;
  if (fault_ == Fault::kDieBefore) Die();
}

Visit::~Visit() {
  if (fault_ == Fault::kDieAfter) Die();
}

int Visit::Error() const {
  errno = control->error_number;
  return -1;
}

Writing::Writing(int fd, const iovec* parts, int count, off_t begin)
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

Writing::~Writing() {
  const int error = errno;
  if (environment_ >= 0 && begin_ < kMetaBytes) {
    Delay();
    ++control->commits[environment_];
    control->phase[environment_] = Phase::kOutside;
  }
  if (records_ && durable_) Tell(true);
  errno = error;
}

void Writing::Tell(bool durable) const {
  off_t at = begin_;
  for (int i = 0; i < count_; ++i) {
    Record(TraceHead::Kind::kWrite, durable, InodeOf(fd_), at, path_, parts_[i].iov_base,
           parts_[i].iov_len);
    at += static_cast<off_t>(parts_[i].iov_len);
  }
}

}  // namespace verbatim::faults
