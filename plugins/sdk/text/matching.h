// SPDX-License-Identifier: Apache-2.0
// Inside of the library: which units of an old text stand in the new one, in the same order. A
// longest common subsequence that prefers content words and long runs; exact on the sizes that
// people say, bounded on any other.
#ifndef VERBATIM_TEXT_MATCHING_H_
#define VERBATIM_TEXT_MATCHING_H_

#include <cstdint>
#include <vector>

#include "verbatim/text/units.h"

namespace verbatim::text {

struct Match {
  uint32_t a = 0;  // numbers of units with equal ids
  uint32_t b = 0;
};

// Strictly increasing in both.
std::vector<Match> MatchUnits(const std::vector<Unit>& a, const std::vector<Unit>& b);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_MATCHING_H_
