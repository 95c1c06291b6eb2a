// SPDX-License-Identifier: Apache-2.0
#include "core/audit/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"

namespace verbatim::audit {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Matter MatterOf(std::string id, std::string topic) {
  Matter matter;
  matter.id = std::move(id);
  matter.topic = std::move(topic);
  return matter;
}

std::vector<Matter> Three() {
  std::vector<Matter> matters;
  matters.push_back(MatterOf("ab12cd01", "harbour dues"));
  matters.push_back(MatterOf("ab12ef02", "key rate"));
  matters.push_back(MatterOf("77aa0003", "decade of drilling"));
  return matters;
}

std::vector<std::string> TopicsOf(const std::vector<Matter>& matters) {
  std::vector<std::string> topics;
  for (const Matter& matter : matters) topics.push_back(matter.topic);
  return topics;
}

TEST(KeepMatters, APrefixOfTwoIdsIsRefusedWithBoth) {
  std::vector<Matter> matters = Three();
  const absl::Status status = KeepMatters("ab12", &matters);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr("ab12cd01  harbour dues"), HasSubstr("ab12ef02  key rate"),
                    Not(HasSubstr("77aa"))));
}

TEST(KeepMatters, APrefixOfOneIdIsThatOneAndWordsAreWords) {
  std::vector<Matter> matters = Three();
  ASSERT_TRUE(KeepMatters("AB12E", &matters).ok());
  EXPECT_THAT(TopicsOf(matters), ElementsAre("key rate"));
  matters = Three();
  ASSERT_TRUE(KeepMatters("decade", &matters).ok()) << "hex letters that begin no id are a word";
  EXPECT_THAT(TopicsOf(matters), ElementsAre("decade of drilling"));
}

TEST(OtherPrinters, AnOutletIsNamedOnceWithTheNumberOfItsArticles) {
  Report report;
  EXPECT_EQ(OtherPrinters(report), "");
  report.printed_by = {"Northern Wire", "Coast Courier", "", "Coast Courier"};
  report.printed_in = {"01aa22bb33cc", "02aa22bb33cc", "03aa22bb33cc", "04aa22bb33cc"};
  report.sources = 6;
  EXPECT_EQ(OtherPrinters(report),
            "the same in Coast Courier (2 articles), article 03aa22bb and 2 more");
}

Saying SaidOf(std::string text) {
  Saying saying;
  Report report;
  report.speaker = "Ada Lund";
  report.kind = "DIRECT";
  report.text = std::move(text);
  report.title = std::string(80, 'a');
  report.article = "01aa22bb33cc";
  saying.reports.push_back(std::move(report));
  return saying;
}

std::string TextOfTwo(std::vector<std::string> labels) {
  Matter matter = MatterOf("ab12cd01", "harbour dues");
  matter.sayings.push_back(SaidOf("Dues will rise."));
  matter.sayings.push_back(SaidOf("Whoever pays dues may vote."));
  Report& second = matter.sayings[1].reports[0];
  second.relation = "SAME_EVENT";
  second.labels = std::move(labels);
  second.diff = "[-Dues will rise.-] {+Whoever pays dues may vote.+}";
  Timeline timeline;
  timeline.matters.push_back(std::move(matter));
  return TimelineText(timeline, {});
}

TEST(TimelineText, TwoSentencesOfOneSpeechAreNoChangeUnlessALabelSaysWhich) {
  EXPECT_THAT(TextOfTwo({"reworded", "extended"}), Not(HasSubstr("reworded")));
  EXPECT_THAT(TextOfTwo({"reworded", "strength"}),
              HasSubstr("\u2514 on one occasion: reworded, strength"));
}

TEST(TimelineText, ATitleThatStandsForAnOutletIsCut) {
  const std::string text = TextOfTwo({});
  EXPECT_THAT(text, HasSubstr("direct, aaaa"));
  EXPECT_THAT(text, Not(HasSubstr(std::string(70, 'a'))));
}

}  // namespace
}  // namespace verbatim::audit
