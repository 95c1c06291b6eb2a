// SPDX-License-Identifier: Apache-2.0
// Resolved values: a calendar interval of one grain, its TIMEX3 spelling and its bounds; and all
// that is reported of one expression.
#ifndef VERBATIM_PLUGINS_DATES_VALUE_H_
#define VERBATIM_PLUGINS_DATES_VALUE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar.h"
#include "expression.h"

namespace verbatim::dates {

// A stretch of the calendar named by its grain: a day, an ISO week, a month ... a century.
struct CalendarSpan {
  Unit grain = Unit::kNone;  // kDay, kWeekend, kWeek, kMonth, kQuarter, kHalf, kSeason, kYear,
                             // kDecade, kCentury
  int year = 0;              // ISO year of a week; 199 of a decade; 19 of a century
  int part = 0;              // month, week, quarter, half or season
  DayNumber day = 0;         // grain kDay only
  bool before_christ = false;

  static CalendarSpan Day(DayNumber day);
  static CalendarSpan WeekOf(DayNumber day, bool weekend);
  static CalendarSpan Month(int year, int month);
  static CalendarSpan Of(Unit grain, int year, int part);

  // "2021-10-20", "2021-W42", "2021-Q3", "199"
  std::string Value() const;
  DayNumber First() const;
  // The day after the last.
  DayNumber End() const;
  bool HasMonth() const { return grain == Unit::kDay || grain == Unit::kMonth; }
  // The calendar year of its first day; for eras too.
  int CalendarYear() const;
  // 1 to 12, of the first day.
  int CalendarMonth() const;
};

// The span of `grain` that `amount` units lie from the one holding `day`.
CalendarSpan ShiftSpan(DayNumber day, Unit grain, int amount);
// The day that lies `amount` units away; the last of its month where that has no such day.
DayNumber MoveDay(DayNumber day, Unit unit, int amount);

// Surest first: see verbatim.v1.TemporalExpression.Resolution.
enum class Resolution : uint8_t {
  kExplicit = 1,
  kChecked,
  kAnchored,
  kInferred,
  kAmbiguous,
  kUnresolved,
  kContradictory,
};

enum class BasisKind : uint8_t { kNone = 1, kGiven, kInferred, kMention, kCalendar };

struct Candidate {
  std::string value;
  std::string why;
};

struct Basis {
  BasisKind kind = BasisKind::kNone;
  std::string value;
  ByteSpan span;  // of the mention; empty when there is none
};

enum class Heading : uint8_t { kPast = 1, kFuture, kNearest, kNone };

// Everything said of one expression.
struct Resolved {
  ByteSpan span;
  Type type = Type::kDate;
  std::string value;
  std::string mod;
  std::string quant;
  std::string freq;
  std::string earliest;  // half open [earliest, latest); empty when unbounded
  std::string latest;
  std::string underspecified;
  std::vector<Candidate> candidates;
  Resolution resolution = Resolution::kUnresolved;
  Basis basis;
  Heading heading = Heading::kNone;
  ByteSpan cue;
  std::string_view rule;  // lives as long as the program
  bool boilerplate = false;
};

// "P2M", "PT1H30M", "PXY", "P20Y"; quantity in thousandths, kUnset: unknown.
std::string DurationValue(Unit unit, int quantity);
std::string DurationValue(const Expression& expression);
std::string SetValue(const Expression& expression);
// "T10:30", "T10:30Z", "TMO"; empty without a time.
std::string TimeSuffix(const Expression& expression);
// The value that an incomplete expression has by itself: "XXXX-10-20", "XXXX-WXX-2".
std::string UnderspecifiedValue(const Expression& expression);
const char* ModName(Mod mod);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_VALUE_H_
