// SPDX-License-Identifier: Apache-2.0
// Time and randomness enter here, by interface, and nowhere else. Nothing that folds events is
// given either.
#ifndef VERBATIM_CORE_BASE_CLOCK_H_
#define VERBATIM_CORE_BASE_CLOCK_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace verbatim::base {

class Clock {
 public:
  virtual ~Clock() = default;
  // UTC, microseconds since 1970. May go back: recorded_at_us is made to increase by the log.
  virtual uint64_t NowUs() = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  // Safe from several threads.
  virtual std::string Bytes(size_t size) = 0;
};

// The machine's. Live until the process ends.
Clock& SystemClock();
Random& SystemRandom();

// For tests: stands still until it is moved, and every reading can step it.
class FakeClock : public Clock {
 public:
  explicit FakeClock(uint64_t now_us, uint64_t step_us = 0) : now_us_(now_us), step_us_(step_us) {}
  uint64_t NowUs() override {
    now_us_ += step_us_;
    return now_us_;
  }
  void Set(uint64_t now_us) { now_us_ = now_us; }

 private:
  uint64_t now_us_;
  uint64_t step_us_;
};

// For tests and reproducible archives: the same seed, the same bytes.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  std::string Bytes(size_t size) override;

 private:
  uint64_t state_;
};

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_CLOCK_H_
