// SPDX-License-Identifier: Apache-2.0
// Guards of names and numbers of the calendar: see guards.h.
#include "guard_context.h"
#include "guards.h"

namespace verbatim::dates {

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
  // "in January the first thaw came"
  if (last.kind == TokenKind::kWord && last.Is(cls::kDayOrdinal) && LowerWord(after) &&
      after.lexeme == 0) {
    return false;
  }
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
  // "the July Crisis", "the October Revolution": names.
  if (WordBeforeIn(p, m.begin, {"the"}) && after.Has(kCapital) &&
      WordIn(p, m.end,
             {"revolution", "crisis", "uprising", "rising", "rebellion", "revolt", "coup", "putsch",
              "war", "theses", "manifesto"})) {
    return false;
  }
  if (!p.lexicon[month.lexeme].needs_context) {
    return (after.mark != '\'' || after.Is(cls::kPossessive)) &&
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

namespace {

// Digits of a price, a decimal, a path or a name: "$1990", "3.1994", "/1994/", "Route-1994".
bool IsPartOfMore(const Parsing& p, const Match& m) {
  const Token& year = p.tokens[m.begin];
  const Token& before = Before(p, m.begin);
  const Token& after = After(p, m);
  if (after.kind == TokenKind::kWord && after.Has(kGlued)) return true;
  if (IsCurrency(before) || after.mark == '%' || (after.mark == '/' && after.Has(kGlued)))
    return true;
  if (year.Has(kGlued) && before.kind != TokenKind::kMark) return true;
  if (year.Has(kGlued) &&
      (before.mark == '.' || before.mark == ',' || before.mark == ':' || before.mark == '@' ||
       before.mark == '=' || before.mark == '&' || before.mark == '_' || before.mark == '+')) {
    return true;
  }
  if (year.Has(kGlued) && before.mark == '/' && !Before(p, m.begin, 2).Is(kAnyYear)) return true;
  if (year.Has(kGlued) && before.Is(cls::kDash) && before.Has(kGlued) &&
      !Before(p, m.begin, 2).Is(kAnyYear) && !Before(p, m.begin, 2).Is(cls::kPart)) {
    return true;
  }
  return false;
}

}  // namespace

namespace {

// The second of two years: "between 1702 and 1714", "1618-1648", "in 1702 or 1703", and one in the
// middle of a list: "in 1066, 1087 and 1100".
bool FollowsYear(const Parsing& p, const Match& m) {
  if (m.begin < 2 || !Before(p, m.begin, 2).Is(kAnyYear)) return false;
  const Token& before = Before(p, m.begin);
  const bool goes_on = After(p, m).mark == ',' || WordIn(p, m.end, {"and", "or"});
  return before.Is(cls::kDash) || (before.mark == ',' && goes_on) ||
         WordIn(p, m.begin - 1, {"and", "to", "or", "until"});
}

// "it ran 2003-2007", "the Long War, 1593 to 1606"
bool OpensYears(const Parsing& p, const Match& m) {
  const Token& end = After(p, m, 1);
  const Token& before = Before(p, m.begin);
  if (before.mark == ',' && p.IsWord(m.end, "to") && end.Is(cls::kYear) &&
      end.kind == TokenKind::kNumber && end.value > p.tokens[m.begin].value) {
    return true;
  }
  if (!After(p, m).Is(cls::kDash) || !After(p, m).Has(kGlued) || !end.Has(kGlued) ||
      p.tokens[m.begin].Has(kGlued)) {
    return false;
  }
  // "the 1914-18 war"
  const bool short_end = before.Is(cls::kDeterminer) && end.Is(cls::kTwoDigits) &&
                         end.value > p.tokens[m.begin].value % 100 && LowerWord(After(p, m, 2));
  return short_end || (end.Is(cls::kYear) && end.value > p.tokens[m.begin].value);
}

// A year before 1800 is as often a count: "a force of 1200 men". It is a year at the end of a
// clause, or before the verb: "around 1150.", "the treaty of 1648 ended".
bool EarlyYearAlone(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  if (WordBeforeIn(p, m.begin, {"about", "around"})) return EndsSentence(after);
  if (!WordBeforeIn(p, m.begin, {"of"})) return false;
  if (WordBeforeIn(p, m.begin - 1,
                   {"army", "force", "forces", "garrison", "total", "crew", "crowd", "group",
                    "population", "fleet", "altitude", "height"})) {
    return false;
  }
  const std::string_view word = p.Spelling(std::min(m.end, p.tokens.size() - 1));
  return EndsSentence(after) || after.Is(cls::kPastVerb | cls::kAuxiliary | cls::kPreposition) ||
         (LowerWord(after) && word.size() > 3 && word.substr(word.size() - 2) == "ed");
}

}  // namespace

bool LoneYear(const Parsing& p, const Match& m) {
  const Token& year = p.tokens[m.begin];
  const Token& before = Before(p, m.begin);
  const Token& after = After(p, m);
  if (year.Has(kSpelled)) {
    // "two thousand" is a number unless something makes it a year; "nineteen ninety-six" is one.
    return !year.Is(cls::kNumber) ||
           WordBeforeIn(p, m.begin, {"in", "year", "since", "by", "until"});
  }
  if (IsPartOfMore(p, m)) return false;
  if (before.Is(cls::kDash) && Before(p, m.begin, 2).Is(cls::kPart)) return true;  // "mid-1996"
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
  if (FollowsYear(p, m) || OpensYears(p, m)) return true;
  if (before.mark == '.' && m.begin >= 2 && WordIn(p, m.begin - 2, {"c", "ca"})) return true;
  if (before.Is(cls::kPreposition | cls::kPart | cls::kNearly)) {
    if (WordBeforeIn(p, m.begin,
                     {"of", "about", "around", "at", "to", "than", "and", "for", "but", "on"})) {
      if (year.value < 1800) return EarlyYearAlone(p, m);
      return year.value < 2100 && !IsCurrency(after);
    }
    return true;
  }
  // "as early as 1937"
  if (WordBeforeIn(p, m.begin, {"as"}) && Before(p, m.begin, 2).Is(cls::kPart)) return true;
  if (WordBeforeIn(p, m.begin, {"year", "years", "or", "annually", "date", "due", "both", "into"}))
    return true;
  if (before.mark == '(' || before.mark == '[') {
    return after.mark == ')' || after.mark == ']' || after.Is(cls::kDash) || after.mark == ',' ||
           after.mark == ';';
  }
  const bool recent = year.value >= 1800 && year.value < 2100;
  // "the 1683 siege", but "the 1200 riders".
  if (!recent && year.value < 1800 && WordBeforeIn(p, m.begin, {"the"}) && LowerWord(after))
    return after.lexeme == 0 && p.Spelling(m.end).back() != 's';
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
                    "after", "through", "throughout", "over", "into", "between", "from"});
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

bool WinterOfTwoYears(const Parsing& p, const Match& m) {
  const Token& year = p.tokens[SlotToken(m, cls::kYear)];
  return p.tokens[m.end - 1].value == (year.value + 1) % 100;
}

bool SeasonOfTwoYears(const Parsing& p, const Match& m) {
  const Token& before = Before(p, m.begin);
  const Token& after = After(p, m);
  if (!WinterOfTwoYears(p, m) || p.tokens[m.begin].Has(kSpelled) || IsCurrency(before))
    return false;
  if (p.tokens[m.begin].Has(kGlued) && before.mark != '(') return false;
  // A longer row of numbers, or a count.
  if (after.Has(kGlued) &&
      (after.Is(cls::kDash) || after.mark == '/' || after.kind != TokenKind::kMark)) {
    return false;
  }
  if (after.mark == '%' || after.Is(cls::kMeasured)) return false;
  // "in 1941-42" are two years, "the 1941-42 season" is one thing.
  if (p.tokens[m.begin + 1].mark == '/') return true;
  return before.Is(cls::kDeterminer | cls::kPossessive) &&
         (LowerWord(after) || after.Has(kCapital));
}

bool AbbreviatedFiscalYear(const Parsing& p, const Match& m) {
  return p.tokens[m.begin].Has(kAllCapitals);
}

bool EraInCapitals(const Parsing& p, const Match& m) {
  const Token& era = p.tokens[SlotToken(m, cls::kEra)];
  return era.lexeme == 0 || era.Has(kAllCapitals);
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

bool QuartersOfList(const Parsing& p, const Match& m) {
  return WordBeforeIn(p, m.begin, {"and", "or", "to", "through"}) &&
         Before(p, m.begin, 2).Is(cls::kOrdinal);
}

bool AccountingQuarter(const Parsing& p, const Match& m) {
  if (m.Slot(cls::kYear) >= 0) return true;
  // "the first half hour"; "the last half" only of something.
  if (p.IsWord(m.end - 1, "half")) {
    if (After(p, m).Is(cls::kUnit)) return false;
    if (m.Slot(cls::kOrdinal) < 0 && !p.IsWord(m.end, "of")) return false;
  }
  if (p.IsWord(m.end, "of") && p.IsWord(m.end + 1, "the") &&
      WordIn(p, m.end + 2, {"game", "match", "season"})) {
    return false;
  }
  return !WordIn(p, m.end, {"final", "finals", "touchdown", "mile", "moon"});
}

bool DayOrdinalIsDay(const Parsing& p, const Match& m) {
  if (!WeekdayIsName(p, m)) return false;
  return p.tokens[m.end - 1].kind == TokenKind::kNumber || EndsSentence(After(p, m));
}

// "from the 1st to the 3rd century"
bool RunsToCentury(const Parsing& p, const Match& m) {
  size_t i = m.end;
  if (!WordIn(p, i, {"to", "and", "or", "until"})) return false;
  i += p.IsWord(i + 1, "the") ? 2 : 1;
  return WordIn(p, i + 1, {"century", "centuries", "millennium", "millennia"});
}

bool DayOfMonthAlone(const Parsing& p, const Match& m) {
  if (RunsToCentury(p, m)) return false;
  // "the night of the 14th", "from the 8th to the 10th"
  const bool of_part = WordBeforeIn(p, m.begin, {"of"}) && Before(p, m.begin, 2).Is(cls::kDayPart);
  const bool tail =
      WordBeforeIn(p, m.begin, {"to", "and"}) && Before(p, m.begin, 2).Is(cls::kDayOrdinal);
  if (!of_part && !tail &&
      !WordBeforeIn(p, m.begin, {"on", "until", "since", "by", "from", "between"}))
    return false;
  const Token& after = After(p, m);
  const Token& day = p.tokens[m.end - 1];
  if (day.kind != TokenKind::kNumber) return false;
  return EndsSentence(after) ||
         (after.lexeme != 0 && !after.Is(cls::kUnit | cls::kUnits | cls::kDayPart));
}

bool NamedAfterShift(const Parsing& p, const Match& m) {
  return p.tokens[SlotToken(m, cls::kMonth)].Has(kCapital);
}

}  // namespace verbatim::dates
