// SPDX-License-Identifier: Apache-2.0
#include "word_table.h"

#include <algorithm>

namespace verbatim::quotes {
namespace {

LookupWord TooLong() {
  LookupWord word;
  word.had_capital = true;
  return word;
}

// Byte by byte, for words that are not all ASCII.
LookupWord LowerBytes(std::string_view word) {
  char bytes[kLookupBytesMax] = {};
  size_t size = 0;
  bool had_capital = false;
  for (size_t n = 0; n < word.size(); ++n) {
    if (size == kLookupBytesMax) return TooLong();
    char c = word[n];
    if (c >= 'A' && c <= 'Z') had_capital = true, c = static_cast<char>(c + 32);
    if (c == '\xE2' && word.substr(n, 3) == "\xE2\x80\x99") {
      c = '\'';
      n += 2;
    }
    bytes[size++] = c;
  }
  LookupWord lower = Padded({bytes, size});
  lower.had_capital = had_capital;
  return lower;
}

}  // namespace

LookupWord Padded(std::string_view word) {
  LookupWord padded;
  if (word.size() > kLookupBytesMax) return padded;
  padded.size = static_cast<uint32_t>(word.size());
  for (size_t n = 0; n < padded.Steps(); ++n) {
    padded.steps[n] = step::At(word, n * kStepBytes, word.size());
  }
  return padded;
}

LookupWord LowerPadded(std::string_view text, size_t begin, size_t end) {
  // A curly apostrophe takes three bytes in the text and one in the word.
  constexpr size_t kCurlyBytesMax = kLookupBytesMax + 8;
  if (end - begin > kCurlyBytesMax) return TooLong();
  if (end - begin > kLookupBytesMax) return LowerBytes(text.substr(begin, end - begin));
  LookupWord lower;
  lower.size = static_cast<uint32_t>(end - begin);
  const uint64_t first = step::At(text, begin, end);
  uint64_t any_capital = step::Capitals(first & ~step::kHighBits);
  uint64_t any = first;
  lower.steps[0] = first | (any_capital >> 2);  // 0x80 to 0x20
  if (lower.size > kStepBytes) {
    for (size_t n = 1; n < lower.Steps(); ++n) {
      const uint64_t next = step::At(text, begin + n * kStepBytes, end);
      const uint64_t capitals = step::Capitals(next & ~step::kHighBits);
      any |= next;
      any_capital |= capitals;
      lower.steps[n] = next | (capitals >> 2);
    }
  }
  if ((any & step::kHighBits) != 0) return LowerBytes(text.substr(begin, end - begin));
  lower.had_capital = any_capital != 0;
  return lower;
}

}  // namespace verbatim::quotes
