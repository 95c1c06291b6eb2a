// SPDX-License-Identifier: Apache-2.0
// Builders of the first pass, one a kind of action; those of the second pass stand in
// compose_chunks.cc.
#include "compose.h"

#include <string>

#include "compose_chunks.h"

namespace verbatim::dates {
namespace {

// Reads the slots of one match.
class Slots {
 public:
  Slots(const Parsing& parsing, const Match& match) : parsing_(parsing), match_(match) {}

  bool Has(Classes slot) const { return match_.Slot(slot) >= 0; }
  const Token& Of(Classes slot) const {
    return parsing_.tokens[static_cast<size_t>(match_.Slot(slot))];
  }
  int ValueOf(Classes slot) const { return Has(slot) ? Of(slot).value : kUnset; }
  bool HasSecond(Classes slot) const { return match_.SecondSlot(slot) >= 0; }
  const Token& SecondOf(Classes slot) const {
    return parsing_.tokens[static_cast<size_t>(match_.SecondSlot(slot))];
  }
  // Does one of the matched tokens say this word?
  bool Says(std::string_view word) const {
    for (size_t i = match_.begin; i < match_.end; ++i) {
      if (parsing_.IsWord(i, word)) return true;
    }
    return false;
  }
  const Token& Number(size_t k) const { return parsing_.tokens[match_.begin + k]; }

 private:
  const Parsing& parsing_;
  const Match& match_;
};

Unit UnitOf(const Token& token) {
  // "second" is an ordinal first.
  if (token.Is(cls::kOrdinal)) return Unit::kSecond;
  return static_cast<Unit>(token.value);
}

Unit SlotUnit(const Slots& slots) {
  if (slots.Has(cls::kUnit)) return UnitOf(slots.Of(cls::kUnit));
  if (slots.Has(cls::kUnits)) return UnitOf(slots.Of(cls::kUnits));
  if (slots.Has(cls::kFrequency)) return static_cast<Unit>(slots.ValueOf(cls::kFrequency));
  return Unit::kNone;
}

bool OfMention(Shift shift) {
  return shift == Shift::kPrevious || shift == Shift::kFollowing || shift == Shift::kSame ||
         shift == Shift::kThat;
}

void SetShift(const Slots& slots, Expression* e) {
  if (!slots.Has(cls::kShift)) return;
  Shift shift = static_cast<Shift>(slots.ValueOf(cls::kShift));
  // "this coming Sunday", "this past spring": the second word says more.
  if (slots.HasSecond(cls::kShift)) shift = static_cast<Shift>(slots.SecondOf(cls::kShift).value);
  e->shift = shift;
  e->base = OfMention(shift) ? Base::kMention : Base::kPublication;
}

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
  const bool quarterly =
      slots.Says("quarter") || slots.Says("half") || slots.Has(cls::kQuarterName);
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
  SetShift(slots, &e);
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

std::optional<Expression> ShiftUnit(const Slots& slots, int argument) {
  Expression e;
  SetShift(slots, &e);
  if (!slots.Has(cls::kShift)) {
    e.shift = static_cast<Shift>(argument);
    e.base = OfMention(e.shift)   ? Base::kMention
             : slots.Says("this") ? Base::kPublication
                                  : Base::kSpokenOf;
  } else if (slots.Says("the") && slots.Says("next") && e.base == Base::kPublication &&
             slots.Has(cls::kUnit)) {
    // "the next day": after the one that was told of. "The next year" may be seen from today.
    e.base = SlotUnit(slots) < Unit::kYear ? Base::kMention : Base::kSpokenOf;
  }
  if (slots.Has(cls::kEdge)) e.mod = static_cast<Mod>(slots.ValueOf(cls::kEdge));
  e.unit = SlotUnit(slots);
  e.weekend = e.unit == Unit::kWeekend;
  e.fiscal = slots.Says("fiscal") || slots.Says("financial");
  if (e.unit < Unit::kDay) return std::nullopt;
  return e;
}

std::optional<Expression> Duration(const Slots& slots) {
  Expression e;
  e.type = Type::kDuration;
  e.unit = SlotUnit(slots);
  if (slots.Says("time") || slots.Says("while")) {
    e.unit_unknown = true;
    return e;
  }
  if (e.unit == Unit::kNone) return std::nullopt;
  if (slots.Has(cls::kNumber)) {
    const Token& number = slots.Of(cls::kNumber);
    e.quantity = number.Is(cls::kFraction) ? number.value : number.value * 1000;
    if (!number.Is(cls::kFraction) && number.value > 100000) return std::nullopt;
    if (slots.HasSecond(cls::kNumber)) {
      // "two to three weeks": at least the first.
      e.mod = Mod::kApprox;
    }
  } else if (slots.Says("couple")) {
    e.quantity = 2000;
    e.mod = Mod::kApprox;
  } else if (slots.Says("half")) {
    e.quantity = slots.Says("and") ? 1500 : 500;
  } else if (slots.Has(cls::kUnit) && !slots.Has(cls::kFew) && !slots.Has(cls::kUnits)) {
    e.quantity = 1000;
  }
  if (slots.Has(cls::kShift)) {
    SetShift(slots, &e);
    e.counts_out = e.base == Base::kPublication;
  }
  return e;
}

std::optional<Expression> Set(const Slots& slots, int unit) {
  Expression e;
  e.type = Type::kSet;
  e.unit = unit != 0 ? static_cast<Unit>(unit) : SlotUnit(slots);
  e.weekday =
      slots.Has(cls::kWeekdays) ? slots.ValueOf(cls::kWeekdays) : slots.ValueOf(cls::kWeekday);
  e.month = slots.ValueOf(cls::kMonth);
  e.season = slots.ValueOf(cls::kSeason);
  if (slots.Has(cls::kDayPart)) e.day_part = static_cast<DayPart>(slots.ValueOf(cls::kDayPart));
  e.quantity = 1000;
  if (slots.Has(cls::kNumber) && slots.Has(cls::kUnits) && !slots.Says("times")) {
    e.quantity = slots.ValueOf(cls::kNumber) * 1000;
  }
  if (slots.Says("other")) e.quantity = 2000;
  if (slots.Has(cls::kEvery)) e.quant = slots.Says("each") ? "EACH" : "EVERY";
  if (slots.Says("twice")) e.freq = "2X";
  if (slots.Says("once")) e.freq = "1X";
  if (slots.Says("times") && slots.Has(cls::kNumber))
    e.freq = std::to_string(slots.ValueOf(cls::kNumber)) + "X";
  return e;
}

std::optional<Expression> Clock(const Slots& slots) {
  Expression e;
  e.type = Type::kTime;
  if (slots.Has(cls::kClockWord)) {
    e.hour = slots.ValueOf(cls::kClockWord);
  } else if (slots.Has(cls::kFourDigits)) {
    const int value = slots.ValueOf(cls::kFourDigits);
    e.hour = value / 100;
    e.minute = value % 100;
  } else {
    e.hour = slots.Has(cls::kHour) ? slots.ValueOf(cls::kHour) : slots.ValueOf(cls::kNumber);
    e.minute = slots.ValueOf(cls::kMinute);
    if (slots.Has(cls::kNumber) && slots.Of(cls::kNumber).Is(cls::kFraction)) {
      // "6.30 p.m." reads as a fraction, in thousandths.
      e.minute = e.hour % 1000 / 10;
      e.hour /= 1000;
    }
    if (slots.HasSecond(cls::kMinute)) e.second = slots.SecondOf(cls::kMinute).value;
  }
  int part = 0;
  if (slots.Has(cls::kAmPm)) part = slots.ValueOf(cls::kAmPm) == 12 ? 2 : 1;
  if (slots.Has(cls::kDayPart)) {
    part = static_cast<DayPart>(slots.ValueOf(cls::kDayPart)) == DayPart::kMorning ? 1 : 2;
  }
  if (part != 0 && (e.hour < 1 || e.hour > 12)) return std::nullopt;
  if (part == 2 && e.hour < 12) e.hour += 12;
  if (part == 1 && e.hour == 12) e.hour = 0;
  if (e.hour > 24 || e.minute > 59) return std::nullopt;
  e.universal_time = slots.Has(cls::kZone) && (slots.Says("utc") || slots.Says("gmt"));
  return e;
}

std::optional<Expression> PartOfDay(const Slots& slots, PartOf day) {
  Expression e;
  e.type = Type::kTime;
  e.unit = Unit::kDay;
  const bool published = day == PartOf::kToday || day == PartOf::kYesterday;
  e.base = published && !slots.Says("that") ? Base::kPublication : Base::kMention;
  if (day == PartOf::kYesterday || day == PartOf::kDayBefore) e.amount = -1;
  if (day == PartOf::kShiftedDay) {
    Expression shifted;
    SetShift(slots, &shifted);
    e.amount = shifted.shift == Shift::kPrevious ? -1 : shifted.shift == Shift::kSame ? 0 : 1;
  }
  // "last evening" says which part, "tonight" and "overnight" mean the night.
  e.day_part = slots.Has(cls::kDayPart) ? static_cast<DayPart>(slots.ValueOf(cls::kDayPart))
                                        : DayPart::kNight;
  return e;
}

std::optional<Expression> Deictic(const Slots& slots, int argument) {
  Expression e;
  e.base = Base::kPublication;
  e.unit = Unit::kDay;
  e.amount = slots.Has(cls::kDeictic) ? slots.ValueOf(cls::kDeictic) : 0;
  e.amount += argument;
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
  if (slots.Has(cls::kOrdinal) && !SetQuarter(slots, &e)) return std::nullopt;
  return e;
}

std::optional<Expression> VagueWord(const Slots& slots, int argument) {
  Expression e;
  e.vague = static_cast<Vague>(argument);
  e.unit = SlotUnit(slots);
  return e;
}

}  // namespace

std::optional<Expression> Compose(const Parsing& parsing, const Rule& rule, const Match& match) {
  const Slots slots(parsing, match);
  std::optional<Expression> e;
  switch (rule.action) {
    case Action::kCalendar:
      e = Calendar(slots);
      break;
    case Action::kNthOfMonth:
      e = NthOfMonth(slots);
      break;
    case Action::kNumericDate:
      e = NumericDate(slots, static_cast<NumberOrder>(rule.argument));
      break;
    case Action::kEra:
      e = Era(slots);
      break;
    case Action::kShiftUnit:
      e = ShiftUnit(slots, rule.argument);
      break;
    case Action::kDeictic:
      e = Deictic(slots, rule.argument);
      break;
    case Action::kHoliday:
      e = HolidayDay(slots, rule.argument);
      break;
    case Action::kContext:
      e = InContext(slots, rule.argument);
      break;
    case Action::kDuration:
      e = Duration(slots);
      break;
    case Action::kSet:
      e = Set(slots, rule.argument);
      break;
    case Action::kVague:
      e = VagueWord(slots, rule.argument);
      break;
    case Action::kClock:
      e = Clock(slots);
      break;
    case Action::kDayPart:
      e = PartOfDay(slots, static_cast<PartOf>(rule.argument));
      break;
    default:
      return ComposeChunks(parsing, rule, match);
  }
  if (!e) return e;
  e->rule = rule.id;
  e->span = {parsing.tokens[match.begin].begin, parsing.tokens[match.end - 1].end};
  return e;
}

Classes ChunkClasses(const Expression& e) {
  if (e.type == Type::kDuration) return cls::kDurationChunk;
  if (e.type == Type::kSet) return cls::kSetChunk;
  if (e.vague != Vague::kNone) return cls::kVagueChunk;
  if (e.type == Type::kTime)
    return e.day_part != DayPart::kNone ? cls::kPartChunk : cls::kClockChunk;
  if (e.decade != kUnset || e.century != kUnset || e.millennium != kUnset ||
      e.unit == Unit::kDecade || e.unit == Unit::kCentury) {
    return cls::kEraChunk;
  }
  if (e.quarter != kUnset || e.half != kUnset || e.unit == Unit::kQuarter ||
      e.context != Context::kNone) {
    return cls::kQuarterChunk;
  }
  if (e.season != kUnset) return cls::kSeasonChunk;
  if (e.day != kUnset || e.weekday != kUnset || e.holiday != Holiday::kNone ||
      e.unit == Unit::kDay) {
    return cls::kDayChunk;
  }
  if (e.unit == Unit::kWeek || e.unit == Unit::kWeekend || e.week_of_month != kUnset)
    return cls::kWeekChunk;
  if (e.month != kUnset || e.unit == Unit::kMonth) return cls::kMonthChunk;
  return cls::kYearChunk;
}

}  // namespace verbatim::dates
