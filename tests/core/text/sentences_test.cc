// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "random_text.h"

namespace verbatim::text {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Cut(const std::string& text) {
  std::vector<std::string> out;
  for (const Range& range : Sentences(text)) out.emplace_back(In(text, range));
  return out;
}

TEST(Sentences, EndAtStops) {
  EXPECT_THAT(Cut("We met. Did it help? No! 12 left."),
              ElementsAre("We met.", "Did it help?", "No!", "12 left."));
  EXPECT_THAT(Cut("It rose to 3.5 percent... Then it fell"),
              ElementsAre("It rose to 3.5 percent...", "Then it fell"));
  EXPECT_THAT(Cut("\u6771\u4EAC\u3002\u6771\u4EAC\u3002"),
              ElementsAre("\u6771\u4EAC\u3002", "\u6771\u4EAC\u3002"));
}

TEST(Sentences, DontEndInAbbreviations) {
  EXPECT_THAT(Cut("Mr. Ostrand met Sen. J. Ferro (R-Ohio) in the U.S. on Nov. 15, 2021. He left."),
              ElementsAre("Mr. Ostrand met Sen. J. Ferro (R-Ohio) in the U.S. on Nov. 15, 2021.",
                          "He left."));
  EXPECT_THAT(
      Cut("Ida B. Marlow of Dunmore Inc. spoke at 5 p.m. Monday. No. 7 was late."),
      ElementsAre("Ida B. Marlow of Dunmore Inc. spoke at 5 p.m. Monday.", "No. 7 was late."));
  EXPECT_THAT(
      Cut("The U.S. Senate agreed. They live in the U.S. The end came at 9 p.m. Police left."),
      ElementsAre("The U.S. Senate agreed.", "They live in the U.S.", "The end came at 9 p.m.",
                  "Police left."));
  EXPECT_THAT(Cut("She works for Dunmore Inc. The firm grew."),
              ElementsAre("She works for Dunmore Inc.", "The firm grew."));
}

TEST(Sentences, TakeClosingMarksAlong) {
  EXPECT_THAT(Cut("\"Go!\" he said. \"We won.\" She went."),
              ElementsAre("\"Go!\" he said.", "\"We won.\"", "She went."));
  EXPECT_THAT(Cut("\u201CIs it over?\u201D asked Ferro. (It was.) So."),
              ElementsAre("\u201CIs it over?\u201D asked Ferro.", "(It was.)", "So."));
  EXPECT_THAT(Cut("He agreed. \"and so on,\" she said."),
              ElementsAre("He agreed. \"and so on,\" she said."));
}

TEST(Sentences, ALineEndIsAParagraphBorder) {
  EXPECT_THAT(Cut("Harbour deal near\n\n  The port\u00A0\r\nIt opens. Soon"),
              ElementsAre("Harbour deal near", "The port", "It opens.", "Soon"));
  const std::string text = " one \n\t\n two";
  const std::vector<Range> paragraphs = Paragraphs(text);
  ASSERT_EQ(paragraphs.size(), 2u);
  EXPECT_EQ(In(text, paragraphs[0]), "one");
  EXPECT_EQ(In(text, paragraphs[1]), "two");
}

TEST(Sentences, AroundAByte) {
  const std::string text = "One here. Two here.";
  const std::vector<Range> sentences = Sentences(text);
  EXPECT_EQ(In(text, SentenceAround(sentences, 2)), "One here.");
  EXPECT_EQ(In(text, SentenceAround(sentences, 9)), "One here.") << "the blank after it";
  EXPECT_EQ(In(text, SentenceAround(sentences, 10)), "Two here.");
  EXPECT_TRUE(SentenceAround({}, 3).empty());
}

RC_GTEST_PROP(Sentences, StandInOrderAndTouchNoBlank, ()) {
  const std::string text = *AnyBytes();
  uint32_t at = 0;
  for (const Range& range : Sentences(text)) {
    RC_ASSERT(range.begin >= at);
    RC_ASSERT(range.begin < range.end);
    RC_ASSERT(text[range.begin] != ' ');
    RC_ASSERT(text[range.end - 1] != ' ');
    RC_ASSERT(In(text, range).find('\n') == std::string_view::npos);
    at = range.end;
  }
  RC_ASSERT(at <= text.size());
}

TEST(Sentences, StayLinearOnHostileText) {
  for (const std::string piece : {"a", ".", ". ", "\"", "A. ", "Mr. ", "\xFF", ".\"", "x.y"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    EXPECT_LE(Sentences(text).size(), text.size());
  }
}

}  // namespace
}  // namespace verbatim::text
