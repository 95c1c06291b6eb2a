// SPDX-License-Identifier: Apache-2.0
// Paragraphs and sentences as ranges of bytes, without the blanks around them, in order and not
// overlapping. A line end is a paragraph border, so a headline without a stop is a sentence of its
// own.
#ifndef VERBATIM_TEXT_SENTENCES_H_
#define VERBATIM_TEXT_SENTENCES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::text {

// Lines that hold more than blanks.
std::vector<Range> Paragraphs(std::string_view text);

// No sentence ends inside an abbreviation (Mr., U.S., Nov., J., a.m.) or a number. A stop before a
// closing mark takes the mark along, and the sentence goes on after it when a small letter follows:
//   "Go!" he said. She went.   ->  ["Go!" he said.] [She went.]
std::vector<Range> Sentences(std::string_view text);

// The sentences of one paragraph of it, with bytes counted from the start of `text`.
std::vector<Range> Sentences(std::string_view text, Range paragraph);

// The sentence that holds the byte, or the last one that begins before it; empty when there is
// none.
Range SentenceAround(const std::vector<Range>& sentences, uint32_t byte);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_SENTENCES_H_
