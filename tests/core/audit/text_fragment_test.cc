// SPDX-License-Identifier: Apache-2.0
// Links that lead to words.
#include "core/audit/text_fragment.h"

#include <gtest/gtest.h>

namespace verbatim::audit {
namespace {

constexpr char kUrl[] = "https://selis.example/wall";

v1::Anchor At(const std::string& text, const std::vector<std::string>& words, size_t from = 0) {
  v1::Anchor anchor;
  for (const std::string& exact : words) {
    const size_t begin = text.find(exact, from);
    v1::TextSpan* span = anchor.add_spans();
    span->set_begin_byte(static_cast<uint32_t>(begin));
    span->set_end_byte(static_cast<uint32_t>(begin + exact.size()));
    span->set_exact(exact);
  }
  return anchor;
}

TEST(TextFragment, WordsAreEncodedAndSeparatorsToo) {
  const std::string text = "He said: well-known, old & dear\nto us.";
  EXPECT_EQ(LinkToWords(kUrl, At(text, {"well-known, old & dear\nto us"}), text),
            std::string(kUrl) + "#:~:text=well%2Dknown%2C%20old%20%26%20dear%20to%20us");
  EXPECT_EQ(LinkToWords(kUrl, At("caf\xc3\xa9", {"caf\xc3\xa9"}), "caf\xc3\xa9"),
            std::string(kUrl) + "#:~:text=caf%C3%A9");
}

TEST(TextFragment, LongWordsAreNamedByTheirEnds) {
  const std::string text = "a b c d e f g h i j k l m n";
  EXPECT_EQ(LinkToWords(kUrl, At(text, {text}), text),
            std::string(kUrl) + "#:~:text=a%20b%20c%20d%20e,j%20k%20l%20m%20n");
}

TEST(TextFragment, WordsThatStandTwiceAreToldApartByTheirNeighbours) {
  const std::string text = "We will go. They asked. We will go, he said again and left.";
  EXPECT_EQ(LinkToWords(kUrl, At(text, {"We will go"}, 12), text),
            std::string(kUrl) + "#:~:text=go.%20They%20asked.-,We%20will%20go,-%2C%20he%20said");
}

TEST(TextFragment, EverySpanHasItsDirectiveAndFragmentsStay) {
  const std::string text = "\"Go,\" he said, \"now.\"";
  EXPECT_EQ(LinkToWords("https://a.example/b#top", At(text, {"Go", "now"}), text),
            "https://a.example/b#top:~:text=Go&text=now");
  EXPECT_EQ(LinkToWords("", At(text, {"Go"}), text), "");
}

TEST(TextFragment, SpansBeyondTheTextDoNoHarm) {
  v1::Anchor anchor = At("go go", {"go"});
  anchor.mutable_spans(0)->set_end_byte(1000);
  EXPECT_EQ(LinkToWords(kUrl, anchor, "go go"), std::string(kUrl) + "#:~:text=go");
}

}  // namespace
}  // namespace verbatim::audit
