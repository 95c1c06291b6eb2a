// SPDX-License-Identifier: Apache-2.0
// The place that a person means, who names it by its words or by characters.
//
//   FindPlace(ground, {.quote = "no time to lose"})       its only occurrence
//   FindPlace(ground, {.quote = "Tuesday", .occurrence = 2})
//   FindPlace(ground, {.chars = "120..135,150..162"})     two spans
//
// Words are looked for as they stand, then without regard to case, accents, and the kind of
// quotation marks, dashes and blanks. "one part ... another part" is two spans when the text
// doesn't hold it so.
#ifndef VERBATIM_CORE_ANCHOR_PLACE_H_
#define VERBATIM_CORE_ANCHOR_PLACE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/anchor/anchor.h"
#include "core/base/status.h"

namespace verbatim::anchor {

struct PlaceName {
  std::string quote = {};
  uint32_t occurrence = 0;  // 1-based; 0: there is only one
  std::string chars = {};   // A..B, half open, in characters; several parted by commas

  bool empty() const { return quote.empty() && chars.empty(); }
};

// kInvalidArgument: not there, ambiguous (the occurrences are listed, each with its line and the
// words around it), beyond the text, or both ways of naming given.
absl::StatusOr<std::vector<text::Range>> FindPlace(const RevisionText& ground,
                                                   const PlaceName& name);

// "A..B" or "A..B,C..D" as ranges of bytes. kInvalidArgument names the form and the text's size.
absl::StatusOr<std::vector<text::Range>> ParseChars(const RevisionText& ground,
                                                    std::string_view chars);
// Does it look like "A..B"?
bool LooksLikeChars(std::string_view text);

// Every place of the words, in order: as they stand, and if they nowhere do, as a reader would call
// them the same.
std::vector<text::Range> FindWords(std::string_view text, std::string_view words);

}  // namespace verbatim::anchor

#endif  // VERBATIM_CORE_ANCHOR_PLACE_H_
