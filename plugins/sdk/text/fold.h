// SPDX-License-Identifier: Apache-2.0
// Folding makes texts comparable: "“Café – 5 ”" and "\"cafe - 5\"" are the same to a reader who
// searches. Folded text is for comparing and for keys only; it is never shown and never stored in
// place of a text.
#ifndef VERBATIM_TEXT_FOLD_H_
#define VERBATIM_TEXT_FOLD_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace verbatim::text {

// Lower case; Latin letters without their accents (composed or combining), ligatures spelled out;
// quotation marks and apostrophes to " and ', dashes to -, the ellipsis to ...; invisible
// characters dropped; runs of blanks and line ends to one space, none at either end. Fold(Fold(x))
// == Fold(x). Ill-formed bytes come out as U+FFFD.
std::string Fold(std::string_view text);

// The same, but case and accents stay: the key under which two copies of one article are the same
// text.
std::string FoldKeepCase(std::string_view text);

// Equal after Fold. Doesn't allocate when the bytes are equal.
bool EqualFolded(std::string_view a, std::string_view b);

// A 64-bit digest of Fold(text), stable across runs and machines; for a hash table, not for
// storage.
uint64_t HashFolded(std::string_view text);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_FOLD_H_
