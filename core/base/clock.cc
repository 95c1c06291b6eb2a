// SPDX-License-Identifier: Apache-2.0
#include "core/base/clock.h"

#include <openssl/rand.h>

#include <atomic>
#include <chrono>

#include "core/base/check.h"

namespace verbatim::base {
namespace {

class MachineClock : public Clock {
 public:
  uint64_t NowUs() override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now).count());
  }
};

class MachineRandom : public Random {
 public:
  std::string Bytes(size_t size) override {
    std::string bytes(size, '\0');
    VB_CHECK(
        RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) == 1,
        "the machine gives random bytes");
    return bytes;
  }
};

}  // namespace

Clock& SystemClock() {
  static MachineClock clock;
  return clock;
}

Random& SystemRandom() {
  static MachineRandom random;
  return random;
}

// SplitMix64 (Steele, Lea, Flood 2014).
std::string SeededRandom::Bytes(size_t size) {
  std::string bytes;
  bytes.reserve(size + 8);
  while (bytes.size() < size) {
    constexpr uint64_t kStep = 0x9e3779b97f4a7c15u;
    uint64_t z = std::atomic_ref(state_).fetch_add(kStep) + kStep;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(z >> shift));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace verbatim::base
