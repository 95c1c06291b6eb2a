// SPDX-License-Identifier: Apache-2.0
// The calendar against a day-by-day walk, and against days that are known.
#include "calendar.h"

#include <gtest/gtest.h>

namespace verbatim::dates {
namespace {

TEST(Calendar, WalksEveryDayOfEightHundredYears) {
  CivilDay walk{1600, 1, 1};
  DayNumber day = ToDayNumber(1600, 1, 1);
  int weekday = 6;  // a Saturday
  for (; walk.year < 2400; ++day) {
    const CivilDay got = ToCivil(day);
    ASSERT_EQ(got.year, walk.year);
    ASSERT_EQ(got.month, walk.month);
    ASSERT_EQ(got.day, walk.day);
    ASSERT_EQ(ToDayNumber(walk.year, walk.month, walk.day), day);
    ASSERT_EQ(WeekdayOf(day), weekday);
    ASSERT_EQ(StartOfIsoWeek(IsoWeekOf(day).year, IsoWeekOf(day).week), day - weekday + 1);
    weekday = weekday % 7 + 1;
    if (++walk.day > DaysInMonth(walk.year, walk.month)) {
      walk.day = 1;
      if (++walk.month > 12) {
        walk.month = 1;
        ++walk.year;
      }
    }
  }
}

TEST(Calendar, KnowsWeeksAtTheEdgesOfYears) {
  EXPECT_EQ(IsoWeekOf(ToDayNumber(2021, 1, 3)).year, 2020);
  EXPECT_EQ(IsoWeekOf(ToDayNumber(2021, 1, 3)).week, 53);
  EXPECT_EQ(IsoWeekOf(ToDayNumber(2018, 12, 31)).year, 2019);
  EXPECT_EQ(IsoWeekOf(ToDayNumber(2018, 12, 31)).week, 1);
}

TEST(Calendar, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(IsValidDay(2023, 2, 29));
  EXPECT_TRUE(IsValidDay(2024, 2, 29));
  EXPECT_FALSE(IsValidDay(1900, 2, 29));
  EXPECT_FALSE(IsValidDay(2024, 4, 31));
  EXPECT_FALSE(IsValidDay(2024, 0, 1));
  EXPECT_FALSE(IsValidDay(2024, 13, 1));
}

TEST(Calendar, ComputesHolidays) {
  EXPECT_EQ(IsoDay(HolidayIn(Holiday::kEaster, 2000)), "2000-04-23");
  EXPECT_EQ(IsoDay(HolidayIn(Holiday::kEaster, 2024)), "2024-03-31");
  EXPECT_EQ(IsoDay(HolidayIn(Holiday::kGoodFriday, 2024)), "2024-03-29");
  EXPECT_EQ(IsoDay(HolidayIn(Holiday::kThanksgiving, 2019)), "2019-11-28");
  EXPECT_EQ(IsoDay(HolidayIn(Holiday::kMemorialDay, 2021)), "2021-05-31");
  EXPECT_EQ(IsoDay(HolidayIn(Holiday::kLaborDay, 2022)), "2022-09-05");
}

TEST(Calendar, ReadsDaysAndInstants) {
  EXPECT_EQ(ParseIsoDay("2021-10-20"), ToDayNumber(2021, 10, 20));
  EXPECT_EQ(ParseIsoDay("2021-10-20T18:05:00+03:00"), ToDayNumber(2021, 10, 20));
  EXPECT_EQ(ParseIsoDay("2021-02-30"), std::nullopt);
  EXPECT_EQ(ParseIsoDay("2021-10"), std::nullopt);
  EXPECT_EQ(ParseIsoDay("20 Oct 2021"), std::nullopt);
}

}  // namespace
}  // namespace verbatim::dates
