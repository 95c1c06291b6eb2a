// SPDX-License-Identifier: Apache-2.0
// Two passes of pattern matching, then what needs the neighbours: range tails, direction, page
// furniture.
#include "parse.h"

#include <algorithm>
#include <optional>

#include "compose.h"
#include "direction.h"
#include "rules.h"

namespace verbatim::dates {
namespace {

constexpr size_t kLookBack =
    7;  // tokens before a chunk where a pattern of the second pass may begin

struct Found {
  Expression expression;
  size_t begin = 0;  // tokens
  size_t end = 0;
};

class Parser {
 public:
  explicit Parser(std::string_view text)
      : grammar_(TheGrammar()), p_{text, grammar_.lexicon, Tokenize(text, grammar_.lexicon), {}} {}

  std::vector<Expression> Run() {
    FirstPass();
    SecondPass();
    Collect();
    RangeTails();
    std::vector<Expression> out;
    out.reserve(found_.size());
    for (Found& found : found_) {
      Finish(&found);
      out.push_back(std::move(found.expression));
    }
    return out;
  }

 private:
  void FirstPass() {
    for (size_t i = 0; i < p_.tokens.size();) {
      size_t next = i + 1;
      if (grammar_.first.MayBegin(p_.tokens[i])) {
        for (const Match& match : grammar_.first.MatchesAt(p_.tokens, i)) {
          const Rule& rule = *grammar_.first_rules[static_cast<size_t>(match.rule)];
          if (rule.guard != nullptr && !rule.guard(p_, match)) continue;
          auto expression = Compose(p_, rule, match);
          if (!expression) continue;
          MakeChunk(match, std::move(*expression));
          chunks_.push_back(match.begin);
          next = match.end;
          break;
        }
      }
      i = next;
    }
  }

  void MakeChunk(const Match& match, Expression expression) {
    Token& token = p_.tokens[match.begin];
    token.classes = ChunkClasses(expression);
    token.value = static_cast<int32_t>(p_.expressions.size());
    token.end = expression.span.end;
    token.width = static_cast<uint16_t>(match.end - match.begin);
    token.kind = TokenKind::kWord;
    token.mark = 0;
    p_.expressions.push_back(std::move(expression));
  }

  void SecondPass() {
    const std::vector<size_t> firsts = std::move(chunks_);
    chunks_.clear();
    size_t done = 0;  // tokens before it belong to finished chunks
    for (const size_t first : firsts) {
      if (first < done) continue;
      size_t at = first;
      while (const auto grown = Grow(at, done)) at = *grown;
      chunks_.push_back(at);
      done = at + p_.tokens[at].width;
    }
  }

  // Joins the chunk at token `at` with what stands around it; the token where the larger chunk
  // begins.
  std::optional<size_t> Grow(size_t at, size_t done) {
    const size_t first = std::max(done, at > kLookBack ? at - kLookBack : 0);
    for (size_t start = first; start <= at; ++start) {
      if (!grammar_.second.MayBegin(p_.tokens[start])) continue;
      for (const Match& match : grammar_.second.MatchesAt(p_.tokens, start)) {
        if (match.end <= at) break;
        const Rule& rule = *grammar_.second_rules[static_cast<size_t>(match.rule)];
        if (rule.guard != nullptr && !rule.guard(p_, match)) continue;
        auto expression = Compose(p_, rule, match);
        if (!expression) continue;
        MakeChunk(match, std::move(*expression));
        return start;
      }
    }
    return std::nullopt;
  }

  void Collect() {
    found_.reserve(chunks_.size());
    for (const size_t at : chunks_) {
      const Token& token = p_.tokens[at];
      found_.push_back(
          {std::move(p_.expressions[static_cast<size_t>(token.value)]), at, at + token.width});
    }
  }

  bool IsConnector(size_t i) const {
    const Token& token = p_.tokens[i];
    return token.Is(cls::kDash) || token.mark == '&' || (token.mark == '/' && token.Has(kGlued)) ||
           p_.IsWord(i, "and") || p_.IsWord(i, "or") || p_.IsWord(i, "to") ||
           p_.IsWord(i, "through");
  }

  // "October 21 and 22", "Nov. 3-5", "2009-10": the tail takes the head's missing parts. And the
  // other way round: "from April to June 2017", "21-22 October".
  void RangeTails() {
    std::vector<Found> out;
    out.reserve(found_.size());
    for (size_t i = 0; i < found_.size(); ++i) {
      const size_t limit = out.empty() ? 0 : out.back().end;
      if (auto head = RangeHead(found_[i], limit)) out.push_back(std::move(*head));
      out.push_back(std::move(found_[i]));
      ShareYear(i, &out.back());
      while (auto tail = TailAt(out.back(), i)) out.push_back(std::move(*tail));
    }
    found_ = std::move(out);
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
        p_.tokens[tail.begin].Has(kHardBreak)) {
      return std::nullopt;
    }
    const Expression& t = tail.expression;
    if (t.century != kUnset) return CenturyHead(tail, limit);
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

  // "the 12th and 13th centuries"; the tail names a later one, or an earlier one before Christ.
  std::optional<Found> CenturyHead(const Found& tail, size_t limit) const {
    const size_t at = tail.begin - 2;
    const Token& ordinal = p_.tokens[at];
    if (!ordinal.Is(cls::kOrdinal) || ordinal.value < 1 || ordinal.value > 30) return std::nullopt;
    const bool article = at > limit && p_.IsWord(at - 1, "the");
    Found head = HeadOf(tail, article ? at - 1 : at);
    head.expression.century = ordinal.value - 1;
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
    const bool open =
        h.month != kUnset && h.year == kUnset && h.shift == Shift::kNone && h.base == Base::kNone;
    if (!open || t.year == kUnset || t.month == kUnset || t.type != Type::kDate) return;
    if (tail.begin != head->end + 1 || !IsConnector(head->end)) return;
    const bool rolls_over = h.month > t.month;
    h.year = t.year - (rolls_over ? 1 : 0);
    if (h.day != kUnset && !IsValidDay(h.year, h.month, h.day)) h.year = kUnset;
  }

  void Finish(Found* found) {
    Expression& e = found->expression;
    const bool named = e.type != Type::kDuration && e.type != Type::kSet &&
                       e.vague == Vague::kNone && e.shift == Shift::kNone && e.base == Base::kNone;
    const bool the_weekend = e.weekend && e.shift == Shift::kThat;
    if (named || the_weekend) e.direction = FindDirection(p_, found->begin, found->end);
    // "4 minutes read", "5 min read": what a page says of itself.
    e.boilerplate = e.type == Type::kDuration && e.unit <= Unit::kHour &&
                    (p_.IsWord(found->end, "read") || p_.IsWord(found->end, "reading"));
  }

  const Grammar& grammar_;
  Parsing p_;
  std::vector<size_t> chunks_;  // token where each chunk begins
  std::vector<Found> found_;
};

}  // namespace

std::vector<Expression> Parse(std::string_view text) { return Parser(text).Run(); }

}  // namespace verbatim::dates
