// SPDX-License-Identifier: Apache-2.0
// Text broken into lines for a terminal, and word diffs in colour: for tables, and for what is
// printed as prose.
#ifndef VERBATIM_CORE_SCHEMA_LINES_H_
#define VERBATIM_CORE_SCHEMA_LINES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::schema {

inline constexpr std::string_view kBold = "\x1b[1m";
inline constexpr std::string_view kRed = "\x1b[31m";
inline constexpr std::string_view kGreen = "\x1b[32m";
inline constexpr std::string_view kYellow = "\x1b[33m";
inline constexpr std::string_view kReset = "\x1b[0m";

// Lines of at most `width` cells, broken at blanks where there are any. One line at least.
std::vector<std::string> Wrap(std::string_view text, size_t width);

// One line with its [-old-] and {+new+} in colour. `open` carries a change that goes on over a line
// end: empty before the first line.
std::string PaintDiff(std::string_view line, std::string_view* open);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_LINES_H_
