// SPDX-License-Identifier: Apache-2.0
// See ranges.h. Numbers beside a found expression become expressions of their own, with what they
// lack taken from it.
#include "ranges.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace verbatim::dates {
namespace {

class Ranges {
 public:
  Ranges(const Parsing& parsing, std::vector<Found> found)
      : p_(parsing), found_(std::move(found)) {}

  // "October 21 and 22", "Nov. 3-5", "2009-10": the tail takes the head's missing parts. And the
  // other way round: "from April to June 2017", "21-22 October".
  std::vector<Found> Run() {
    std::vector<Found> out;
    out.reserve(found_.size());
    for (size_t i = 0; i < found_.size(); ++i) {
      if (!out.empty() && NightGoesOn(&out.back(), found_[i])) continue;
      const size_t limit = out.empty() ? 0 : out.back().end;
      if (!out.empty()) Follow(&out.back(), &found_[i]);
      const std::vector<Found> heads = Heads(found_[i], limit);
      if (heads.size() == 1 && OneNight(heads[0], limit, &found_[i])) {
        out.push_back(std::move(found_[i]));
        continue;
      }
      out.insert(out.end(), heads.rbegin(), heads.rend());
      out.push_back(std::move(found_[i]));
      ShareYear(i, &out.back());
      while (auto tail = TailAt(out.back(), i)) out.push_back(std::move(*tail));
    }
    return out;
  }

 private:
  bool IsConnector(size_t i) const {
    const Token& token = p_.tokens[i];
    return token.Is(cls::kDash) || token.mark == '&' || (token.mark == '/' && token.Has(kGlued)) ||
           p_.IsWord(i, "and") || p_.IsWord(i, "or") || p_.IsWord(i, "to") ||
           p_.IsWord(i, "through");
  }

  // The members before `tail` that it completes, the nearest first: "3, 4 and 5 May".
  std::vector<Found> Heads(const Found& tail, size_t limit) const {
    std::vector<Found> heads;
    for (auto head = RangeHead(tail, limit); head; head = ListHead(heads.back(), limit))
      heads.push_back(std::move(*head));
    return heads;
  }

  // What the expression before it says of `tail`.
  void Follow(Found* before, Found* tail) const {
    Expression& b = before->expression;
    Expression& t = tail->expression;
    const size_t gap = tail->begin - before->end;
    if (gap < 1 || gap > 2 || p_.tokens[tail->begin].Has(kHardBreak)) return;
    // "the 1870s, '80s and '90s"
    if (b.decade >= 100 && t.decade >= 0 && t.decade < 10) t.decade += b.decade / 10 * 10;
    // "from 8 p.m. Tuesday until 6 a.m. Wednesday", "between Monday and Thursday"
    const bool between = before->begin > 0 && p_.IsWord(before->begin - 1, "between");
    const bool until = p_.IsWord(before->end, "until") || p_.IsWord(before->end, "till") ||
                       p_.IsWord(before->end, "to") || p_.IsWord(before->end, "through");
    t.ends_range = gap == 1 && IsBareWeekday(b) && IsBareWeekday(t) &&
                   (until || (between && p_.IsWord(before->end, "and")));
    // "Two days later, on 5 May", "the next day (5 May)"
    const char mark = p_.tokens[before->end].mark;
    b.told_again = gap == 1 ? mark == ',' || mark == '('
                            : mark == ',' && (p_.IsWord(before->end + 1, "on") ||
                                              p_.IsWord(before->end + 1, "in"));
  }

  static bool IsBareWeekday(const Expression& e) {
    return e.weekday != kUnset && e.day == kUnset && e.month == kUnset && e.type != Type::kSet &&
           e.shift == Shift::kNone && e.base == Base::kNone;
  }

  // "the night of 3-4 May": one night, named by the day that it begins on.
  bool OneNight(const Found& head, size_t limit, Found* tail) const {
    const Expression& t = tail->expression;
    if (t.type != Type::kDate || t.month == kUnset || head.expression.day + 1 != t.day ||
        head.begin < limit + 2 || !p_.IsWord(head.begin - 1, "of") ||
        !p_.IsWord(head.begin - 2, "night")) {
      return false;
    }
    size_t begin = head.begin - 2;
    if (begin > limit && p_.IsWord(begin - 1, "the")) --begin;
    tail->expression.day = head.expression.day;
    MakeNight(begin, tail);
    return true;
  }

  void MakeNight(size_t begin, Found* found) const {
    Expression& e = found->expression;
    e.type = Type::kTime;
    e.day_part = DayPart::kNight;
    e.rule = "night-of-two-days";
    e.span.begin = p_.tokens[begin].begin;
    found->begin = begin;
  }

  // "the night of 31 May" and "-1 June"
  bool NightGoesOn(Found* night, const Found& next) const {
    Expression& n = night->expression;
    const Expression& t = next.expression;
    const bool night_of = n.type == Type::kTime && n.day_part == DayPart::kNight &&
                          n.hour == kUnset && n.day != kUnset && n.month != kUnset &&
                          n.base == Base::kNone;
    if (!night_of || t.type != Type::kDate || t.day == kUnset || t.month == kUnset ||
        t.base != Base::kNone || next.begin != night->end + 1 || !IsConnector(night->end) ||
        p_.IsWord(night->end, "and") || p_.tokens[next.begin].Has(kHardBreak)) {
      return false;
    }
    const int year = t.year != kUnset ? t.year : n.year != kUnset ? n.year : 2001;
    if (!IsValidDay(year, t.month, t.day) || !IsValidDay(year, n.month, n.day)) return false;
    const bool next_day = n.month == 12 && n.day == 31 ? t.month == 1 && t.day == 1
                                                       : ToDayNumber(year, n.month, n.day) + 1 ==
                                                             ToDayNumber(year, t.month, t.day);
    if (!next_day || (n.year != kUnset && t.year != kUnset && n.year != t.year)) return false;
    if (n.year == kUnset && t.year != kUnset) n.year = n.month > t.month ? t.year - 1 : t.year;
    n.span.end = t.span.end;
    n.rule = "night-of-two-days";
    night->end = next.end;
    return true;
  }

  Found TailOf(const Found& head, size_t at) const {
    Found tail = head;
    tail.begin = at;
    tail.end = at + 1;
    tail.expression.span = {p_.tokens[at].begin, p_.tokens[at].end};
    tail.expression.mod = Mod::kNone;
    tail.expression.rule = "range-tail";
    return tail;
  }

  // A number right behind `head` that continues it; `i` is the chunk that the list began with.
  std::optional<Found> TailAt(const Found& head, size_t i) const {
    const size_t connector = head.end;
    if (connector + 1 >= p_.tokens.size()) return std::nullopt;
    const size_t limit = i + 1 < found_.size() ? found_[i + 1].begin : p_.tokens.size();
    if (connector + 1 >= limit) return std::nullopt;
    const Token& tail = p_.tokens[connector + 1];
    const bool listed = p_.tokens[connector].mark == ',' && connector + 3 < limit &&
                        IsConnector(connector + 2) && p_.tokens[connector + 3].Is(cls::kDay);
    if (!IsConnector(connector) && !listed) return std::nullopt;
    if (tail.Has(kHardBreak) || p_.tokens[connector].Has(kHardBreak)) return std::nullopt;
    const Token& after = p_.tokens[std::min(connector + 2, p_.tokens.size() - 1)];
    const bool counted = after.Is(cls::kMeasured | cls::kUnit | cls::kUnits | cls::kBigNumber) ||
                         after.mark == '%' || after.mark == '/' ||
                         (after.kind == TokenKind::kWord && after.Has(kGlued));
    if (counted) return std::nullopt;
    const Expression& h = head.expression;
    // "the 1960s and 70s"
    if (h.decade != kUnset && tail.Is(cls::kDecade) && tail.value < 10 &&
        tail.value > h.decade % 10 && tail.kind == TokenKind::kNumber) {
      Found found = TailOf(head, connector + 1);
      found.expression.decade = h.decade < 10 ? tail.value : h.decade / 10 * 10 + tail.value;
      return found;
    }
    const bool glued_dash = p_.tokens[connector].Is(cls::kDash) && tail.Has(kGlued);
    if (h.type == Type::kDate && h.day != kUnset && h.month != kUnset && tail.Is(cls::kDay) &&
        tail.value > h.day && IsValidDay(h.year == kUnset ? 2000 : h.year, h.month, tail.value)) {
      // A lower-case word behind the number counts things: "on May 3 and 20 soldiers".
      const bool noun = after.kind == TokenKind::kWord && after.lexeme == 0 &&
                        !after.Has(kHardBreak) && !glued_dash;
      if (noun) return std::nullopt;
      Found found = TailOf(head, connector + 1);
      found.expression.day = tail.value;
      found.expression.weekday = kUnset;
      return found;
    }
    if (h.type == Type::kDate && h.month == kUnset && h.year != kUnset && h.quarter == kUnset &&
        glued_dash && tail.Is(cls::kTwoDigits) && h.base == Base::kNone &&
        tail.value > h.year % 100) {
      Found found = TailOf(head, connector + 1);
      found.expression.year = h.year / 100 * 100 + tail.value;
      return found;
    }
    return std::nullopt;
  }

  // A number before a connector that `tail`, behind it, completes. `limit` is the token where the
  // expression before ends, itself perhaps the tail of another: "Nov. 3-5-22 October".
  std::optional<Found> RangeHead(const Found& tail, size_t limit) const {
    if (tail.begin < limit + 2 || !IsConnector(tail.begin - 1) ||
        p_.tokens[tail.begin].Has(kHardBreak) || p_.tokens[tail.begin - 1].Has(kHardBreak)) {
      return std::nullopt;
    }
    const Expression& t = tail.expression;
    if (t.century != kUnset) return CenturyHead(tail, limit);
    if (t.quarter != kUnset && t.context == Context::kNone) return QuarterHead(tail, limit);
    if (t.before_christ && t.month == kUnset && t.season == kUnset) return EraYearHead(tail);
    return DayHead(tail, limit);
  }

  Found HeadOf(const Found& tail, size_t begin) const {
    Found head = tail;
    head.begin = begin;
    head.end = tail.begin - 1;
    head.expression.span = {p_.tokens[begin].begin, p_.tokens[head.end - 1].end};
    head.expression.mod = Mod::kNone;
    head.expression.rule = "range-head";
    return head;
  }

  // "3" of "3, 4 and 5 May".
  std::optional<Found> ListHead(const Found& next, size_t limit) const {
    if (next.begin < limit + 2 || next.expression.day == kUnset) return std::nullopt;
    const Token& comma = p_.tokens[next.begin - 1];
    const Token& number = p_.tokens[next.begin - 2];
    if (comma.mark != ',' || comma.Has(kHardBreak) || p_.tokens[next.begin].Has(kHardBreak) ||
        p_.tokens[next.begin].Has(kGlued) || !number.Is(cls::kDay) || number.Has(kGlued) ||
        number.value >= next.expression.day) {
      return std::nullopt;
    }
    Found head = HeadOf(next, next.begin - 2);
    head.expression.day = number.value;
    return head;
  }

  // "the first and second quarters"
  std::optional<Found> QuarterHead(const Found& tail, size_t limit) const {
    const size_t at = tail.begin - 2;
    const Token& ordinal = p_.tokens[at];
    if (!ordinal.Is(cls::kOrdinal) || ordinal.value < 1 || ordinal.value >= tail.expression.quarter)
      return std::nullopt;
    const bool article = at > limit && p_.IsWord(at - 1, "the");
    Found head = HeadOf(tail, article ? at - 1 : at);
    head.expression.quarter = ordinal.value;
    return head;
  }

  // "the 12th and 13th centuries"; the tail names a later one, or an earlier one before Christ.
  std::optional<Found> CenturyHead(const Found& tail, size_t limit) const {
    const size_t at = tail.begin - 2;
    const Token& ordinal = p_.tokens[at];
    if (!ordinal.Is(cls::kOrdinal) || ordinal.value < 1 || ordinal.value > 30) return std::nullopt;
    // "the late 17th and early 18th centuries"
    const bool part = at > limit && p_.tokens[at - 1].Is(cls::kPart);
    const size_t from = part ? at - 1 : at;
    const bool article = from > limit && p_.IsWord(from - 1, "the");
    Found head = HeadOf(tail, article ? from - 1 : from);
    head.expression.century = ordinal.value - 1;
    if (part) head.expression.mod = static_cast<Mod>(p_.tokens[at - 1].value);
    return head;
  }

  // "from 264 to 146 BC": years before Christ count down.
  std::optional<Found> EraYearHead(const Found& tail) const {
    const Token& number = p_.tokens[tail.begin - 2];
    if (number.kind != TokenKind::kNumber || !number.Is(cls::kNumber | cls::kYear) ||
        number.value <= tail.expression.year || number.value > 9999) {
      return std::nullopt;
    }
    Found head = HeadOf(tail, tail.begin - 2);
    head.expression.year = number.value;
    return head;
  }

  // "21-22 October", "the 14th and 15th of June".
  std::optional<Found> DayHead(const Found& tail, size_t limit) const {
    const Expression& t = tail.expression;
    if (t.day == kUnset || t.month == kUnset) return std::nullopt;
    const Token& number = p_.tokens[tail.begin - 2];
    // The tail's chunk must begin with its day: look at the text.
    if (t.span.begin >= p_.text.size() || p_.text[t.span.begin] < '0' ||
        p_.text[t.span.begin] > '9') {
      return std::nullopt;
    }
    const bool ordinal = number.kind == TokenKind::kNumber && number.Is(cls::kDayOrdinal);
    if ((!number.Is(cls::kDay) && !ordinal) || number.value >= t.day) return std::nullopt;
    if (number.Has(kGlued) && tail.begin >= 3 && p_.tokens[tail.begin - 3].kind != TokenKind::kMark)
      return std::nullopt;
    // "the 14th and 15th of June"
    const bool article = ordinal && tail.begin >= limit + 3 && p_.IsWord(tail.begin - 3, "the");
    Found head = HeadOf(tail, tail.begin - (article ? 3 : 2));
    head.expression.day = number.value;
    head.expression.weekday = kUnset;
    return head;
  }

  // "from April to June 2017", "between March 3 and May 5, 2010", "the 3rd and the 5th of May"
  void ShareYear(size_t i, Found* head) const {
    if (i + 1 >= found_.size()) return;
    const Found& tail = found_[i + 1];
    Expression& h = head->expression;
    const Expression& t = tail.expression;
    const bool lone_day = h.day != kUnset && h.month == kUnset && h.weekday == kUnset &&
                          h.type == Type::kDate && h.base == Base::kNone;
    if (lone_day && t.type == Type::kDate && t.base == Base::kNone && t.month != kUnset &&
        t.day > h.day && tail.begin == head->end + 1 && IsConnector(head->end)) {
      h.month = t.month;
      h.year = t.year;
      return;
    }
    // "the summer and autumn of 1849"
    const bool part = h.month != kUnset || h.season != kUnset;
    const bool open = part && h.year == kUnset && h.shift == Shift::kNone && h.base == Base::kNone;
    if (!open || t.year == kUnset || t.type != Type::kDate ||
        (t.month == kUnset && t.season == kUnset)) {
      return;
    }
    if (tail.begin != head->end + 1 || !IsConnector(head->end)) return;
    const bool rolls_over = h.month != kUnset && t.month != kUnset && h.month > t.month;
    h.year = t.year - (rolls_over ? 1 : 0);
    if (h.day != kUnset && !IsValidDay(h.year, h.month, h.day)) h.year = kUnset;
  }

  const Parsing& p_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<Found> CompleteRanges(const Parsing& parsing, std::vector<Found> found) {
  return Ranges(parsing, std::move(found)).Run();
}

}  // namespace verbatim::dates
