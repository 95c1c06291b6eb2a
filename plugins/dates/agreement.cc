// SPDX-License-Identifier: Apache-2.0
#include "agreement.h"

namespace verbatim::dates {
namespace {

constexpr uint32_t kAppositionBytes = 2;  // a blank and a bracket, or a comma and a blank

}  // namespace

void CheckWeekday(const Expression& e, const CalendarSpan& span, Resolved* r) {
  if (e.weekday == kUnset || span.grain != Unit::kDay) return;
  if (WeekdayOf(span.day) == e.weekday) {
    r->resolution = Resolution::kChecked;
    r->basis.kind = BasisKind::kCalendar;
    return;
  }
  r->resolution = Resolution::kContradictory;
  r->candidates.push_back({IsoDay(span.day), "the date as written; it is another weekday"});
  DayNumber near = span.day;
  for (int step = 1; step <= 3; ++step) {
    if (WeekdayOf(span.day + step) == e.weekday) near = span.day + step;
    if (WeekdayOf(span.day - step) == e.weekday) near = span.day - step;
  }
  r->candidates.push_back({IsoDay(near), "the stated weekday nearest to the date"});
}

namespace {

// "Two days later, on 5 May", "ten years earlier, in 1934", "Easter Sunday, 16 April 1949": is the
// written date what `e` counts to?
bool CountsTo(const Expression& e, const Expression& date) {
  if (!e.told_again || e.type != Type::kDate || date.type != Type::kDate ||
      date.base != Base::kNone || date.shift != Shift::kNone) {
    return false;
  }
  const bool day = date.day != kUnset && date.month != kUnset;
  if (e.holiday != Holiday::kNone) return e.year == kUnset && day && date.year != kUnset;
  if (e.base != Base::kMention || e.context != Context::kNone) return false;
  if (e.unit == Unit::kDay || e.unit == Unit::kWeek) return day;
  if (e.unit == Unit::kMonth) return date.month != kUnset && date.day == kUnset;
  return e.unit == Unit::kYear && date.year != kUnset && date.month == kUnset &&
         date.quarter == kUnset && date.season == kUnset;
}

void TakeWritten(const Expression& date, const Resolved& written, Resolved* counted) {
  counted->value = written.value;
  counted->earliest = written.earliest;
  counted->latest = written.latest;
  counted->basis = {BasisKind::kMention, written.value, date.span};
  counted->resolution = Resolution::kChecked;
}

}  // namespace

void Appose(const Expression& e, const Expression& date, Resolved* counted, Resolved* written) {
  if (CountsTo(e, date) && !written->value.empty() && !written->earliest.empty()) {
    if (counted->value != written->value) TakeWritten(date, *written, counted);
    return;
  }
  const bool one_day = e.type == Type::kDate && e.unit == Unit::kDay &&
                       e.base == Base::kPublication && e.shift == Shift::kNone;
  const bool weekday = e.type == Type::kDate && e.weekday != kUnset && e.day == kUnset &&
                       e.unit == Unit::kNone && e.shift == Shift::kNone && date.weekday == kUnset &&
                       date.span.begin == e.span.end + kAppositionBytes;
  if ((!one_day && !weekday) || date.type != Type::kDate || date.month == kUnset ||
      date.day == kUnset || date.span.begin > e.span.end + kAppositionBytes) {
    return;
  }
  const auto seen = ParseIsoDay(counted->value);
  const auto told = ParseIsoDay(written->value);
  if (!seen || !told || *seen == *told) return;
  if (weekday && WeekdayOf(*told) == e.weekday) {
    TakeWritten(date, *written, counted);
    return;
  }
  for (Resolved* r : {counted, written}) {
    r->resolution = Resolution::kContradictory;
    r->candidates.push_back({counted->value, "counted from the publication date"});
    r->candidates.push_back({written->value, "the date that stands beside it"});
  }
}

}  // namespace verbatim::dates
