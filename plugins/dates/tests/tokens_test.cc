// SPDX-License-Identifier: Apache-2.0
// What tokenizers trip over: abbreviations, decades, hyphens, hard blanks, curly marks, spelled
// numbers.
#include "tokens.h"

#include <gtest/gtest.h>

#include <string>

#include "rules.h"

namespace verbatim::dates {
namespace {

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> out;
  for (const Token& token : Tokenize(text, TheGrammar().lexicon)) {
    if (token.kind != TokenKind::kEnd)
      out.push_back(text.substr(token.begin, token.end - token.begin));
  }
  return out;
}

using Strings = std::vector<std::string>;

TEST(Tokens, KeepTheDotOfAnAbbreviation) {
  EXPECT_EQ(Words("Sept. 3 at 5 p.m. in May."),
            (Strings{"Sept.", "3", "at", "5", "p.m.", "in", "May", "."}));
}

TEST(Tokens, SplitHyphensAndDashes) {
  EXPECT_EQ(Words("mid-1990s 3\xE2\x80\x93"
                  "5"),
            (Strings{"mid", "-", "1990s", "3", "\xE2\x80\x93", "5"}));
}

TEST(Tokens, TakeHardAndThinBlanksForBlanks) {
  EXPECT_EQ(Words("5\xC2\xA0May\xE2\x80\x89"
                  "2010"),
            (Strings{"5", "May", "2010"}));
}

TEST(Tokens, TakeThePossessiveApart) {
  EXPECT_EQ(Words("today\xE2\x80\x99s today's"),
            (Strings{"today", "\xE2\x80\x99s", "today", "'s"}));
}

TEST(Tokens, FoldNumbers) {
  EXPECT_EQ(Words("twenty-one and 1,500 or 2 1/2"),
            (Strings{"twenty-one", "and", "1,500", "or", "2 1/2"}));
  EXPECT_EQ(Words("nineteen ninety-seven"), (Strings{"nineteen ninety-seven"}));
  EXPECT_EQ(Words("two and a half men"), (Strings{"two and a half", "men"}));
  EXPECT_EQ(Words("3.5 at 9.11.1989"), (Strings{"3.5", "at", "9", ".", "11", ".", "1989"}));
}

TEST(Tokens, GiveFoldedNumbersTheirValue) {
  const auto value = [](const std::string& text) {
    return Tokenize(text, TheGrammar().lexicon)[0].value;
  };
  EXPECT_EQ(value("twenty-one"), 21);
  EXPECT_EQ(value("1,500"), 1500);
  EXPECT_EQ(value("2 1/2"), 2500);
  EXPECT_EQ(value("two hundred and five"), 205);
  EXPECT_EQ(value("nineteen oh five"), 1905);
  EXPECT_EQ(value("two thousand nine"), 2009);
  EXPECT_EQ(value("31st"), 31);
  EXPECT_EQ(value("1990s"), 199);
  EXPECT_EQ(value("99999999999999999999"), 2000000);
}

TEST(Tokens, HoldTheWordsOfALexiconRowInAnyCase) {
  const Lexicon& lexicon = TheGrammar().lexicon;
  EXPECT_EQ(lexicon.Find("October"), lexicon.Find("OCTOBER"));
  EXPECT_NE(lexicon.Find("october"), 0);
  EXPECT_EQ(lexicon.Find("octobers"), 0);
  EXPECT_EQ(lexicon.Find(""), 0);
  EXPECT_EQ(lexicon.Find("a-word-of-more-than-sixteen-bytes"), 0);
}

TEST(Tokens, SpanTheTextInOrder) {
  const std::string text = "On May 3, \"twenty-one\" of 1,500 left\n\nat 5 p.m.";
  uint32_t end = 0;
  for (const Token& token : Tokenize(text, TheGrammar().lexicon)) {
    EXPECT_GE(token.begin, end);
    EXPECT_LE(token.end, text.size());
    end = token.end;
  }
}

}  // namespace
}  // namespace verbatim::dates
