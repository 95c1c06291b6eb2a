// SPDX-License-Identifier: Apache-2.0
// Spelling of values after TIMEX3 (TimeML 1.2.1, section 2.2) and the days that they cover.
#include "value.h"

#include <algorithm>

namespace verbatim::dates {
namespace {

std::string Padded(int value, int width) {
  std::string digits = std::to_string(value);
  while (static_cast<int>(digits.size()) < width) digits.insert(digits.begin(), '0');
  return digits;
}

constexpr const char* kSeasons[] = {"", "SP", "SU", "FA", "WI"};

// Astronomical season with three weeks to spare on either side, northern half; winter ends in the
// next year.
struct SeasonBounds {
  int first_month, first_day, end_month, end_day;
};
constexpr SeasonBounds kSeasonBounds[] = {
    {0, 0, 0, 0}, {2, 27, 7, 12}, {5, 31, 10, 13}, {9, 1, 1, 11}, {11, 30, 4, 10}};

const char* PartName(DayPart part) {
  switch (part) {
    case DayPart::kNone:
      return "";
    case DayPart::kMorning:
      return "MO";
    case DayPart::kMidday:
      return "MI";
    case DayPart::kAfternoon:
      return "AF";
    case DayPart::kEvening:
      return "EV";
    case DayPart::kNight:
      return "NI";
    case DayPart::kDaytime:
      return "DT";
  }
  return "";
}

}  // namespace

CalendarSpan CalendarSpan::Day(DayNumber day) {
  CalendarSpan span;
  span.grain = Unit::kDay;
  span.day = day;
  const CivilDay civil = ToCivil(day);
  span.year = civil.year;
  span.part = civil.month;
  return span;
}

CalendarSpan CalendarSpan::WeekOf(DayNumber day, bool weekend) {
  const IsoWeek week = IsoWeekOf(day);
  return Of(weekend ? Unit::kWeekend : Unit::kWeek, week.year, week.week);
}

CalendarSpan CalendarSpan::Month(int year, int month) { return Of(Unit::kMonth, year, month); }

CalendarSpan CalendarSpan::Of(Unit grain, int year, int part) {
  CalendarSpan span;
  span.grain = grain;
  span.year = year;
  span.part = part;
  return span;
}

std::string CalendarSpan::Value() const {
  const std::string y = (before_christ ? "BC" : "") + Padded(year, 4);
  switch (grain) {
    case Unit::kDay:
      if (before_christ) return y + "-" + Padded(part, 2) + "-" + Padded(day, 2);
      return IsoDay(day);
    case Unit::kWeek:
      return y + "-W" + Padded(part, 2);
    case Unit::kWeekend:
      return y + "-W" + Padded(part, 2) + "-WE";
    case Unit::kMonth:
      return y + "-" + Padded(part, 2);
    case Unit::kQuarter:
      return y + "-Q" + std::to_string(part);
    case Unit::kHalf:
      return y + "-H" + std::to_string(part);
    case Unit::kSeason:
      return y + "-" + kSeasons[part];
    case Unit::kDecade:
      return (before_christ ? "BC" : "") + Padded(year, 3);
    case Unit::kCentury:
      return (before_christ ? "BC" : "") + Padded(year, 2);
    case Unit::kMillennium:
      return (before_christ ? "BC" : "") + Padded(year, 1);
    default:
      return y;
  }
}

DayNumber CalendarSpan::First() const {
  switch (grain) {
    case Unit::kDay:
      return day;
    case Unit::kWeek:
      return StartOfIsoWeek(year, part);
    case Unit::kWeekend:
      return StartOfIsoWeek(year, part) + 5;
    case Unit::kMonth:
      return ToDayNumber(year, part, 1);
    case Unit::kQuarter:
      return ToDayNumber(year, 3 * part - 2, 1);
    case Unit::kHalf:
      return ToDayNumber(year, 6 * part - 5, 1);
    case Unit::kSeason:
      return ToDayNumber(year, kSeasonBounds[part].first_month, kSeasonBounds[part].first_day);
    case Unit::kDecade:
      return ToDayNumber(year * 10, 1, 1);
    case Unit::kCentury:
      return ToDayNumber(year * 100, 1, 1);
    case Unit::kMillennium:
      return ToDayNumber(year * 1000, 1, 1);
    default:
      return ToDayNumber(year, 1, 1);
  }
}

DayNumber CalendarSpan::End() const {
  switch (grain) {
    case Unit::kDay:
      return day + 1;
    case Unit::kWeek:
      return StartOfIsoWeek(year, part) + 7;
    case Unit::kWeekend:
      return StartOfIsoWeek(year, part) + 7;
    case Unit::kMonth:
      return ToDayNumber(year, part, DaysInMonth(year, part)) + 1;
    case Unit::kQuarter:
      return ToDayNumber(year, 3 * part, DaysInMonth(year, 3 * part)) + 1;
    case Unit::kHalf:
      return ToDayNumber(year, 6 * part, DaysInMonth(year, 6 * part)) + 1;
    case Unit::kSeason:
      return ToDayNumber(year + (part >= 3 ? 1 : 0), kSeasonBounds[part].end_month,
                         kSeasonBounds[part].end_day);
    case Unit::kDecade:
      return ToDayNumber(year * 10 + 10, 1, 1);
    case Unit::kCentury:
      return ToDayNumber(year * 100 + 100, 1, 1);
    case Unit::kMillennium:
      return ToDayNumber(year * 1000 + 1000, 1, 1);
    default:
      return ToDayNumber(year + 1, 1, 1);
  }
}

int CalendarSpan::CalendarYear() const {
  if (grain == Unit::kDecade) return year * 10;
  if (grain == Unit::kCentury) return year * 100;
  if (grain == Unit::kMillennium) return year * 1000;
  if (grain == Unit::kWeek || grain == Unit::kWeekend) return ToCivil(First() + 3).year;
  return year;
}

int CalendarSpan::CalendarMonth() const { return HasMonth() ? part : ToCivil(First()).month; }

namespace {

// "10,000 years ago": a year, decade or century that may lie before Christ.
CalendarSpan InEra(Unit grain, int year, int size) {
  if (year >= 1) return CalendarSpan::Of(grain, year / size, 0);
  const int before = 1 - year;
  CalendarSpan span =
      CalendarSpan::Of(grain, grain == Unit::kCentury ? (before - 1) / size : before / size, 0);
  span.before_christ = true;
  return span;
}

}  // namespace

CalendarSpan ShiftSpan(DayNumber day, Unit grain, int amount) {
  const CivilDay civil = ToCivil(day);
  switch (grain) {
    case Unit::kDay:
      return CalendarSpan::Day(day + amount);
    case Unit::kWeek:
    case Unit::kFortnight:
      return CalendarSpan::WeekOf(day + 7 * amount, false);
    case Unit::kWeekend:
      return CalendarSpan::WeekOf(day + 7 * amount, true);
    case Unit::kMonth: {
      const CivilDay month = MonthFromIndex(civil.year * 12 + civil.month - 1 + amount);
      return CalendarSpan::Month(month.year, month.month);
    }
    case Unit::kQuarter: {
      const CivilDay month = MonthFromIndex(civil.year * 12 + civil.month - 1 + 3 * amount);
      return CalendarSpan::Of(Unit::kQuarter, month.year, (month.month + 2) / 3);
    }
    case Unit::kDecade:
      return InEra(Unit::kDecade, civil.year + amount * 10, 10);
    case Unit::kCentury:
    case Unit::kMillennium:
      return InEra(Unit::kCentury, civil.year + amount * (grain == Unit::kCentury ? 100 : 1000),
                   100);
    default:
      return InEra(Unit::kYear, civil.year + amount, 1);
  }
}

DayNumber MoveDay(DayNumber day, Unit unit, int amount) {
  if (unit == Unit::kDay) return day + amount;
  if (unit == Unit::kWeek) return day + 7 * amount;
  const int months = unit == Unit::kMonth     ? 1
                     : unit == Unit::kQuarter ? 3
                     : unit == Unit::kDecade  ? 120
                     : unit == Unit::kCentury ? 1200
                                              : 12;
  const CivilDay from = ToCivil(day);
  const CivilDay to =
      MonthFromIndex(std::clamp(from.year * 12 + from.month - 1 + months * amount, 12, 12 * 9998));
  return ToDayNumber(to.year, to.month, std::min(from.day, DaysInMonth(to.year, to.month)));
}

namespace {

struct UnitSpelling {
  const char* prefix;
  const char* letter;
  int times;
};

// Decades and centuries are counted in years, as TimeBank does, unless their number is unknown.
UnitSpelling SpellingOf(Unit unit, bool known) {
  switch (unit) {
    case Unit::kSecond:
      return {"PT", "S", 1};
    case Unit::kMinute:
      return {"PT", "M", 1};
    case Unit::kHour:
      return {"PT", "H", 1};
    case Unit::kWeek:
      return {"P", "W", 1};
    case Unit::kFortnight:
      return {"P", "W", 2};
    case Unit::kWeekend:
      return {"P", "WE", 1};
    case Unit::kMonth:
      return {"P", "M", 1};
    case Unit::kQuarter:
      return {"P", "Q", 1};
    case Unit::kYear:
      return {"P", "Y", 1};
    case Unit::kDecade:
      return known ? UnitSpelling{"P", "Y", 10} : UnitSpelling{"P", "DE", 1};
    case Unit::kCentury:
      return known ? UnitSpelling{"P", "Y", 100} : UnitSpelling{"P", "CE", 1};
    case Unit::kMillennium:
      return {"P", "Y", 1000};
    default:
      return {"P", "D", 1};
  }
}

}  // namespace

std::string DurationValue(Unit unit, int quantity) {
  const UnitSpelling spelling = SpellingOf(unit, quantity != kUnset);
  if (quantity == kUnset) return std::string(spelling.prefix) + "X" + spelling.letter;
  const int64_t thousandths = static_cast<int64_t>(quantity) * spelling.times;
  const int64_t whole = thousandths / 1000;
  const auto rest = static_cast<int>(thousandths % 1000);
  const std::string head =
      spelling.prefix + (whole > 0 ? std::to_string(whole) + spelling.letter : "");
  if (rest == 0) return head;
  // Halves are told in the next smaller unit: "P1Y6M", "PT30M".
  if (rest == 500) {
    switch (unit) {
      case Unit::kYear:
        return head + "6M";
      case Unit::kHour:
        return head + "30M";
      case Unit::kMinute:
        return head + "30S";
      case Unit::kDay:
        return head + "T12H";
      default:
        break;
    }
  }
  std::string decimals = Padded(rest, 3);
  while (decimals.back() == '0') decimals.pop_back();
  return spelling.prefix + std::to_string(whole) + "." + decimals + spelling.letter;
}

std::string DurationValue(const Expression& e) {
  if (e.unit_unknown) return "PXX";
  std::string value = DurationValue(e.unit, e.quantity);
  if (e.second_unit == Unit::kNone) return value;
  const std::string more = DurationValue(e.second_unit, e.second_quantity);
  // "PT2H" + "PT10M", "P1Y" + "P6M", "P1D" + "PT2H": what follows the shared prefix.
  const bool both_times = value.compare(0, 2, "PT") == 0 && more.compare(0, 2, "PT") == 0;
  return value + more.substr(both_times ? 2 : 1);
}

std::string SetValue(const Expression& e) {
  if (e.weekday != kUnset) {
    return "XXXX-WXX-" + std::to_string(e.weekday) +
           (e.day_part != DayPart::kNone ? std::string("T") + PartName(e.day_part) : "");
  }
  if (e.month != kUnset) return "XXXX-" + Padded(e.month, 2);
  if (e.season != kUnset) return std::string("XXXX-") + kSeasons[e.season];
  if (e.day_part != DayPart::kNone) return std::string("XXXX-XX-XXT") + PartName(e.day_part);
  return DurationValue(e.unit, e.quantity);
}

std::string TimeSuffix(const Expression& e) {
  if (e.day_part != DayPart::kNone) return std::string("T") + PartName(e.day_part);
  if (e.hour == kUnset) return "";
  std::string suffix = "T" + Padded(e.hour, 2) + ":" + Padded(std::max(e.minute, 0), 2);
  if (e.second != kUnset) suffix += ":" + Padded(e.second, 2);
  return suffix + (e.universal_time ? "Z" : "");
}

std::string UnderspecifiedValue(const Expression& e) {
  const std::string year = e.year != kUnset ? Padded(e.year, 4) : "XXXX";
  if (e.day != kUnset) {
    const std::string month = e.month != kUnset ? Padded(e.month, 2) : "XX";
    return year + "-" + month + "-" + Padded(e.day, 2);
  }
  if (e.weekday != kUnset) return year + "-WXX-" + std::to_string(e.weekday);
  if (e.month != kUnset) return year + "-" + Padded(e.month, 2);
  if (e.quarter != kUnset) return year + "-Q" + std::to_string(e.quarter);
  if (e.half != kUnset) return year + "-H" + std::to_string(e.half);
  if (e.season != kUnset) return year + "-" + kSeasons[e.season];
  if (e.holiday != Holiday::kNone || e.unit == Unit::kDay) return year + "-XX-XX";
  switch (e.unit) {
    case Unit::kWeek:
    case Unit::kFortnight:
      return year + "-WXX";
    case Unit::kWeekend:
      return year + "-WXX-WE";
    case Unit::kMonth:
      return year + "-XX";
    case Unit::kQuarter:
      return year + "-QX";
    case Unit::kSecond:
    case Unit::kMinute:
    case Unit::kHour:
      return year + "-XX-XX";
    case Unit::kDecade:
      return std::string(3, 'X');
    case Unit::kCentury:
    case Unit::kMillennium:
      return std::string(2, 'X');
    default:
      break;
  }
  if (e.type == Type::kTime) return year + "-XX-XX";
  return e.context != Context::kNone ? year + "-QX" : year;
}

const char* ModName(Mod mod) {
  static constexpr const char* kNames[] = {
      "",          "START",        "MID",           "END",           "APPROX",
      "LESS_THAN", "MORE_THAN",    "EQUAL_OR_LESS", "EQUAL_OR_MORE", "BEFORE",
      "AFTER",     "ON_OR_BEFORE", "ON_OR_AFTER"};
  return kNames[static_cast<size_t>(mod)];
}

}  // namespace verbatim::dates
