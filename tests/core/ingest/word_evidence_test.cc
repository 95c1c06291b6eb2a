// SPDX-License-Identifier: Apache-2.0
// Words are found whole, whatever their case and the marks around them.
#include "core/ingest/word_evidence.h"

#include <gtest/gtest.h>

#include <string>

namespace verbatim::ingest {
namespace {

constexpr size_t kReader = 0;
constexpr size_t kSubscribing = 2;
constexpr size_t kSaying = kWordFamilies - 2;
constexpr size_t kSmallWords = kWordFamilies - 1;

TEST(WordEvidence, CountsWordsOfEachFamily) {
  const auto counts = CountFamilies("Subscribe to our newsletter: the news, in your inbox.");
  EXPECT_EQ(counts[kSubscribing], 3);  // subscribe, newsletter, inbox
  EXPECT_EQ(counts[kReader], 1);
  EXPECT_EQ(counts[kSmallWords], 3);  // to, the, in
  EXPECT_EQ(counts[kSaying], 0);
}

TEST(WordEvidence, PartsOfWordsAreNotWords) {
  const auto counts = CountFamilies("Newsletterish yourselves unsaid theirs");
  for (const uint16_t count : counts) EXPECT_EQ(count, 0);
}

TEST(WordEvidence, QuotationMarksDashesAndCapitalsHideNoWord) {
  EXPECT_EQ(CountFamilies("“Said”")[kSaying], 1);
  EXPECT_EQ(CountFamilies("«SELON»—selon, (selon)")[kSaying], 3);
  EXPECT_EQ(CountFamilies("ÜBER EXPLICÓ explicó")[kSaying], 2);
}

TEST(WordEvidence, AnApostropheOrAHyphenWithinAWordBelongsToIt) {
  EXPECT_EQ(CountFamilies("You're")[kReader], 1);
  EXPECT_EQ(CountFamilies("'your'")[kReader], 1);
  EXPECT_EQ(CountFamilies("E-Mail")[kSubscribing], 1);
  EXPECT_EQ(CountFamilies("e- mail")[kSubscribing], 0);
}

TEST(WordEvidence, ATextMayEndAnywhere) {
  EXPECT_EQ(CountFamilies("")[kReader], 0);
  EXPECT_EQ(CountFamilies("you\xE2")[kReader], 0);
  EXPECT_EQ(CountFamilies("you \xE2\x80")[kReader], 1);
  EXPECT_EQ(CountFamilies("you\xC2")[kReader], 1);
  EXPECT_EQ(CountFamilies("you-")[kReader], 1);
}

TEST(WordEvidence, MoreWordsThanCanBeCountedAreMany) {
  std::string text;
  for (int i = 0; i < 70'000; ++i) text += "the ";
  EXPECT_EQ(CountFamilies(text)[kSmallWords], 65'535);
}

}  // namespace
}  // namespace verbatim::ingest
