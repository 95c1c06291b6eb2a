// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "random_text.h"

namespace verbatim::text {
namespace {

// RFC 3629 by arithmetic, one character at a time: the oracle.
size_t SlowCharSize(const std::string& text, size_t at) {
  const auto byte = [&text](size_t n) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[n]));
  };
  const uint32_t lead = byte(at);
  if (lead < 0x80) return 1;
  for (const size_t size : {size_t{2}, size_t{3}, size_t{4}}) {
    const uint32_t mark = (0xF00u >> size) & 0xFFu;
    if ((lead & (mark | (0x80u >> size))) != mark || at + size > text.size()) continue;
    uint32_t value = lead & (0x7Fu >> size);
    for (size_t n = 1; n < size; ++n) {
      if ((byte(at + n) & 0xC0u) != 0x80u) return 0;
      value = (value << 6) | (byte(at + n) & 0x3Fu);
    }
    const uint32_t least = size == 2 ? 0x80u : size == 3 ? 0x800u : 0x10000u;
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value >= least && value <= 0x10FFFF && !surrogate ? size : 0;
  }
  return 0;
}

size_t SlowFirstInvalid(const std::string& text) {
  for (size_t at = 0; at < text.size();) {
    const size_t size = SlowCharSize(text, at);
    if (size == 0) return at;
    at += size;
  }
  return kNoByte;
}

TEST(Utf8, KnowsIllFormedTextFromWellFormed) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain"));
  EXPECT_TRUE(IsValidUtf8("caf\u00E9 \u20AC \U0001F680"));
  EXPECT_TRUE(IsValidUtf8(std::string_view("\0", 1)));
  EXPECT_EQ(FirstInvalidByte("ab\xC0\xAF"), 2u) << "an overlong slash";
  EXPECT_EQ(FirstInvalidByte("ab\xED\xA0\x80"), 2u) << "a surrogate";
  EXPECT_EQ(FirstInvalidByte("ab\xF4\x90\x80\x80"), 2u) << "beyond U+10FFFF";
  EXPECT_EQ(FirstInvalidByte("ab\xE2\x82"), 2u) << "cut off";
  EXPECT_EQ(FirstInvalidByte("\x80"), 0u);
  EXPECT_EQ(FirstInvalidByte(std::string(100, 'a') + "\xFF"), 100u);
}

RC_GTEST_PROP(Utf8, FindsTheSameBadByteAsArithmetic, ()) {
  const std::string text = *AnyBytes();
  RC_ASSERT(FirstInvalidByte(text) == SlowFirstInvalid(text));
}

RC_GTEST_PROP(Utf8, DecodesWhatItEncoded, ()) {
  const auto c = static_cast<char32_t>(*rc::gen::inRange(0, 0x110000));
  RC_PRE(c < 0xD800 || c > 0xDFFF);
  std::string text;
  AppendUtf8(c, &text);
  RC_ASSERT(IsValidUtf8(text));
  RC_ASSERT(DecodeAt(text, 0).code_point == c);
  RC_ASSERT(DecodeAt(text, 0).size == text.size());
  RC_ASSERT(PreviousChar("x" + text, static_cast<uint32_t>(text.size() + 1)) == 1u);
}

TEST(Utf8, EncodesNoSurrogate) {
  std::string text;
  AppendUtf8(0xD800, &text);
  EXPECT_EQ(text, "\uFFFD");
}

// The map, walked by hand.
struct Places {
  std::vector<uint32_t> byte_of;  // of each character
};

Places Walk(const std::string& text) {
  Places places;
  for (uint32_t at = 0; at < text.size(); ++at) {
    if (IsLeadByte(text[at])) places.byte_of.push_back(at);
  }
  return places;
}

RC_GTEST_PROP(CharMap, AgreesWithAWalkOverTheText, ()) {
  const std::string text = *AnyText();
  const CharMap map(text);
  const Places places = Walk(text);
  RC_ASSERT(map.chars() == places.byte_of.size());
  RC_ASSERT(map.chars() == CountChars(text));
  uint32_t ch = 0;
  for (uint32_t byte = 0; byte < text.size(); ++byte) {
    RC_ASSERT(map.AtBorder(byte) == IsLeadByte(text[byte]));
    RC_ASSERT(map.CharOf(byte) == ch);
    if (IsLeadByte(text[byte])) ++ch;
  }
  for (uint32_t n = 0; n < map.chars(); ++n) RC_ASSERT(map.ByteOf(n) == places.byte_of[n]);
  const auto size = static_cast<uint32_t>(text.size());
  RC_ASSERT(map.AtBorder(size));
  RC_ASSERT(!map.AtBorder(size + 1));
  RC_ASSERT(map.CharOf(size) == map.chars());
  RC_ASSERT(map.ByteOf(map.chars()) == size);
}

RC_GTEST_PROP(CharMap, StaysInTheTextWhateverTheBytes, ()) {
  const std::string text = *AnyBytes();
  const CharMap map(text);
  for (uint32_t n = 0; n <= map.chars(); ++n) RC_ASSERT(map.ByteOf(n) <= text.size());
}

TEST(CharMap, MakesSpansInBothUnits) {
  const std::string text = "\u201CNo,\u201D she said.";
  const Span span = MakeSpan(text, CharMap(text), 3, 6);
  EXPECT_EQ(span.exact, "No,");
  EXPECT_EQ(span.begin_char, 1u);
  EXPECT_EQ(span.end_char, 4u);
}

}  // namespace
}  // namespace verbatim::text
