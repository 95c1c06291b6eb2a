// SPDX-License-Identifier: Apache-2.0
// What the fuzzers share. Each is one function over any bytes: a parser must neither crash nor
// allocate without bound, and what it accepts must mean the same when it is written and read again.
// Under the preset `asan` libFuzzer calls it; in every other build the seeds are run through it.
#ifndef VERBATIM_TESTS_FUZZ_FUZZ_H_
#define VERBATIM_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"

namespace verbatim::fuzz {

// Of the fuzzer that this program is.
void Run(std::string_view bytes);

// The first byte, or 0, and what follows: to choose among kinds of input.
inline uint8_t Take(std::string_view& bytes) {
  if (bytes.empty()) return 0;
  const auto first = static_cast<uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  return first;
}

}  // namespace verbatim::fuzz

#endif  // VERBATIM_TESTS_FUZZ_FUZZ_H_
