// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reading.h"

namespace verbatim::quotes {
namespace {

// Marks `word` in the text as a mention of `day`.
DateMention On(std::string_view text, std::string_view word, std::string day) {
  const auto at = static_cast<uint32_t>(text.find(word));
  DateMention date;
  date.bytes = {at, at + static_cast<uint32_t>(word.size())};
  date.day = std::move(day);
  return date;
}

TEST(SaidOn, TheDayOfTheAttribution) {
  Article article;
  article.text = "\"The road is closed,\" Ada Lund said on Tuesday.";
  article.published = "2031-05-08";
  article.dates = {On(article.text, "Tuesday", "2031-05-06")};
  const auto found = FindQuotations(article);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].said_on, "2031-05-06");
  EXPECT_EQ(found[0].said_on_basis, SaidOn::kStated);
}

TEST(SaidOn, ADayWithinTheWordsIsNotTheirs) {
  Article article;
  article.text = "Ada Lund said that the road was closed on Tuesday.";
  article.published = "2031-05-08T10:00:00+02:00";
  article.dates = {On(article.text, "Tuesday", "2031-05-06")};
  const auto found = FindQuotations(article);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].said_on, "2031-05-08");
  EXPECT_EQ(found[0].said_on_basis, SaidOn::kArticleDate);
}

TEST(SaidOn, ADayToComeIsNotTheirs) {
  Article article;
  article.text = "\"The road is closed,\" Ada Lund said before the meeting of May 20.";
  article.published = "2031-05-08";
  article.dates = {On(article.text, "May 20", "2031-05-20")};
  const auto found = FindQuotations(article);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].said_on_basis, SaidOn::kArticleDate);
}

TEST(SaidOn, TheSameSpeakerGoesOn) {
  Article article;
  article.text =
      "\"The road is closed,\" Ada Lund said on Tuesday. She said the bridge was closed too.";
  article.published = "2031-05-08";
  article.dates = {On(article.text, "Tuesday", "2031-05-06")};
  const auto found = FindQuotations(article);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].said_on, "2031-05-06");
  EXPECT_EQ(found[1].said_on_basis, SaidOn::kInferred);
}

TEST(SaidOn, UnknownWithoutADay) {
  const auto found = Quotations("Ada Lund said that the road was closed.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].said_on, "");
  EXPECT_EQ(found[0].said_on_basis, SaidOn::kUnknown);
}

}  // namespace
}  // namespace verbatim::quotes
