// SPDX-License-Identifier: Apache-2.0
// What holds of the quotations of any bytes at all: spans in order, within the text, at borders of
// characters. Shared by the tests of hostile texts and by the fuzzer.
#ifndef VERBATIM_QUOTES_TESTS_SOUND_H_
#define VERBATIM_QUOTES_TESTS_SOUND_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "quotations.h"
#include "verbatim/text/utf8.h"

namespace verbatim::quotes {

// Empty when all is well; else what is wrong.
inline std::string WhatIsUnsound(std::string_view text, const std::vector<Quotation>& found) {
  const text::CharMap map(text);
  const bool valid = text::IsValidUtf8(text);
  const auto within = [&](const Range& range) {
    return range.begin <= range.end && range.end <= text.size() &&
           (!valid || (map.AtBorder(range.begin) && map.AtBorder(range.end)));
  };
  uint32_t last = 0;
  std::set<std::pair<std::string, uint32_t>> pieces;
  for (const Quotation& q : found) {
    if (q.spans.empty()) return "a quotation without a span";
    if (q.spans.front().begin < last) return "quotations out of order";
    last = q.spans.front().begin;
    uint32_t end = 0;
    for (const Range& span : q.spans) {
      if (!within(span) || span.empty()) return "a span out of the text, or empty";
      if (span.begin < end) return "spans out of order";
      end = span.end;
    }
    for (const auto* ranges : {&q.quoted, &q.evidence}) {
      for (const Range& range : *ranges) {
        if (!within(range)) return "quoted words or evidence out of the text";
      }
    }
    if (!within(q.cue) || !within(q.mention)) return "a cue or a mention out of the text";
    if (!(q.confidence > 0 && q.confidence < 1)) return "confidence is no chance";
    if (q.speaker.empty() && !q.speaker_key.empty()) return "a key of nobody";
    if ((q.flags & kContinued) != 0 && !q.mention.empty()) return "carried on, yet attributed";
    if (!pieces.insert({q.utterance, q.segment}).second) return "one piece of an utterance twice";
  }
  return {};
}

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_TESTS_SOUND_H_
