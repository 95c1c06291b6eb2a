// SPDX-License-Identifier: Apache-2.0
// Text to anchor-free expressions. A pure function of the text: the same bytes give the same
// expressions.
//
//   std::vector<Expression> found = Parse("He resigned on Friday, June 12.");
#ifndef VERBATIM_PLUGINS_DATES_PARSE_H_
#define VERBATIM_PLUGINS_DATES_PARSE_H_

#include <string_view>
#include <vector>

#include "expression.h"

namespace verbatim::dates {

// In text order, not overlapping, each with a span of at least one byte. Any bytes are safe; with
// UTF-8, spans begin and end at characters. Linear in the size of the text, which must be under 4
// GiB.
std::vector<Expression> Parse(std::string_view text);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_PARSE_H_
