// SPDX-License-Identifier: Apache-2.0
// Dates without a year, and weekdays without a week: which one is meant, seen from a reference and
// a direction.
#ifndef VERBATIM_PLUGINS_DATES_COMPLETE_H_
#define VERBATIM_PLUGINS_DATES_COMPLETE_H_

#include <optional>
#include <vector>

#include "value.h"

namespace verbatim::dates {

struct CompletionReference {
  std::optional<DayNumber> publication;
  std::optional<CalendarSpan>
      mention;  // set: the year of this mention counts, not the publication's
  ByteSpan mention_bytes;
  std::optional<DayNumber> not_after;
};

struct Completion {
  std::optional<CalendarSpan> span;
  bool from_mention = false;
  bool by_calendar = false;              // the weekday alone decided
  std::optional<Resolution> resolution;  // where it differs from that of the reference
  Heading heading = Heading::kNone;      // kNearest when no cue decided
  std::vector<Candidate> candidates;
};

// What the expression says all by itself; nothing when parts are missing.
std::optional<CalendarSpan> ExplicitSpan(const Expression& expression);

Completion Complete(const Expression& expression, const CompletionReference& reference);

// "last April", "next Friday", "this summer", seen from a day.
std::optional<CalendarSpan> CompleteShifted(const Expression& expression, DayNumber reference);

// "that May", "the following spring", seen from what the text spoke of last.
std::optional<CalendarSpan> CompleteFrom(const Expression& expression, const CalendarSpan& mention);

// The years from `first` to `last` in which month and day fall on the weekday, newest first.
std::vector<int> YearsWithWeekday(int month, int day, int weekday, int first, int last);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_COMPLETE_H_
