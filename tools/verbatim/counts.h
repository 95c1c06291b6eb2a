// SPDX-License-Identifier: Apache-2.0
// How many of each, on a line for people.
#ifndef VERBATIM_TOOLS_VERBATIM_COUNTS_H_
#define VERBATIM_TOOLS_VERBATIM_COUNTS_H_

#include <string>

#include "absl/strings/str_cat.h"

namespace verbatim::tool {

// "3 added, 1 same", in the order of the map; `name` gives a key as text. Empty when it is.
template <class Counts, class Name>
std::string CountsLine(const Counts& counts, Name name) {
  std::string line;
  for (const auto& [key, count] : counts) {
    absl::StrAppend(&line, line.empty() ? "" : ", ", count, " ", std::string(name(key)));
  }
  return line;
}

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_COUNTS_H_
