// SPDX-License-Identifier: Apache-2.0
// Amounts and dates in a statement: what the labels `number` and `reference` compare.
//
//   "raised from 5 to 5-1/4 percent in July 2021"  ->  percent "5 to 5-1/4", date "july", date
//   "2021"
#ifndef VERBATIM_PLUGINS_STATEMENTS_AMOUNTS_H_
#define VERBATIM_PLUGINS_STATEMENTS_AMOUNTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "verbatim/text/tokens.h"
#include "verbatim/text/utf8.h"

namespace verbatim::statements {

struct Amount {
  text::Range range;  // bytes
  std::string unit;   // "percent", "basis point", "money", "date", or the stem of what is counted;
                      // may be empty
  std::string value;  // folded: "5 to 5-1/4", "725 million"; "millions" where no figure is given
};

// In the order of the text. `tokens` are those of `text`. Words that count (three, two-thirds,
// hundreds of millions) are amounts too; a lone "one" is not.
std::vector<Amount> AmountsOf(std::string_view text, const std::vector<text::Token>& tokens);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_AMOUNTS_H_
