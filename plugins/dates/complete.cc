// SPDX-License-Identifier: Apache-2.0
// See complete.h. Nearest in the direction of the cue; without one, news looks back.
#include "complete.h"

#include <algorithm>
#include <cstdlib>

namespace verbatim::dates {
namespace {

constexpr int kAheadDays = 95;       // without a cue, a day up to three months ahead is one to come
constexpr int kBackDays = 275;       // and one further back than nine months is doubtful
constexpr int kJustOverDays = 60;    // and one just over is rather meant than one a year ahead
constexpr int kWeekdayYearsMax = 3;  // a weekday may move a date this many years
constexpr int kNarrativeBackMonths =
    8;  // a story that goes back further has gone on to the next year
constexpr int kWinter = 4;
constexpr int kDecember = 12;
constexpr size_t kCandidatesMax = 6;
constexpr int kCandidateYears = 35;

// The expression in a year before or after Christ, whatever its weekday.
std::optional<CalendarSpan> SpanInYear(const Expression& e, int year) {
  if (e.before_christ) {
    CalendarSpan span = CalendarSpan::Of(Unit::kYear, year, 0);
    if (e.season != kUnset) span = CalendarSpan::Of(Unit::kSeason, year, e.season);
    if (e.month != kUnset) span = CalendarSpan::Month(year, e.month);
    if (e.month != kUnset && e.day != kUnset) {
      span.grain = Unit::kDay;
      span.day = e.day;
    }
    span.before_christ = true;
    return span;
  }
  if (e.holiday != Holiday::kNone) return CalendarSpan::Day(HolidayIn(e.holiday, year));
  if (e.month != kUnset && e.day != kUnset) {
    if (!IsValidDay(year, e.month, e.day)) return std::nullopt;
    return CalendarSpan::Day(ToDayNumber(year, e.month, e.day));
  }
  if (e.month != kUnset && e.week_of_month != kUnset) {
    const DayNumber first = ToDayNumber(year, e.month, 1);
    const DayNumber last = ToDayNumber(year, e.month, DaysInMonth(year, e.month));
    // The week that has most of its days there.
    const DayNumber at = e.week_of_month == kLastOfMonth
                             ? last - 3
                             : std::min(first + 3 + 7 * (e.week_of_month - 1), last);
    return CalendarSpan::WeekOf(at, e.weekend);
  }
  if (e.month != kUnset) return CalendarSpan::Month(year, e.month);
  if (e.quarter != kUnset) return CalendarSpan::Of(Unit::kQuarter, year, e.quarter);
  if (e.half != kUnset) return CalendarSpan::Of(Unit::kHalf, year, e.half);
  if (e.season != kUnset) return CalendarSpan::Of(Unit::kSeason, year, e.season);
  if (e.day != kUnset) return std::nullopt;
  return CalendarSpan::Of(Unit::kYear, year, 0);
}

// Of the spans in the years around a day: the last that has begun, and the first that hasn't ended
// before it.
struct Neighbours {
  std::optional<CalendarSpan> past;
  std::optional<CalendarSpan> future;
};

Neighbours Around(const Expression& e, DayNumber reference) {
  Neighbours out;
  const int year = ToCivil(reference).year;
  // Leap days come every fourth year, or eighth; a winter ends in the year after.
  const int reach = e.month == 2 && e.day == 29 ? 8 : 2;
  for (int y = year - reach; y <= year + reach; ++y) {
    const auto span = SpanInYear(e, y);
    if (!span) continue;
    if (span->First() <= reference) out.past = span;
    if (span->End() > reference && !out.future) out.future = span;
  }
  return out;
}

// A quarter or half of accounts: the nearest, where what is over is nearer than what is to come.
// Results are "expected to be reported", so that a plan says little of the quarter.
std::optional<CalendarSpan> NearestQuarter(const Expression& e, DayNumber reference) {
  constexpr int kAheadPenaltyDays = 60;
  std::optional<CalendarSpan> best;
  int best_distance = 0;
  const int year = ToCivil(reference).year;
  for (int y = year - 1; y <= year + 1; ++y) {
    const auto span = SpanInYear(e, y);
    if (!span) continue;
    int distance = 0;
    if (span->End() <= reference)
      distance = reference - span->End() + (e.direction.tense == Tense::kFuture ? 30 : 0);
    if (span->First() > reference) {
      distance =
          span->First() - reference + (e.direction.tense == Tense::kFuture ? 0 : kAheadPenaltyDays);
      if (e.direction.tense == Tense::kPast) distance += 365;
    }
    if (!best || distance < best_distance) {
      best = span;
      best_distance = distance;
    }
  }
  return best;
}

Completion InDirection(const Expression& e, DayNumber reference) {
  Completion out;
  if (e.quarter != kUnset || e.half != kUnset) {
    out.span = NearestQuarter(e, reference);
    if (e.direction.tense == Tense::kNone) out.heading = Heading::kNearest;
    return out;
  }
  const Neighbours around = Around(e, reference);
  if (!around.past && !around.future) return out;
  if (!around.past || !around.future) {
    out.span = around.past ? around.past : around.future;
    return out;
  }
  const DayNumber back = reference - around.past->First();
  const DayNumber ahead = around.future->First() - reference;
  // Many "was to open on Nov. 16" look past and aren't: nearly a year back against a few weeks
  // ahead. And "by Jan. 14" of a text of the 15th isn't a year ahead.
  const bool surely_ahead = back > kBackDays && ahead < kAheadDays && !e.direction.certain;
  const bool surely_back = ahead > kBackDays && back < kJustOverDays;
  switch (e.direction.tense) {
    case Tense::kPast:
      out.span = surely_ahead ? around.future : around.past;
      break;
    case Tense::kFuture:
      out.span = surely_back ? around.past : around.future;
      break;
    case Tense::kEither:
      out.heading = Heading::kNearest;
      out.span = ahead < back ? around.future : around.past;
      break;
    case Tense::kNone:
      out.heading = Heading::kNearest;
      out.span = surely_ahead ? around.future : around.past;
      break;
  }
  return out;
}

// A date of a story: in the year of the mention before it, or the next one when it would go far
// back.
std::optional<CalendarSpan> AfterMention(const Expression& e, const CalendarSpan& mention) {
  // A winter is named by the year that it begins in; what follows it lies in the next.
  const bool later =
      e.month != kUnset ? e.month < kDecember : e.season != kUnset && e.season != kWinter;
  const bool after_winter = mention.grain == Unit::kSeason && mention.part == kWinter && later;
  const int year = mention.CalendarYear() + (after_winter ? 1 : 0);
  auto same = SpanInYear(e, year);
  if (after_winter) return same;
  if (!same || !mention.HasMonth() || e.month == kUnset) return same;
  if (mention.CalendarMonth() - e.month >= kNarrativeBackMonths) {
    if (auto next = SpanInYear(e, year + 1)) return next;
  }
  if (e.month - mention.CalendarMonth() >= kNarrativeBackMonths + 2 &&
      e.direction.tense == Tense::kPast)
    return same;
  return same;
}

// A month of a story that is in a year before Christ: in that year, or the next one (which has the
// smaller number) when it would go far back.
Completion BeforeChrist(const Expression& e, const CalendarSpan& mention) {
  Completion out;
  if (e.month == kUnset && e.season == kUnset) return out;
  Expression dated = e;
  dated.before_christ = true;
  const bool next = mention.HasMonth() && e.month != kUnset && mention.year > 1 &&
                    mention.CalendarMonth() - e.month >= kNarrativeBackMonths;
  out.span = SpanInYear(dated, mention.year - (next ? 1 : 0));
  out.from_mention = true;
  return out;
}

Completion BareWeekday(const Expression& e, const CompletionReference& reference) {
  Completion out;
  DayNumber from = 0;
  if (reference.mention && reference.mention->grain == Unit::kDay) {
    // In a story the next such day.
    from = reference.mention->day;
    out.from_mention = true;
    out.span = CalendarSpan::Day(from + (e.weekday - WeekdayOf(from) + 7) % 7);
    return out;
  }
  if (!reference.publication) return out;
  from = *reference.publication;
  if (e.direction.tense == Tense::kFuture) {
    out.span = CalendarSpan::Day(from + (e.weekday - WeekdayOf(from) + 7) % 7);
  } else {
    out.span = CalendarSpan::Day(from - (WeekdayOf(from) - e.weekday + 7) % 7);
    if (e.direction.tense == Tense::kNone) out.heading = Heading::kNearest;
  }
  return out;
}

// Month, day and weekday: the weekday picks the year.
Completion WeekdayAndDay(const Expression& e, const CompletionReference& reference) {
  Completion out;
  if (!reference.publication) {
    const int last = reference.not_after ? ToCivil(*reference.not_after).year : 0;
    if (last == 0) return out;
    for (const int year :
         YearsWithWeekday(e.month, e.day, e.weekday, last - kCandidateYears, last)) {
      if (out.candidates.size() == kCandidatesMax) break;
      if (ToDayNumber(year, e.month, e.day) > *reference.not_after + 366) continue;
      out.candidates.push_back({IsoDay(ToDayNumber(year, e.month, e.day)), "the weekday agrees"});
    }
    if (!out.candidates.empty()) out.resolution = Resolution::kAmbiguous;
    return out;
  }
  const Completion by_date = InDirection(e, *reference.publication);
  const int near = by_date.span ? by_date.span->year : ToCivil(*reference.publication).year;
  const auto years =
      YearsWithWeekday(e.month, e.day, e.weekday, near - kWeekdayYearsMax, near + kWeekdayYearsMax);
  if (years.empty()) {
    out = by_date;
    out.resolution = Resolution::kContradictory;
    if (by_date.span)
      out.candidates.push_back(
          {by_date.span->Value(), "the date as written; it is another weekday"});
    return out;
  }
  int best = years.front();
  for (const int year : years) {
    if (std::abs(year - near) < std::abs(best - near)) best = year;
  }
  out.span = CalendarSpan::Day(ToDayNumber(best, e.month, e.day));
  out.resolution = best == near ? Resolution::kChecked : Resolution::kContradictory;
  out.by_calendar = best == near;
  if (best != near) {
    // Years away: more likely a slip of the weekday than a date of another year.
    out.candidates.push_back({by_date.span->Value(), "the date as written; it is another weekday"});
    out.candidates.push_back({out.span->Value(), "the nearest year in which the weekday agrees"});
    out.span = by_date.span;
  }
  return out;
}

}  // namespace

std::optional<CalendarSpan> ExplicitSpan(const Expression& e) {
  if (e.century != kUnset) {
    CalendarSpan span = CalendarSpan::Of(Unit::kCentury, e.century, 0);
    span.before_christ = e.before_christ;
    return span;
  }
  if (e.millennium != kUnset) {
    CalendarSpan span = CalendarSpan::Of(Unit::kMillennium, e.millennium, 0);
    span.before_christ = e.before_christ;
    return span;
  }
  if (e.decade != kUnset) {
    CalendarSpan span =
        CalendarSpan::Of(Unit::kDecade, e.decade < 10 ? 190 + e.decade : e.decade, 0);
    span.before_christ = e.before_christ;
    return span;
  }
  int year = e.year;
  if (year == kUnset && e.two_digit_year != kUnset)
    year = e.two_digit_year + (e.two_digit_year < 50 ? 2000 : 1900);
  if (year == kUnset) return std::nullopt;
  const auto span = SpanInYear(e, year);
  // "a Friday of 1994" is no year.
  const bool year_alone = span && span->grain == Unit::kYear && !span->before_christ;
  return year_alone && e.weekday != kUnset ? std::nullopt : span;
}

Completion Complete(const Expression& e, const CompletionReference& reference) {
  Completion out;
  if (reference.mention && reference.mention->before_christ)
    return BeforeChrist(e, *reference.mention);
  if (e.weekday != kUnset && e.day == kUnset && e.month == kUnset && e.week_of_month == kUnset) {
    return BareWeekday(e, reference);
  }
  if (e.day != kUnset && e.month == kUnset) {
    std::optional<CalendarSpan> month = reference.mention;
    if (!month && reference.publication) month = CalendarSpan::Day(*reference.publication);
    if (!month) return out;
    const int y = month->CalendarYear();
    const int m = month->CalendarMonth();
    if (!IsValidDay(y, m, e.day)) return out;
    out.span = CalendarSpan::Day(ToDayNumber(y, m, e.day));
    out.from_mention = reference.mention.has_value();
    if (e.weekday != kUnset) {
      const bool agrees = WeekdayOf(out.span->day) == e.weekday;
      out.resolution = agrees ? Resolution::kChecked : Resolution::kContradictory;
    }
    return out;
  }
  if (reference.mention) {
    out.span = AfterMention(e, *reference.mention);
    out.from_mention = out.span.has_value();
    if (out.span) return out;
  }
  if (e.weekday != kUnset && e.day != kUnset && e.month != kUnset)
    return WeekdayAndDay(e, reference);
  if (!reference.publication) return out;
  return InDirection(e, *reference.publication);
}

std::optional<CalendarSpan> CompleteShifted(const Expression& e, DayNumber reference) {
  if (e.weekday != kUnset && e.month == kUnset && e.day == kUnset) {
    const int today = WeekdayOf(reference);
    const int back = (today - e.weekday + 6) % 7 + 1;   // 1 to 7
    const int ahead = (e.weekday - today + 6) % 7 + 1;  // 1 to 7
    switch (e.shift) {
      case Shift::kLast:
      case Shift::kPast:
      case Shift::kPrevious:
        return CalendarSpan::Day(reference - back);
      case Shift::kNext:
      case Shift::kComing:
      case Shift::kFollowing:
        return CalendarSpan::Day(reference + ahead);
      default:
        return CalendarSpan::Day(reference - today + e.weekday);
    }
  }
  const int year = ToCivil(reference).year;
  std::optional<CalendarSpan> chosen;
  switch (e.shift) {
    case Shift::kLast:
    case Shift::kPast:
    case Shift::kPrevious:
      // The last that is over.
      for (int y = year - 1; y <= year; ++y) {
        const auto span = SpanInYear(e, y);
        const bool over =
            span && (span->grain == Unit::kSeason ? span->First() + 80 : span->End()) <= reference;
        if (over) chosen = span;
      }
      return chosen ? chosen : SpanInYear(e, year - 1);
    case Shift::kNext:
    case Shift::kComing:
    case Shift::kFollowing:
      for (int y = year + 1; y >= year; --y) {
        const auto span = SpanInYear(e, y);
        if (span && span->First() > reference) chosen = span;
      }
      return chosen;
    default:
      return SpanInYear(e, year);
  }
}

std::optional<CalendarSpan> CompleteFrom(const Expression& e, const CalendarSpan& mention) {
  switch (e.shift) {
    case Shift::kNext:
    case Shift::kComing:
    case Shift::kFollowing:
      return CompleteShifted(e, mention.End() - 1);
    case Shift::kLast:
    case Shift::kPast:
    case Shift::kPrevious:
      return CompleteShifted(e, mention.First());
    default:
      return AfterMention(e, mention);
  }
}

std::vector<int> YearsWithWeekday(int month, int day, int weekday, int first, int last) {
  std::vector<int> years;
  for (int year = last; year >= first; --year) {
    if (IsValidDay(year, month, day) && WeekdayOf(ToDayNumber(year, month, day)) == weekday)
      years.push_back(year);
  }
  return years;
}

}  // namespace verbatim::dates
