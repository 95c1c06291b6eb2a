// SPDX-License-Identifier: Apache-2.0
// Expressions to values. A pure function of the parse and of what is known about the publication:
// when that date is corrected, this step runs again over the kept parse and nothing else does.
//
//   std::vector<Resolved> values = Resolve(Parse(text), Publication{...});
#ifndef VERBATIM_PLUGINS_DATES_RESOLVE_H_
#define VERBATIM_PLUGINS_DATES_RESOLVE_H_

#include <optional>
#include <vector>

#include "value.h"

namespace verbatim::dates {

// What is known of when the text was published.
struct Publication {
  std::optional<DayNumber> day;
  bool inferred = false;  // `day` was worked out from the text
  std::optional<DayNumber> not_after;
  std::string inferred_value;  // what the inference rests on, for the record
};

// One value an expression, in the same order. Never invents a day that doesn't exist.
std::vector<Resolved> Resolve(const std::vector<Expression>& expressions,
                              const Publication& publication);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_RESOLVE_H_
