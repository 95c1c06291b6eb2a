// SPDX-License-Identifier: Apache-2.0
#include "revisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "verbatim_test_paths.h"

namespace verbatim::statements {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;

std::string ReadSample(const std::string& name) {
  std::ifstream file(std::string(VERBATIM_SOURCE_DIR) + "/tests/data/articles/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Revisions, OfEqualTextsChangeNothing) {
  EXPECT_THAT(CompareRevisions("The port is open. Ships come.", "The port is open. Ships come."),
              IsEmpty());
  EXPECT_THAT(CompareRevisions("", ""), IsEmpty());
}

TEST(Revisions, AChangedQuotationIsAnAlarmAndAChangedReportIsNot) {
  const auto quoted = CompareRevisions("\"We may drill off the island,\" he said.",
                                       "\"We will drill off the island,\" he said.");
  ASSERT_THAT(quoted, SizeIs(1));
  EXPECT_EQ(quoted[0].kind, RevisionKind::kEdited);
  EXPECT_TRUE(quoted[0].in_quote);
  EXPECT_THAT(quoted[0].labels, Contains("strength"));
  EXPECT_EQ(quoted[0].diff, "\"We [-may-] {+will+} drill off the island,\" he said.");

  const auto reported = CompareRevisions("\"We may drill,\" he said on Monday.",
                                         "\"We may drill,\" he said on Tuesday.");
  ASSERT_THAT(reported, SizeIs(1));
  EXPECT_FALSE(reported[0].in_quote);
}

TEST(Revisions, AddedAndDeletedSentencesStandInTheirPlace) {
  const auto changes = CompareRevisions("The port is open today. Old cranes rust in the rain.",
                                        "The port is open today. A new breakwater was promised.");
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].kind, RevisionKind::kDeleted);
  EXPECT_EQ(changes[0].from, 1);
  EXPECT_EQ(changes[0].to, -1);
  EXPECT_EQ(changes[1].kind, RevisionKind::kAdded);
  EXPECT_EQ(changes[1].to, 1);
}

TEST(Revisions, TheSampleWithTwoTextsShowsItsTwoMisquotations) {
  const std::string before = ReadSample("2021-04-09-kerrin-drilling.txt");
  const std::string after = ReadSample("2021-04-10-kerrin-drilling-revised.txt");
  ASSERT_FALSE(before.empty());
  ASSERT_FALSE(after.empty());
  size_t alarms = 0;
  for (const SentenceChange& change : CompareRevisions(before, after))
    alarms += change.in_quote ? 1 : 0;
  EXPECT_EQ(alarms, 2u);
}

TEST(QuotedRanges, RunToTheEndOfAParagraphWhenUnclosed) {
  const std::string text = "He said \"yes\" and “no, never\n“Go on” then \"";
  std::vector<std::string> quoted;
  for (const text::Range& range : QuotedRanges(text))
    quoted.emplace_back(In(std::string_view(text), range));
  EXPECT_THAT(quoted, testing::ElementsAre("yes", "no, never", "Go on"));
}

}  // namespace
}  // namespace verbatim::statements
