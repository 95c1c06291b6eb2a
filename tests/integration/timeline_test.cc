// SPDX-License-Identifier: Apache-2.0
// verbatim statements: what was said over time, as a person reads it.
#include <gmock/gmock.h>

#include <regex>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Timeline : public ArchiveTest {
 protected:
  void SetUp() override { ASSERT_EQ(IngestSamples().exit, 0); }
};

TEST_F(Timeline, ReadsAsTheReviewedText) {
  const Finished rate = Verbatim({"statements", "--speaker", "Solvay", "--matter", "key rate"});
  EXPECT_EQ(rate.exit, 0) << rate.err;
  // Ids of matters are those of events, which no two archives share.
  const std::regex id("  [0-9a-f]{8}\n");
  EXPECT_TRUE(
      MatchesGolden(std::regex_replace(rate.out, id, "  (id)\n"), "statements-key-rate.txt"));
}

TEST_F(Timeline, AReportThatLostAHedgeIsAVariantAndNoChange) {
  const std::string article = Write(
      "bridge.txt",
      "Port Selis, May 3, 2022. The new bridge will open in June, Orla Brandvik told a meeting on "
      "Tuesday.\n\n\u201CThe new bridge will open in June, but I cannot speak for the "
      "railway,\u201D Brandvik said.\n");
  ASSERT_EQ(Verbatim({"ingest", article, "--published", "2022-05-03"}).exit, 0);
  const std::string told = Verbatim({"statements", "--speaker", "Brandvik"}).out;
  EXPECT_THAT(told, AllOf(HasSubstr("2 reports; direct"), HasSubstr("also indirect"),
                          HasSubstr("! reporting variant, the reports differ in: hedge"),
                          HasSubstr("I cannot speak"), Not(HasSubstr("since"))));
}

TEST_F(Timeline, DaysSayHowSureTheyAre) {
  const std::string told = Verbatim({"statements", "--speaker", "Brennick"}).out;
  EXPECT_THAT(told, HasSubstr("  by 2018-05-14  Tomas Brennick\n"));
  EXPECT_THAT(told, HasSubstr("  2022-08-24     Tomas Brennick\n"));
  EXPECT_THAT(Verbatim({"statements", "--speaker", "Marsk"}).out, HasSubstr("  2020-02-18?    "));
  EXPECT_THAT(Verbatim({"statements", "--matter", "tonnes"}).out, HasSubstr("  undated "));
}

TEST_F(Timeline, DaysBoundItAndWhatTheyLeaveOutIsSaid) {
  const Finished later = Verbatim({"statements", "--since", "2022-01", "--until", "2022-12"});
  EXPECT_EQ(later.exit, 0);
  EXPECT_THAT(later.err, HasSubstr("undated statements left out"));
  // What it is compared with stays in sight although it was said before.
  EXPECT_THAT(later.out, HasSubstr("since by 2020-10-21: number"));
  EXPECT_THAT(later.out, Not(HasSubstr("  by 2020-10-21")));
  EXPECT_THAT(Verbatim({"statements", "--since", "2022-01", "--undated"}).out,
              HasSubstr("  undated "));
  EXPECT_EQ(Verbatim({"statements", "--since", "soon"}).exit, 2);
}

TEST_F(Timeline, MattersAreFoundByIdAndByWordsFromTheirBeginning) {
  const std::string id =
      Rows({"statements", "--speaker", "Solvay", "--matter", "key rate"}).at(0).at("matter");
  const std::string told = Verbatim({"statements", "--matter", id.substr(0, 10)}).out;
  EXPECT_THAT(told, HasSubstr("2.75 percent"));
  EXPECT_THAT(Verbatim({"statements", "--matter", "rate"}).out, Not(HasSubstr("tolerate")));
}

TEST_F(Timeline, NobodyAndNothingIsExitOneAndSaysWhoCameNear) {
  const Finished nobody = Verbatim({"statements", "--speaker", "Solwey"});
  EXPECT_EQ(nobody.exit, 1);
  EXPECT_THAT(nobody.out, IsEmpty());
  EXPECT_THAT(nobody.err, HasSubstr("Solvay"));
  EXPECT_EQ(Verbatim({"statements", "--matter", "no such matter"}).exit, 1);
}

TEST_F(Timeline, OfAPipeIsPlainAndScriptsGetTheRowsOfTheView) {
  EXPECT_THAT(Verbatim({"statements"}).out, Not(HasSubstr("\x1b[")));
  std::vector<std::string> told;
  for (const Json& row : Rows({"statements", "--speaker", "Marsk"})) {
    told.push_back(row.at("key"));
    EXPECT_EQ(row.at("speaker"), "Helena Marsk");
  }
  std::vector<std::string> viewed;
  for (const Json& row : Rows({"view", "statements", "--where", "speaker=Marsk"})) {
    viewed.push_back(row.at("key"));
  }
  EXPECT_THAT(told, ::testing::UnorderedElementsAreArray(viewed));
  EXPECT_THAT(Verbatim({"statements", "--format", "csv"}).out, HasSubstr("matter,thread,"));
}

TEST_F(Timeline, IsAlsoWhatItWasThen) {
  const uint64_t head = Head();
  const std::string before = Verbatim({"statements", "--speaker", "Kestle"}).out;
  const std::string quotation = Quotation("We now expect 7 billion");
  ASSERT_EQ(Verbatim({"reject", quotation, "--reason", "misprint"}).exit, 0);
  EXPECT_THAT(Verbatim({"statements", "--speaker", "Kestle"}).out, Not(HasSubstr("expect 7")));
  EXPECT_EQ(Verbatim({"statements", "--speaker", "Kestle", "--as-of", std::to_string(head)}).out,
            before);
}

}  // namespace
}  // namespace verbatim::testing
