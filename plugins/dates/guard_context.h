// SPDX-License-Identifier: Apache-2.0
// What every guard asks: the tokens before and behind a match, and what they are. For guards*.cc
// alone.
#ifndef VERBATIM_PLUGINS_DATES_GUARD_CONTEXT_H_
#define VERBATIM_PLUGINS_DATES_GUARD_CONTEXT_H_

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "rules.h"

namespace verbatim::dates {

inline const Token kNothing;

// As a word, or as what the first pass has made of it.
inline constexpr Classes kAnyYear = cls::kYear | cls::kYearChunk;
inline constexpr Classes kAnyMonth = cls::kMonth | cls::kMonthChunk;

inline const Token& Before(const Parsing& p, size_t i, size_t steps = 1) {
  if (i < steps) return kNothing;
  return p.tokens[i - steps];
}
inline const Token& After(const Parsing& p, const Match& m, size_t steps = 0) {
  const size_t i = m.end + steps;
  return i < p.tokens.size() ? p.tokens[i] : p.tokens.back();
}

inline bool WordIn(const Parsing& p, size_t i, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return p.IsWord(i, w); });
}
inline bool WordBeforeIn(const Parsing& p, size_t i,
                         std::initializer_list<std::string_view> words) {
  return i > 0 && WordIn(p, i - 1, words);
}

inline size_t SlotToken(const Match& m, Classes slot) {
  const int32_t at = m.Slot(slot);
  return at < 0 ? m.begin : static_cast<size_t>(at);
}

inline bool EndsSentence(const Token& after) {
  return after.kind == TokenKind::kEnd || after.Has(kHardBreak) || after.mark == '.' ||
         after.mark == ',' || after.mark == ';' || after.mark == ')' || after.mark == ':' ||
         after.mark == '"' || after.mark == '?' || after.mark == '!' || after.mark == '-' ||
         after.mark == ']' || after.mark == '\'';
}

inline bool LowerWord(const Token& t) { return t.kind == TokenKind::kWord && !t.Has(kCapital); }

// Written wholly in capitals all around, so that a capital says nothing.
inline bool Shouted(const Parsing& p, size_t i) {
  return p.tokens[i].Has(kAllCapitals) &&
         ((i > 0 && p.tokens[i - 1].Has(kAllCapitals)) ||
          (i + 1 < p.tokens.size() && p.tokens[i + 1].Has(kAllCapitals)));
}

inline bool IsCurrency(const Token& t) { return t.mark == '$' || t.mark == '#'; }

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_GUARD_CONTEXT_H_
