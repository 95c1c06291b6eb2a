// SPDX-License-Identifier: Apache-2.0
// Ranges and lists: "October 21 and 22", "Nov. 3-5", "from April to June 2017", "the late 17th and
// early 18th centuries".
#ifndef VERBATIM_PLUGINS_DATES_RANGES_H_
#define VERBATIM_PLUGINS_DATES_RANGES_H_

#include <cstddef>
#include <vector>

#include "rules.h"

namespace verbatim::dates {

// An expression and the tokens that it stands on, half open.
struct Found {
  Expression expression;
  size_t begin = 0;
  size_t end = 0;
};

// In text order and apart from each other, as they came: with the members of ranges that only a
// neighbour makes a date of, and the parts that neighbours share.
std::vector<Found> CompleteRanges(const Parsing& parsing, std::vector<Found> found);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_RANGES_H_
