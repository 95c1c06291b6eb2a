// SPDX-License-Identifier: Apache-2.0
// Quotation marks: which characters they are, and which way each one can face.
#ifndef VERBATIM_QUOTES_MARKS_H_
#define VERBATIM_QUOTES_MARKS_H_

#include <cstdint>
#include <string_view>

namespace verbatim::quotes {

enum class MarkShape : uint8_t {
  kNone,
  kStraight,  // either way: " '
  kOpening,   // “ « „ ‘
  kClosing,   // ” » ’
};

struct Mark {
  MarkShape shape = MarkShape::kNone;
  bool single = false;
  bool guillemet = false;  // « » face either way, by language
  bool low = false;        // „ ‚: the mark that closes it opens elsewhere
};

// The mark that these bytes are, one character.
Mark MarkAt(std::string_view bytes);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_MARKS_H_
