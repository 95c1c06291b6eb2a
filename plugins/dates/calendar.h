// SPDX-License-Identifier: Apache-2.0
// The proleptic Gregorian calendar as plain integers: days since 1970-01-01, ISO weeks (ISO 8601),
// month lengths, and the holidays that a rule computes. Pure arithmetic; no clock, no time zone.
#ifndef VERBATIM_PLUGINS_DATES_CALENDAR_H_
#define VERBATIM_PLUGINS_DATES_CALENDAR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verbatim::dates {

// Days since 1970-01-01; negative before.
using DayNumber = int32_t;

struct CivilDay {
  int year = 0;
  int month = 0;  // 1 to 12
  int day = 0;    // 1 to 31
};

struct IsoWeek {
  int year = 0;
  int week = 0;  // 1 to 53
};

enum class Holiday : uint8_t {
  kNone,
  kNewYearsDay,
  kNewYearsEve,
  kChristmas,
  kChristmasEve,
  kEaster,
  kEasterMonday,
  kGoodFriday,
  kThanksgiving,
  kIndependenceDay,
  kHalloween,
  kValentinesDay,
  kLaborDay,
  kMemorialDay,
};

bool IsLeapYear(int year);

// 28 to 31; `month` is 1 to 12.
int DaysInMonth(int year, int month);

// True for days that exist: 2024-02-29 does, 2023-02-29 doesn't.
bool IsValidDay(int year, int month, int day);

DayNumber ToDayNumber(int year, int month, int day);
CivilDay ToCivil(DayNumber day);

// 1 = Monday to 7 = Sunday.
int WeekdayOf(DayNumber day);

IsoWeek IsoWeekOf(DayNumber day);

// The Monday of an ISO week.
DayNumber StartOfIsoWeek(int year, int week);

// Moves a month count since year 0 (year * 12 + month - 1) apart again.
CivilDay MonthFromIndex(int index);

// The day of a holiday in a year: fixed days, weekday rules of the United States, or Easter
// (the Gregorian computus).
DayNumber HolidayIn(Holiday holiday, int year);

// "2021-10-20", also with a time behind it ("2021-10-20T18:05:00+03:00"); nothing unless the day
// exists.
std::optional<DayNumber> ParseIsoDay(std::string_view text);

// "2021-10-20"
std::string IsoDay(DayNumber day);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_CALENDAR_H_
