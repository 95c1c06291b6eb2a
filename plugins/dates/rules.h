// SPDX-License-Identifier: Apache-2.0
// The rules: one row says which tokens make an expression, what is built from them, what must hold
// around them, and shows examples that a test runs. Pass one works on words, pass two on what pass
// one found.
#ifndef VERBATIM_PLUGINS_DATES_RULES_H_
#define VERBATIM_PLUGINS_DATES_RULES_H_

#include <string_view>
#include <vector>

#include "expression.h"
#include "pattern.h"
#include "tokens.h"

namespace verbatim::dates {

// The state of one parse: tokens, and the expressions that chunks among them stand for.
struct Parsing {
  std::string_view text;
  const Lexicon& lexicon;
  std::vector<Token> tokens;
  std::vector<Expression> expressions;

  std::string_view Spelling(size_t token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }
  // Is this token that word, in any case? False beyond the end.
  bool IsWord(size_t token, std::string_view lower_case) const;
};

// Arguments of Action::kNumericDate. Month first gives way where the first number is no month.
enum class NumberOrder { kYearFirst, kMonthFirst, kDayFirst };

// Arguments of Action::kDayPart: the day whose part it is; kShiftedDay: as the shift's slot says,
// seen from the mention.
enum class PartOf { kToday, kYesterday, kDayOfMention, kDayBefore, kShiftedDay };

// Arguments of Action::kAgo: where a length is counted from, and which way.
enum class CountFrom { kBeforePublication, kAfterPublication, kBeforeMention, kAfterMention };

// What is built from a match. `argument` of the rule refines it.
enum class Action : uint8_t {
  // Pass one.
  kCalendar,     // the fields that the slots name
  kNumericDate,  // three numbers; argument: a NumberOrder
  kEra,          // decade or century
  kNthOfMonth,   // "the last week of March"
  kShiftUnit,    // "last week": the unit's slot and the shift's; argument: a Shift where none has a
                 // slot
  kDeictic,      // argument: days from today
  kHoliday,      // argument: a Holiday, unless the slot says
  kContext,      // argument: a Context
  kDuration,
  kSet,    // argument: a Unit, unless the slot says
  kVague,  // argument: a Vague
  kClock,
  kDayPart,  // argument: a PartOf
  // Pass two.
  kJoin,         // the second chunk's fields fill the first's
  kJoinPart,     // a day and a part of it
  kModify,       // a chunk with a Mod: argument, unless a slot says
  kPartOfEra,    // "the first half of the 14th century"
  kEdgeOf,       // "the end of ..."
  kAgo,          // a duration away from something; argument: a CountFrom
  kSumDuration,  // "an hour and ten minutes"
  kDayOfWeek,    // "Friday next week"
  kFromChunk,    // "two days from Friday": the duration moves the day; argument: sign
  kDayOfMonth,   // "the 12th of that month"
  kExtend,       // the chunk as it is, over more words
};

using Guard = bool (*)(const Parsing& parsing, const Match& match);

struct Rule {
  const char* id;
  const char* pattern;
  Action action;
  int argument;
  Guard guard;  // null: none
  // The first two must hold the bracketed expression with this rule and value (published
  // 2015-06-17, a Wednesday); the last must hold no expression with this rule.
  const char* yes;
  const char* yes_too;
  const char* no;
};

struct RuleTable {
  const Rule* rows;
  size_t size;
};

// The tables of each pass, in order of precedence among matches of equal length.
std::vector<RuleTable> FirstPassTables();
std::vector<RuleTable> SecondPassTables();

// Compiled once, on first use; never changes after that.
struct Grammar {
  Lexicon lexicon;
  std::vector<const Rule*> first_rules;
  std::vector<const Rule*> second_rules;
  PatternSet first;
  PatternSet second;
};
const Grammar& TheGrammar();

// Identifies the rule set: changes when any row does. 16 hex digits.
const std::string& RuleSetVersion();

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_RULES_H_
