// SPDX-License-Identifier: Apache-2.0
// Calendar arithmetic in integers: see calendar.h.
#include "calendar.h"

namespace verbatim::dates {
namespace {

int FloorDivide(int value, int by) { return value >= 0 ? value / by : -((-value + by - 1) / by); }

void AppendPadded(std::string* out, int value, int width) {
  const std::string digits = std::to_string(value);
  for (int i = static_cast<int>(digits.size()); i < width; ++i) out->push_back('0');
  out->append(digits);
}

// Easter Sunday, Gregorian: the anonymous algorithm of 1876.
DayNumber EasterSunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return ToDayNumber(year, f / 31, f % 31 + 1);
}

// The nth weekday of a month; n = -1 is the last one.
DayNumber NthWeekday(int year, int month, int weekday, int n) {
  if (n < 0) {
    const DayNumber last = ToDayNumber(year, month, DaysInMonth(year, month));
    return last - (WeekdayOf(last) - weekday + 7) % 7;
  }
  const DayNumber first = ToDayNumber(year, month, 1);
  return first + (weekday - WeekdayOf(first) + 7) % 7 + 7 * (n - 1);
}

}  // namespace

bool IsLeapYear(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

bool IsValidDay(int year, int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= DaysInMonth(year, month);
}

DayNumber ToDayNumber(int year, int month, int day) {
  // Years begin in March here, so that the leap day is the last one.
  const int y = month <= 2 ? year - 1 : year;
  const int era = FloorDivide(y, 400);
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDay ToCivil(DayNumber day) {
  const int z = day + 719468;
  const int era = FloorDivide(z, 146097);
  const int day_of_era = z - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

int WeekdayOf(DayNumber day) {
  const int offset = (day + 3) % 7;  // 1970-01-01 was a Thursday
  return (offset < 0 ? offset + 7 : offset) + 1;
}

IsoWeek IsoWeekOf(DayNumber day) {
  // A week belongs to the year that holds its Thursday.
  const DayNumber thursday = day - WeekdayOf(day) + 4;
  const int year = ToCivil(thursday).year;
  return {year, (thursday - ToDayNumber(year, 1, 1)) / 7 + 1};
}

DayNumber StartOfIsoWeek(int year, int week) {
  const DayNumber january_4 = ToDayNumber(year, 1, 4);
  return january_4 - (WeekdayOf(january_4) - 1) + 7 * (week - 1);
}

CivilDay MonthFromIndex(int index) {
  const int year = FloorDivide(index, 12);
  return {year, index - year * 12 + 1, 1};
}

DayNumber HolidayIn(Holiday holiday, int year) {
  switch (holiday) {
    case Holiday::kNone:
    case Holiday::kNewYearsDay:
      return ToDayNumber(year, 1, 1);
    case Holiday::kNewYearsEve:
      return ToDayNumber(year, 12, 31);
    case Holiday::kChristmas:
      return ToDayNumber(year, 12, 25);
    case Holiday::kChristmasEve:
      return ToDayNumber(year, 12, 24);
    case Holiday::kEaster:
      return EasterSunday(year);
    case Holiday::kEasterMonday:
      return EasterSunday(year) + 1;
    case Holiday::kGoodFriday:
      return EasterSunday(year) - 2;
    case Holiday::kThanksgiving:
      return NthWeekday(year, 11, 4, 4);
    case Holiday::kIndependenceDay:
      return ToDayNumber(year, 7, 4);
    case Holiday::kHalloween:
      return ToDayNumber(year, 10, 31);
    case Holiday::kValentinesDay:
      return ToDayNumber(year, 2, 14);
    case Holiday::kLaborDay:
      return NthWeekday(year, 9, 1, 1);
    case Holiday::kMemorialDay:
      return NthWeekday(year, 5, 1, -1);
  }
  return ToDayNumber(year, 1, 1);
}

std::optional<DayNumber> ParseIsoDay(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int fields[3] = {0, 0, 0};
  static constexpr int kBegin[] = {0, 5, 8};
  static constexpr int kEnd[] = {4, 7, 10};
  for (int f = 0; f < 3; ++f) {
    for (int i = kBegin[f]; i < kEnd[f]; ++i) {
      const char c = text[static_cast<size_t>(i)];
      if (c < '0' || c > '9') return std::nullopt;
      fields[f] = fields[f] * 10 + (c - '0');
    }
  }
  if (!IsValidDay(fields[0], fields[1], fields[2])) return std::nullopt;
  return ToDayNumber(fields[0], fields[1], fields[2]);
}

std::string IsoDay(DayNumber day) {
  const CivilDay civil = ToCivil(day);
  std::string out;
  AppendPadded(&out, civil.year, 4);
  out.push_back('-');
  AppendPadded(&out, civil.month, 2);
  out.push_back('-');
  AppendPadded(&out, civil.day, 2);
  return out;
}

}  // namespace verbatim::dates
