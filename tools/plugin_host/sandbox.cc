// SPDX-License-Identifier: Apache-2.0
#include "tools/plugin_host/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <initializer_list>
#include <new>
#include <optional>
#include <utility>

#include "core/base/limits.h"
#include "core/plugin/frames.h"
#include "fmt/format.h"
#include "tools/plugin_host/landlock.h"

namespace verbatim::plugin_host {
#if defined(VERBATIM_SANITIZED)

absl::Status EnterLoading(int, Writes, const Room&) { return absl::OkStatus(); }
absl::Status EnterRunning(Writes) { return absl::OkStatus(); }

#else
namespace {

int forbidden_socket = -1;
// Made in the first step, when rules can still be made, for the second.
std::optional<Landlock> landlock;

// Argument number `arg` of a call is, or isn't, `value`; or has none of the bits of `mask`.
scmp_arg_cmp Is(unsigned arg, uint64_t value) { return {arg, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp IsNot(unsigned arg, uint64_t value) { return {arg, SCMP_CMP_NE, value, 0}; }
scmp_arg_cmp HasNone(unsigned arg, uint64_t mask) { return {arg, SCMP_CMP_MASKED_EQ, mask, 0}; }

// Says which call it was and ends the process. Only what a signal handler may do.
void OnForbiddenCall(int, siginfo_t* info, void*) {
  const auto number = static_cast<uint32_t>(info->si_syscall);
  std::array<unsigned char, 9> frame = {0, 0, 0, 4,
                                        static_cast<unsigned char>(plugin::FrameKind::kForbidden)};
  for (size_t i = 0; i < 4; ++i) {
    frame[5 + i] = static_cast<unsigned char>((number >> (24 - 8 * i)) & 0xFF);
  }
  const ssize_t ignored = write(forbidden_socket, frame.data(), frame.size());
  static_cast<void>(ignored);
  _exit(1);
}

// One seccomp filter in the making: what isn't allowed traps.
class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_TRAP)) {}
  ~Filter() { seccomp_release(context_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void Allow(std::initializer_list<int> calls) {
    for (const int call : calls) Keep(seccomp_rule_add(context_, SCMP_ACT_ALLOW, call, 0));
  }
  template <class... Conditions>
  void AllowIf(int call, const Conditions&... all) {
    Keep(seccomp_rule_add(context_, SCMP_ACT_ALLOW, call, static_cast<unsigned>(sizeof...(all)),
                          all...));
  }
  void KillIf(int call, const scmp_arg_cmp& condition) {
    Keep(seccomp_rule_add(context_, SCMP_ACT_KILL_PROCESS, call, 1, condition));
  }

  absl::Status Load() {
    if (context_ == nullptr) return absl::UnavailableError("sandbox: out of memory");
    if (error_ == 0) error_ = seccomp_load(context_);
    if (error_ == 0) return absl::OkStatus();
    return base::ErrnoStatus(-error_, "sandbox: the kernel takes no seccomp filter");
  }

 private:
  void Keep(int error) {
    if (error != 0 && error_ == 0) error_ = error;
  }

  scmp_filter_ctx context_;
  int error_ = 0;
};

// What malloc, exceptions, abort, the clock, the socket and the printed lines need.
void AllowComputing(Filter& filter) {
  filter.Allow({SCMP_SYS(read),
                SCMP_SYS(write),
                SCMP_SYS(readv),
                SCMP_SYS(writev),
                SCMP_SYS(munmap),
                SCMP_SYS(mremap),
                SCMP_SYS(madvise),
                SCMP_SYS(brk),
                SCMP_SYS(futex),
                SCMP_SYS(poll),
                SCMP_SYS(ppoll),
                SCMP_SYS(getpid),
                SCMP_SYS(gettid),
                SCMP_SYS(rt_sigprocmask),
                SCMP_SYS(rt_sigreturn),
                SCMP_SYS(sigaltstack),
                SCMP_SYS(clock_gettime),
                SCMP_SYS(gettimeofday),
                SCMP_SYS(clock_nanosleep),
                SCMP_SYS(nanosleep),
                SCMP_SYS(restart_syscall),
                SCMP_SYS(sched_yield),
                SCMP_SYS(setitimer),
                SCMP_SYS(close),
                SCMP_SYS(lseek),
                SCMP_SYS(exit),
                SCMP_SYS(exit_group)});
  // Signals go to this process alone: abort() needs that much.
  const auto self = static_cast<uint64_t>(getpid());
  filter.AllowIf(SCMP_SYS(tgkill), Is(0, self));
  filter.AllowIf(SCMP_SYS(kill), Is(0, self));
  // Whoever takes over the handler would hide what was refused.
  filter.KillIf(SCMP_SYS(rt_sigaction), Is(0, SIGSYS));
  filter.AllowIf(SCMP_SYS(rt_sigaction), IsNot(0, SIGSYS));
}

// What LMDB needs of files that are open already. They grow by being written, which has a limit;
// fallocate would take room that no limit counts.
void AllowGeneration(Filter& filter) {
  filter.Allow({SCMP_SYS(pread64), SCMP_SYS(pwrite64), SCMP_SYS(preadv), SCMP_SYS(pwritev),
                SCMP_SYS(fdatasync), SCMP_SYS(fsync), SCMP_SYS(msync), SCMP_SYS(fstat),
                SCMP_SYS(fstatfs)});
  for (const int command : {F_SETLK, F_SETLKW, F_GETLK, F_GETFL, F_GETFD}) {
    filter.AllowIf(SCMP_SYS(fcntl), Is(1, static_cast<uint64_t>(command)));
  }
}

// What dlopen needs.
void AllowLoading(Filter& filter) {
  const uint64_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
  filter.AllowIf(SCMP_SYS(openat), HasNone(2, writing));
  filter.AllowIf(SCMP_SYS(open), HasNone(1, writing));
  filter.Allow({SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
                SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(readlink),
                SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(access), SCMP_SYS(faccessat),
                SCMP_SYS(faccessat2), SCMP_SYS(pread64), SCMP_SYS(getrandom),
                SCMP_SYS(sched_getaffinity), SCMP_SYS(uname),
                // For the second filter and the second set of rules, which can only be narrower.
                SCMP_SYS(seccomp), SYS_landlock_restrict_self});
  // Limits can be asked for, not set: least of all those of another process of this user.
  filter.AllowIf(SCMP_SYS(prlimit64), Is(0, 0), Is(2, 0));
  for (const int option : {PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_GET_SECCOMP}) {
    filter.AllowIf(SCMP_SYS(prctl), Is(0, static_cast<uint64_t>(option)));
  }
}

absl::Status Limit(int resource, rlim_t value, const char* name) {
  const rlimit limit{value, value};
  if (setrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0) return absl::OkStatus();
  return base::ErrnoStatus(errno, fmt::format("sandbox: limiting {}", name));
}

}  // namespace

absl::Status EnterLoading(int socket, Writes writes, const Room& room) {
  forbidden_socket = socket;
  struct sigaction action = {};
  action.sa_sigaction = &OnForbiddenCall;
  action.sa_flags = SA_SIGINFO;
  if (sigaction(SIGSYS, &action, nullptr) != 0) return base::ErrnoStatus(errno, "sandbox");
  VB_RETURN_IF_ERROR(Limit(RLIMIT_CORE, 0, "core dumps"));
  VB_RETURN_IF_ERROR(
      Limit(RLIMIT_FSIZE, writes == Writes::kNothing ? 0 : room.file_bytes, "files"));
  // RLIMIT_DATA, not RLIMIT_AS: a view maps its log and rows, which are no memory of its own.
  VB_RETURN_IF_ERROR(Limit(RLIMIT_DATA, uint64_t{room.memory_mib} * limits::kMiB, "memory"));
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return base::ErrnoStatus(errno, "sandbox");
  VB_ASSIGN_OR_RETURN(landlock, Landlock::Make());
  VB_RETURN_IF_ERROR(landlock->LeaveLibraries());
  Filter filter;
  AllowComputing(filter);
  if (writes == Writes::kGeneration) AllowGeneration(filter);
  AllowLoading(filter);
  return filter.Load();
}

absl::Status EnterRunning(Writes writes) {
  VB_RETURN_IF_ERROR(landlock->LeaveNothing());
  landlock.reset();
  Filter filter;
  AllowComputing(filter);
  if (writes == Writes::kGeneration) AllowGeneration(filter);
  // Code was mapped by the loader; nothing new becomes code.
  filter.AllowIf(SCMP_SYS(mmap), HasNone(2, PROT_EXEC));
  filter.AllowIf(SCMP_SYS(mprotect), HasNone(2, PROT_EXEC));
  return filter.Load();
}

#endif

absl::StatusOr<uint64_t> FileBytesIn(const std::string& folder, uint64_t size_bytes) {
  struct statvfs disk = {};
  if (statvfs(folder.c_str(), &disk) != 0)
    return base::ErrnoStatus(errno, "sandbox: asking how much room " + folder + " has");
  return size_bytes + uint64_t{disk.f_bavail} * disk.f_frsize / 5 * 2;
}

}  // namespace verbatim::plugin_host
