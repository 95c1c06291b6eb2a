// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/sha256.h"

namespace verbatim::ingest {
namespace {

using ::testing::StartsWith;

constexpr char kText[] =
    "Council votes to repair sea wall\n\n"
    "SELIS, June 19. /KPA/. The council voted on Friday to repair the old sea wall before the "
    "storms.\n";

Draft Made(const std::string& text, const Given& given = {}) {
  return DraftFromBytes(text, "wall.txt", given).value();
}

TEST(Draft, KeepsTheBytesAndSaysWhereEachFieldIsFrom) {
  const Draft draft = Made(kText);
  EXPECT_EQ(draft.source.content(), kText);
  EXPECT_EQ(draft.source.content_sha256(), base::ToString(base::Sha256(kText)));
  EXPECT_EQ(draft.source.input(), "wall.txt");
  EXPECT_EQ(draft.content.text(), kText);
  EXPECT_EQ(draft.content.metadata().title(), "Council votes to repair sea wall");
  EXPECT_EQ(draft.content.metadata().outlet(), "KPA");
  EXPECT_EQ(draft.content.metadata().dateline().place(), "SELIS");
  EXPECT_EQ(draft.content.metadata().language(), "en");
}

TEST(Draft, ADateThatNobodyGaveStaysUnknown) {
  EXPECT_FALSE(Made(kText).content.metadata().has_published());
}

TEST(Draft, WhatIsGivenOutranksTheText) {
  Given given;
  given.title = "Sea wall: the vote";
  given.outlet = "Selis Courier";
  given.published = "2020-06-19";
  const v1::ArticleMetadata metadata = Made(kText, given).content.metadata();
  EXPECT_EQ(metadata.title(), "Sea wall: the vote");
  EXPECT_EQ(metadata.outlet(), "Selis Courier");
  EXPECT_EQ(metadata.published().value(), "2020-06-19");
  EXPECT_EQ(metadata.published().basis(), v1::DatedValue::BASIS_GIVEN);
}

TEST(Draft, TheUrlNamesTheArticleWhateverItsText) {
  Given given;
  given.url = "https://courier.example/wall?utm_medium=feed";
  Given same;
  same.url = "https://COURIER.example/wall#comments";
  EXPECT_EQ(Made(kText, given).article,
            Made("Quite another text stands here today.", same).article);
  EXPECT_NE(Made(kText, given).article, Made(kText).article);
}

TEST(Draft, WithoutAUrlCopiesThatDifferInMarksAndBlanksAreOneArticle) {
  EXPECT_EQ(Made("He said:  \"No\" - twice.\n").article,
            Made("He said: \u201CNo\u201D \u2013 twice.").article);
  EXPECT_NE(Made("He said no.").article, Made("He said yes.").article);
}

TEST(Draft, AWrongUrlOrDateIsRefusedByName) {
  Given given;
  given.published = "20/06/2020";
  EXPECT_THAT(std::string(DraftFromBytes(kText, "a", given).status().message()),
              StartsWith("'20/06/2020' is not a date"));
  given = {};
  given.url = "wall.html";
  EXPECT_THAT(std::string(DraftFromBytes(kText, "a", given).status().message()),
              StartsWith("'wall.html' is no URL"));
}

TEST(ContentKey, CountsATitleOnlyWhenItIsNotInTheText) {
  EXPECT_EQ(ContentKey("Council votes", "Council votes\n\nIt did."),
            ContentKey("", "Council votes\n\nIt did."));
  EXPECT_NE(ContentKey("Council votes", "It did."), ContentKey("Council refuses", "It did."));
}

}  // namespace
}  // namespace verbatim::ingest
