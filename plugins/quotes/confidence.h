// SPDX-License-Identifier: Apache-2.0
// How sure a quotation is: what is known of it, each with its weight from data/confidence.txt.
// tests/acceptance/calibrate.py fits the weights to development data; nothing here knows them.
//
//   Evidence: rule:q-s-v speaker:named kind:direct words:9   ->   0.97
#ifndef VERBATIM_QUOTES_CONFIDENCE_H_
#define VERBATIM_QUOTES_CONFIDENCE_H_

#include <string>
#include <string_view>

#include "attach.h"
#include "resolve.h"

namespace verbatim::quotes {

// What speaks for and against an attribution: names of data/confidence.txt with a blank between.
std::string Evidence(const Document& doc, const Attribution& a, const Speaker& speaker);

// The chance that words and speaker are right, between 0.02 and 0.99. What has no weight counts
// nothing.
double Confidence(std::string_view evidence);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_CONFIDENCE_H_
