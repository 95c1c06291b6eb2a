// SPDX-License-Identifier: Apache-2.0
// A corrected publication date: what depended on it is resolved anew, as
// consequences of that one event.
#include <gmock/gmock.h>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kText[] =
    "Pilots for the strait\n\nThe pilots come on Thursday. \"They are needed,\" Runa Thorsen said "
    "on Tuesday. The council had asked for them on 12 March 2019 and again on Monday.\n";

class CorrectedDate : public ArchiveTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(Verbatim({"ingest", Write("pilots.txt", kText), "--published", "2021-10-27"}).exit,
              0);
  }
  std::string ValueOf(const std::string& words) const {
    const auto rows = Rows({"view", "timeline", "--all", "--where", "text==" + words});
    return rows.empty() ? "" : rows[0].at("value").get<std::string>();
  }
  std::string DateNamed(const std::string& words) const {
    return Rows({"view", "timeline", "--where", "text==" + words}).at(0).at("annotation");
  }
};

TEST_F(CorrectedDate, ResolvesAnewWhatDependedOnItAndNothingElse) {
  ASSERT_EQ(ValueOf("Tuesday"), "2021-10-26");
  ASSERT_EQ(ValueOf("12 March 2019"), "2019-03-12");
  const std::string held = DateNamed("Monday");
  ASSERT_EQ(Verbatim({"confirm", held, "--as", "ana"}).exit, 0);
  const uint64_t before = Head();

  const Finished done = Verbatim({"correct", "pilots.txt", "published=2021-10-20", "--reason",
                                  "as the printed issue has it", "--as", "ana"});
  ASSERT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("2021-10-27 → 2021-10-20"));
  EXPECT_EQ(ValueOf("Tuesday"), "2021-10-19");
  EXPECT_EQ(ValueOf("12 March 2019"), "2019-03-12");
  EXPECT_EQ(ValueOf("Monday"), "2021-10-25");  // as a person holds it
  EXPECT_EQ(Lines({"articles"}, {"published", "published_basis"}), "2021-10-20 | CORRECTED\n");

  const auto after = Rows({"log", "--from", std::to_string(before + 1)});
  const std::string cause = after.at(0).at("event_id");
  EXPECT_EQ(after[0].at("type"), "verbatim.v1.ArticleMetadataCorrected");
  size_t disputed = 0;
  const std::string untouched = DateNamed("12 March 2019");
  for (size_t i = 1; i < after.size(); ++i) {
    EXPECT_EQ(after[i].at("caused_by"), cause);
    EXPECT_NE(after[i].value("annotation", ""), untouched);
    EXPECT_NE(after[i].at("type"), "verbatim.v1.AnnotationAdded");
    if (after[i].at("type") == "verbatim.v1.AnnotationDisputed") {
      ++disputed;
      EXPECT_EQ(after[i].at("annotation"), held);
    }
  }
  EXPECT_EQ(disputed, 1u);
  EXPECT_THAT(Lines({"review"}, {"text", "why", "detail"}),
              HasSubstr("value: 2021-10-25 → 2021-10-18"));
  EXPECT_EQ(
      Lines({"view", "timeline", "--as-of", std::to_string(before), "--where", "text==Tuesday"},
            {"value"}),
      "2021-10-26\n");
}

TEST_F(CorrectedDate, UndoneIsResolvedBack) {
  ASSERT_EQ(Verbatim({"correct", "pilots.txt", "published=2021-10-20"}).exit, 0);
  const auto corrected = Rows({"log", "--type", "ArticleMetadataCorrected"});
  const std::string sequence = "@" + std::to_string(corrected[0].at("sequence").get<uint64_t>());
  ASSERT_EQ(Verbatim({"undo", sequence}).exit, 0);
  EXPECT_EQ(ValueOf("Tuesday"), "2021-10-26");
  EXPECT_EQ(Lines({"articles"}, {"published", "published_basis"}), "2021-10-27 | GIVEN\n");
  const auto undone = Rows({"log", "--type", "DecisionWithdrawn"});
  const auto revised = Rows({"log", "--type", "AnnotationRevised"});
  EXPECT_EQ(revised.back().at("caused_by"), undone[0].at("event_id"));
  EXPECT_EQ(Verbatim({"annotate"}).exit, 0);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(CorrectedDate, ATitleIsCorrectedTooAndABadDateIsNot) {
  const Finished bad = Verbatim({"correct", "pilots.txt", "published=20/10/2021"});
  EXPECT_EQ(bad.exit, 2);
  const Finished unknown = Verbatim({"correct", "pilots.txt", "publisht=2021-10-20"});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean published?"));
  ASSERT_EQ(
      Verbatim({"correct", "pilots.txt", "title=Pilots in the strait", "outlet=Selis Courier"})
          .exit,
      0);
  EXPECT_EQ(Lines({"articles"}, {"title", "outlet", "published"}),
            "Pilots in the strait | Selis Courier | 2021-10-27\n");
}

TEST_F(CorrectedDate, ADryRunSaysWhatAnotherRunWouldChange) {
  ASSERT_EQ(Verbatim({"reject", DateNamed("12 March 2019")}).exit, 0);
  const uint64_t head = Head();
  const Finished dry =
      Verbatim({"annotate", "--dry-run", "--force", "--plugin", "dates", "--format", "jsonl"});
  EXPECT_EQ(dry.exit, 0) << dry.err;
  EXPECT_EQ(Head(), head);
  EXPECT_EQ(dry.out, "");
  EXPECT_THAT(dry.err, HasSubstr("suppressed by people 1"));
}

}  // namespace
}  // namespace verbatim::testing
