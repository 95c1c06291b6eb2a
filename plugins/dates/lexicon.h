// SPDX-License-Identifier: Apache-2.0
// The words that the rules know: each has classes (what it can be) and a value (which month, which
// number). A word with no class may still have an id, when some rule names it literally. Case is
// ignored.
#ifndef VERBATIM_PLUGINS_DATES_LEXICON_H_
#define VERBATIM_PLUGINS_DATES_LEXICON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::dates {

// What a token can be. One token may be several things: "second" is an ordinal and a unit.
using Classes = uint64_t;
namespace cls {
inline constexpr Classes kMonth = 1ull << 0;        // value 1 to 12
inline constexpr Classes kWeekday = 1ull << 1;      // value 1 (Monday) to 7
inline constexpr Classes kWeekdays = 1ull << 2;     // "Mondays"
inline constexpr Classes kNumber = 1ull << 3;       // a cardinal, in digits or folded words
inline constexpr Classes kDay = 1ull << 4;          // digits, 1 to 31
inline constexpr Classes kOrdinal = 1ull << 5;      // "3rd", "third"
inline constexpr Classes kDayOrdinal = 1ull << 6;   // an ordinal up to 31
inline constexpr Classes kYear = 1ull << 7;         // four digits from 1000 to 2199, or spelled out
inline constexpr Classes kTwoDigits = 1ull << 8;    // exactly two digits
inline constexpr Classes kMonthNumber = 1ull << 9;  // one or two digits, 1 to 12
inline constexpr Classes kHour = 1ull << 10;        // one or two digits, 0 to 24
inline constexpr Classes kMinute = 1ull << 11;      // two digits, 00 to 59
inline constexpr Classes kUnit = 1ull << 12;        // "week"; value is a Unit
inline constexpr Classes kUnits = 1ull << 13;       // "weeks"
inline constexpr Classes kSeason = 1ull << 14;      // value 1 (spring) to 4 (winter)
inline constexpr Classes kDayPart = 1ull << 15;     // value is a DayPart
inline constexpr Classes kClockWord = 1ull << 16;   // noon, midnight
inline constexpr Classes kAmPm = 1ull << 17;        // value 0 or 12
inline constexpr Classes kZone = 1ull << 18;        // UTC, EST
inline constexpr Classes kFew = 1ull << 19;         // several, few, many, some
inline constexpr Classes kEvery = 1ull << 20;       // every, each
inline constexpr Classes kFrequency = 1ull << 21;   // daily, weekly; value is a Unit
inline constexpr Classes kPart = 1ull << 22;        // early, mid, late; value is a Mod
inline constexpr Classes kHoliday = 1ull << 23;     // value is a Holiday
inline constexpr Classes kDecade =
    1ull << 24;  // 1990s, 90s, nineties; value is a decade, or its last digit
inline constexpr Classes kEdge = 1ull << 25;         // beginning, middle, end; value is a Mod
inline constexpr Classes kNearly = 1ull << 26;       // about, almost; value is a Mod
inline constexpr Classes kPossessive = 1ull << 27;   // 's
inline constexpr Classes kDash = 1ull << 28;         // - and the two long dashes
inline constexpr Classes kShift = 1ull << 29;        // last, next, this ...; value is a Shift
inline constexpr Classes kNumberWord = 1ull << 30;   // raw word of a number, before folding
inline constexpr Classes kPastVerb = 1ull << 31;     // said, was; cues of direction
inline constexpr Classes kFutureCue = 1ull << 32;    // will, planned, due
inline constexpr Classes kPlan = 1ull << 33;         // expected, scheduled, due: point ahead
inline constexpr Classes kPreposition = 1ull << 34;  // may stand before a year or a month
inline constexpr Classes kDeterminer = 1ull << 35;
inline constexpr Classes kAuxiliary = 1ull << 36;  // be, been, is, have: part of a verb group
inline constexpr Classes kBigNumber = 1ull << 37;  // hundred, thousand, million
inline constexpr Classes kMeasured =
    1ull << 38;  // people, dollars, miles: counted, so no year before it
inline constexpr Classes kPeriod = 1ull << 39;      // period, term, stretch
inline constexpr Classes kFourDigits = 1ull << 40;  // exactly four digits
inline constexpr Classes kPronoun = 1ull << 41;
inline constexpr Classes kFraction = 1ull << 42;     // not whole: its value is in thousandths
inline constexpr Classes kDeictic = 1ull << 43;      // today, yesterday; value is days from today
inline constexpr Classes kEra = 1ull << 44;          // BC, AD; value -1 or 1
inline constexpr Classes kPlanTo = 1ull << 45;       // agreed, about: point ahead only with "to"
inline constexpr Classes kClauseBreak = 1ull << 46;  // that, which, after, because ...
inline constexpr Classes kQuarterName = 1ull << 47;  // Q1 (1), H2 (12)
// What the first pass made of several tokens; the second pass joins these.
inline constexpr Classes kDayChunk = 1ull << 48;      // "March 3", "Friday", "yesterday"
inline constexpr Classes kMonthChunk = 1ull << 49;    // "March", "last month"
inline constexpr Classes kYearChunk = 1ull << 50;     // "1990", "last year", "fiscal 1990"
inline constexpr Classes kQuarterChunk = 1ull << 51;  // "the third quarter", "the first half"
inline constexpr Classes kSeasonChunk = 1ull << 52;
inline constexpr Classes kWeekChunk = 1ull << 53;  // also weekends
inline constexpr Classes kEraChunk = 1ull << 54;   // decades, centuries
inline constexpr Classes kDurationChunk = 1ull << 55;
inline constexpr Classes kClockChunk = 1ull << 56;  // "5 p.m.", "16:08 UTC"
inline constexpr Classes kPartChunk = 1ull << 57;   // "this morning", "Friday night"
inline constexpr Classes kVagueChunk = 1ull << 58;
inline constexpr Classes kSetChunk = 1ull << 59;
inline constexpr Classes kChunk = 0xFFFull << 48;
}  // namespace cls

enum class Unit : uint8_t {
  kNone,
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kHalf,
  kSeason,
  kYear,
  kDecade,
  kCentury,
  kMillennium,
};

// TIMEX3 `mod` (TimeML 1.2.1, section 2.2).
enum class Mod : uint8_t {
  kNone,
  kStart,
  kMid,
  kEnd,
  kApprox,
  kLessThan,
  kMoreThan,
  kEqualOrLess,
  kEqualOrMore,
  kBefore,
  kAfter,
  kOnOrBefore,
  kOnOrAfter,
};

enum class DayPart : uint8_t { kNone, kMorning, kMidday, kAfternoon, kEvening, kNight, kDaytime };

// Where a unit stands, seen from a reference: "last week", "that year".
enum class Shift : uint8_t {
  kNone,
  kThis,  // of the publication date
  kLast,
  kNext,
  kPast,  // "the past year": the stretch up to now
  kComing,
  kPrevious,  // of the mention before
  kFollowing,
  kSame,
  kThat,
};

using LexemeId = uint16_t;  // 0: not a word of the lexicon

struct Lexeme {
  Classes classes = 0;
  int32_t value = 0;
  bool abbreviation = false;   // a full stop behind it belongs to it: "Oct."
  bool needs_context = false;  // an everyday word too: "may", "march", "second"
};

// Row of a word table. `words` are separated by blanks; they share classes and value.
struct LexiconRow {
  const char* words;
  Classes classes;
  int32_t value;
  uint8_t flags;  // 1: abbreviation, 2: needs context
};

class Lexicon {
 public:
  Lexicon();

  // The id of a word in any case; 0 when it isn't known. Words over 16 bytes never are.
  LexemeId Find(std::string_view word) const { return Find(word, 0, word.size()); }
  // The same for the bytes [begin, end) of a text: what stands behind a word is read with it.
  LexemeId Find(std::string_view text, size_t begin, size_t end) const;

  const Lexeme& operator[](LexemeId id) const { return lexemes_[id]; }
  const std::string& Spelling(LexemeId id) const { return spellings_[id]; }
  size_t size() const { return lexemes_.size(); }

  // The id of a lower-case word, which is added when it is new.
  LexemeId Intern(std::string_view word);

 private:
  // A word of up to 16 bytes.
  struct Key {
    uint64_t low = 0;
    uint64_t high = 0;
  };
  void Insert(std::string_view word, LexemeId id);

  std::vector<Lexeme> lexemes_;
  std::vector<std::string> spellings_;
  std::vector<Key> keys_;           // by id
  std::vector<LexemeId> slots_;     // by hash
  std::vector<uint64_t> presence_;  // a bit set for every word
};

// Tables of lexicon_words.cc, ended by a row without words.
extern const LexiconRow kTimeWords[];
extern const LexiconRow kVerbWords[];

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_LEXICON_H_
