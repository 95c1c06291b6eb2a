// SPDX-License-Identifier: Apache-2.0
#include "word_table.h"

#include <algorithm>

namespace verbatim::quotes {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101ull;
constexpr uint64_t kHighBits = 0x80 * kOnes;

// All bits of the first n bytes, from [kStepBytes - n] on, whatever the order of bytes.
constexpr unsigned char kKeep[2 * kStepBytes] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

uint64_t Load(const void* bytes) {
  uint64_t step = 0;
  std::memcpy(&step, bytes, kStepBytes);
  return step;
}

// At most eight bytes of text from `at` on, zeros behind `end`. Reads on behind `end` where the
// text does, which is faster than a copy of as many bytes as there are.
uint64_t StepAt(std::string_view text, size_t at, size_t end) {
  const size_t size = std::min(end - at, kStepBytes);
  if (at + kStepBytes <= text.size()) {
    return Load(text.data() + at) & Load(kKeep + kStepBytes - size);
  }
  uint64_t step = 0;
  std::memcpy(&step, text.data() + at, size);
  return step;
}

// The high bit of each byte that is A to Z. No byte is above ASCII.
uint64_t Capitals(uint64_t step) {
  const uint64_t from_a = step + (0x80 - 'A') * kOnes;
  const uint64_t behind_z = step + (0x7F - 'Z') * kOnes;
  return (from_a ^ behind_z) & kHighBits;
}

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
    padded.steps[n] = StepAt(word, n * kStepBytes, word.size());
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
  const uint64_t first = StepAt(text, begin, end);
  uint64_t any_capital = Capitals(first & ~kHighBits);
  uint64_t any = first;
  lower.steps[0] = first | (any_capital >> 2);  // 0x80 to 0x20
  if (lower.size > kStepBytes) {
    for (size_t n = 1; n < lower.Steps(); ++n) {
      const uint64_t step = StepAt(text, begin + n * kStepBytes, end);
      const uint64_t capitals = Capitals(step & ~kHighBits);
      any |= step;
      any_capital |= capitals;
      lower.steps[n] = step | (capitals >> 2);
    }
  }
  if ((any & kHighBits) != 0) return LowerBytes(text.substr(begin, end - begin));
  lower.had_capital = any_capital != 0;
  return lower;
}

}  // namespace verbatim::quotes
