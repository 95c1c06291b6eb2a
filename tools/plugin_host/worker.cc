// SPDX-License-Identifier: Apache-2.0
#include "tools/plugin_host/worker.h"

#include <sys/time.h>
#include <time.h>

#include <array>
#include <cstdio>
#include <new>

#include "core/base/limits.h"
#include "fmt/format.h"
#include "verbatim/keys.h"

namespace verbatim::plugin_host {
namespace {

bool out_of_memory = false;

uint64_t ProcessorNs() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

// 0 disarms. Either timer ends the process by its signal.
void Arm(__itimer_which which, uint64_t ms) {
  itimerval value{};
  value.it_value.tv_sec = static_cast<time_t>(ms / 1000);
  value.it_value.tv_usec = static_cast<suseconds_t>(ms % 1000 * 1000);
  setitimer(which, &value, nullptr);
}

}  // namespace

void CallClock::Start() {
  over_ = false;
  asked_ = 0;
  end_ns_ = ProcessorNs() + uint64_t{quota_.cpu_ms} * 1'000'000;
  // A moment for those who stop when they are asked to.
  Arm(ITIMER_PROF, quota_.cpu_ms + quota_.cpu_ms / 4 + 100);
  Arm(ITIMER_REAL, static_cast<uint64_t>(quota_.Wall().count()));
}

void CallClock::Stop() {
  Arm(ITIMER_PROF, 0);
  Arm(ITIMER_REAL, 0);
}

bool CallClock::IsOver() {
  if (!over_ && asked_++ % 64 == 0) over_ = ProcessorNs() > end_ns_;
  return over_;
}

bool TakeOutOfMemory() {
  const bool taken = out_of_memory;
  out_of_memory = false;
  return taken;
}

void Prepare() {
  std::set_new_handler([] {
    out_of_memory = true;
    throw std::bad_alloc();
  });
  // With buffers of their own, the first printed line asks the kernel nothing about them.
  static std::array<char, BUFSIZ> printed;
  std::setvbuf(stdout, printed.data(), _IOLBF, printed.size());
  std::setvbuf(stderr, nullptr, _IONBF, 0);
}

std::string StatusPayload(const absl::Status& status) {
  return KeyWriter()
      .U8(static_cast<uint8_t>(status.code()))
      .Bytes(std::string(status.message()))
      .Take();
}

plugin::HostHooks HooksOf(plugin::FrameSocket& socket, CallClock& clock) {
  return {[&socket](vb_severity severity, std::string_view text) {
            const auto level = static_cast<uint8_t>(severity);
            socket.Write(plugin::FrameKind::kLog,
                         KeyWriter().U8(level).Bytes(plugin::CleanMessage(text)).key());
          },
          [&clock] { return clock.IsOver(); }};
}

}  // namespace verbatim::plugin_host
