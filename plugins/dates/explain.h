// SPDX-License-Identifier: Apache-2.0
// Why a value is what it is, in lines for a person: rule, reference, direction and the word that
// gave it.
#ifndef VERBATIM_PLUGINS_DATES_EXPLAIN_H_
#define VERBATIM_PLUGINS_DATES_EXPLAIN_H_

#include <string>
#include <string_view>
#include <vector>

#include "document_date.h"
#include "value.h"

namespace verbatim::dates {

// "EXPLICIT", "CHECKED" ...
const char* ResolutionName(Resolution resolution);

// How sure a value of that class is: one fixed figure a class, no estimate. 0 to 1.
float ConfidenceOf(const Resolved& value);

std::vector<std::string> Explain(std::string_view text, const Resolved& value);
std::vector<std::string> Explain(std::string_view text, const DocumentDate& date);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_EXPLAIN_H_
