// SPDX-License-Identifier: Apache-2.0
// Loaded before all other libraries into the workers of the conformance suite: a plugin that asks
// for a clock, for chance or for the environment ends its process, saying what it asked for. Calls
// of everybody else go through. What a plugin asks the processor itself (rdtsc, rdrand), nobody
// sees.
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdint>

namespace {

constexpr int kExitCode = 96;

// A plugin is the one library that was mapped from a descriptor.
bool IsPlugin(const void* caller) {
  Dl_info info;
  return dladdr(caller, &info) != 0 && info.dli_fname != nullptr &&
         strncmp(info.dli_fname, "/proc/self/fd/", 14) == 0;
}

void Say(const char* text) {
  const ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
  static_cast<void>(ignored);
}

void Watch(const void* caller, const char* what) {
  if (!IsPlugin(caller)) return;
  Say("asks for ");
  Say(what);
  Say(", which no two runs need give alike\n");
  _exit(kExitCode);
}

// The function that stands behind this one.
template <class Function>
Function* Behind(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#define VERBATIM_EXPORT extern "C" __attribute__((visibility("default")))
#define VERBATIM_WATCH(what) Watch(__builtin_return_address(0), what)

VERBATIM_EXPORT int clock_gettime(clockid_t clock, timespec* time) noexcept {
  VERBATIM_WATCH("the time (clock_gettime)");
  static auto* const behind = Behind<int(clockid_t, timespec*)>("clock_gettime");
  return behind(clock, time);
}

VERBATIM_EXPORT int gettimeofday(timeval* time, void* zone) noexcept {
  VERBATIM_WATCH("the time (gettimeofday)");
  static auto* const behind = Behind<int(timeval*, void*)>("gettimeofday");
  return behind(time, zone);
}

VERBATIM_EXPORT time_t time(time_t* out) noexcept {
  VERBATIM_WATCH("the time (time)");
  static auto* const behind = Behind<time_t(time_t*)>("time");
  return behind(out);
}

VERBATIM_EXPORT clock_t clock() noexcept {
  VERBATIM_WATCH("the time (clock)");
  static auto* const behind = Behind<clock_t()>("clock");
  return behind();
}

VERBATIM_EXPORT int rand() noexcept {
  VERBATIM_WATCH("chance (rand)");
  static auto* const behind = Behind<int()>("rand");
  return behind();
}

VERBATIM_EXPORT long random() noexcept {
  VERBATIM_WATCH("chance (random)");
  static auto* const behind = Behind<long()>("random");
  return behind();
}

VERBATIM_EXPORT double drand48() noexcept {
  VERBATIM_WATCH("chance (drand48)");
  static auto* const behind = Behind<double()>("drand48");
  return behind();
}

VERBATIM_EXPORT ssize_t getrandom(void* out, size_t size, unsigned flags) {
  VERBATIM_WATCH("chance (getrandom)");
  static auto* const behind = Behind<ssize_t(void*, size_t, unsigned)>("getrandom");
  return behind(out, size, flags);
}

VERBATIM_EXPORT int getentropy(void* out, size_t size) {
  VERBATIM_WATCH("chance (getentropy)");
  static auto* const behind = Behind<int(void*, size_t)>("getentropy");
  return behind(out, size);
}

VERBATIM_EXPORT char* getenv(const char* name) noexcept {
  VERBATIM_WATCH("the environment (getenv)");
  static auto* const behind = Behind<char*(const char*)>("getenv");
  return behind(name);
}

VERBATIM_EXPORT char* secure_getenv(const char* name) noexcept {
  VERBATIM_WATCH("the environment (secure_getenv)");
  static auto* const behind = Behind<char*(const char*)>("secure_getenv");
  return behind(name);
}

VERBATIM_EXPORT pid_t getpid() noexcept {
  VERBATIM_WATCH("the number of its process (getpid)");
  static auto* const behind = Behind<pid_t()>("getpid");
  return behind();
}

// libstdc++'s own, by the names that its headers call: the C functions behind them are called from
// the library, not from the plugin.
#define VERBATIM_SYSTEM_CLOCK "_ZNSt6chrono3_V212system_clock3nowEv"
#define VERBATIM_STEADY_CLOCK "_ZNSt6chrono3_V212steady_clock3nowEv"
#define VERBATIM_RANDOM_DEVICE                                                \
  "_ZNSt13random_device7_M_initERKNSt7__cxx1112basic_stringIcSt11char_traits" \
  "IcESaIcEEE"

VERBATIM_EXPORT int64_t verbatim_system_clock() __asm__(VERBATIM_SYSTEM_CLOCK);
VERBATIM_EXPORT int64_t verbatim_system_clock() {
  VERBATIM_WATCH("the time (std::chrono::system_clock)");
  static auto* const behind = Behind<int64_t()>(VERBATIM_SYSTEM_CLOCK);
  return behind();
}

VERBATIM_EXPORT int64_t verbatim_steady_clock() __asm__(VERBATIM_STEADY_CLOCK);
VERBATIM_EXPORT int64_t verbatim_steady_clock() {
  VERBATIM_WATCH("the time (std::chrono::steady_clock)");
  static auto* const behind = Behind<int64_t()>(VERBATIM_STEADY_CLOCK);
  return behind();
}

VERBATIM_EXPORT void verbatim_random_device(void* self,
                                            const void* token) __asm__(VERBATIM_RANDOM_DEVICE);
VERBATIM_EXPORT void verbatim_random_device(void* self, const void* token) {
  VERBATIM_WATCH("chance (std::random_device)");
  static auto* const behind = Behind<void(void*, const void*)>(VERBATIM_RANDOM_DEVICE);
  behind(self, token);
}
