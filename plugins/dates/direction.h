// SPDX-License-Identifier: Apache-2.0
// Which way an incomplete date points, by the verbs of its clause: "said on Friday" lies behind,
// "will meet on Friday" ahead. No part-of-speech tagger: a verb table, the ending -ed, and
// will/would/to.
#ifndef VERBATIM_PLUGINS_DATES_DIRECTION_H_
#define VERBATIM_PLUGINS_DATES_DIRECTION_H_

#include "rules.h"

namespace verbatim::dates {

// For the expression that covers tokens [begin, end).
Direction FindDirection(const Parsing& parsing, size_t begin, size_t end);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_DIRECTION_H_
