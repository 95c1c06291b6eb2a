// SPDX-License-Identifier: Apache-2.0
// See document_date.h for the order of evidence.
#include "document_date.h"

#include <algorithm>

#include "complete.h"

namespace verbatim::dates {
namespace {

constexpr uint32_t kTopBytes = 1500;      // datelines and date lines stand this near to the top
constexpr uint32_t kLeadBytes = 1200;     // the lead tells when the news happened
constexpr size_t kDatelinePlaceMax = 70;  // bytes of place and agency before the day
constexpr int kFirstYear = 1950;          // no candidates before it without a lower bound
constexpr size_t kCandidatesMax = 12;
constexpr int kNewsDays = 6;  // an event told by weekday and day is at most this old

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
char Lower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }

// The words of a stretch of text, in lower case.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (IsAlpha(c)) {
      word.push_back(Lower(c));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool IsOneOf(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The line around a span, split at it.
struct Line {
  std::string_view before;
  std::string_view after;
};

Line LineAround(std::string_view text, ByteSpan span) {
  const size_t newline =
      span.begin == 0 ? std::string_view::npos : text.rfind('\n', span.begin - 1);
  const size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const size_t end = std::min(text.find('\n', span.end), text.size());
  return {text.substr(begin, span.begin - begin), text.substr(span.end, end - span.end)};
}

bool IsFullDay(const Expression& e) {
  return e.vague == Vague::kNone && (e.type == Type::kDate || e.type == Type::kTime) &&
         e.year != kUnset && e.month != kUnset && e.day != kUnset && !e.before_christ &&
         e.base == Base::kNone;
}

bool IsDayWithoutYear(const Expression& e) {
  return e.vague == Vague::kNone && (e.type == Type::kDate || e.type == Type::kTime) &&
         e.year == kUnset && e.month != kUnset && e.day != kUnset && e.base == Base::kNone &&
         e.shift == Shift::kNone;
}

bool IsPublishedWord(const std::string& word) {
  return IsOneOf(word,
                 {"published", "publication", "posted", "released", "issued", "filed", "dated"});
}

// Words that may stand on a date line beside the date.
bool IsLineFurniture(const std::string& word) {
  return IsPublishedWord(word) ||
         IsOneOf(word, {"date", "on",  "at",  "updated", "last", "modified", "first", "am",
                        "pm",   "gmt", "utc", "est",     "edt",  "cet",      "cest",  "bst",
                        "msk",  "ist", "pst", "pdt",     "st",   "nd",       "rd",    "th"});
}

bool OnlyFurniture(std::string_view text) {
  const auto words = WordsOf(text);
  return std::all_of(words.begin(), words.end(), IsLineFurniture);
}

// "Published:" or "Published on" right before the date.
bool AfterPublishedWord(const Line& line) {
  const auto words = WordsOf(line.before);
  if (words.empty()) return false;
  if (IsPublishedWord(words.back())) return true;
  return words.size() >= 2 && IsOneOf(words.back(), {"on", "at", "date"}) &&
         IsPublishedWord(words[words.size() - 2]);
}

bool IsDateLine(const Line& line) {
  return OnlyFurniture(line.before) && OnlyFurniture(line.after);
}

// "MOSCOW, ", "WASHINGTON (AP) - ", "London, " before the day; a mark or an agency behind it.
bool IsDateline(const Line& line) {
  std::string_view place = line.before;
  if (place.empty() || place.size() > kDatelinePlaceMax) return false;
  bool capitals = false;
  size_t words = 0;
  for (size_t i = 0; i < place.size();) {
    if (!IsAlpha(place[i])) {
      if (place[i] >= '0' && place[i] <= '9') return false;
      ++i;
      continue;
    }
    size_t end = i;
    size_t upper = 0;
    while (end < place.size() && (IsAlpha(place[end]) || (place[end] & 0x80) != 0))
      upper += IsUpper(place[end++]) ? 1 : 0;
    ++words;
    // Small words of place names: "Rio de Janeiro".
    if (!IsUpper(place[i]) && end - i > 3) return false;
    if (upper == end - i && upper >= 3) capitals = true;
    i = end;
  }
  if (words == 0 || words > 7) return false;
  std::string_view after = line.after;
  while (!after.empty() && (after[0] == ' ' || after[0] == '\t')) after.remove_prefix(1);
  if (after.empty()) return false;
  const bool mark = after[0] == '.' || after[0] == '(' || after[0] == '/' || after[0] == '-' ||
                    after[0] == ':' || after[0] == ',' || after.compare(0, 2, "\xE2\x80") == 0;
  // A place in ordinary letters needs the comma before the day and a clear mark behind it.
  const size_t last = place.find_last_not_of(" \t");
  const bool comma = last != std::string_view::npos && (place[last] == ',' || place[last] == ')');
  return mark && (capitals || (comma && after[0] != ',' && after[0] != '.'));
}

class Inference {
 public:
  Inference(std::string_view text, const std::vector<Expression>& expressions,
            std::optional<DayNumber> not_after)
      : text_(text), expressions_(expressions), not_after_(not_after) {}

  std::optional<DocumentDate> Run() const {
    if (auto stated = Stated()) return stated;
    for (const Expression& e : expressions_) {
      if (e.span.begin > kTopBytes) break;
      if (!IsDayWithoutYear(e)) continue;
      const Line line = LineAround(text_, e.span);
      if (IsDateline(line)) return FromDateline(e, "the dateline gives day and month");
      if (IsDateLine(line)) return FromDateline(e, "a line of its own gives day and month");
    }
    if (auto lead = FromLead()) return lead;
    return FromLowerBound();
  }

 private:
  bool Possible(DayNumber day) const { return !not_after_ || day <= *not_after_; }

  std::optional<DocumentDate> Stated() const {
    const Expression* line_date = nullptr;
    const Expression* dateline = nullptr;
    for (const Expression& e : expressions_) {
      if (!IsFullDay(e) || !Possible(ToDayNumber(e.year, e.month, e.day))) continue;
      const Line line = LineAround(text_, e.span);
      const bool top = e.span.begin <= kTopBytes;
      if (AfterPublishedWord(line) && (top || IsDateLine(line)))
        return State(e, "the text says when it was published");
      if (!top) continue;
      if (line_date == nullptr && IsDateLine(line)) line_date = &e;
      if (dateline == nullptr && IsDateline(line)) dateline = &e;
    }
    if (line_date != nullptr) return State(*line_date, "a line near the top is a date");
    if (dateline != nullptr) return State(*dateline, "the dateline gives a complete date");
    return std::nullopt;
  }

  static DocumentDate State(const Expression& e, const char* why) {
    DocumentDate out;
    const DayNumber day = ToDayNumber(e.year, e.month, e.day);
    out.lo = out.hi = out.best = day;
    out.basis = {BasisKind::kMention, IsoDay(day), e.span};
    out.why = why;
    out.stated = true;
    out.spans = {e.span};
    return out;
  }

  struct Bound {
    DayNumber day = 0;
    bool fine = false;  // known to the month or day
    ByteSpan where;
  };

  // Dates told in full and as past, the newest first: the text was written after them.
  std::vector<Bound> PastDates() const {
    std::vector<Bound> bounds;
    for (const Expression& e : expressions_) {
      if (e.year == kUnset || e.before_christ || e.vague != Vague::kNone || e.fiscal ||
          e.base != Base::kNone)
        continue;
      if (e.type != Type::kDate || e.direction.tense != Tense::kPast) continue;
      const auto span = ExplicitSpan(e);
      if (span && Possible(span->First()))
        bounds.push_back({span->First(), span->HasMonth(), e.span});
    }
    std::stable_sort(bounds.begin(), bounds.end(),
                     [](const Bound& a, const Bound& b) { return a.day > b.day; });
    return bounds;
  }

  // A bare year is trusted only when a second date is as late: accounts and bonds speak of years to
  // come in the same words.
  std::optional<DayNumber> LowerBound(ByteSpan* where) const {
    const std::vector<Bound> bounds = PastDates();
    for (size_t i = 0; i < bounds.size(); ++i) {
      const bool seconded = i > 0 || (i + 1 < bounds.size() && bounds[i + 1].day == bounds[i].day);
      if (!bounds[i].fine && !seconded) continue;
      *where = bounds[i].where;
      return bounds[i].day;
    }
    return std::nullopt;
  }

  // Bare weekdays told of in the past tense near the top: "said on Friday".
  std::vector<const Expression*> LeadWeekdays() const {
    std::vector<const Expression*> out;
    for (const Expression& e : expressions_) {
      if (e.span.begin > kTopBytes) break;
      const bool bare = e.weekday != kUnset && e.day == kUnset && e.month == kUnset &&
                        e.shift == Shift::kNone && e.type != Type::kSet;
      if (bare && e.direction.tense == Tense::kPast) out.push_back(&e);
    }
    return out;
  }

  // Days of the candidate years, narrowed by the first weekday of the lead.
  std::optional<DocumentDate> FromDateline(const Expression& e, const char* why) const {
    DocumentDate out;
    out.spans = {e.span};
    out.why = why;
    out.basis = {BasisKind::kMention, UnderspecifiedValue(e), e.span};
    ByteSpan bound_span;
    const auto bound = LowerBound(&bound_span);
    const auto weekdays = LeadWeekdays();
    int weekday = e.weekday;
    if (weekday == kUnset && !weekdays.empty()) {
      weekday = weekdays[0]->weekday;
      out.spans.push_back(weekdays[0]->span);
      out.why += "; the first weekday of the lead is taken for that day";
    }
    if (weekday == kUnset && !bound) return out;
    AddCandidates(e, weekday, bound, &out);
    if (bound) out.why += "; it tells of " + IsoDay(*bound) + " as past";
    CloseDateline(e, bound, &out);
    return out;
  }

  void AddCandidates(const Expression& e, int weekday, std::optional<DayNumber> bound,
                     DocumentDate* out) const {
    const int last = not_after_ ? ToCivil(*not_after_).year
                     : bound    ? ToCivil(*bound).year + static_cast<int>(kCandidatesMax)
                                : kFirstYear - 1;
    const int first = bound ? ToCivil(*bound).year : kFirstYear;
    for (int year = last; year >= first && out->candidates.size() < kCandidatesMax; --year) {
      if (!IsValidDay(year, e.month, e.day)) continue;
      const DayNumber day = ToDayNumber(year, e.month, e.day);
      if (!Possible(day) || (bound && day < *bound)) continue;
      if (weekday != kUnset && WeekdayOf(day) != weekday) continue;
      out->candidates.push_back(
          {IsoDay(day), weekday != kUnset ? "the weekday agrees" : "within the bounds"});
    }
  }

  // The dateline's day in the first and the last possible year; a paper may be a day behind its
  // dateline.
  void CloseDateline(const Expression& e, std::optional<DayNumber> bound, DocumentDate* out) const {
    if (out->candidates.empty() || !not_after_) return;
    Close(out);
    if (out->best) return;
    const int last = ToCivil(*not_after_).year;
    for (int year = bound ? ToCivil(*bound).year : last; year <= last; ++year) {
      if (!IsValidDay(year, e.month, e.day)) continue;
      const DayNumber day = ToDayNumber(year, e.month, e.day);
      if (bound && day >= *bound && Possible(day)) out->lo = std::min(*out->lo, day);
      if (Possible(day)) out->hi = std::max(*out->hi, std::min(day + 1, *not_after_));
    }
  }

  // An interval only where something closes it from above.
  void Close(DocumentDate* out) const {
    if (out->candidates.empty() || !not_after_) return;
    out->hi = ParseIsoDay(out->candidates.front().value);
    out->lo = ParseIsoDay(out->candidates.back().value);
    if (out->candidates.size() == 1) out->best = out->hi;
  }

  // "announced on Wednesday, October 20": published that day or soon after.
  std::optional<DocumentDate> FromLead() const {
    for (const Expression& e : expressions_) {
      if (e.span.begin > kLeadBytes) break;
      if (!IsDayWithoutYear(e) || e.weekday == kUnset || e.direction.tense != Tense::kPast)
        continue;
      DocumentDate out;
      out.spans = {e.span};
      out.basis = {BasisKind::kMention, UnderspecifiedValue(e), e.span};
      out.why = "the lead tells of a weekday with its day as past";
      ByteSpan bound_span;
      AddCandidates(e, e.weekday, LowerBound(&bound_span), &out);
      Close(&out);
      out.best.reset();
      if (out.hi) out.hi = std::min(*out.hi + kNewsDays, *not_after_);
      if (out.lo) out.lo = *out.lo - kNewsDays;  // what was to come may be told as past
      return out;
    }
    return std::nullopt;
  }

  std::optional<DocumentDate> FromLowerBound() const {
    ByteSpan where;
    const auto bound = LowerBound(&where);
    if (!bound || !not_after_) return std::nullopt;
    DocumentDate out;
    out.lo = bound;
    out.hi = not_after_;
    out.spans = {where};
    out.basis = {BasisKind::kMention, IsoDay(*bound), where};
    out.why = "the newest date told as past, and the bound given from outside";
    return out;
  }

  std::string_view text_;
  const std::vector<Expression>& expressions_;
  std::optional<DayNumber> not_after_;
};

}  // namespace

std::optional<DocumentDate> InferDocumentDate(std::string_view text,
                                              const std::vector<Expression>& expressions,
                                              std::optional<DayNumber> not_after) {
  return Inference(text, expressions, not_after).Run();
}

}  // namespace verbatim::dates
