// SPDX-License-Identifier: Apache-2.0
// Builders of the second pass. Each reads the chunks of its match in text order.
#include "compose_chunks.h"

#include <utility>

namespace verbatim::dates {
namespace {

struct Parts {
  std::vector<const Expression*> chunks;
  const Token* edge = nullptr;  // early, end, nearly: a word with a Mod
  const Token* day_part = nullptr;
};

Parts PartsOf(const Parsing& parsing, const Match& match) {
  Parts parts;
  for (size_t i = match.begin; i < match.end; i += parsing.tokens[i].width) {
    const Token& token = parsing.tokens[i];
    if (token.Is(cls::kChunk)) {
      parts.chunks.push_back(&parsing.expressions[static_cast<size_t>(token.value)]);
    } else if (token.Is(cls::kPart | cls::kEdge | cls::kNearly)) {
      parts.edge = &token;
    } else if (token.Is(cls::kDayPart)) {
      parts.day_part = &token;
    }
  }
  return parts;
}

void Take(int from, int* to) {
  if (*to == kUnset) *to = from;
}

// "the same month": of another year, when one stands behind it.
bool SamePart(const Expression& e) {
  return e.shift == Shift::kSame && (e.unit == Unit::kMonth || e.unit == Unit::kQuarter);
}

// Whether `e` says by itself which year it is in, be it by counting from a reference.
bool HasYear(const Expression& e) {
  if (e.context == Context::kSamePeriod || SamePart(e)) return false;
  return e.year != kUnset || e.two_digit_year != kUnset ||
         (e.base != Base::kNone && e.month == kUnset);
}

// "June" + "last year", "the third quarter" + "1990": the finer one keeps its fields and takes the
// year.
std::optional<Expression> Join(const Expression& left, const Expression& right) {
  const Expression* fine = &left;
  const Expression* coarse = &right;
  const bool left_is_year = left.month == kUnset && left.quarter == kUnset && left.half == kUnset &&
                            left.season == kUnset && left.day == kUnset && left.weekday == kUnset &&
                            left.holiday == Holiday::kNone && left.type == Type::kDate &&
                            left.context == Context::kNone && left.unit != Unit::kQuarter &&
                            left.unit != Unit::kMonth;
  if (left_is_year) std::swap(fine, coarse);
  Expression joined = *fine;
  if (SamePart(joined)) {
    if (joined.unit == Unit::kMonth) joined.compared = Unit::kMonth;
    joined.context = Context::kSamePeriod;
    joined.base = Base::kMention;
    joined.shift = Shift::kNone;
  }
  if (joined.year != kUnset || (joined.base != Base::kNone && joined.shift != Shift::kNone &&
                                joined.context == Context::kNone)) {
    return std::nullopt;
  }
  if (joined.context == Context::kSamePeriod) {
    joined.context = coarse->year != kUnset || coarse->base != Base::kNone
                         ? Context::kSamePeriodOfYear
                         : joined.context;
  }
  Take(coarse->year, &joined.year);
  Take(coarse->two_digit_year, &joined.two_digit_year);
  joined.before_christ = joined.before_christ || coarse->before_christ;
  if (coarse->month != kUnset) Take(coarse->month, &joined.month);
  joined.fiscal = joined.fiscal || coarse->fiscal;
  if (coarse->base != Base::kNone) {
    joined.base = coarse->base;
    joined.shift = coarse->shift;
    joined.unit = coarse->unit;
    joined.amount = coarse->amount;
  }
  if (joined.mod == Mod::kNone) joined.mod = coarse->mod;
  if (joined.day != kUnset && joined.month != kUnset && joined.year != kUnset &&
      !IsValidDay(joined.year, joined.month, joined.day)) {
    return std::nullopt;
  }
  return joined;
}

// "5 p.m." + "Friday", "Friday" + "night".
std::optional<Expression> JoinPart(const Parts& parts) {
  const Expression* day = nullptr;
  const Expression* clock = nullptr;
  for (const Expression* chunk : parts.chunks) {
    (chunk->type == Type::kTime ? clock : day) = chunk;
  }
  if (day == nullptr) return std::nullopt;
  Expression joined = *day;
  joined.type = Type::kTime;
  if (clock != nullptr) {
    joined.hour = clock->hour;
    joined.minute = clock->minute;
    joined.second = clock->second;
    joined.universal_time = clock->universal_time;
    joined.day_part = clock->day_part;
    joined.mod = clock->mod;
    return joined;
  }
  if (parts.day_part == nullptr) return std::nullopt;
  joined.day_part = static_cast<DayPart>(parts.day_part->value);
  return joined;
}

// "nearly" before a length is less than it; before a day it can only be about.
Mod ModFor(const Expression& e, Mod mod) {
  if (mod == Mod::kLessThan && e.type != Type::kDuration) return Mod::kApprox;
  return mod;
}

std::optional<Expression> Modify(const Parts& parts, int argument) {
  if (parts.chunks.empty()) return std::nullopt;
  Expression e = *parts.chunks[0];
  Mod mod = static_cast<Mod>(argument);
  if (parts.edge != nullptr && mod == Mod::kNone) mod = static_cast<Mod>(parts.edge->value);
  e.mod = ModFor(e, mod);
  return e;
}

// "the first half of the 14th century": the era, and which end of it.
std::optional<Expression> PartOfEra(const Parts& parts) {
  if (parts.chunks.size() != 2) return std::nullopt;
  const Expression& part = *parts.chunks[0];
  if (part.year != kUnset || part.context != Context::kNone) return std::nullopt;
  Expression e = *parts.chunks[1];
  const bool divided = e.century != kUnset || e.decade != kUnset || e.month != kUnset;
  if (!divided || e.mod != Mod::kNone) return std::nullopt;
  const bool first = part.half == 1 || part.quarter == 1;
  const bool last = part.half == 2 || part.quarter >= 4 || part.shift == Shift::kLast;
  e.mod = first ? Mod::kStart : last ? Mod::kEnd : Mod::kMid;
  return e;
}

// "the last days of April": the month, and which end of it.
std::optional<Expression> EdgeOfLength(const Parsing& parsing, const Match& match,
                                       const Parts& parts, int argument) {
  if (parts.chunks[0]->quantity != kUnset || parts.chunks[1]->mod != Mod::kNone)
    return std::nullopt;
  Expression e = *parts.chunks[1];
  e.mod = static_cast<Mod>(argument);
  if (e.mod == Mod::kNone)
    e.mod = parsing.IsWord(match.begin + 1, "first") ? Mod::kStart : Mod::kEnd;
  return e;
}

// "the 12th of that month"
std::optional<Expression> DayOfMonth(const Parts& parts) {
  if (parts.chunks.size() < 2) return std::nullopt;
  const Expression& day = *parts.chunks[0];
  Expression e = *parts.chunks[1];
  const bool lone = day.day != kUnset && day.month == kUnset && day.weekday == kUnset &&
                    day.type == Type::kDate && day.base == Base::kNone;
  if (!lone || e.unit != Unit::kMonth || e.base == Base::kNone || e.mod != Mod::kNone)
    return std::nullopt;
  e.day = day.day;
  return e;
}

std::optional<Expression> Ago(const Parts& parts, CountFrom from) {
  if (parts.chunks.empty()) return std::nullopt;
  const Expression& length = *parts.chunks[0];
  Expression e;
  const bool of_mention = from == CountFrom::kBeforeMention || from == CountFrom::kAfterMention;
  e.base = of_mention ? Base::kMention : Base::kPublication;
  e.unit = length.unit;
  e.mod = length.mod;
  const bool past = from == CountFrom::kBeforePublication || from == CountFrom::kBeforeMention;
  // "a few days later", "two hours later": only a length is said.
  if (of_mention && (length.quantity == kUnset || length.unit < Unit::kDay)) return std::nullopt;
  if (length.quantity == kUnset) {
    e.vague = past ? Vague::kPast : Vague::kFuture;
    e.base = Base::kNone;
    return e;
  }
  if (length.quantity == 1000 && past && (length.unit == Unit::kYear))
    e.context = Context::kYearBefore;
  if (length.quantity % 1000 != 0 && length.unit >= Unit::kDecade) {
    // "half a century later" is known to the year.
    e.unit = Unit::kYear;
    e.amount = length.quantity * (length.unit == Unit::kDecade ? 10 : 100) / 1000;
  } else if (length.quantity % 1000 != 0) {
    // "two and a half years ago" is known to the month, "an hour and a half ago" to the minute.
    if (length.unit == Unit::kYear) {
      e.unit = Unit::kMonth;
      e.amount = length.quantity * 12 / 1000;
    } else if (length.unit == Unit::kHour) {
      e.unit = Unit::kMinute;
      e.amount = length.quantity * 60 / 1000;
    } else {
      e.amount = (length.quantity + 500) / 1000;
    }
  } else {
    e.amount = length.quantity / 1000;
  }
  if (e.unit == Unit::kFortnight) {
    e.unit = Unit::kWeek;
    e.amount *= 2;
  }
  if (e.amount > 100000) return std::nullopt;
  if (past) e.amount = -e.amount;
  if (e.unit < Unit::kDay) e.type = Type::kTime;
  return e;
}

std::optional<Expression> SumDuration(const Parts& parts) {
  if (parts.chunks.size() < 2) return std::nullopt;
  Expression e = *parts.chunks[0];
  const Expression& more = *parts.chunks[1];
  if (e.quantity == kUnset || more.quantity == kUnset || more.unit >= e.unit ||
      more.quantity % 1000 != 0) {
    return std::nullopt;
  }
  e.second_unit = more.unit;
  e.second_quantity = more.quantity;
  return e;
}

std::optional<Expression> DayOfWeek(const Parts& parts) {
  if (parts.chunks.size() < 2) return std::nullopt;
  const Expression& day = *parts.chunks[0];
  Expression e = *parts.chunks[1];
  const bool bare = day.weekday != kUnset && day.day == kUnset && day.shift == Shift::kNone;
  if (!bare || e.unit != Unit::kWeek || e.base == Base::kNone) return std::nullopt;
  e.weekday = day.weekday;
  return e;
}

std::optional<Expression> FromChunk(const Parts& parts, int sign) {
  if (parts.chunks.size() < 2) return std::nullopt;
  const Expression& length = *parts.chunks[0];
  Expression e = *parts.chunks[1];
  if (length.quantity == kUnset || length.quantity % 1000 != 0 || e.base != Base::kPublication ||
      e.unit != Unit::kDay || e.type != Type::kDate) {
    return std::nullopt;
  }
  const int days = length.unit == Unit::kDay ? 1 : length.unit == Unit::kWeek ? 7 : 0;
  if (days == 0 || length.quantity > 1000000) return std::nullopt;
  e.amount += sign * days * length.quantity / 1000;
  return e;
}

}  // namespace

std::optional<Expression> ComposeChunks(const Parsing& parsing, const Rule& rule,
                                        const Match& match) {
  const Parts parts = PartsOf(parsing, match);
  if (parts.chunks.empty()) return std::nullopt;
  std::optional<Expression> e;
  switch (rule.action) {
    case Action::kJoin:
      if (parts.chunks.size() == 2 && HasYear(*parts.chunks[0]) != HasYear(*parts.chunks[1])) {
        e = Join(*parts.chunks[0], *parts.chunks[1]);
      }
      break;
    case Action::kJoinPart:
      e = JoinPart(parts);
      break;
    case Action::kPartOfEra:
      e = PartOfEra(parts);
      break;
    case Action::kEdgeOf:
      e = parts.chunks.size() == 2 ? EdgeOfLength(parsing, match, parts, rule.argument)
                                   : Modify(parts, rule.argument);
      break;
    case Action::kModify:
      e = Modify(parts, rule.argument);
      break;
    case Action::kDayOfMonth:
      e = DayOfMonth(parts);
      break;
    case Action::kAgo:
      e = Ago(parts, static_cast<CountFrom>(rule.argument));
      break;
    case Action::kSumDuration:
      e = SumDuration(parts);
      break;
    case Action::kDayOfWeek:
      e = DayOfWeek(parts);
      break;
    case Action::kFromChunk:
      e = FromChunk(parts, rule.argument);
      break;
    case Action::kExtend:
      e = *parts.chunks[0];
      break;
    default:
      break;
  }
  if (!e) return e;
  e->rule = rule.id;
  e->span = {parsing.tokens[match.begin].begin, parsing.tokens[match.end - 1].end};
  return e;
}

}  // namespace verbatim::dates
