// SPDX-License-Identifier: Apache-2.0
// One pass over a text: words, numbers, punctuation marks and line ends, each with its bytes.
// Blanks make no token. Every byte that is not a blank or invisible belongs to exactly one token,
// and tokens stand in order.
//
//   Tokenize("The U.S. paid $1.2bn, 5-1/4 percent.")  ->  The|U.S.|paid|$1.2bn|,|5-1/4|percent|.
#ifndef VERBATIM_TEXT_TOKENS_H_
#define VERBATIM_TEXT_TOKENS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::text {

enum class TokenKind : uint8_t {
  kWord,  // starts with a letter: Russia, don't, anti-satellite, U.S., F-16, COVID-19; also 10-year
  kNumber,       // starts with a digit or a currency sign before one: 725, $725, 5-1/4, 78%, 10:30,
                 // 15th, 1,000.5
  kPunctuation,  // one mark or symbol; "..." and "--" are one token each
  kNewline,      // one line end, CR LF taken together
};

enum TokenFlag : uint8_t {
  kCapitalised = 1,  // its first letter is a capital
  kAllCaps = 2,      // two or more letters, all capitals
  kHasDigit = 4,
  kBlankBefore =
      8,  // a blank, an invisible character or a line end stands before it, or it is the first
  kAbbreviation = 16,  // carries its own stop: U.S., a.m.
};

struct Token {
  uint32_t begin = 0;  // bytes, half open
  uint32_t end = 0;
  TokenKind kind = TokenKind::kWord;
  uint8_t flags = 0;  // TokenFlag

  bool Has(TokenFlag flag) const { return (flags & flag) != 0; }
  bool IsWord() const { return kind == TokenKind::kWord; }
  bool IsNumber() const { return kind == TokenKind::kNumber; }
  Range range() const { return {begin, end}; }
};

// The bytes of a token. Borrows from `text`.
inline std::string_view In(std::string_view text, const Token& token) {
  return text.substr(token.begin, token.end - token.begin);
}

// Linear in the text. Ill-formed UTF-8 is safe: each such byte is a punctuation token.
std::vector<Token> Tokenize(std::string_view text);

// The tokens of text[range], with bytes counted from the start of `text`.
std::vector<Token> Tokenize(std::string_view text, Range range);

// Is this word (any case, ASCII) one that carries grammar and little content: the, of, and, was,
// would ...
bool IsFunctionWord(std::string_view word);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_TOKENS_H_
