// SPDX-License-Identifier: Apache-2.0
// Inside of the library: what a diff compares. A unit is a word, a mark, or a whole amount ("to
// 5-1/4 percent", "$725 million"); equal units of two texts (after folding) have equal ids.
#ifndef VERBATIM_TEXT_UNITS_H_
#define VERBATIM_TEXT_UNITS_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace verbatim::text {

enum class UnitKind : uint8_t { kContent, kFunction, kMark };

struct Unit {
  uint32_t begin = 0;  // bytes, without the blanks around it
  uint32_t end = 0;
  uint32_t id = 0;
  UnitKind kind = UnitKind::kContent;
  uint8_t tokens = 1;  // how many tokens it holds, at most 255
};

struct UnitPair {
  std::vector<Unit> a;
  std::vector<Unit> b;
  uint32_t ids = 0;  // ids are below this
};

// Blanks and line ends make no unit. Folded, cut marks <...> don't either; else units are equal
// only byte by byte, their blanks apart. Linear in both texts.
UnitPair MakeUnits(std::string_view a, std::string_view b, bool folded = true);

// Folded units of many texts, with ids common to all of them.
struct UnitLists {
  std::vector<std::vector<Unit>> lists;  // one a text
  uint32_t ids = 0;
};
UnitLists MakeUnits(const std::vector<std::string_view>& texts);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_UNITS_H_
