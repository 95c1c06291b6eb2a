// SPDX-License-Identifier: Apache-2.0
// Rules over the word diff of the two texts: every label looks at what was taken out and put in,
// and at what stands in both. Thresholds were chosen on one half of a hand-labelled set.
#include "labels.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "amounts.h"
#include "findings.h"
#include "lexicon.h"
#include "positions.h"
#include "strength.h"
#include "terms.h"
#include "text_pair.h"
#include "verbatim/text/fold.h"

namespace verbatim::statements {
namespace {

using text::Range;

// Longer texts are labelled by their beginning: the effort stays bounded.
constexpr size_t kLabelBytesMax = 20000;

// Words alone decide, without marks: "Yes." and "yes" are one saying.
bool IsVerbatim(const TextPair& pair) {
  return std::equal(pair.a.words.begin(), pair.a.words.end(), pair.b.words.begin(),
                    pair.b.words.end(),
                    [](const Word& x, const Word& y) { return x.folded == y.folded; });
}

bool HasValue(const std::vector<Amount>& amounts, const Amount& like) {
  return std::any_of(amounts.begin(), amounts.end(),
                     [&](const Amount& x) { return x.unit == like.unit && x.value == like.value; });
}

// Words between "a" and what there is one of.
constexpr size_t kOneReach = 3;

std::optional<size_t> HunkOf(const TextSide& side, const Range& range) {
  for (const Word& word : side.words) {
    if (word.changed && word.range.begin < range.end && word.range.end > range.begin)
      return word.hunk;
  }
  return std::nullopt;
}

bool IsVague(const Amount& x) { return x.value.find_first_of("0123456789") == std::string::npos; }

// Of one unit; a vague count ("thousands of travellers") may stand for a count of anything.
bool Comparable(const Amount& x, const Amount& y) {
  if (x.unit == y.unit) return x.unit == "money" || !IsVague(x) || !IsVague(y);
  const auto counts = [](const Amount& z) {
    return z.unit != "date" && z.unit != "money" && z.unit != "percent" && z.unit != "basis point";
  };
  return IsVague(x) != IsVague(y) && counts(x) && counts(y);
}

// The first amount of `b` that stands where `x` of `a` stood, or is the only one of its unit there.
const Amount* Counterpart(const TextPair& pair, const Amount& x) {
  const bool shared =
      std::any_of(pair.a.amounts.begin(), pair.a.amounts.end(),
                  [&](const Amount& y) { return y.unit == x.unit && HasValue(pair.b.amounts, y); });
  const std::optional<size_t> hunk = HunkOf(pair.a, x.range);
  for (const Amount& y : pair.b.amounts) {
    if (!Comparable(x, y) || y.value == x.value || HasValue(pair.a.amounts, y)) continue;
    if (!shared && (pair.similarity >= kEditedFrom || x.unit == "money" || x.unit == "percent"))
      return &y;
    if (!shared && !x.unit.empty()) return &y;
    if (hunk && pair.similarity >= kEditedFrom && HunkOf(pair.b, y.range) == hunk) return &y;
  }
  return nullptr;
}

// "a first well", where the other text counts "three wells" in the same place: from the article to
// the noun. Empty when there is none.
Range OneOf(const TextSide& side, const TextSide& other, const Amount& count) {
  const std::optional<size_t> hunk = HunkOf(other, count.range);
  if (!hunk || count.unit.empty()) return {};
  const auto is_one = [](const Word& word) {
    return word.folded == "a" || word.folded == "an" || word.folded == "one";
  };
  for (size_t n = 1; n < side.words.size(); ++n) {
    if (side.words[n].stem != count.unit) continue;
    for (size_t back = 1; back <= std::min(n, kOneReach); ++back) {
      const Word& word = side.words[n - back];
      if (word.changed && word.hunk == *hunk && is_one(word))
        return {word.range.begin, side.words[n].range.end};
    }
  }
  return {};
}

// One on one side, several on the other.
void FindOnes(const TextPair& pair, Findings* findings) {
  if (pair.similarity < kEditedFrom) return;
  for (const Amount& x : pair.a.amounts) {
    const Range one = OneOf(pair.b, pair.a, x);
    if (!one.empty()) findings->Add(Label::kNumber, In(pair.a.text, x.range), In(pair.b.text, one));
  }
  for (const Amount& y : pair.b.amounts) {
    const Range one = OneOf(pair.a, pair.b, y);
    if (!one.empty()) findings->Add(Label::kNumber, In(pair.a.text, one), In(pair.b.text, y.range));
  }
}

void FindNumbers(const TextPair& pair, Findings* findings) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Amount& x : pair.a.amounts) {
    if (x.unit == "date" || HasValue(pair.b.amounts, x)) continue;
    const Amount* y = Counterpart(pair, x);
    if (y == nullptr || !seen.emplace(x.unit, x.value).second) continue;
    findings->Add(Label::kNumber, In(pair.a.text, x.range), In(pair.b.text, y->range));
  }
}

bool IsTime(const TextSide& side, const Word& word) {
  if (IsTimeWord(word.folded)) return true;
  // "this year", "the month": beside another the pointer is what rolls forward.
  const Word* const next = &word + 1;
  if (IsPointer(word.folded) && next != side.words.data() + side.words.size() &&
      IsTimeWord(next->folded))
    return true;
  return std::any_of(side.amounts.begin(), side.amounts.end(),
                     [&](const Amount& x) { return x.unit == "date" && Within(word, x); });
}

void FindReferences(const TextPair& pair, Findings* findings) {
  if (pair.similarity < kEditedFrom) return;
  for (size_t hunk = 1; hunk <= pair.hunks; ++hunk) {
    const auto a =
        Changed(pair.a, [&](const Word& w) { return w.hunk == hunk && IsTime(pair.a, w); });
    const auto b =
        Changed(pair.b, [&](const Word& w) { return w.hunk == hunk && IsTime(pair.b, w); });
    if (!a.empty() && !b.empty())
      findings->Add(Label::kReference, Joined(pair.a, a), Joined(pair.b, b));
  }
}

// Words that a negation reaches over before the word that it denies.
constexpr size_t kNegationReach = 4;

// Stems of content words, each with how often it stands affirmed and denied.
struct Polarity {
  int affirmed = 0;
  int denied = 0;
  bool changed = false;  // a negation that the other text doesn't have
  Range denial;          // from the negation to the word
};

std::map<std::string, Polarity> Polarities(const TextSide& side) {
  std::map<std::string, Polarity> polarities;
  size_t negation = side.words.size();  // none
  for (size_t n = 0; n < side.words.size(); ++n) {
    const Word& word = side.words[n];
    if (IsNegation(word.folded)) {
      negation = n;
      continue;
    }
    if (IsEmptyWord(word.folded) || ModalStrength(word.folded)) continue;
    Polarity& polarity = polarities[word.stem];
    if (negation < n && n - negation <= kNegationReach) {
      ++polarity.denied;
      polarity.changed = polarity.changed || side.words[negation].changed;
      polarity.denial = {side.words[negation].range.begin, word.range.end};
      negation = side.words.size();
    } else {
      ++polarity.affirmed;
    }
  }
  return polarities;
}

// A negation stands in it that the other text doesn't have.
bool Denies(const TextSide& side) {
  return std::any_of(side.words.begin(), side.words.end(),
                     [](const Word& word) { return word.changed && IsNegation(word.folded); });
}

// Two sentences that share so much of their words are of one thing, whatever their order.
constexpr uint32_t kSameWordsFrom = 600;

uint32_t LikenessOf(const TextPair& pair) {
  return Likeness(TermsOf(pair.a.text), TermsOf(pair.b.text));
}

void FindNegations(const TextPair& pair, Findings* findings) {
  if (!Denies(pair.a) && !Denies(pair.b)) return;
  const auto in_a = Polarities(pair.a);
  const auto in_b = Polarities(pair.b);
  std::vector<Evidence> flips;
  for (const auto& [stem, x] : in_a) {
    const auto it = in_b.find(stem);
    if (it == in_b.end()) continue;
    const Polarity& y = it->second;
    if (x.changed && x.affirmed == 0 && y.denied == 0) {
      flips.push_back({Label::kNegation, std::string(In(pair.a.text, x.denial)), stem});
    } else if (y.changed && y.affirmed == 0 && x.denied == 0) {
      flips.push_back({Label::kNegation, stem, std::string(In(pair.b.text, y.denial))});
    }
  }
  if (flips.empty()) return;
  if (pair.similarity < kEditedFrom && LikenessOf(pair) < kSameWordsFrom) return;
  for (const Evidence& flip : flips) findings->Add(flip.label, flip.before, flip.after);
}

// Weight of a changed word that no other label accounts for.
uint32_t ContentWeight(const TextSide& side, const Word& word) {
  if (IsEmptyWord(word.folded) || IsDegree(word) || IsTime(side, word)) return 0;
  const bool amount = std::any_of(side.amounts.begin(), side.amounts.end(),
                                  [&](const Amount& x) { return Within(word, x); });
  if (amount) return 0;
  return IsLightWord(word.folded) ? 3 : 10;
}

// Content that each hunk takes out and puts in; a word in another form of itself is neither.
struct Exchange {
  uint32_t out = 0;
  uint32_t in = 0;
};

std::vector<Exchange> Exchanges(const TextPair& pair) {
  std::vector<Exchange> hunks(pair.hunks + 1);
  std::set<std::pair<size_t, std::string>> in_a;
  std::set<std::pair<size_t, std::string>> in_b;
  for (const Word& word : pair.a.words) in_a.emplace(word.hunk, word.stem);
  for (const Word& word : pair.b.words) in_b.emplace(word.hunk, word.stem);
  for (const Word& word : pair.a.words) {
    if (word.changed && in_b.count({word.hunk, word.stem}) == 0)
      hunks[word.hunk].out += ContentWeight(pair.a, word);
  }
  for (const Word& word : pair.b.words) {
    if (word.changed && in_a.count({word.hunk, word.stem}) == 0)
      hunks[word.hunk].in += ContentWeight(pair.b, word);
  }
  return hunks;
}

// What was put in outweighs what was taken out or replaced by more than so much, or the other way
// round.
constexpr uint32_t kMostlyOneWay = 2;

// One sentence edited: what was put in, taken out and put in place of something.
void FindEdits(const TextPair& pair, Findings* findings) {
  uint32_t in = 0;
  uint32_t out = 0;
  uint32_t replaced = 0;
  for (const Exchange& hunk : Exchanges(pair)) {
    const uint32_t both = std::min(hunk.in, hunk.out);
    replaced += both;
    in += hunk.in - both;
    out += hunk.out - both;
  }
  const bool explained = !findings->empty();
  if (in >= 10 && in > kMostlyOneWay * (out + replaced)) {
    findings->Add(Label::kExtended, "", "");
  } else if (out >= 10 && out > kMostlyOneWay * (in + replaced)) {
    findings->Add(Label::kShortened, "", "");
  } else if (!explained ||
             (replaced + std::min(in, out) >= 20 && !findings->Has(Label::kPosition))) {
    findings->Add(Label::kReworded, "", "");
  }
}

// Two sentences on one thing: other words anyway, and perhaps much more or much less of them. Of
// another position neither holds the other.
void FindExtent(const TextPair& pair, Findings* findings) {
  if (findings->Has(Label::kPosition)) return;
  findings->Add(Label::kReworded, "", "");
  const size_t a = pair.a.words.size();
  const size_t b = pair.b.words.size();
  if (LikenessOf(pair) < 300) return;
  if (10 * b >= 16 * a) findings->Add(Label::kExtended, "", "");
  if (10 * a >= 16 * b) findings->Add(Label::kShortened, "", "");
}

}  // namespace

std::string_view Name(Label label) {
  static constexpr std::array<std::string_view, 9> kNames = {"verbatim",  "reworded", "extended",
                                                             "shortened", "number",   "negation",
                                                             "strength",  "position", "reference"};
  return kNames.at(static_cast<size_t>(label));
}

Change Labels(std::string_view a, std::string_view b) {
  const TextPair pair = ReadPair(a.substr(0, kLabelBytesMax), b.substr(0, kLabelBytesMax));
  Findings findings;
  if (IsVerbatim(pair)) {
    findings.Add(Label::kVerbatim, "", "");
    return findings.Take();
  }
  FindNumbers(pair, &findings);
  FindOnes(pair, &findings);
  FindReferences(pair, &findings);
  FindNegations(pair, &findings);
  FindStrength(pair, &findings);
  FindPositions(pair, &findings);
  if (pair.similarity >= kEditedFrom) {
    FindEdits(pair, &findings);
  } else {
    FindExtent(pair, &findings);
  }
  return findings.Take();
}

}  // namespace verbatim::statements
