// SPDX-License-Identifier: Apache-2.0
// The tables against ICU, over all that they claim to know.
#include "verbatim/text/chars.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <vector>

namespace verbatim::text {
namespace {

struct Block {
  char32_t first;
  char32_t last;
};

// Latin, Greek without its archaic letters, Cyrillic, Armenian.
const std::vector<Block> kKnownCases = {
    {0, 0x24F}, {0x386, 0x3CE}, {0x400, 0x52F}, {0x531, 0x587}, {0x1E00, 0x1EFF}};

TEST(Chars, LowersLikeIcu) {
  for (const Block& block : kKnownCases) {
    for (char32_t c = block.first; c <= block.last; ++c) {
      const UChar32 icu = u_tolower(static_cast<UChar32>(c));
      EXPECT_EQ(ToLower(c), static_cast<char32_t>(icu))
          << "U+" << std::hex << static_cast<uint32_t>(c);
    }
  }
}

TEST(Chars, KnowsTheLettersOfLiveScripts) {
  const std::vector<Block> scripts = {
      {0, 0xFF},      {0x100, 0x2C1}, {0x386, 0x386}, {0x388, 0x3F5},   {0x400, 0x481},
      {0x531, 0x556}, {0x5D0, 0x5EA}, {0x621, 0x64A}, {0x4E00, 0x9FA5}, {0xAC00, 0xD7A3}};
  for (const Block& block : scripts) {
    for (char32_t c = block.first; c <= block.last; ++c) {
      if (!u_isdefined(static_cast<UChar32>(c))) continue;
      const bool superscript = c == 0xB2 || c == 0xB3 || c == 0xB9;
      EXPECT_EQ(IsLetter(c), u_isalpha(static_cast<UChar32>(c)) || superscript)
          << "U+" << std::hex << static_cast<uint32_t>(c);
    }
  }
}

TEST(Chars, PunctuationAndSymbolsAreNoLetters) {
  for (const Block& block :
       std::vector<Block>{{0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x27BF}, {0x3000, 0x3003}}) {
    for (char32_t c = block.first; c <= block.last; ++c)
      EXPECT_FALSE(IsLetter(c)) << std::hex << static_cast<uint32_t>(c);
  }
  EXPECT_FALSE(IsLetter(0x1F680));
}

TEST(Chars, KnowsBlanksLineEndsDashesAndMarks) {
  for (const char32_t c : {U' ', U'\t', U'\u00A0', U'\u2009', U'\u202F', U'\u3000'})
    EXPECT_TRUE(IsBlank(c));
  for (const char32_t c : {U'\n', U'\r', U'\u2028'}) EXPECT_TRUE(IsLineEnd(c) && !IsBlank(c));
  for (const char32_t c : {U'-', U'\u2013', U'\u2014', U'\u2212'}) EXPECT_TRUE(IsDash(c));
  for (const char32_t c : {U'"', U'\u201C', U'\u201E', U'\u00AB', U'\u300C'})
    EXPECT_TRUE(IsDoubleQuote(c));
  for (const char32_t c : {U'\'', U'\u2019', U'\u2018', U'\u201A', U'`'})
    EXPECT_TRUE(IsSingleQuote(c));
  EXPECT_TRUE(IsInvisible(0x200B) && IsInvisible(0xAD) && IsInvisible(0xFEFF));
}

}  // namespace
}  // namespace verbatim::text
