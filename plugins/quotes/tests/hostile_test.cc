// SPDX-License-Identifier: Apache-2.0
// Any bytes: never a crash, spans within the text and at borders of characters, the same answer
// again, and work in proportion to the length.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "reading.h"
#include "sound.h"

namespace verbatim::quotes {
namespace {

void ExpectSound(const std::string& text) { EXPECT_EQ(WhatIsUnsound(text, Quotations(text)), ""); }

TEST(Hostile, OddTexts) {
  const std::vector<std::string> texts = {
      "",
      "\"",
      "“",
      "”",
      "'",
      "\"\"=",
      "\"\"",
      "\"Bob.\"\n\n\"What.\"",
      "\r\n\r\n\"a\r\nb\" he said\r\n",
      "\"No-break\u00A0blank,\"\u00A0Ada\u00A0Lund\u00A0said.",
      "\xE2\x80\x8F\"right to left,\" \xE2\x80\x8F Ada Lund said.",
      "said",
      "Said",
      "said said said",
      "that",
      "According to",
      ": \"",
      "as said,",
      "— — —",
      "((((((\"a\"))))))",
      "\xEF\xBB\xBF\"With a mark at the front,\" Ada Lund said.",
      "\"a 'b \"c 'd \"e 'f \"g 'h \"i 'j\" k' l\" m' n\" o' p\" q' r\" s'",
  };
  for (const std::string& text : texts) {
    SCOPED_TRACE(text);
    ExpectSound(text);
  }
}

TEST(Hostile, IllFormedBytes) {
  ExpectSound("\"The dam \xFF\xFE is old,\" Ada \xC3 Lund said.\xE2\x80");
  ExpectSound(std::string("\"a\0b c,\" Ada Lund said.", 23));
}

TEST(Hostile, TenDeep) {
  std::string text;
  for (int n = 0; n < 10; ++n) text += n % 2 == 0 ? "“Lund said " : "‘Berg said ";
  text += "no";
  for (int n = 0; n < 10; ++n) text += n % 2 == 0 ? "’" : "”";
  ExpectSound(text);
}

TEST(Hostile, CarriageReturnsChangeNothing) {
  const std::string unix_text = "“The dam is old,” Ada Lund said.\n\n“It will not hold.”\n";
  std::string dos_text;
  for (const char c : unix_text) dos_text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(Reading(unix_text), Reading(dos_text));
}

TEST(Hostile, BlanksThatDoNotBreakAreBlanks) {
  const std::string plain = "\"The dam is old,\" Ada Lund said. \"It will not hold.\"";
  std::string hard;
  for (const char c : plain) hard += c == ' ' ? std::string("\u00A0") : std::string(1, c);
  const auto said = Quotations(plain);
  const auto found = Quotations(hard);
  ASSERT_EQ(found.size(), said.size());
  for (size_t n = 0; n < found.size(); ++n) {
    EXPECT_EQ(found[n].rule, said[n].rule);
    EXPECT_EQ(found[n].spans.size(), said[n].spans.size());
  }
}

TEST(Hostile, DirectionMarksShowNothing) {
  const std::string text = "\u200F\"The dam is old,\"\u200F Ada Lund said.\u200E";
  const auto found = Quotations(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker, "Ada Lund");
  EXPECT_EQ(Words(text, found[0]), "The dam is old,");
}

TEST(Hostile, ApostrophesEverywhereQuoteNothing) {
  EXPECT_TRUE(Quotations("The Lunds' and the Bergs' dogs' bowls weren't the neighbours', 'n' "
                         "rock 'n' roll isn't theirs' in the '90s.")
                  .empty());
}

// A megabyte of each: it ends, and soon. Work out of proportion would take minutes here.
TEST(Hostile, AMegabyteOfOneThing) {
  const std::vector<std::string> units = {"\"",
                                          "“",
                                          "”",
                                          "'",
                                          "\"a b c,\" Ann said. ",
                                          "'Aa bb cc,' ",
                                          "“a b c\n",
                                          "said ",
                                          "said a ",
                                          "Ann ",
                                          "and said that ",
                                          "The ministry said that it is. ",
                                          "(",
                                          " — ",
                                          "The Oslo ministry said it. The ministry said it. "};
  for (const std::string& unit : units) {
    SCOPED_TRACE(unit);
    std::string text;
    while (text.size() < 1'000'000) text += unit;
    ExpectSound(text);
  }
}

TEST(Hostile, AnyMixtureOfThePieces) {
  const bool held = rc::check("sound on any mixture", [] {
    const std::vector<std::string> pieces = {"\"",
                                             "“",
                                             "”",
                                             "'",
                                             "‘",
                                             "’",
                                             "«",
                                             "»",
                                             " ",
                                             " ",
                                             "\n",
                                             "\r\n",
                                             ",",
                                             ".",
                                             "?",
                                             ":",
                                             " — ",
                                             "(",
                                             ")",
                                             "said",
                                             "told",
                                             "that",
                                             "Ada",
                                             "Lund",
                                             "he",
                                             "she",
                                             "it",
                                             "who",
                                             "the",
                                             "mayor",
                                             "adding",
                                             "and",
                                             "Mr.",
                                             "ministry",
                                             "Norway",
                                             "'s",
                                             "according to",
                                             "as",
                                             "warned",
                                             "council",
                                             "\xC2\xA0",
                                             "é",
                                             "\xFF",
                                             "called on",
                                             "to",
                                             "Foreign Minister",
                                             "[",
                                             "]",
                                             "<...>"};
    const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
    std::string text;
    for (const std::string& piece : chosen) {
      text += piece;
      if (*rc::gen::inRange(0, 3) != 0) text += ' ';
    }
    ExpectSound(text);
    RC_ASSERT(Reading(text) == Reading(text));
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace verbatim::quotes
