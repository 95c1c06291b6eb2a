// SPDX-License-Identifier: Apache-2.0
// Guards of lengths, times of day and words: see guards.h. They look at single tokens, so every one
// is cheap.
#include "guards.h"

#include "guard_context.h"

namespace verbatim::dates {

namespace {

// "0530 hours", "by 1800 hours": a time of day as soldiers tell it.
bool SaysMilitaryTime(const Parsing& p, const Match& m) {
  const Token& number = p.tokens[m.begin];
  if (!number.Is(cls::kFourDigits) || !p.IsWord(m.begin + 1, "hours") || p.IsWord(m.end, "of"))
    return false;
  return number.value / 100 <= 24 && number.value % 100 < 60 &&
         (number.value < 1000 ||
          WordBeforeIn(p, m.begin,
                       {"at", "by", "around", "about", "until", "from", "to", "since"}));
}

// "the Thirty Years' War", "the Six-Day War": a name.
bool NamesWar(const Parsing& p, const Match& m) {
  if (!p.tokens[m.end - 1].Has(kCapital)) return false;
  const size_t noun =
      After(p, m).mark == '\'' || After(p, m).Is(cls::kPossessive) ? m.end + 1 : m.end;
  return WordIn(p, noun, {"war", "wars"});
}

// A clause ends here, so that the words before tell of a time and begin no comparison.
bool ClauseEnds(const Token& after) {
  return after.kind == TokenKind::kEnd || after.Has(kHardBreak) || after.mark == ',' ||
         after.mark == '.' || after.mark == ';';
}

}  // namespace

bool BeforeThen(const Parsing& p, const Match& m) {
  // "The year before had seen war."
  const bool subject = p.IsWord(m.end, "had") && p.tokens[m.begin].Has(kSentence);
  return (subject || ClauseEnds(After(p, m))) &&
         !WordBeforeIn(p, m.begin, {"as", "than", "like", "for"});
}

bool FreeDuration(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  if (SaysMilitaryTime(p, m) || NamesWar(p, m)) return false;
  // "it will one day be": some day.
  if (p.IsWord(m.begin, "one") && p.IsWord(m.end - 1, "day") &&
      Before(p, m.begin).Is(cls::kFutureCue)) {
    return false;
  }
  // "about three-quarters of its food": a fraction.
  const bool quarters = p.IsWord(m.end - 1, "quarters") || p.IsWord(m.end - 1, "quarter");
  const bool ranked = m.Slot(cls::kShift) >= 0 || m.Slot(cls::kOrdinal) >= 0;
  if (quarters && !ranked &&
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

bool BareUnits(const Parsing& p, const Match& m) {
  const Token& units = p.tokens[m.end - 1];
  const auto unit = static_cast<Unit>(units.value);
  if (p.IsWord(m.end, "of") && p.IsWord(m.end + 1, "age")) return false;
  if (Before(p, m.begin).Is(cls::kDash | cls::kNumber | cls::kMonth | cls::kOrdinal)) return false;
  if (unit == Unit::kQuarter) return false;
  // "in the early hours of Thursday": no length.
  if (unit == Unit::kHour && Before(p, m.begin).Is(cls::kPart)) return false;
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
  if (after.Is(cls::kPossessive) || YearEnded(p, m)) return false;
  const bool day = p.IsWord(m.end - 1, "day");
  const bool year = p.IsWord(m.end - 1, "year");
  // "a high for the year of $42"
  const bool amount = IsCurrency(After(p, m, 1)) || After(p, m, 1).Is(cls::kNumber);
  if (p.IsWord(m.end, "of") && !amount) return false;
  if (WordIn(p, m.end, {"when", "that", "after", "before", "since"})) return false;
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

bool StoryPart(const Parsing& p, const Match& m) {
  switch (static_cast<Shift>(p.tokens[m.end - 2].value)) {
    case Shift::kSame:
    case Shift::kNext:
    case Shift::kFollowing:
    case Shift::kPrevious:
      break;
    default:
      return false;
  }
  const Token& after = After(p, m);
  return !after.Is(cls::kDash) && !after.Is(cls::kPossessive) &&
         (EndsSentence(after) || after.lexeme != 0 || LowerWord(after) || after.Has(kCapital));
}

bool FreeWord(const Parsing& p, const Match& m) {
  const Token& after = After(p, m);
  const Token& before = Before(p, m.begin);
  if (after.Is(cls::kDash) && after.Has(kGlued)) return false;
  if (before.Is(cls::kDash) && p.tokens[m.begin].Has(kGlued)) return false;
  // A capital in the middle of a sentence makes it a name: "the NOW movement".
  return !(p.tokens[m.begin].Has(kCapital) && !p.tokens[m.begin].Has(kSentence));
}

bool OneFineDay(const Parsing& p, const Match& m) {
  return Before(p, m.begin).Is(cls::kFutureCue) && FreeWord(p, m);
}

bool EdgeLength(const Parsing& p, const Match& m) {
  const Expression& e = p.expressions[static_cast<size_t>(p.tokens[m.begin].value)];
  return std::string_view(e.rule) == "shift-units" &&
         WordIn(p, m.begin + 1, {"first", "last", "final"});
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

bool TheYears(const Parsing& p, const Match& m) { return !After(p, m).Is(cls::kYear); }

bool FewUnits(const Parsing& p, const Match& m) { return !WordBeforeIn(p, m.begin, {"as", "how"}); }

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

bool Circa(const Parsing& p, const Match& m) {
  return Unmodified(p, m) && !p.tokens[m.begin].Has(kCapital);
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
