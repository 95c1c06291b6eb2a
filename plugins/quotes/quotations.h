// SPDX-License-Identifier: Apache-2.0
// Who said what in one article. The whole of the algorithm behind the plugin, without protobuf.
//
//   Article article;
//   article.text = "\"The bridge is safe,\" Mayor Ada Lund said on Tuesday.";
//   for (const Quotation& q : FindQuotations(article)) ...   // Ada Lund, direct
//
// Deterministic: no clock, no locale, no state between calls. Linear in the text. Never throws on
// any bytes; what is ill-formed is only text that no rule fits.
#ifndef VERBATIM_QUOTES_QUOTATIONS_H_
#define VERBATIM_QUOTES_QUOTATIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attach.h"
#include "resolve.h"

namespace verbatim::quotes {

// A temporal expression that somebody else found, as far as it matters here.
struct DateMention {
  Range bytes;
  std::string day;        // 2021-10-20; empty when it is no single day
  bool inferred = false;  // resolved against a date that was itself inferred, or another mention
  bool future = false;
};

struct Article {
  std::string_view text;
  std::string_view published;      // a day, or an instant that begins with one; empty: unknown
  std::vector<DateMention> dates;  // by place
  const Lexicon* words = nullptr;  // null: the lists that are compiled in
};

enum class SaidOn : uint8_t { kUnknown, kStated, kInferred, kArticleDate };

struct Quotation {
  QuoteKind kind = QuoteKind::kIndirect;
  std::vector<Range> spans;   // direct: without the marks; else the whole content
  std::vector<Range> quoted;  // what stands between marks
  Range cue;                  // empty: none
  std::string cue_lemma;
  bool negated = false;
  std::string modal;
  Range mention;            // of the speaker, where the words are attributed; empty: none
  std::string speaker;      // empty: unresolved
  std::string speaker_key;  // empty when unresolved, or described and not named
  SpeakerType speaker_type = SpeakerType::kUnknown;
  std::string speaker_role;
  std::vector<Range> evidence;
  std::string utterance;  // the same for all pieces of one saying
  uint32_t segment = 0;   // which piece of it, from 0
  uint8_t flags = 0;      // Flag
  std::string rule;
  std::string said_on;
  SaidOn said_on_basis = SaidOn::kUnknown;
  double confidence = 0;
  std::string weighed;  // the evidence that it rests on: confidence.h
};

// By first span.
std::vector<Quotation> FindQuotations(const Article& article);

// The names of the flags that are set, in a fixed order.
std::vector<std::string> FlagNames(uint8_t flags);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_QUOTATIONS_H_
