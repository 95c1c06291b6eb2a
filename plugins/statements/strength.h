// SPDX-License-Identifier: Apache-2.0
// How sure and how binding a claim is put, and where that changed: modals, hedges, degrees, doubt,
// and what the speaker says of the limits of their knowledge.
//
//   "Dues may rise."  ->  "Dues will rise."         may -> will
//   "The quay is nearly done."  ->  "... is done."  nearly -> nothing
#ifndef VERBATIM_PLUGINS_STATEMENTS_STRENGTH_H_
#define VERBATIM_PLUGINS_STATEMENTS_STRENGTH_H_

#include "findings.h"
#include "text_pair.h"

namespace verbatim::statements {

// A modal, a hedge or a word that strengthens.
bool IsDegree(const Word& word);

// Adds kStrength with its words.
void FindStrength(const TextPair& pair, Findings* findings);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_STRENGTH_H_
