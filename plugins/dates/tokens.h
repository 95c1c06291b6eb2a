// SPDX-License-Identifier: Apache-2.0
// One pass over bytes to tokens: words, digit runs, single punctuation marks. Then numbers are
// folded, so that "twenty-one", "1,500", "2 1/2" and "nineteen ninety-seven" are one token each.
// Any bytes are safe input; tokens begin and end at character borders when the text is UTF-8.
#ifndef VERBATIM_PLUGINS_DATES_TOKENS_H_
#define VERBATIM_PLUGINS_DATES_TOKENS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lexicon.h"

namespace verbatim::dates {

enum class TokenKind : uint8_t { kWord, kNumber, kMark, kEnd };

// Bits of Token::flags.
inline constexpr uint8_t kCapital = 1;      // begins with an upper-case letter
inline constexpr uint8_t kAllCapitals = 2;  // two or more letters, all upper case
inline constexpr uint8_t kGlued = 4;        // no blank before it
inline constexpr uint8_t kLineStart = 8;    // first of its line
inline constexpr uint8_t kHardBreak =
    16;  // what stands before it is another paragraph, item or title
inline constexpr uint8_t kSentence = 32;  // begins a sentence
inline constexpr uint8_t kSpelled = 64;   // a number in words

struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  Classes classes = 0;
  int32_t value = 0;  // of a chunk: the number of its expression
  LexemeId lexeme = 0;
  TokenKind kind = TokenKind::kMark;
  uint8_t flags = 0;
  uint16_t width = 1;  // tokens that it stands for: more than one where a chunk begins
  char mark =
      0;  // of a mark: its ASCII character; '-' for every dash, '\'' for curly ones, '"' for quotes

  bool Is(Classes any) const { return (classes & any) != 0; }
  bool Has(uint8_t flag) const { return (flags & flag) != 0; }
};

// Always ends in one token of kind kEnd at text.size().
std::vector<Token> Tokenize(std::string_view text, const Lexicon& lexicon);

// Joins the tokens of every number into one. Called by Tokenize.
void FoldNumbers(std::string_view text, std::vector<Token>* tokens);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_TOKENS_H_
