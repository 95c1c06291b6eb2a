// SPDX-License-Identifier: Apache-2.0
// Where a speaker takes another side than before, or decides what was only considered.
//
//   "The board decided to maintain the dues."  ->  "... to raise the dues."     maintain -> raise
//   "We plan to close the mine."  ->  "We have decided to close the mine."      plan -> decided
#ifndef VERBATIM_PLUGINS_STATEMENTS_POSITIONS_H_
#define VERBATIM_PLUGINS_STATEMENTS_POSITIONS_H_

#include "findings.h"
#include "text_pair.h"

namespace verbatim::statements {

// Adds kPosition with its words.
void FindPositions(const TextPair& pair, Findings* findings);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_POSITIONS_H_
