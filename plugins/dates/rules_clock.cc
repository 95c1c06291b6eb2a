// SPDX-License-Identifier: Apache-2.0
// First pass: times of day.
#include "guards.h"
#include "rules_tables.h"

namespace verbatim::dates {
namespace {

constexpr Rule kRows[] = {
    {"clock", "HOUR ~: ~MIN (~: ~MIN)? AMPM? ZONE? (OPEN ZONE (+|DASH NUM)? CLOSE)?",
     Action::kClock, 0, IsClock, "It rose at [18:00 UTC] sharp. => 2015-06-17T18:00Z",
     "At [7:15 p.m.] it fell. => 2015-06-17T19:15", "They won 3:02 or so."},
    {"hour", "HOUR AMPM ZONE?", Action::kClock, 0, IsClock,
     "It opens at [5 p.m. EST] sharp. => 2015-06-17T17:00",
     "At [10 am] it rained. => 2015-06-17T10:00", "I, 5 years on, am here."},
    {"clock-dot", "NUM AMPM ZONE?", Action::kClock, 0, IsClock,
     "It rose at [6.30 p.m.] sharp. => 2015-06-17T18:30",
     "At [7.15 am] it fell. => 2015-06-17T07:15", "It cost 7.15 amid riots."},
    {"four-digit-clock", "FOUR ZONE|hours", Action::kClock, 0, IsClock,
     "At [0800 UTC] it began. => 2015-06-17T08:00Z",
     "By [2130 GMT] it was over. => 2015-06-17T21:30Z", "It took 9999 hours."},
    {"o-clock", "HOUR|NUM o ' clock", Action::kClock, 0, IsClock,
     "At [ten o'clock] it began. => 2015-06-17T10:00",
     "By [7 o'clock] it was over. => 2015-06-17T07:00", "Ten clocks struck."},
    {"hour-in-part", "HOUR in the DAYPART", Action::kClock, 0, IsClock,
     "At [4 in the morning] it began. => 2015-06-17T04:00",
     "He left at [5 in the afternoon] for Rome. => 2015-06-17T17:00", "There were 4 in the car."},
    {"noon", "CLOCKWORD ZONE?", Action::kClock, 0, NoonOrMidnight,
     "It began at [noon] there. => 2015-06-17T12:00",
     "By [midnight] it was over. => 2015-06-17T24:00", "The midnight sun."},
};

}  // namespace

RuleTable ClockRules() { return {kRows, sizeof kRows / sizeof kRows[0]}; }

}  // namespace verbatim::dates
