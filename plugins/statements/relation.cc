// SPDX-License-Identifier: Apache-2.0
// Dates first, then likeness: two reports of one day in like words are one saying.
#include "relation.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "amounts.h"
#include "labels.h"
#include "lexicon.h"
#include "terms.h"
#include "text_pair.h"
#include "verbatim/text/diff.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

// Likeness from which two reports of one day are one saying, and the same of two articles that came
// out at about the same time.
constexpr uint32_t kSameSaying = 500;
constexpr uint32_t kSameSayingByArticleDate = 700;
constexpr int32_t kArticleDaysApartMax = 2;
// One article comes back to its subject with other words of the same speaker, so it takes more: a
// paraphrase is this much like what it puts in other words, and what is printed twice as it was
// said shares this much of the shorter one's words.
constexpr uint32_t kSameSayingParaphrased = 600;
constexpr double kSameWords = 0.8;

constexpr size_t kEvidenceMax = 24;

bool IsDated(const Quotation& q) {
  return !q.said_on.empty() && (q.basis == Basis::kStated || q.basis == Basis::kInferred);
}

// Days since 1970-01-01 (Hinnant, days_from_civil); nothing when it is no day.
std::optional<int32_t> DayNumber(std::string_view day) {
  if (day.size() < 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t size) {
    int32_t n = 0;
    for (size_t k = at; k < at + size; ++k) {
      if (day[k] < '0' || day[k] > '9') return -1;
      n = n * 10 + (day[k] - '0');
    }
    return n;
  };
  int32_t y = number(0, 4);
  const int32_t m = number(5, 2);
  const int32_t d = number(8, 2);
  if (y < 0 || m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  y -= m <= 2 ? 1 : 0;
  const int32_t era = y / 400;
  const int32_t yoe = y - era * 400;
  const int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

bool SameDay(const Quotation& a, const Quotation& b, uint32_t likeness) {
  if (IsDated(a) && IsDated(b)) return a.said_on == b.said_on && likeness >= kSameSaying;
  const std::optional<int32_t> x = DayNumber(a.said_on);
  const std::optional<int32_t> y = DayNumber(b.said_on);
  return x && y && std::abs(*x - *y) <= kArticleDaysApartMax &&
         likeness >= kSameSayingByArticleDate;
}

// The article itself, or another that prints the same story.
bool OfOneStory(const Quotation& a, const Quotation& b) {
  const std::string& x = a.story.empty() ? a.article : a.story;
  const std::string& y = b.story.empty() ? b.article : b.story;
  return x == y;
}

// Two quotations of one story.
bool AreOneSaying(const Quotation& a, const Quotation& b, uint32_t likeness) {
  const bool direct = a.kind == QuoteKind::kDirect && b.kind == QuoteKind::kDirect;
  if (likeness < kSameSaying) return false;
  if (!direct) {
    // Of short ones the order of the words tells: the one is the other, edited.
    return likeness >= kSameSayingParaphrased || text::Similarity(a.text, b.text) >= kEditedFrom;
  }
  return text::OverlapOf(a.text, b.text).containment >= kSameWords;
}

// Month and day of every date that names both, "07-15".
std::set<std::pair<std::string, std::string>> DaysNamed(std::string_view text) {
  std::set<std::pair<std::string, std::string>> days;
  const std::vector<text::Token> tokens = text::Tokenize(text);
  const std::vector<Amount> amounts = AmountsOf(text, tokens);
  std::string month;
  std::string day;
  uint32_t end = 0;
  for (const Amount& amount : amounts) {
    if (amount.unit != "date") continue;
    // "15th of July": four bytes between.
    if (amount.range.begin > end + 4) month.clear(), day.clear();
    end = amount.range.end;
    const bool is_month = IsMonth(amount.value);
    const size_t digits =
        std::min(amount.value.find_first_not_of("0123456789"), amount.value.size());
    if (is_month) month = amount.value.substr(0, 3);
    if (!is_month && digits > 0 && digits <= 2) day = amount.value.substr(0, digits);
    if (!month.empty() && !day.empty()) days.emplace(month, day);
  }
  return days;
}

// Speaks of what is to be, so that a date in it is a plan and not a happening.
bool IsPlan(std::string_view text) {
  for (const text::Token& token : text::Tokenize(text)) {
    if (token.IsWord() && ModalStrength(text::Fold(In(text, token))) &&
        !token.Has(text::kCapitalised))
      return true;
  }
  return false;
}

std::string Shown(const Evidence& e) {
  std::string shown(Name(e.label));
  shown += ": ";
  shown += e.before.empty() ? "\xE2\x88\x85" : e.before;
  shown += " -> ";
  shown += e.after.empty() ? "\xE2\x88\x85" : e.after;
  return shown;
}

// A paraphrase puts "will" as "would": the reporter's tense, and no doubt of the speaker's.
bool IsBackshift(std::string_view a, std::string_view b) {
  const std::string x = text::Fold(a);
  const std::string y = text::Fold(b);
  const auto shifted = [](std::string_view told, std::string_view said) {
    return !said.empty() && (PresentOf(told) == said || (told == "should" && said == "shall"));
  };
  return shifted(x, y) || shifted(y, x);
}

// What one report of a saying has and the other lacks: the alarm of the view.
std::vector<std::string> Variant(const Change& change, bool paraphrased) {
  std::vector<std::string> variant;
  const auto has = [&](Label label) {
    return std::find(change.labels.begin(), change.labels.end(), label) != change.labels.end();
  };
  if (has(Label::kNumber)) variant.push_back("amount");
  if (has(Label::kNegation)) variant.push_back("negation");
  const bool hedged =
      std::any_of(change.evidence.begin(), change.evidence.end(), [&](const Evidence& e) {
        return e.label == Label::kStrength && !(paraphrased && IsBackshift(e.before, e.after));
      });
  if (hedged) variant.push_back("hedge");
  return variant;
}

}  // namespace

int32_t DaysBetween(std::string_view a, std::string_view b) {
  const std::optional<int32_t> x = DayNumber(a);
  const std::optional<int32_t> y = DayNumber(b);
  return x && y && *y >= *x ? *y - *x : -1;
}

bool OfDifferentEvents(std::string_view a, std::string_view b) {
  const auto x = DaysNamed(a);
  const auto y = DaysNamed(b);
  if (x.empty() || y.empty() || IsPlan(a) || IsPlan(b)) return false;
  return std::none_of(x.begin(), x.end(), [&](const auto& day) { return y.count(day) != 0; });
}

Relation Relate(const Statement& earlier, const Statement& later) {
  const Quotation& a = earlier.quotation;
  const Quotation& b = later.quotation;
  if (OfDifferentEvents(a.text, b.text)) return Relation::kDifferentEvent;
  const uint32_t likeness = Likeness(TermsOf(a.text), TermsOf(b.text));
  const bool days_differ = IsDated(a) && IsDated(b) && a.said_on != b.said_on;
  if (OfOneStory(a, b) && !days_differ) {
    return AreOneSaying(a, b, likeness) ? Relation::kSameUtterance : Relation::kSameEvent;
  }
  if (SameDay(a, b, likeness)) return Relation::kSameUtterance;
  if (a.said_on.empty() || b.said_on.empty()) return Relation::kNone;
  if (a.said_on == b.said_on && a.basis != Basis::kArticleDate && b.basis != Basis::kArticleDate) {
    return Relation::kSameEvent;
  }
  return Relation::kLaterRestatement;
}

void ClearComparison(Statement* statement) {
  statement->relation = Relation::kNone;
  statement->previous.clear();
  statement->previous_segment = 0;
  statement->utterance = statement->quotation.annotation;
  statement->labels.clear();
  statement->label_evidence.clear();
  statement->variant.clear();
  statement->diff.clear();
  statement->similarity = 0;
  statement->days_between = -1;
}

void Compare(const Statement& earlier, Relation relation, Statement* later) {
  ClearComparison(later);
  const Quotation& a = earlier.quotation;
  const Quotation& b = later->quotation;
  later->relation = relation;
  later->previous = a.annotation;
  later->previous_segment = earlier.segment;
  if (relation == Relation::kSameUtterance) later->utterance = earlier.utterance;
  later->similarity = static_cast<uint32_t>(text::Similarity(a.text, b.text) * 1000 + 0.5);
  if (IsDated(a) && IsDated(b)) later->days_between = DaysBetween(a.said_on, b.said_on);
  if (relation == Relation::kDifferentEvent) return;
  const Change change = Labels(a.text, b.text);
  for (const Label label : change.labels) later->labels.emplace_back(Name(label));
  for (const Evidence& e : change.evidence) {
    if (later->label_evidence.size() < kEvidenceMax) later->label_evidence.push_back(Shown(e));
  }
  if (relation == Relation::kSameUtterance) {
    later->variant =
        Variant(change, (a.kind == QuoteKind::kIndirect) != (b.kind == QuoteKind::kIndirect));
  }
  later->diff = text::RenderDiff(a.text, b.text, text::DiffWords(a.text, b.text));
}

}  // namespace verbatim::statements
