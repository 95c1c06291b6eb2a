// SPDX-License-Identifier: Apache-2.0
// Headlines and leads that say over again what somebody is quoted with further down.
//
//   Harbour to stay shut until spring, mayor says
//   ...
//   "The harbour will stay shut until the spring," Mayor Ada Lund said.
//
// Both are one utterance, reported twice.
#ifndef VERBATIM_QUOTES_RESTATED_H_
#define VERBATIM_QUOTES_RESTATED_H_

#include <cstdint>
#include <vector>

#include "quotations.h"

namespace verbatim::quotes {

// For each quotation of the opening (headlines, and the first paragraphs of text) which one behind
// it has its words: the number of the one that shares most of them, by the same speaker. -1 for all
// others. `quotations` by first span. At most so many are compared as bounds.h says.
std::vector<int32_t> FindRestated(const Document& doc, const std::vector<Quotation>& quotations);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_RESTATED_H_
