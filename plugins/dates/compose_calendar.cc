// SPDX-License-Identifier: Apache-2.0
#include "compose_calendar.h"

namespace verbatim::dates {
namespace {

int DayOf(const Slots& slots) {
  if (slots.Has(cls::kDayOrdinal)) return slots.ValueOf(cls::kDayOrdinal);
  return slots.ValueOf(cls::kDay);
}

bool SetQuarter(const Slots& slots, Expression* e) {
  if (slots.Has(cls::kQuarterName)) {
    const int value = slots.ValueOf(cls::kQuarterName);
    (value > 10 ? e->half : e->quarter) = value > 10 ? value - 10 : value;
    return true;
  }
  if (slots.Says("half") && !slots.Has(cls::kOrdinal)) {
    e->half = 2;  // "the latter half"
    return true;
  }
  if (!slots.Has(cls::kOrdinal)) return false;
  const int ordinal = slots.ValueOf(cls::kOrdinal);
  if (slots.Says("half")) {
    e->half = ordinal;
    return ordinal == 1 || ordinal == 2;
  }
  e->quarter = ordinal < 0 ? 4 : ordinal;
  return e->quarter >= 1 && e->quarter <= 4;
}

std::optional<Expression> Calendar(const Slots& slots) {
  Expression e;
  e.year = slots.ValueOf(cls::kYear);
  e.month = slots.ValueOf(cls::kMonth);
  e.season = slots.ValueOf(cls::kSeason);
  e.weekday = slots.ValueOf(cls::kWeekday);
  const bool quarterly = slots.Says("quarter") || slots.Says("quarters") || slots.Says("half") ||
                         slots.Has(cls::kQuarterName);
  if (quarterly) {
    if (!SetQuarter(slots, &e)) return std::nullopt;
  } else {
    e.day = DayOf(slots);
  }
  if (e.year == kUnset && slots.Has(cls::kTwoDigits) && e.day == kUnset) {
    e.two_digit_year = slots.ValueOf(cls::kTwoDigits);
  }
  if (slots.Has(cls::kEra)) {
    if (e.year == kUnset) e.year = slots.ValueOf(cls::kNumber);
    e.before_christ = slots.ValueOf(cls::kEra) < 0;
    if (e.year < 1 || e.year > 9999) return std::nullopt;
  }
  e.fiscal = slots.Says("fiscal") || slots.Says("financial") || slots.Says("fy");
  // No year of its own: only a day that no year has is impossible.
  if (e.day != kUnset && e.month != kUnset &&
      !IsValidDay(e.year == kUnset ? 2000 : e.year, e.month, e.day)) {
    return std::nullopt;
  }
  e.two_years = e.year != kUnset && slots.Has(cls::kTwoDigits) && e.season == kUnset;
  // "last Friday, June 12" and "the last half" are told by their names.
  if (e.half == kUnset && (e.weekday == kUnset || e.month == kUnset)) SetShift(slots, &e);
  // "the next spring" of a story: after the one that was told of.
  if (e.shift == Shift::kNext && slots.Says("the")) e.base = Base::kMention;
  return e;
}

// "the last week of March", "the first day of May 2010"
std::optional<Expression> NthOfMonth(const Slots& slots) {
  Expression e;
  e.month = slots.ValueOf(cls::kMonth);
  e.year = slots.ValueOf(cls::kYear);
  const bool last = !slots.Has(cls::kOrdinal) || slots.ValueOf(cls::kOrdinal) < 0;
  const int nth = last ? kLastOfMonth : slots.ValueOf(cls::kOrdinal);
  if (slots.Says("day")) {
    e.day = last ? DaysInMonth(e.year == kUnset ? 2001 : e.year, e.month) : nth;
    return IsValidDay(2001, e.month, e.day) ? std::optional<Expression>(e) : std::nullopt;
  }
  if (!last && nth > 5) return std::nullopt;
  e.week_of_month = nth;
  e.weekend = slots.Says("weekend");
  return e;
}

std::optional<Expression> NumericDate(const Slots& slots, NumberOrder order) {
  int a = slots.Number(0).value;
  int b = slots.Number(2).value;
  int c = slots.Number(4).value;
  Expression e;
  if (order == NumberOrder::kYearFirst) {
    e.year = a;
    e.month = b;
    e.day = c;
  } else {
    // Month first as in American print; a first number over 12 can only be the day.
    const bool day_first = order == NumberOrder::kDayFirst || a > 12;
    e.month = day_first ? b : a;
    e.day = day_first ? a : b;
    e.year = c < 100 ? c + (c < 50 ? 2000 : 1900) : c;
  }
  if (!IsValidDay(e.year, e.month, e.day)) return std::nullopt;
  return e;
}

// "the first decade of the 20th century": the years from 1900
std::optional<Expression> DecadeOfCentury(const Slots& slots) {
  const bool last = !slots.HasSecond(cls::kOrdinal) || slots.ValueOf(cls::kOrdinal) < 0;
  const int nth = last ? 10 : slots.ValueOf(cls::kOrdinal);
  const int century = slots.HasSecond(cls::kOrdinal) ? slots.SecondOf(cls::kOrdinal).value
                                                     : slots.ValueOf(cls::kOrdinal);
  // The decades of the first century have too few digits to be told from "the nineties".
  if (nth < 1 || nth > 10 || century < 2 || century > 22) return std::nullopt;
  Expression e;
  e.decade = (century - 1) * 10 + nth - 1;
  return e;
}

std::optional<Expression> Era(const Slots& slots) {
  Expression e;
  e.before_christ = slots.Has(cls::kEra) && slots.ValueOf(cls::kEra) < 0;
  if (slots.Has(cls::kDecade)) {
    e.decade = slots.ValueOf(cls::kDecade);
    if (slots.Has(cls::kEra)) {
      // "the 400s AD" are a hundred years, "the 430s AD" ten.
      if (e.decade < 10 || e.decade > 219) return std::nullopt;
      if (e.decade < 100 && e.decade % 10 == 0) {
        e.century = e.decade / 10;
        e.decade = kUnset;
      }
      return e;
    }
    if (e.decade >= 10 && (e.decade < 100 || e.decade > 219)) return std::nullopt;
    // "the 1900s" is a century.
    return e;
  }
  if (slots.Says("decade")) return DecadeOfCentury(slots);
  const int ordinal = slots.ValueOf(cls::kOrdinal);
  if (slots.Says("millennium")) {
    if (ordinal < 1 || ordinal > 10) return std::nullopt;
    e.millennium = ordinal - 1;
    return e;
  }
  if (ordinal < 1 || ordinal > 30) return std::nullopt;
  e.century = ordinal - 1;
  return e;
}

std::optional<Expression> HolidayDay(const Slots& slots, int argument) {
  Expression e;
  e.holiday = static_cast<Holiday>(argument != 0 ? argument : slots.ValueOf(cls::kHoliday));
  if (slots.Has(cls::kYear)) e.year = slots.ValueOf(cls::kYear);
  SetShift(slots, &e);
  return e;
}

std::optional<Expression> InContext(const Slots& slots, int argument) {
  Expression e;
  e.context = static_cast<Context>(argument);
  e.year = slots.ValueOf(cls::kYear);
  e.base = Base::kMention;
  e.latest = slots.Says("latest");
  e.unit = slots.Says("quarter") ? Unit::kQuarter : Unit::kNone;
  if (slots.Says("month")) e.compared = Unit::kMonth;
  if (slots.Has(cls::kOrdinal) && !SetQuarter(slots, &e)) return std::nullopt;
  return e;
}

}  // namespace

std::optional<Expression> ComposeCalendar(const Slots& slots, const Rule& rule) {
  switch (rule.action) {
    case Action::kCalendar:
      return Calendar(slots);
    case Action::kNthOfMonth:
      return NthOfMonth(slots);
    case Action::kNumericDate:
      return NumericDate(slots, static_cast<NumberOrder>(rule.argument));
    case Action::kEra:
      return Era(slots);
    case Action::kHoliday:
      return HolidayDay(slots, rule.argument);
    case Action::kContext:
      return InContext(slots, rule.argument);
    default:
      return std::nullopt;
  }
}

}  // namespace verbatim::dates
