// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/tokens.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "random_text.h"
#include "verbatim/text/chars.h"

namespace verbatim::text {
namespace {

// The tokens with bars between, line ends as a pilcrow.
std::string Cut(const std::string& text) {
  std::string out;
  for (const Token& token : Tokenize(text)) {
    if (!out.empty()) out += '|';
    out += token.kind == TokenKind::kNewline ? "\u00B6" : std::string(In(text, token));
  }
  return out;
}

Token Only(const std::string& text) {
  const std::vector<Token> tokens = Tokenize(text);
  EXPECT_EQ(tokens.size(), 1u) << text;
  return tokens.empty() ? Token{} : tokens[0];
}

TEST(Tokens, KeepsWordsWhole) {
  EXPECT_EQ(Cut("Don't stop the anti-satellite test."), "Don't|stop|the|anti-satellite|test|.");
  EXPECT_EQ(Cut("Russia\u2019s top diplomat, and/or AT&T"),
            "Russia\u2019s|top|diplomat|,|and/or|AT&T");
  EXPECT_EQ(Cut("the U.S. and a Ph.D. at 5 a.m., e.g. here"),
            "the|U.S.|and|a|Ph.D.|at|5|a.m.|,|e.g.|here");
  EXPECT_EQ(Cut("U.S.-led talks on example.com"), "U.S.-led|talks|on|example.com");
  EXPECT_EQ(Cut("It ended.The next"), "It|ended|.|The|next");
  EXPECT_EQ(Cut("the workers' pay -- or not..."), "the|workers|'|pay|--|or|not|...");
  EXPECT_EQ(Cut("\u6771\u4EACto"), "\u6771|\u4EAC|to");
}

TEST(Tokens, KeepsNumbersWhole) {
  EXPECT_EQ(Cut("5-1/4 percent, $725 million, 78%, 1,000.5"),
            "5-1/4|percent|,|$725|million|,|78%|,|1,000.5");
  EXPECT_EQ(Cut("10:30 on the 15th; 1990s, \u20AC1.2bn, US$40"),
            "10:30|on|the|15th|;|1990s|,|\u20AC1.2bn|,|US$40");
  EXPECT_EQ(Cut("2010\u20132014, in 2019."), "2010\u20132014|,|in|2019|.");
  EXPECT_EQ(Cut("a 10-year bond, F-16s"), "a|10-year|bond|,|F-16s");
  EXPECT_TRUE(Only("$725").IsNumber());
  EXPECT_TRUE(Only("15th").IsNumber());
  EXPECT_TRUE(Only("10-year").IsWord());
  EXPECT_TRUE(Only("F-16").IsWord());
}

TEST(Tokens, FlagsWhatReadersOfNamesNeed) {
  EXPECT_TRUE(Only("Moscow").Has(kCapitalised));
  EXPECT_FALSE(Only("Moscow").Has(kAllCaps));
  EXPECT_TRUE(Only("NATO").Has(kAllCaps));
  EXPECT_FALSE(Only("I").Has(kAllCaps));
  EXPECT_TRUE(Only("\u00C9lys\u00E9e").Has(kCapitalised));
  EXPECT_TRUE(Only("COVID-19").Has(kHasDigit));
  EXPECT_TRUE(Only("U.S.").Has(kAbbreviation));
  const std::vector<Token> tokens = Tokenize("said,\nthen");
  EXPECT_FALSE(tokens[1].Has(kBlankBefore));
  EXPECT_TRUE(tokens[3].Has(kBlankBefore));
  EXPECT_EQ(Cut("a\r\nb\n\nc"), "a|\u00B6|b|\u00B6|\u00B6|c");
}

RC_GTEST_PROP(Tokens, CoverEveryByteThatShows, ()) {
  const std::string text = *AnyBytes();
  uint32_t at = 0;
  for (const Token& token : Tokenize(text)) {
    RC_ASSERT(token.begin >= at);
    RC_ASSERT(token.begin < token.end);
    for (; at < token.begin; at += DecodeAt(text, at).size) {
      const char32_t c = DecodeAt(text, at).code_point;
      RC_ASSERT(IsBlank(c) || IsInvisible(c));
    }
    at = token.end;
  }
  RC_ASSERT(at <= text.size());
}

RC_GTEST_PROP(Tokens, OfARangeAreTheTokensOfThatText, ()) {
  const std::string before = *AnyText();
  const std::string text = *AnyText();
  const auto begin = static_cast<uint32_t>(before.size());
  const std::string whole = before + text + "tail";
  const std::vector<Token> in_range =
      Tokenize(whole, {begin, static_cast<uint32_t>(begin + text.size())});
  const std::vector<Token> alone = Tokenize(text);
  RC_ASSERT(in_range.size() == alone.size());
  for (size_t n = 0; n < alone.size(); ++n) {
    RC_ASSERT(in_range[n].begin == alone[n].begin + begin);
    RC_ASSERT(in_range[n].kind == alone[n].kind);
  }
}

TEST(Tokens, StayBoundedOnHostileText) {
  for (const std::string piece :
       {"a", "1", ".", "-", "a.", "\xFF", "a-", "1,", "$", "\u0301", "\u00AD", "\u6771"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    for (const Token& token : Tokenize(text)) ASSERT_LE(token.end - token.begin, 2048u) << piece;
  }
}

TEST(Tokens, FunctionWordsCarryGrammar) {
  for (const char* word : {"the", "The", "of", "would", "not", "with"})
    EXPECT_TRUE(IsFunctionWord(word)) << word;
  for (const char* word : {"treaty", "", "percent", "withhold", "theme"})
    EXPECT_FALSE(IsFunctionWord(word)) << word;
}

}  // namespace
}  // namespace verbatim::text
