// SPDX-License-Identifier: Apache-2.0
// The date of a text by what it says of itself, and only as far as it says so.
#include "document_date.h"

#include <gtest/gtest.h>

#include <string>

#include "parse.h"

namespace verbatim::dates {
namespace {

std::optional<DocumentDate> Infer(const std::string& text, const char* not_after = "2026-11-22") {
  return InferDocumentDate(text, Parse(text), ParseIsoDay(not_after));
}

TEST(DocumentDate, IsStatedByALineThatIsADate) {
  const auto date = Infer(
      "Ministers meet in Lakeview\nJuly 25, 2020\n\nThe ministers met on Monday, said the host.");
  ASSERT_TRUE(date.has_value());
  EXPECT_TRUE(date->stated);
  EXPECT_EQ(date->best, ToDayNumber(2020, 7, 25));
  ASSERT_EQ(date->spans.size(), 1u);
  EXPECT_EQ(date->spans[0].begin, 27u);
}

TEST(DocumentDate, IsStatedByTheWordPublished) {
  const auto date =
      Infer("A title\n\nA first sentence about 2 May 2011.\n\nPublished: 3 May 2011\n");
  ASSERT_TRUE(date.has_value());
  EXPECT_TRUE(date->stated);
  EXPECT_EQ(date->best, ToDayNumber(2011, 5, 3));
}

TEST(DocumentDate, IsStatedByADatelineWithItsYear) {
  const auto date = Infer("LAKEVIEW, March 3, 2011 (Northern Wire) - The ministers met.");
  ASSERT_TRUE(date.has_value());
  EXPECT_TRUE(date->stated);
  EXPECT_EQ(date->best, ToDayNumber(2011, 3, 3));
}

TEST(DocumentDate, HasCandidatesByDatelineAndWeekday) {
  const auto date = Infer(
      "LAKEVIEW, June 19. /NW/. The envoy said on Friday that the talks of May 2014 had failed.");
  ASSERT_TRUE(date.has_value());
  EXPECT_FALSE(date->stated);
  EXPECT_FALSE(date->best.has_value());
  ASSERT_EQ(date->candidates.size(), 3u);
  EXPECT_EQ(date->candidates[0].value, "2026-06-19");
  EXPECT_EQ(date->candidates[1].value, "2020-06-19");
  EXPECT_EQ(date->candidates[2].value, "2015-06-19");
  EXPECT_EQ(date->lo, ToDayNumber(2014, 6, 19));
  EXPECT_EQ(date->hi, ToDayNumber(2026, 6, 20));
}

TEST(DocumentDate, IsNotTheDateOfAnEvent) {
  const auto date = Infer("The bridge was opened on March 3, 2011, and fell a year later.");
  EXPECT_TRUE(!date || !date->stated);
  EXPECT_TRUE(!date || !date->best);
}

TEST(DocumentDate, IsNeverAfterItsBound) {
  const auto date = Infer("Ministers meet\nJuly 25, 2030\n\nThe ministers met.", "2026-11-22");
  EXPECT_TRUE(!date || !date->stated);
}

TEST(DocumentDate, IsUnknownWhenTheTextSaysNothing) {
  EXPECT_FALSE(Infer("The ministers met and said nothing.").has_value());
  EXPECT_FALSE(Infer("").has_value());
}

}  // namespace
}  // namespace verbatim::dates
