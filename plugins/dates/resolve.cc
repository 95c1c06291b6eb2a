// SPDX-License-Identifier: Apache-2.0
// One expression after the other, with the mentions so far at hand. Completing a date without a
// year stands in complete.cc, holding what is said twice against itself in agreement.cc.
#include "resolve.h"

#include <algorithm>
#include <cstdlib>

#include "agreement.h"
#include "complete.h"
#include "discourse.h"

namespace verbatim::dates {
namespace {

constexpr uint32_t kDayBehindBytes = 12;
constexpr int kWeeksToTheDay = 3;
constexpr int kYearMax = 9999;
constexpr uint32_t kSameSentenceBytes = 120;
constexpr uint32_t kSamePassageBytes = 700;  // a comparison names its quarter this close before

class Resolver {
 public:
  Resolver(const std::vector<Expression>& expressions, const Publication& publication)
      : expressions_(expressions),
        publication_(publication),
        discourse_(expressions, publication.day) {}

  std::vector<Resolved> Run() {
    std::vector<Resolved> out;
    out.reserve(expressions_.size());
    for (at_ = 0; at_ < expressions_.size(); ++at_) out.push_back(One(expressions_[at_]));
    for (size_t i = 0; i + 1 < out.size(); ++i)
      Appose(expressions_[i], expressions_[i + 1], &out[i], &out[i + 1]);
    return out;
  }

 private:
  Resolved One(const Expression& e) {
    Resolved r;
    r.span = e.span;
    r.type = e.type;
    r.mod = ModName(e.mod);
    r.quant = e.quant;
    r.freq = e.freq;
    r.rule = e.rule;
    r.boilerplate = e.boilerplate;
    if (e.direction.tense == Tense::kEither) {
      r.heading = Heading::kNearest;
      r.cue = e.direction.cue;
    } else if (e.direction.tense != Tense::kNone) {
      r.heading = e.direction.tense == Tense::kPast ? Heading::kPast : Heading::kFuture;
      r.cue = e.direction.cue;
    }
    if (e.vague != Vague::kNone) {
      r.value = e.vague == Vague::kPresent       ? "PRESENT_REF"
                : e.vague == Vague::kPast        ? "PAST_REF"
                : e.vague == Vague::kSomeCentury ? "XX"
                                                 : "FUTURE_REF";
    } else if (e.type == Type::kDuration) {
      Duration(e, &r);
    } else if (e.type == Type::kSet) {
      r.value = SetValue(e);
      r.resolution = Resolution::kExplicit;
    } else {
      Calendar(e, &r);
    }
    return r;
  }

  void Duration(const Expression& e, Resolved* r) {
    r->value = DurationValue(e);
    r->resolution = Resolution::kExplicit;
    // "the past two months" is anchored: it ends with the publication.
    if (!e.counts_out || !publication_.day || e.quantity == kUnset || e.quantity % 1000 != 0 ||
        e.unit < Unit::kDay || e.quantity > 1000000) {
      return;
    }
    const bool ahead = e.shift == Shift::kNext || e.shift == Shift::kComing;
    const DayNumber other =
        MoveDay(*publication_.day, e.unit, (ahead ? 1 : -1) * e.quantity / 1000);
    r->earliest = IsoDay(std::min(*publication_.day, other));
    r->latest = IsoDay(std::max(*publication_.day, other) + 1);
    SetBasis(r);
  }

  void SetBasis(Resolved* r) const {
    r->basis.kind = publication_.inferred ? BasisKind::kInferred : BasisKind::kGiven;
    r->basis.value = IsoDay(*publication_.day);
    r->resolution = publication_.inferred ? Resolution::kInferred : Resolution::kAnchored;
  }
  static void SetBasis(const Mention& mention, Resolved* r) {
    r->basis = {BasisKind::kMention, mention.span.Value(), mention.bytes};
    r->resolution = Resolution::kAnchored;
  }

  void Calendar(const Expression& e, Resolved* r) {
    r->underspecified = UnderspecifiedValue(e);
    std::optional<CalendarSpan> span;
    if (e.context != Context::kNone) {
      span = FromContext(e, r);
    } else if (e.base != Base::kNone || e.shift != Shift::kNone) {
      span = Relative(e, r);
    } else if (e.hour != kUnset && !HasDate(e)) {
      span = SameDay(e, r);
    } else {
      span = Completed(e, r);
    }
    if (!span) {
      r->value = r->underspecified + (e.type == Type::kTime ? TimeSuffix(e) : "");
      return;
    }
    if (r->resolution == Resolution::kExplicit) {
      r->underspecified.clear();
      r->heading = Heading::kNone;  // nothing had to be decided
      r->cue = {};
    }
    r->value =
        span->Value() + (e.type == Type::kTime && span->grain == Unit::kDay ? TimeSuffix(e) : "");
    Bounds(e, *span, r);
    // The year before and "the 1988 period" are what is compared with, not what is spoken of.
    const bool compared =
        e.context == Context::kYearBefore || e.context == Context::kSamePeriodOfYear;
    if (!compared) discourse_.Add(*span, e.span);
  }

  static bool HasDate(const Expression& e) {
    return e.day != kUnset || e.weekday != kUnset || e.month != kUnset || e.year != kUnset ||
           e.holiday != Holiday::kNone;
  }

  void Bounds(const Expression& e, const CalendarSpan& span, Resolved* r) {
    if (span.before_christ || span.CalendarYear() < 1) return;
    DayNumber first = span.First();
    const DayNumber end = e.two_years ? ToDayNumber(span.year + 2, 1, 1) : span.End();
    // A fiscal year may begin up to half a year before the calendar's.
    if (e.fiscal) first = ToDayNumber(span.CalendarYear() - 1, 7, 1);
    if (e.mod != Mod::kBefore && e.mod != Mod::kOnOrBefore) r->earliest = IsoDay(first);
    if (e.mod != Mod::kAfter && e.mod != Mod::kOnOrAfter) r->latest = IsoDay(end);
  }

  // The day that stands right behind a time: "at 10 p.m. on Friday".
  std::optional<DayNumber> DayBehind(const Expression& e) {
    if (at_ + 1 >= expressions_.size()) return std::nullopt;
    const Expression& next = expressions_[at_ + 1];
    const bool day = next.weekday != kUnset || next.day != kUnset ||
                     (next.unit == Unit::kDay && next.base != Base::kNone);
    if (!day || next.type != Type::kDate || next.span.begin > e.span.end + kDayBehindBytes)
      return std::nullopt;
    return ParseIsoDay(One(next).value);
  }

  // A bare time of day: of the day behind it, of the day spoken of last, else of the publication.
  std::optional<CalendarSpan> SameDay(const Expression& e, Resolved* r) {
    if (const auto day = DayBehind(e)) {
      r->basis = {BasisKind::kMention, IsoDay(*day), expressions_[at_ + 1].span};
      r->resolution = Resolution::kAnchored;
      return CalendarSpan::Day(*day);
    }
    if (const Mention* day = discourse_.LastOf(Unit::kDay, e.span.begin, kSamePassageBytes / 2)) {
      SetBasis(*day, r);
      return day->span;
    }
    if (!publication_.day) return std::nullopt;
    SetBasis(r);
    return CalendarSpan::Day(*publication_.day);
  }

  // The year, quarter or month that a comparison speaks of.
  const Mention* Compared(const Expression& e) const {
    if (e.compared == Unit::kMonth)
      return discourse_.LastOf(Unit::kMonth, e.span.begin, kSamePassageBytes);
    // A year ago nobody compared with a quarter to come.
    const auto begun_by =
        e.context == Context::kYearBefore ? publication_.day : std::optional<DayNumber>();
    const Mention* best = nullptr;
    for (const Unit grain : {Unit::kQuarter, Unit::kHalf}) {
      const Mention* mention = discourse_.LastOf(grain, e.span.begin, kSamePassageBytes, begun_by);
      if (mention != nullptr && (best == nullptr || mention->bytes.begin > best->bytes.begin))
        best = mention;
    }
    // "Sales rose in May from the same period last year."
    const bool any_period = e.context == Context::kSamePeriodOfYear ||
                            (e.context == Context::kYearBefore && e.unit == Unit::kNone);
    if (best == nullptr && any_period && e.year == kUnset && e.quarter == kUnset)
      return discourse_.LastOf(Unit::kMonth, e.span.begin, kSameSentenceBytes);
    return best;
  }

  std::optional<CalendarSpan> FromContext(const Expression& e, Resolved* r) {
    const Mention* compared = Compared(e);
    const int years = e.context == Context::kYearBefore ? 1 : 0;
    if (e.context == Context::kSamePeriodOfYear) {
      const int year = e.year != kUnset ? e.year : YearOf(e);
      if (year == kUnset) return std::nullopt;
      if (compared == nullptr) {
        r->resolution = Resolution::kExplicit;
        return CalendarSpan::Of(Unit::kYear, year, 0);
      }
      SetBasis(*compared, r);
      return CalendarSpan::Of(compared->span.grain, year, compared->span.part);
    }
    // "the latest quarter" is over, whatever quarter was spoken of.
    if (e.latest && compared != nullptr && publication_.day &&
        compared->span.End() > *publication_.day) {
      compared = nullptr;
    }
    if (compared != nullptr) {
      SetBasis(*compared, r);
      CalendarSpan span = compared->span;
      if (e.quarter != kUnset) span = CalendarSpan::Of(Unit::kQuarter, span.year, e.quarter);
      span.year -= years;
      return span;
    }
    if (e.context == Context::kYearBefore && e.unit == Unit::kYear && e.base == Base::kMention) {
      if (const Mention* mention = discourse_.LastAsFineAs(Unit::kYear);
          mention != nullptr && discourse_.narrative()) {
        if (mention->span.before_christ) return YearsFrom(*mention, -1, r);
        SetBasis(*mention, r);
        return CalendarSpan::Of(Unit::kYear, mention->span.CalendarYear() - 1, 0);
      }
    }
    if (!publication_.day) return std::nullopt;
    SetBasis(r);
    const CivilDay now = ToCivil(*publication_.day);
    if (e.quarter != kUnset) return CalendarSpan::Of(Unit::kQuarter, now.year - years, e.quarter);
    if (years != 0) return CalendarSpan::Of(Unit::kYear, now.year - 1, 0);
    // No quarter was named: the last that is over, as accounts are told.
    r->resolution = Resolution::kAmbiguous;
    const CalendarSpan over = ShiftSpan(*publication_.day, Unit::kQuarter, -1);
    r->candidates.push_back({over.Value(), "the last quarter that was over"});
    r->candidates.push_back(
        {CalendarSpan::Of(Unit::kYear, now.year, 0).Value() + "-QX", "no quarter is named"});
    return over;
  }

  int YearOf(const Expression& e) const {
    if (!publication_.day) return kUnset;
    const int now = ToCivil(*publication_.day).year;
    return now + (e.shift == Shift::kLast ? -1 : e.shift == Shift::kNext ? 1 : 0);
  }

  static int StepOf(const Expression& e) {
    switch (e.shift) {
      case Shift::kLast:
      case Shift::kPast:
      case Shift::kPrevious:
        return -1;
      case Shift::kNext:
      case Shift::kComing:
      case Shift::kFollowing:
        return 1;
      case Shift::kNone:
        return e.amount;
      default:
        return 0;
    }
  }

  // Years before Christ count down.
  static std::optional<CalendarSpan> YearsFrom(const Mention& mention, int years, Resolved* r) {
    CalendarSpan span = CalendarSpan::Of(Unit::kYear, mention.span.year - years, 0);
    if (span.year < 1 || span.year > 9999) return std::nullopt;
    span.before_christ = true;
    SetBasis(mention, r);
    return span;
  }

  std::optional<CalendarSpan> Relative(const Expression& e, Resolved* r) {
    // Shifted names: "last April", "next Friday", "this summer", "last Christmas".
    const bool named = e.unit == Unit::kNone;
    std::optional<DayNumber> reference = publication_.day;
    const Mention* mention = nullptr;
    if (e.base == Base::kMention || (e.base == Base::kSpokenOf && discourse_.narrative())) {
      // "that May", "the following spring" want a year, "that Friday" a day.
      const Unit grain = !named                ? std::max(e.unit, Unit::kDay)
                         : e.weekday == kUnset ? Unit::kYear
                                               : Unit::kDay;
      mention = discourse_.LastAsFineAs(grain);
      if (mention != nullptr && mention->span.before_christ) {
        if (named || grain != Unit::kYear || e.month != kUnset) return std::nullopt;
        return YearsFrom(*mention, StepOf(e), r);
      }
      if (mention != nullptr) reference = mention->span.First();
    }
    if (!reference) return std::nullopt;
    if (mention != nullptr) {
      SetBasis(*mention, r);
    } else {
      SetBasis(r);
    }
    if (named) {
      if (mention != nullptr && e.weekday == kUnset) return CompleteFrom(e, mention->span);
      return CompleteShifted(e, *reference);
    }
    if (e.weekend && e.shift == Shift::kThat && publication_.day && !discourse_.narrative()) {
      SetBasis(r);
      return TheWeekend(e);
    }
    const Unit unit = std::max(e.unit, Unit::kDay);
    // "a week ago" is a day; "six weeks ago" only a week.
    const bool days =
        unit == Unit::kWeek && e.shift == Shift::kNone && std::abs(e.amount) <= kWeeksToTheDay;
    // In news the week begins on Sunday, in ISO 8601 on Monday: "this week" on a Sunday is the
    // coming one.
    const bool sunday =
        unit == Unit::kWeek && !days && mention == nullptr && WeekdayOf(*reference) == 7;
    const CalendarSpan base = days ? CalendarSpan::Day(*reference + 7 * e.amount)
                                   : ShiftSpan(*reference + (sunday ? 1 : 0), unit, StepOf(e));
    if (base.before_christ) return base;
    // No value is written with five digits, or with a sign.
    if (base.CalendarYear() < 1 || base.CalendarYear() > kYearMax) {
      r->basis = {};
      r->resolution = Resolution::kUnresolved;
      return std::nullopt;
    }
    if (e.unit == Unit::kWeek && e.weekday != kUnset)
      return CalendarSpan::Day(base.First() + e.weekday - 1);
    return Refine(e, base);
  }

  // "over the weekend", "ahead of the weekend": of the publication's week or the one before it.
  CalendarSpan TheWeekend(const Expression& e) const {
    const DayNumber now = *publication_.day;
    const bool over = e.direction.tense != Tense::kFuture && WeekdayOf(now) < 6;
    return CalendarSpan::WeekOf(now - (over ? 7 : 0), true);
  }

  // "June" of "last year", "the third quarter" of "this year".
  static std::optional<CalendarSpan> Refine(const Expression& e, const CalendarSpan& base) {
    Expression filled = e;
    if (base.grain == Unit::kYear && filled.year == kUnset) filled.year = base.year;
    if (base.grain == Unit::kMonth && filled.day != kUnset) {
      filled.year = base.year;
      filled.month = base.part;
    }
    return ExplicitSpan(filled).value_or(base);
  }

  std::optional<CalendarSpan> Completed(const Expression& e, Resolved* r) {
    if (auto span = ExplicitSpan(e)) {
      r->resolution = Resolution::kExplicit;
      CheckWeekday(e, *span, r);
      return span;
    }
    CompletionReference reference;
    reference.publication = publication_.day;
    if (e.ends_range) {
      if (const Mention* head = discourse_.LastAsFineAs(Unit::kDay)) {
        reference.mention = head->span;
        reference.mention_bytes = head->bytes;
      }
    } else if (discourse_.narrative() || e.month == kUnset) {
      const bool day_alone = e.day != kUnset && e.month == kUnset;
      const Mention* mention = discourse_.LastAsFineAs(day_alone             ? Unit::kMonth
                                                       : e.weekday != kUnset ? Unit::kDay
                                                                             : Unit::kYear);
      if (mention != nullptr && (discourse_.narrative() || day_alone)) {
        reference.mention = mention->span;
        reference.mention_bytes = mention->bytes;
      }
    }
    reference.not_after = publication_.not_after;
    const Completion completion = Complete(e, reference);
    r->candidates = completion.candidates;
    if (completion.heading != Heading::kNone) r->heading = completion.heading;
    if (completion.span) {
      if (completion.from_mention) {
        SetBasis({*reference.mention, reference.mention_bytes}, r);
      } else if (publication_.day) {
        SetBasis(r);
      }
    }
    if (completion.resolution) r->resolution = *completion.resolution;
    if (completion.by_calendar) r->basis.kind = BasisKind::kCalendar;
    return completion.span;
  }

  const std::vector<Expression>& expressions_;
  const Publication& publication_;
  Discourse discourse_;
  size_t at_ = 0;  // the expression being resolved
};

}  // namespace

std::vector<Resolved> Resolve(const std::vector<Expression>& expressions,
                              const Publication& publication) {
  return Resolver(expressions, publication).Run();
}

}  // namespace verbatim::dates
