// SPDX-License-Identifier: Apache-2.0
// Values seen from a publication date, from mentions, from the calendar alone, and without anything
// to see them from.
#include "resolve.h"

#include <gtest/gtest.h>

#include <string>

#include "parse.h"

namespace verbatim::dates {
namespace {

std::vector<Resolved> Read(const std::string& text, const char* published,
                           const char* not_after = "") {
  Publication publication;
  publication.day = ParseIsoDay(published);
  publication.not_after = ParseIsoDay(not_after);
  return Resolve(Parse(text), publication);
}

std::string ValueOf(const std::string& text, const char* published) {
  const auto values = Read(text, published);
  return values.empty() ? "nothing" : values.back().value;
}

TEST(Resolve, LooksBackFromAPastVerb) {
  EXPECT_EQ(ValueOf("The minister said on Friday.", "2020-06-19"), "2020-06-19");
  EXPECT_EQ(ValueOf("The minister said on Friday.", "2020-06-18"), "2020-06-12");
  EXPECT_EQ(ValueOf("The port was closed on June 3.", "2020-01-10"), "2019-06-03");
}

TEST(Resolve, LooksBackFromAMonthThatOpensASentence) {
  EXPECT_EQ(ValueOf("It rained. In January, the port was closed.", "1989-10-31"), "1989-01");
  EXPECT_EQ(ValueOf("He was to open it in January.", "1989-10-31"), "1990-01");
}

TEST(Resolve, LooksAheadFromAPlan) {
  EXPECT_EQ(ValueOf("The talks will begin on Friday.", "2020-06-18"), "2020-06-19");
  EXPECT_EQ(ValueOf("He planned to leave on Thursday.", "2020-06-19"), "2020-06-25");
  EXPECT_EQ(ValueOf("The deal is expected to be signed in March.", "2020-11-10"), "2021-03");
  EXPECT_EQ(ValueOf("The offer is open until Feb. 10.", "2020-11-10"), "2021-02-10");
}

// "value value ..." of all that a text tells, with no publication date.
std::string ValuesOf(const std::string& text) {
  std::string out;
  for (const Resolved& value : Read(text, "")) out += (out.empty() ? "" : " ") + value.value;
  return out;
}

TEST(Resolve, TellsTheStoryOfAWar) {
  const std::string opening = "The war of 1702 followed those of 1683 and of 1691. ";
  const std::string years = "1702 1683 1691 ";
  EXPECT_EQ(ValuesOf(opening + "On 4 May 1702 they crossed. By 12 May they were at the gates."),
            years + "1702-05-04 1702-05-12");
  EXPECT_EQ(ValuesOf(opening + "On 4 May 1702 the town fell. That same night it burned. "
                               "The next day they left, and two days before, a bridge had gone."),
            years + "1702-05-04 1702-05-04TNI 1702-05-05 1702-05-03");
  EXPECT_EQ(ValuesOf(opening + "In the winter of 1702-03 they starved. In March they left. "
                               "By the end of the year nobody was there."),
            years + "1702-WI 1703-03 1703");
  EXPECT_EQ(ValuesOf(opening + "In the autumn of 1703 they made peace. The next year they rose. "
                               "In early January the first ships came."),
            years + "1703-FA 1704 1704-01");
  EXPECT_EQ(ValuesOf(opening + "On 3 June 1702 they came. On the night of the 14th they left."),
            years + "1702-06-03 1702-06-14TNI");
}

TEST(Resolve, ReadsYearsBeforeOurs) {
  EXPECT_EQ(ValuesOf("It was fought between 1618 and 1648."), "1618 1648");
  EXPECT_EQ(ValuesOf("The war (1618-1648) ruined it."), "1618 1648");
  EXPECT_EQ(ValuesOf("From 264 to 146 BC three wars were fought."), "BC0264 BC0146");
  EXPECT_EQ(ValuesOf("In the autumn of 52 BC it ended."), "BC0052-FA");
  EXPECT_EQ(ValuesOf("In 340 BC he came, in 331 BC he ruled and in 323 BC he fell. In June they "
                     "buried him. The next year a war began."),
            "BC0340 BC0331 BC0323 BC0323-06 BC0322");
  EXPECT_EQ(ValuesOf("On 15 March 44 BC he fell."), "BC0044-03-15");
  EXPECT_EQ(ValuesOf("In the 12th and 13th centuries it grew."), "11 12");
  EXPECT_EQ(ValuesOf("The treaty of 1648 ended it. A force of 1200 was sent."), "1648");
  EXPECT_EQ(ValuesOf("The 1200 riders came. The 1683 siege was the last."), "1683");
}

TEST(Resolve, ReadsListsOfYearsAndDays) {
  EXPECT_EQ(ValuesOf("In 1127, 1148 and 1190 kings were crowned."), "1127 1148 1190");
  EXPECT_EQ(ValuesOf("The series ran 2003-2007. In the years 1914 to 1918 it slept."),
            "2003 2007 1914 1918");
  EXPECT_EQ(ValuesOf("The 14th and 15th of June 1645 were wet."), "1645-06-14 1645-06-15");
  EXPECT_EQ(ValuesOf("Between the 3rd and the 5th of May 1645 it rained."),
            "1645-05-03 1645-05-05");
  EXPECT_EQ(ValuesOf("The Long War, 1593 to 1606, was lost."), "1593 1606");
  EXPECT_EQ(ValuesOf("In the year to March 2009 it won a third title in as many years."),
            "P1Y 2009-03");
}

TEST(Resolve, ReadsOneNightOfTwoDays) {
  EXPECT_EQ(ValuesOf("On the night of 3-4 March 1701 it burned."), "1701-03-03TNI");
  EXPECT_EQ(ValuesOf("On the night of 31 May to 1 June 1944 it burned."), "1944-05-31TNI");
  EXPECT_EQ(ValuesOf("On the night of 31 December 1944 to 1 January 1945 it burned."),
            "1944-12-31TNI 1945-01-01");
  EXPECT_EQ(ValuesOf("From the night of 3 to 5 March 1701 it burned."), "1701-03-03 1701-03-05");
}

TEST(Resolve, ReadsListsOfErasAndQuarters) {
  EXPECT_EQ(ValuesOf("In the 1870s, '80s and '90s it grew."), "187 188 189");
  EXPECT_EQ(ValuesOf("In the 1960s and 70s it grew, not in his 70s."), "196 197");
  EXPECT_EQ(ValuesOf("In the late 17th and early 18th centuries it grew."), "16 17");
  EXPECT_EQ(ValuesOf("From the 1st to the 3rd century it grew."), "00 02");
  EXPECT_EQ(ValuesOf("In the first and second quarters of 1990 it grew."), "1990-Q1 1990-Q2");
  EXPECT_EQ(ValuesOf("Between the spring and the autumn of 1864 it rained."), "1864-SP 1864-FA");
  EXPECT_EQ(ValuesOf("In the summer months of 1944 it rained."), "1944-SU");
  EXPECT_EQ(ValuesOf("They met on 3, 4 and 5 March 1991."), "1991-03-03 1991-03-04 1991-03-05");
}

TEST(Resolve, TakesTheDateThatStandsBehindACount) {
  const std::string opening = "It began in 1931, 1932 and on 5 June 1944. ";
  const std::string years = "1931 1932 1944-06-05 ";
  EXPECT_EQ(ValuesOf(opening + "A day earlier, on 3 July 1944, he fled."),
            years + "1944-07-03 1944-07-03");
  EXPECT_EQ(ValuesOf(opening + "Ten years earlier, in 1935, he fled."), years + "1935 1935");
  EXPECT_EQ(ValuesOf(opening + "Two days later he fled, on 9 June 1944 at last."),
            years + "1944-06-07 1944-06-09");
}

TEST(Resolve, EndsARangeOfWeekdaysAfterItsHead) {
  const auto values = Read("It was shut from 8 p.m. Tuesday until 6 a.m. Wednesday.", "2009-11-12");
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0].value, "2009-11-10T20:00");
  EXPECT_EQ(values[1].value, "2009-11-11T06:00");
}

TEST(Resolve, TakesNamesOfWarsForNoDates) {
  EXPECT_EQ(ValuesOf("The Thirty Years' War, the Six-Day War and the July Crisis."), "");
  EXPECT_EQ(ValuesOf("The Six-Day march was long."), "P6D");
}

TEST(Resolve, TakesTheYearOfAStoryForItsSeasonsAndMonths) {
  const std::string opening = "It began in 1701, 1702 and on 5 May 1703. ";
  const std::string years = "1701 1702 1703-05-05 ";
  EXPECT_EQ(ValuesOf(opening + "The winter of 1703-04 was hard. That summer peace came."),
            years + "1703-WI 1704-SU");
  EXPECT_EQ(ValuesOf(opening + "In January 1705 it froze. That May it rained."),
            years + "1705-01 1705-05");
  EXPECT_EQ(ValuesOf(opening + "In 1707 he fled. The following spring he came."),
            years + "1707 1708-SP");
}

TEST(Resolve, CountsBeyondOurEra) {
  EXPECT_EQ(ValueOf("He lived 10,000 years ago.", "1998-05-05"), "BC8003");
  EXPECT_EQ(ValueOf("He lived 40 centuries ago.", "1998-05-05"), "BC20");
  EXPECT_EQ(ValueOf("It ends 9,000 years from now.", "1998-05-05"), "XXXX");
  EXPECT_EQ(ValueOf("It began 40,000 months ago.", "1998-05-05"), "XXXX-XX");
}

TEST(Resolve, ComparesWithNoQuarterToCome) {
  EXPECT_EQ(
      ValueOf("The first half of next year will be weak. A year ago it had grown.", "2009-11-12"),
      "2008");
  EXPECT_EQ(ValueOf("Sales rose in May from the same period last year.", "2010-06-03"), "2009-05");
}

TEST(Resolve, ReadsTheClockOfSoldiers) {
  EXPECT_EQ(ValuesOf("At 0530 hours on 6 June 1911 it began."), "1911-06-06T05:30 1911-06-06");
  EXPECT_EQ(ValuesOf("After 1800 hours of work he slept."), "PT1800H");
}

TEST(Resolve, ReportsTheCue) {
  const auto values = Read("The talks will begin on Friday.", "2020-06-18");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].heading, Heading::kFuture);
  EXPECT_EQ(values[0].cue.begin, 10u);
  EXPECT_EQ(values[0].cue.end, 14u);
  EXPECT_EQ(values[0].resolution, Resolution::kAnchored);
  EXPECT_EQ(values[0].basis.kind, BasisKind::kGiven);
  EXPECT_EQ(values[0].basis.value, "2020-06-18");
}

TEST(Resolve, ChecksTheWeekday) {
  auto values = Read("They met on Wednesday, October 20.", "2021-10-22");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].value, "2021-10-20");
  EXPECT_EQ(values[0].resolution, Resolution::kChecked);
  values = Read("They met on Monday, October 20, 2021.", "2021-10-22");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].resolution, Resolution::kContradictory);
  EXPECT_EQ(values[0].candidates.size(), 2u);
}

TEST(Resolve, FlagsADayThatIsSaidTwiceAndDiffers) {
  auto values = Read("It burned yesterday (June 18).", "2020-06-20");
  ASSERT_EQ(values.size(), 2u);
  for (const Resolved& value : values) {
    EXPECT_EQ(value.resolution, Resolution::kContradictory);
    ASSERT_EQ(value.candidates.size(), 2u);
    EXPECT_EQ(value.candidates[0].value, "2020-06-19");
    EXPECT_EQ(value.candidates[1].value, "2020-06-18");
  }
  values = Read("It burned yesterday (June 18).", "2020-06-19");
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0].resolution, Resolution::kAnchored);
  EXPECT_EQ(values[1].value, "2020-06-18");
  EXPECT_TRUE(values[1].candidates.empty());
}

TEST(Resolve, LeavesOpenWhatItCannotKnow) {
  const auto values = Read("He said on Tuesday that it fell on May 3 and last week.", "");
  ASSERT_EQ(values.size(), 3u);
  EXPECT_EQ(values[0].value, "XXXX-WXX-2");
  EXPECT_EQ(values[1].value, "XXXX-05-03");
  EXPECT_EQ(values[2].value, "XXXX-WXX");
  for (const Resolved& value : values) {
    EXPECT_EQ(value.resolution, Resolution::kUnresolved);
    EXPECT_EQ(value.earliest, "");
  }
}

TEST(Resolve, GivesTheYearsOfAWeekday) {
  const auto values = Read("They met on Wednesday, October 20.", "", "2026-11-22");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].resolution, Resolution::kAmbiguous);
  EXPECT_EQ(values[0].value, "XXXX-10-20");
  ASSERT_GE(values[0].candidates.size(), 2u);
  EXPECT_EQ(values[0].candidates[0].value, "2021-10-20");
  EXPECT_EQ(values[0].candidates[1].value, "2010-10-20");
}

TEST(Resolve, KnowsTheBoundsOfEveryGrain) {
  const auto bounds = [](const std::string& text) {
    const auto values = Read(text, "2021-10-20");
    return values.empty() ? "nothing" : values[0].earliest + " " + values[0].latest;
  };
  EXPECT_EQ(bounds("It fell in 2019."), "2019-01-01 2020-01-01");
  EXPECT_EQ(bounds("It fell in March 2019."), "2019-03-01 2019-04-01");
  EXPECT_EQ(bounds("It fell in the third quarter of 2019."), "2019-07-01 2019-10-01");
  EXPECT_EQ(bounds("It fell last week."), "2021-10-11 2021-10-18");
  EXPECT_EQ(bounds("It fell in the 1990s."), "1990-01-01 2000-01-01");
  EXPECT_EQ(bounds("It fell in fiscal 2019."), "2018-07-01 2020-01-01");
  EXPECT_EQ(bounds("It fell over the past two months."), "2021-08-20 2021-10-21");
}

TEST(Resolve, CountsFromWhatWasMentioned) {
  EXPECT_EQ(ValueOf("The bridge opened on May 3, 1990. Two days later it fell.", "2021-10-20"),
            "1990-05-05");
  EXPECT_EQ(ValueOf("The bridge opened on May 3, 1990. The following year it fell.", "2021-10-20"),
            "1991");
  EXPECT_EQ(ValueOf("The bridge opened on October 21 and 22.", "2021-10-25"), "2021-10-22");
}

TEST(Resolve, FollowsAStoryThroughItsYears) {
  const std::string story =
      "In June 1914 the war began. By 1915 it had spread. In 1916 the front froze. In December "
      "1916 he left. "
      "In January he came back.";
  EXPECT_EQ(ValueOf(story, "2009-05-01"), "1917-01");
}

TEST(Resolve, TakesTheDayBehindATime) {
  const auto values = Read("He left on May 3. It begins at 10 p.m. on Friday.", "2021-05-04");
  ASSERT_EQ(values.size(), 3u);
  EXPECT_EQ(values[1].value, "2021-05-07T22:00");
}

TEST(Resolve, SharesTheYearOfARange) {
  const auto values = Read("It ran from April to June 2017.", "2021-10-20");
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0].value, "2017-04");
  EXPECT_EQ(values[1].value, "2017-06");
}

TEST(Resolve, FlagsAWeekdayThatDoesNotFitTheDateBesideIt) {
  const auto wrong = Read("They met on Monday (June 18) there.", "2015-06-20");
  ASSERT_EQ(wrong.size(), 2u);
  EXPECT_EQ(wrong[0].resolution, Resolution::kContradictory);
  EXPECT_EQ(wrong[1].resolution, Resolution::kContradictory);
  const auto right = Read("They met on Monday (June 8) there.", "2015-06-20");
  ASSERT_EQ(right.size(), 2u);
  EXPECT_EQ(right[0].value, "2015-06-08");
  EXPECT_EQ(right[0].resolution, Resolution::kChecked);
}

TEST(Resolve, BoundsASeasonOfTwoYears) {
  const auto values = Read("It won the league in 1941/42 there.", "2015-06-20");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].earliest, "1941-01-01");
  EXPECT_EQ(values[0].latest, "1943-01-01");
}

TEST(Resolve, ReadsRangesOfYears) {
  const auto values =
      Read("The war (1914-1918) and the season of 2009-10 were long.", "2021-10-20");
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(values[0].value, "1914");
  EXPECT_EQ(values[1].value, "1918");
  EXPECT_EQ(values[2].value, "2009");
  EXPECT_EQ(values[3].value, "2010");
}

TEST(Resolve, MarksPageFurniture) {
  const auto values = Read("General\n4 minutes read\n\nThe talks lasted 4 minutes.", "2021-10-20");
  ASSERT_EQ(values.size(), 2u);
  EXPECT_TRUE(values[0].boilerplate);
  EXPECT_FALSE(values[1].boilerplate);
}

TEST(Resolve, TakesNothingForADate) {
  for (const char* text :
       {"A ship named Comet 1408 sank.", "It cost $1990 or so.", "Theresa may become leader.",
        "The Rocket May Fly Again", "Call 555-1990.", "Barra, 51, will be chief.",
        "A 52-year-old man.", "Room 1984 is shut.", "https://example.org/2019/page?id=379480",
        "They met on February 30.", "The 31st of June won."}) {
    EXPECT_TRUE(Read(text, "2021-10-20").empty()) << text << " -> " << ValueOf(text, "2021-10-20");
  }
}

}  // namespace
}  // namespace verbatim::dates
