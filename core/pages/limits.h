// SPDX-License-Identifier: Apache-2.0
// What a page holds at most, with the reasons.
#ifndef VERBATIM_CORE_PAGES_LIMITS_H_
#define VERBATIM_CORE_PAGES_LIMITS_H_

#include <cstddef>

namespace verbatim::pages {

// Rows of a list on one page: a browser lays out so many at once, and a person reads fewer.
inline constexpr size_t kRowsPerPage = 500;
// Quotations of one speaker on one page, each a card with all its words.
inline constexpr size_t kQuotationsPerPage = 200;
// Matters of the timeline on one page, each with its lane and cards.
inline constexpr size_t kMattersPerPage = 100;
// Annotations drawn over one piece of text, one within the other: more can't be told apart, and
// thousands of them over a whole text would be a page of the square of their number. The list
// beside the text has all.
inline constexpr size_t kMarksDeepMax = 8;
// Lanes of underlines; what lies deeper shares the last.
inline constexpr size_t kUnderlines = 4;

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_LIMITS_H_
