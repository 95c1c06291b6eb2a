// SPDX-License-Identifier: Apache-2.0
// See guards.h. "Before" and "after" look at single tokens, so every guard is cheap.
#include "guards.h"

#include <algorithm>
#include <initializer_list>

namespace verbatim::dates {
namespace {

const Token kNothing;

// As a word, or as what the first pass has made of it.
constexpr Classes kAnyYear = cls::kYear | cls::kYearChunk;
constexpr Classes kAnyMonth = cls::kMonth | cls::kMonthChunk;

const Token& Before(const Parsing& p, size_t i, size_t steps = 1) {
  if (i < steps) return kNothing;
  return p.tokens[i - steps];
}
const Token& After(const Parsing& p, const Match& m, size_t steps = 0) {
  const size_t i = m.end + steps;
  return i < p.tokens.size() ? p.tokens[i] : p.tokens.back();
}

bool WordIn(const Parsing& p, size_t i, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return p.IsWord(i, w); });
}
bool WordBeforeIn(const Parsing& p, size_t i, std::initializer_list<std::string_view> words) {
  return i > 0 && WordIn(p, i - 1, words);
}

size_t SlotToken(const Match& m, Classes slot) {
  const int32_t at = m.Slot(slot);
  return at < 0 ? m.begin : static_cast<size_t>(at);
}

bool EndsSentence(const Token& after) {
  return after.kind == TokenKind::kEnd || after.Has(kHardBreak) || after.mark == '.' ||
         after.mark == ',' || after.mark == ';' || after.mark == ')' || after.mark == ':' ||
         after.mark == '"' || after.mark == '?' || after.mark == '!' || after.mark == '-' ||
         after.mark == ']' || after.mark == '\'';
}

bool LowerWord(const Token& t) { return t.kind == TokenKind::kWord && !t.Has(kCapital); }

// Written wholly in capitals all around, so that a capital says nothing.
bool Shouted(const Parsing& p, size_t i) {
  return p.tokens[i].Has(kAllCapitals) &&
         ((i > 0 && p.tokens[i - 1].Has(kAllCapitals)) ||
          (i + 1 < p.tokens.size() && p.tokens[i + 1].Has(kAllCapitals)));
}

bool IsCurrency(const Token& t) { return t.mark == '$' || t.mark == '#'; }

}  // namespace

bool MonthIsName(const Parsing& p, const Match& m) {
  const Token& month = p.tokens[SlotToken(m, cls::kMonth)];
  return month.Has(kCapital) || !p.lexicon[month.lexeme].needs_context;
}

bool MonthHasDay(const Parsing& p, const Match& m) {
  if (!MonthIsName(p, m)) return false;
  const Token& after = After(p, m);
  if (after.Has(kHardBreak)) return true;
  if (after.mark == '%' || (after.Is(cls::kMeasured) && !after.Has(kCapital))) return false;
  if (after.mark == ':' && after.Has(kGlued) && After(p, m, 1).Has(kGlued)) return false;
  // The day is the last number and no part of a longer one.
  const Token& last = p.tokens[m.end - 1];
  if (after.kind == TokenKind::kWord && after.Has(kGlued) && last.kind == TokenKind::kNumber)
    return false;
  if (p.tokens[m.begin].kind == TokenKind::kNumber) {
    const Token& before = Before(p, m.begin);
    if (p.tokens[m.begin].Has(kGlued) && before.kind != TokenKind::kMark) return false;
    if (IsCurrency(before)) return false;
  }
  return true;
}

bool LoneMonth(const Parsing& p, const Match& m) {
  const Token& month = p.tokens[m.begin];
  if (!month.Has(kCapital)) return false;
  const Token& before = Before(p, m.begin);
  const Token& after = After(p, m);
  // "August-September 1914"
  if (after.Is(cls::kDash) && After(p, m, 1).Is(cls::kMonth) && After(p, m, 1).Has(kCapital))
    return true;
  // A number that made no day with it: "February 30", "the 31st of June".
  if (after.Is(cls::kDay | cls::kDayOrdinal) && !after.Has(kHardBreak) &&
      !After(p, m, 1).Is(cls::kMeasured) && EndsSentence(After(p, m, 1))) {
    return false;
  }
  if (before.Is(cls::kDayOrdinal) ||
      (WordBeforeIn(p, m.begin, {"of"}) && Before(p, m.begin, 2).Is(cls::kDayOrdinal))) {
    return false;
  }
  if (!p.lexicon[month.lexeme].needs_context) {
    return after.mark != '\'' &&
           !(after.Is(cls::kDash) && after.Has(kGlued) && After(p, m, 1).Has(kCapital));
  }
  if (Shouted(p, m.begin)) return false;
  // A capital in the middle of a sentence, and time before or behind it.
  if (month.Has(kSentence)) return false;
  if (before.Has(kCapital) && !before.Has(kSentence) && before.kind == TokenKind::kWord &&
      !before.Is(cls::kPart) && !before.Is(cls::kShift)) {
    return false;
  }
  if (before.Is(cls::kShift | cls::kPart | cls::kEdge)) return true;
  if (before.Is(cls::kPreposition)) {
    // "by April Jones", "for May said": a person.
    if (after.Has(kCapital) && after.kind == TokenKind::kWord && !after.Has(kHardBreak))
      return false;
    return !WordBeforeIn(p, m.begin, {"and", "but"}) || Before(p, m.begin, 2).Is(kAnyMonth);
  }
  // "a June deal", "this May"
  if (before.Is(cls::kDeterminer) && !p.IsWord(m.begin, "may") && !p.IsWord(m.begin, "march"))
    return LowerWord(after);
  return before.Is(cls::kDash) && before.Has(kGlued);
}

bool LoneYear(const Parsing& p, const Match& m) {
  const Token& year = p.tokens[m.begin];
  const Token& before = Before(p, m.begin);
  const Token& after = After(p, m);
  if (year.Has(kSpelled)) {
    // "two thousand" is a number unless something makes it a year; "nineteen ninety-six" is one.
    return !year.Is(cls::kNumber) ||
           WordBeforeIn(p, m.begin, {"in", "year", "since", "by", "until"});
  }
  if (after.kind == TokenKind::kWord && after.Has(kGlued)) return false;
  if (IsCurrency(before) || after.mark == '%' || (after.mark == '/' && after.Has(kGlued)))
    return false;
  if (year.Has(kGlued) && before.kind != TokenKind::kMark) return false;
  if (year.Has(kGlued) &&
      (before.mark == '.' || before.mark == ',' || before.mark == ':' || before.mark == '@' ||
       before.mark == '=' || before.mark == '&' || before.mark == '_' || before.mark == '+')) {
    return false;
  }
  if (year.Has(kGlued) && before.mark == '/' && !Before(p, m.begin, 2).Is(kAnyYear)) return false;
  if (year.Has(kGlued) && before.Is(cls::kDash) && before.Has(kGlued) &&
      !Before(p, m.begin, 2).Is(kAnyYear) && !Before(p, m.begin, 2).Is(cls::kPart)) {
    return false;
  }
  const bool after_counts =
      !after.Has(kHardBreak) &&
      after.Is(cls::kMeasured | cls::kUnit | cls::kUnits | cls::kZone | cls::kBigNumber);
  const bool quarter =
      after.Is(cls::kOrdinal) && (p.IsWord(m.end + 1, "quarter") || p.IsWord(m.end + 1, "half"));
  if (after_counts && !after.Has(kCapital) && !quarter) return false;
  if (after.Is(cls::kDash) && after.Has(kGlued) && After(p, m, 1).Has(kGlued) &&
      !After(p, m, 1).Is(cls::kYear | cls::kTwoDigits | cls::kDash) &&
      after.end - after.begin == 1) {
    // "1990-built" is a year, "1900-seat" is not.
    return WordBeforeIn(p, m.begin, {"in", "since", "the", "a"}) && year.value >= 1900 &&
           year.value < 2050;
  }
  if (before.Is(cls::kPreposition | cls::kPart | cls::kNearly)) {
    if (WordBeforeIn(p, m.begin,
                     {"of", "about", "around", "at", "to", "than", "and", "for", "but", "on"})) {
      return year.value >= 1800 && year.value < 2100 && !IsCurrency(after);
    }
    return true;
  }
  if (WordBeforeIn(p, m.begin, {"year", "years", "or", "annually", "date", "due", "both", "into"}))
    return true;
  if (before.mark == '(' || before.mark == '[') {
    return after.mark == ')' || after.mark == ']' || after.Is(cls::kDash) || after.mark == ',' ||
           after.mark == ';';
  }
  const bool recent = year.value >= 1800 && year.value < 2100;
  if (!recent) return false;
  if (before.Is(cls::kDash) && Before(p, m.begin, 2).Is(kAnyYear)) return true;
  if (before.Is(cls::kDeterminer | cls::kPossessive | cls::kShift))
    return LowerWord(after) || after.Has(kCapital);
  if (before.mark == ',' &&
      Before(p, m.begin, 2).Is(kAnyMonth | kAnyYear | cls::kSeason | cls::kSeasonChunk))
    return true;
  // A sentence that begins with a year goes on with a verb or a comma: "1990 was", "2004, he".
  if (year.Has(kSentence))
    return after.mark == ',' || after.Is(cls::kPastVerb | cls::kAuxiliary | cls::kFutureCue);
  // After a lower-case word it is a year when the clause ends there or goes on with one: "its
  // landmark 1994 study", "the summer 1994". After a name it is part of the name.
  if (LowerWord(before) && !before.Is(cls::kAuxiliary | cls::kPastVerb)) {
    return EndsSentence(after)
               ? before.Is(cls::kSeason | cls::kPeriod) || p.IsWord(m.begin - 1, "early")
               : LowerWord(after) && !after.Is(cls::kPreposition);
  }
  return false;
}

bool WeekdayIsName(const Parsing& p, const Match& m) {
  const size_t i = SlotToken(m, m.Slot(cls::kWeekday) >= 0 ? cls::kWeekday : cls::kWeekdays);
  const Token& weekday = p.tokens[i];
  if (!weekday.Has(kCapital)) return false;
  if (p.lexicon[weekday.lexeme].needs_context) {
    // "Sun", "Sat": only with the full stop, or before a date.
    return weekday.end > weekday.begin && p.text[weekday.end - 1] == '.';
  }
  const Token& before = Before(p, m.begin);
  // "Ruby Tuesday", "Black Friday": a name; "Late Friday", "On Friday": not.
  if (before.Has(kCapital) && before.kind == TokenKind::kWord &&
      !p.tokens[m.begin].Has(kHardBreak) && !before.Has(kAllCapitals)) {
    return before.Has(kSentence) || before.lexeme != 0 ||
           !WordBeforeIn(p, m.begin, {"black", "good", "ruby"});
  }
  return true;
}

bool LoneSeason(const Parsing& p, const Match& m) {
  const size_t i = SlotToken(m, cls::kSeason);
  if (m.Slot(cls::kShift) >= 0) {
    const Token& after = After(p, m);
    // "this fall in prices", "last fall from grace".
    return !(p.IsWord(i, "fall") &&
             (p.IsWord(m.end, "from") || p.IsWord(m.end, "in") ||
              (p.IsWord(m.end, "of") && !After(p, m, 1).Is(cls::kYear)) || after.mark == '%'));
  }
  if (m.Slot(cls::kYear) >= 0) {
    return !p.IsWord(i, "fall") || p.IsWord(m.begin, "the") ||
           Before(p, m.begin).Is(cls::kPreposition | cls::kPart);
  }
  if (After(p, m).Is(cls::kDash) && After(p, m).Has(kGlued)) return false;
  const bool season_only = p.IsWord(i, "summer") || p.IsWord(i, "winter") ||
                           p.IsWord(i, "autumn") || p.IsWord(i, "spring");
  const size_t start = m.begin;
  const bool plain_preposition =
      WordBeforeIn(p, start,
                   {"in", "by", "since", "until", "during", "early", "late", "mid", "of", "before",
                    "after", "through", "throughout"});
  if (!plain_preposition) return false;
  if (!season_only)
    return p.IsWord(m.begin, "the") &&
           WordBeforeIn(p, start, {"in", "by", "during", "until", "into", "over"}) &&
           !p.IsWord(m.end, "of");
  if (p.IsWord(i, "spring") && !EndsSentence(After(p, m)) &&
      !After(p, m).Is(cls::kPreposition | cls::kAuxiliary)) {
    return false;
  }
  return true;
}

bool FreeDuration(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  // "about three-quarters of its food": a fraction.
  const bool quarters = p.IsWord(m.end - 1, "quarters") || p.IsWord(m.end - 1, "quarter");
  if (quarters &&
      (p.tokens[m.end - 2].Is(cls::kDash) || p.IsWord(m.end, "of") || p.IsWord(m.begin, "a"))) {
    if (!p.IsWord(m.end, "ago") && !p.IsWord(m.end, "earlier")) return false;
  }
  if (p.IsWord(m.begin, "that")) return false;
  const Token& before = Before(p, m.begin);
  if (IsCurrency(before)) return false;
  if (p.tokens[m.begin].Has(kGlued) && before.kind != TokenKind::kMark) return false;
  if (p.tokens[m.begin].Has(kGlued) &&
      (before.mark == '.' || before.mark == ':' || before.mark == '/'))
    return false;
  const bool years = m.Slot(cls::kUnit) >= 0
                         ? p.tokens[SlotToken(m, cls::kUnit)].value == static_cast<int>(Unit::kYear)
                         : m.Slot(cls::kUnits) >= 0 && p.tokens[SlotToken(m, cls::kUnits)].value ==
                                                           static_cast<int>(Unit::kYear);
  // Ages are no durations of anything told: "37 years old", "a 52-year-old".
  if (p.IsWord(m.end, "old") && years) return false;
  if (after.Is(cls::kDash) && p.IsWord(m.end + 1, "old") && years) return false;
  if (p.IsWord(m.end, "of") && p.IsWord(m.end + 1, "age")) return false;
  if (after.mark == '/' && after.Has(kGlued)) return false;
  // "the 1988 second quarter": an ordinal, not a unit, unless there is one of it.
  return !p.tokens[m.end - 1].Is(cls::kOrdinal) ||
         (m.Slot(cls::kNumber) >= 0 && p.tokens[SlotToken(m, cls::kNumber)].value == 1);
}

bool NoAge(const Parsing& p, const Match& m) {
  return p.tokens[SlotToken(m, cls::kUnit)].value != static_cast<int>(Unit::kYear) &&
         FreeDuration(p, m);
}

bool EraInCapitals(const Parsing& p, const Match& m) {
  const Token& era = p.tokens[SlotToken(m, cls::kEra)];
  return era.lexeme == 0 || era.Has(kAllCapitals);
}

bool BareUnits(const Parsing& p, const Match& m) {
  const Token& units = p.tokens[m.end - 1];
  const auto unit = static_cast<Unit>(units.value);
  if (p.IsWord(m.end, "of") && p.IsWord(m.end + 1, "age")) return false;
  if (Before(p, m.begin).Is(cls::kDash | cls::kNumber | cls::kMonth | cls::kOrdinal)) return false;
  if (unit == Unit::kQuarter) return false;
  if (WordBeforeIn(
          p, m.begin,
          {"for", "in", "after", "over", "within", "through", "by", "take", "takes", "taken",
           "took", "last", "lasted", "spent", "spend", "since", "of", "or", "only"})) {
    return true;
  }
  return WordIn(p, m.end, {"ago", "later", "earlier", "after", "before", "of", "to", "or"});
}

bool OneUnit(const Parsing& p, const Match& m) {
  if (!FreeDuration(p, m)) return false;
  if (IsRate(p, m)) return false;
  const Token& after = After(p, m);
  if (after.Is(cls::kDash) && after.Has(kGlued) && After(p, m, 1).Has(kGlued)) return false;
  // "four flights a week"
  if (m.end - m.begin == 2 && m.begin >= 2 && Before(p, m.begin, 2).Is(cls::kNumber) &&
      Before(p, m.begin).kind == TokenKind::kWord &&
      !WordIn(p, m.end, {"ago", "earlier", "later"})) {
    return false;
  }
  // "a day trip", "a year book": part of a longer noun. "a week ago", "a day after" go on.
  if (LowerWord(after) && !after.Has(kHardBreak) && after.lexeme == 0) return false;
  return true;
}

bool IsRate(const Parsing& p, const Match& m) {
  const Token& before = Before(p, m.begin);
  if (before.Is(cls::kNumber | cls::kBigNumber | cls::kMeasured) || before.mark == '%' ||
      WordBeforeIn(p, m.begin, {"times", "once", "twice", "percent", "cents", "rate"})) {
    return !WordIn(p, m.end, {"ago", "earlier", "later", "before", "after", "from"});
  }
  return false;
}

bool TheUnit(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  const Token& before = Before(p, m.begin);
  if (after.Is(cls::kPossessive)) return false;
  const bool day = p.IsWord(m.end - 1, "day");
  const bool year = p.IsWord(m.end - 1, "year");
  if (WordIn(p, m.end, {"of", "when", "that", "after", "before", "since"})) return false;
  if (LowerWord(after) && after.lexeme == 0 && !EndsSentence(after)) return false;
  const bool prepositional =
      WordBeforeIn(p, m.begin,
                   {"for", "of", "during", "in", "on", "over", "through", "by", "throughout",
                    "earlier", "later", "until", "within"});
  if (day)
    return WordBeforeIn(
        p, m.begin,
        {"on", "of", "during", "for", "in", "earlier", "later", "throughout", "end", "finish",
         "finished", "close", "start", "begin", "began", "ended", "ending", "closed"});
  if (year) return prepositional || before.mark == ',';
  return prepositional;
}

bool TheQuarter(const Parsing& p, const Match& m) {
  // "three quarters of", "last year-end", "this week-long": part of something else.
  if (p.IsWord(m.end, "of") && p.IsWord(m.end - 1, "quarter") && m.Slot(cls::kShift) < 0)
    return false;
  const bool dash = After(p, m).Is(cls::kDash) && After(p, m).Has(kGlued);
  if (dash &&
      WordIn(p, m.end + 1, {"end", "ago", "earlier", "long", "old", "on", "over", "to", "round"})) {
    return false;
  }
  // "This Week", "Next Year": a title.
  const Token& unit = p.tokens[m.end - 1];
  return !unit.Has(kCapital) || unit.Has(kAllCapitals) || p.tokens[m.begin].Has(kHardBreak);
}

bool ShortDecade(const Parsing& p, const Match& m) {
  const Token& decade = p.tokens[SlotToken(m, cls::kDecade)];
  if (decade.value >= 100) return true;
  const size_t i = SlotToken(m, cls::kDecade);
  // "in his 90s" is an age.
  if (decade.kind == TokenKind::kWord) {
    return WordIn(p, m.begin, {"the"}) || WordBeforeIn(p, i, {"late", "early", "mid"}) ||
           Before(p, i).Is(cls::kDash);
  }
  if (WordBeforeIn(p, m.begin, {"his", "her", "their", "my", "our"})) return false;
  return p.tokens[m.begin].mark == '\'' ||
         p.tokens[m.begin + (m.end - m.begin > 1 ? 1 : 0)].mark == '\'' ||
         WordIn(p, m.begin, {"the"});
}

bool AccountingQuarter(const Parsing& p, const Match& m) {
  if (m.Slot(cls::kYear) >= 0) return true;
  if (p.IsWord(m.end, "of") && p.IsWord(m.end + 1, "the") &&
      WordIn(p, m.end + 2, {"game", "match", "season"})) {
    return false;
  }
  return !WordIn(p, m.end, {"final", "finals", "touchdown", "mile", "moon"});
}

bool IsClock(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  const Token& before = Before(p, m.begin);
  if (p.tokens[m.begin].Has(kGlued) &&
      (before.kind != TokenKind::kMark || before.mark == ':' || before.mark == '.' ||
       before.mark == '/' || before.Is(cls::kDash))) {
    return false;
  }
  if (IsCurrency(before)) return false;
  if (after.kind == TokenKind::kWord && after.Has(kGlued)) return false;
  if (m.Slot(cls::kAmPm) >= 0) {
    // "am" and "pm" without dots after a bare hour: "5 pm", not "I, 5 am".
    return true;
  }
  if (m.Slot(cls::kZone) >= 0 || m.Slot(cls::kFourDigits) >= 0) return true;
  if (p.IsWord(m.end - 1, "clock") || m.Slot(cls::kDayPart) >= 0) return true;
  if (after.mark == ':' && after.Has(kGlued)) return false;
  return WordBeforeIn(
      p, m.begin,
      {"at", "until", "by", "from", "before", "after", "around", "about", "since", "till", "to"});
}

bool NoonOrMidnight(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  if (after.Is(cls::kWeekday) && after.Has(kCapital)) return true;
  if (after.Is(cls::kDeictic | cls::kDayChunk)) return true;
  return WordBeforeIn(p, m.begin,
                      {"at", "by", "until", "after", "before", "from", "to", "around", "about",
                       "of", "since", "till", "past"});
}

bool LonePartOfDay(const Parsing& p, const Match& m) {
  if (!WordBeforeIn(
          p, m.begin,
          {"in", "during", "of", "through", "for", "by", "until", "all", "late", "early", "at"})) {
    return false;
  }
  const Token& after = After(p, m);
  if (p.IsWord(m.end, "of") || after.Is(cls::kDash) || after.Is(cls::kPossessive)) return false;
  return EndsSentence(after) || after.lexeme != 0;
}

bool FreeWord(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  const Token& before = Before(p, m.begin);
  if (after.Is(cls::kDash) && after.Has(kGlued)) return false;
  if (before.Is(cls::kDash) && p.tokens[m.begin].Has(kGlued)) return false;
  // A capital in the middle of a sentence makes it a name: "the NOW movement".
  return !(p.tokens[m.begin].Has(kCapital) && !p.tokens[m.begin].Has(kSentence));
}

bool SoonAlone(const Parsing& p, const Match& m) {
  return FreeWord(p, m) && !WordIn(p, m.end, {"as", "after", "became", "followed"}) &&
         !WordBeforeIn(p, m.begin, {"as", "so", "too", "how"});
}

bool InThePast(const Parsing& p, const Match& m) {
  return WordBeforeIn(p, m.begin, {"in", "from", "of"}) &&
         !After(p, m).Is(cls::kUnit | cls::kUnits | cls::kNumber | cls::kFew);
}

bool YearEnded(const Parsing& p, const Match& m) {
  return WordIn(p, m.end, {"ended", "ending", "to"}) &&
         (After(p, m, 1).Is(cls::kMonth | cls::kDeictic | cls::kWeekday) ||
          WordIn(p, m.end, {"ended", "ending"}));
}

bool DayOrdinalIsDay(const Parsing& p, const Match& m) {
  if (!WeekdayIsName(p, m)) return false;
  return p.tokens[m.end - 1].kind == TokenKind::kNumber || EndsSentence(After(p, m));
}

bool HundredUnits(const Parsing& p, const Match& m) {
  const Token& number = p.tokens[SlotToken(m, cls::kNumber)];
  return number.Has(kSpelled) && number.value >= 12 && FreeDuration(p, m);
}

bool LoneEarlier(const Parsing& p, const Match& m) {
  if (!FreeWord(p, m)) return false;
  const Token& before = Before(p, m.begin);
  const Token& after = After(p, m);
  if (p.IsWord(m.end, "than")) return false;
  if (before.Is(cls::kUnit | cls::kUnits | cls::kChunk | cls::kDash)) return false;
  if (after.Is(cls::kChunk | cls::kShift | cls::kUnit | cls::kWeekday | cls::kDeictic |
               cls::kMonth))
    return false;
  const bool opens = p.tokens[m.begin].Has(kSentence) && after.mark == ',';
  return opens || EndsSentence(after);
}

bool DayOfMonthAlone(const Parsing& p, const Match& m) {
  if (!WordBeforeIn(p, m.begin, {"on", "until", "since", "by"})) return false;
  const Token& after = After(p, m);
  const Token& day = p.tokens[m.end - 1];
  if (day.kind != TokenKind::kNumber) return false;
  return EndsSentence(after) ||
         (after.lexeme != 0 && !after.Is(cls::kUnit | cls::kUnits | cls::kDayPart));
}

bool NamedAfterShift(const Parsing& p, const Match& m) {
  return p.tokens[SlotToken(m, cls::kMonth)].Has(kCapital);
}

bool Frequency(const Parsing& p, const Match& m) {
  const Token& word = p.tokens[m.begin];
  // "Daily News", "the Weekly Standard": a title.
  if (word.Has(kCapital) && (!word.Has(kSentence) || After(p, m).Has(kCapital))) return false;
  // "a quarterly dividend", "20% annually": how often accounts are made, no time that is told of.
  if (p.IsWord(m.begin, "quarterly")) return false;
  const Token& before = Before(p, m.begin);
  if (p.IsWord(m.begin, "annually") &&
      (before.mark == '%' || before.Is(cls::kMeasured | cls::kNumber | cls::kBigNumber))) {
    return false;
  }
  return !(After(p, m).Is(cls::kDash) && After(p, m).Has(kGlued));
}

bool Unmodified(const Parsing& p, const Match& m) {
  for (size_t i = m.begin; i < m.end; i += p.tokens[i].width) {
    if (p.tokens[i].Is(cls::kChunk)) {
      return p.expressions[static_cast<size_t>(p.tokens[i].value)].mod == Mod::kNone;
    }
  }
  return false;
}

bool AboutThen(const Parsing& p, const Match& m) {
  if (!Unmodified(p, m)) return false;
  const Expression& e = p.expressions[static_cast<size_t>(p.tokens[m.begin + 1].value)];
  return e.weekday == kUnset || e.day != kUnset || e.hour != kUnset;
}

bool OverLength(const Parsing& p, const Match& m) {
  if (!Before(p, m.begin).Is(cls::kAuxiliary | cls::kPastVerb) &&
      !WordBeforeIn(p, m.begin,
                    {"for", "after", "in", "takes", "lasted", "just", "well", "with"})) {
    return false;
  }
  const Token& chunk = p.tokens[m.begin + 1];
  const Expression& e = p.expressions[static_cast<size_t>(chunk.value)];
  const std::string_view text = p.text.substr(chunk.begin, chunk.end - chunk.begin);
  return e.shift == Shift::kNone && e.mod == Mod::kNone && text.substr(0, 4) != "the " &&
         std::string_view(e.rule) != "period-of-units";
}

}  // namespace verbatim::dates
