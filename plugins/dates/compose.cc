// SPDX-License-Identifier: Apache-2.0
// Builders of the first pass for what is counted, repeated or told by the clock. What the calendar
// names stands in compose_calendar.cc, the second pass in compose_chunks.cc.
#include "compose.h"

#include <string>

#include "compose_calendar.h"
#include "compose_chunks.h"
#include "compose_slots.h"

namespace verbatim::dates {
namespace {

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
  // "over the past decade", "the next century": a stretch, no decade of the calendar.
  const bool stretch =
      e.shift == Shift::kPast || e.shift == Shift::kComing || e.shift == Shift::kNext;
  if (stretch && e.unit >= Unit::kDecade) {
    e.type = Type::kDuration;
    e.quantity = 1000;
    e.counts_out = e.base == Base::kPublication;
  }
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
    if (slots.Has(cls::kUnit) && slots.Says("or") && !slots.HasSecond(cls::kNumber)) {
      // "a year or two"
      e.quantity = 1000;
      e.mod = Mod::kApprox;
    }
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
    case Action::kNthOfMonth:
    case Action::kNumericDate:
    case Action::kEra:
    case Action::kHoliday:
    case Action::kContext:
      e = ComposeCalendar(slots, rule);
      break;
    case Action::kShiftUnit:
      e = ShiftUnit(slots, rule.argument);
      break;
    case Action::kDeictic:
      e = Deictic(slots, rule.argument);
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
