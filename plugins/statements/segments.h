// SPDX-License-Identifier: Apache-2.0
// The parts of one quotation that may belong to different threads.
#ifndef VERBATIM_PLUGINS_STATEMENTS_SEGMENTS_H_
#define VERBATIM_PLUGINS_STATEMENTS_SEGMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::statements {

// Runs of sentences that hang together, in order, covering every sentence. A sentence goes with the
// one before it when it leans on it (This, But, They ...), shares its words, or says too little to
// stand alone. Depends on the text only.
std::vector<text::Range> Segments(std::string_view text);

// One text of the spans of a quotation. Where the reporter's "," stands for the speaker's stop
// (before an attribution that a new sentence follows) it is a stop again, and a last "," goes.
//
//   JoinSpans({"We will drill,", "The price has doubled,"})  ->  "We will drill. The price has
//   doubled"
std::string JoinSpans(const std::vector<std::string_view>& spans);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_SEGMENTS_H_
