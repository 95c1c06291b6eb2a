// SPDX-License-Identifier: Apache-2.0
// One key for one name, however it was spelt: titles, articles and accents go, and what differs
// between transliterations of one name is folded away; states are spelt out. A pure function of the
// name: the same key in every article and for ever.
//
//   NameKey("Sergey Lavrov") == NameKey("Mr. Sergei Lavrov") == NameKey("Serguei Lavrov's")
//   NameKey("U.S. Mint") == NameKey("United States Mint")
//
// A key is for comparing and for storing beside a name; it is not for reading.
#ifndef VERBATIM_TEXT_NAMES_H_
#define VERBATIM_TEXT_NAMES_H_

#include <string>
#include <string_view>

namespace verbatim::text {

// Words of the folded name with one blank between them. Empty when the name has no letter or digit.
std::string NameKey(std::string_view name);

// The last word of a name as it is spelt, without a possessive, "Jr." or a numeral behind it:
// "Nils Berg Jr." -> "Berg". Borrows from `name`.
std::string_view LastName(std::string_view name);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_NAMES_H_
