// SPDX-License-Identifier: Apache-2.0
// What a character is, as far as reading news needs it: letters and their case (Latin, Greek,
// Cyrillic), digits, blanks, quotation marks, dashes. Own compact tables, no locale; the same
// answer on every machine.
#ifndef VERBATIM_TEXT_CHARS_H_
#define VERBATIM_TEXT_CHARS_H_

#include <cstdint>

namespace verbatim::text {

// Letters of any script; unknown code points above U+00BF count as letters, symbols and punctuation
// blocks don't.
bool IsLetter(char32_t c);

// 0-9 and vulgar fractions.
bool IsDigit(char32_t c);

// A combining mark of the Latin, Greek and Cyrillic ranges; it belongs to the letter before it.
bool IsCombiningMark(char32_t c);

// Space, tab, no-break and thin spaces; not a line end.
bool IsBlank(char32_t c);

// Line feed, carriage return, vertical tab, form feed, next line, line and paragraph separator.
bool IsLineEnd(char32_t c);

// Characters that show nothing: zero-width space and joiners, soft hyphen, byte order mark,
// direction marks.
bool IsInvisible(char32_t c);

bool IsUpper(char32_t c);

// Lower case, one character for one; itself where there is none.
char32_t ToLower(char32_t c);

// Hyphen-minus, hyphens, en and em dash, horizontal bar, minus sign.
bool IsDash(char32_t c);

// " and every double mark: curly, low, high-reversed, guillemets, double prime, full width, CJK
// corners.
bool IsDoubleQuote(char32_t c);

// ' and every single mark and apostrophe: curly, low, single guillemets, prime, grave, acute.
bool IsSingleQuote(char32_t c);

// Ideographs and kana, which are written without blanks: each one is a word of its own to the
// tokeniser.
bool IsIdeograph(char32_t c);

bool IsCurrency(char32_t c);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_CHARS_H_
