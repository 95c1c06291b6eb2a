// SPDX-License-Identifier: Apache-2.0
// What parsing yields: what a text says about time, before anything is known of when it was
// written. All of it depends on the text alone, so it can be kept and resolved again when a
// publication date is corrected.
#ifndef VERBATIM_PLUGINS_DATES_EXPRESSION_H_
#define VERBATIM_PLUGINS_DATES_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "calendar.h"
#include "lexicon.h"

namespace verbatim::dates {

enum class Type : uint8_t { kDate, kTime, kDuration, kSet };

// kSomeCentury: "the turn of the century", whichever.
enum class Vague : uint8_t { kNone, kPresent, kPast, kFuture, kSomeCentury };

// Half open, bytes of the text.
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// kEither: nearest, whichever side.
enum class Tense : uint8_t { kNone, kPast, kFuture, kEither };

// Which way from the reference an incomplete date lies, and the word that says so.
struct Direction {
  Tense tense = Tense::kNone;
  ByteSpan cue;          // empty when no word says so
  bool certain = false;  // "since": never the other way
};

// Where a relative expression counts from.
enum class Base : uint8_t {
  kNone,
  kPublication,  // "yesterday", "last week", "two years ago"
  kMention,      // "the next day", "two weeks later"
  kSpokenOf,     // "the end of the year": the publication's in news, the mention's in a story
};

// How a financial or otherwise context-bound phrase finds its value.
enum class Context : uint8_t {
  kNone,
  kYearBefore,        // "a year earlier", "the year-ago period": one year before what is compared
  kSamePeriod,        // "the latest period", "the quarter": the period spoken of
  kSamePeriodOfYear,  // "the 1988 period": that period in the named year
};

inline constexpr int kUnset = -1;
inline constexpr int kLastOfMonth = 9;

struct Expression {
  ByteSpan span;
  Type type = Type::kDate;
  Vague vague = Vague::kNone;

  // Parts of a calendar date; kUnset where the text doesn't say.
  int year = kUnset;     // 1 to 2199
  int month = kUnset;    // 1 to 12
  int day = kUnset;      // 1 to 31
  int weekday = kUnset;  // 1 (Monday) to 7
  int quarter = kUnset;  // 1 to 4; 5 is the last one
  int half = kUnset;     // 1 or 2
  int season = kUnset;   // 1 (spring) to 4 (winter)
  int decade = kUnset;   // 199; below 10: only the digit of the decade is said
  int century = kUnset;  // 19 for the 20th
  int two_digit_year = kUnset;
  int week_of_month = kUnset;  // "the last week of March": 1 to 5, or kLastOfMonth
  Holiday holiday = Holiday::kNone;
  bool before_christ = false;
  int millennium = kUnset;  // 1 for the second
  bool fiscal = false;
  bool two_years = false;  // "1941/42": `year` and the one after it
  bool latest = false;     // "the latest quarter"
  bool weekend = false;

  // Time of day.
  int hour = kUnset;
  int minute = kUnset;
  int second = kUnset;
  bool universal_time = false;  // UTC, GMT
  DayPart day_part = DayPart::kNone;

  // Relation: the finest unit that `shift` or `amount` speaks of.
  Shift shift = Shift::kNone;
  Base base = Base::kNone;
  Unit unit = Unit::kNone;
  int amount = 0;  // of `unit`, signed
  Context context = Context::kNone;
  Unit compared = Unit::kNone;  // kMonth: "the same month a year ago"

  // Durations and sets. Thousandths; kUnset: an unknown number ("several years").
  int quantity = kUnset;
  bool unit_unknown = false;       // "some time"
  Unit second_unit = Unit::kNone;  // "a minute and a half" is kept whole; "an hour and ten minutes"
  int second_quantity = kUnset;
  bool counts_out = false;  // "the past three years": begins or ends at the publication date
  std::string quant;        // EVERY, EACH
  std::string freq;         // 2X

  Mod mod = Mod::kNone;
  Direction direction;
  bool ends_range = false;  // "Wednesday" of "from Tuesday until Wednesday"
  bool told_again = false;  // "two days later, on 5 May": the next expression stands beside it
  const char* rule = "";
  bool boilerplate = false;
};

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_EXPRESSION_H_
