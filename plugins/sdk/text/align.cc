// SPDX-License-Identifier: Apache-2.0
// Likeness of two sentences: half the cosine of their words, rare ones counting more, half the
// share of words in common order. First the best pairs one to one, then what neighbours say about
// the rest, then sentences that went into, or came out of, one that has a partner already.
#include "verbatim/text/align.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "verbatim/text/matching.h"
#include "verbatim/text/units.h"

namespace verbatim::text {
namespace {

// Least cosine at which the order of words is looked at.
constexpr float kCosineMin = 0.12F;
// What an unpaired sentence between two paired neighbours must reach.
constexpr float kBetweenMin = 0.2F;
// How many more sentences than the old text had may stand in a gap between two pairs.
constexpr uint32_t kGapMax = 4;
// Unpaired sentences that are walked over to find the pairs around a gap.
constexpr uint32_t kGapWalkMax = 32;
// Of each old sentence, how many new ones are looked at word by word.
constexpr size_t kLikeliestMax = 12;
// Share of a sentence's weight that must stand in one which has a partner, beyond what the partner
// explains.
constexpr float kPartMin = 0.33F;
// Words in more sentences than this relate nothing when texts are long.
constexpr size_t kPostingsMax = 400;
// The better of two equal scores is the one nearer in place.
constexpr float kPlaceWeight = 0.04F;

constexpr uint32_t kNobody = UINT32_MAX;

// A word of a sentence with its weight there: times it occurs * idf.
struct Term {
  uint32_t id;
  float weight;
};

struct Sentence {
  std::vector<Unit> units;
  std::vector<Term> terms;  // by id
  float norm = 0;
  float weight = 0;  // of all terms
  uint32_t words = 0;
};

struct Candidate {
  uint32_t a;
  uint32_t b;
  float score;     // likeness, with a little for place
  float likeness;  // 0 to 1
};

class Aligner {
 public:
  Aligner(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b,
          const AlignOptions& options)
      : options_(options), a_count_(a.size()) {
    std::vector<std::string_view> all(a);
    all.insert(all.end(), b.begin(), b.end());
    Read(MakeUnits(all));
    partner_.assign(all.size(), kNobody);
  }

  std::vector<SentencePair> Run() {
    FindCandidates();
    PairBest(static_cast<float>(options_.min_similarity));
    PairBetween();
    PairParts();
    MarkMoves();
    std::sort(pairs_.begin(), pairs_.end(), [](const SentencePair& x, const SentencePair& y) {
      return std::pair(x.a, x.b) < std::pair(y.a, y.b);
    });
    return std::move(pairs_);
  }

 private:
  // Old sentences first, then the new ones.
  const Sentence& A(uint32_t a) const { return sentences_[a]; }
  const Sentence& B(uint32_t b) const { return sentences_[a_count_ + b]; }
  uint32_t& PartnerOfA(uint32_t a) { return partner_[a]; }
  uint32_t& PartnerOfB(uint32_t b) { return partner_[a_count_ + b]; }
  uint32_t b_count() const { return static_cast<uint32_t>(sentences_.size() - a_count_); }

  void Read(UnitLists lists) {
    std::vector<uint32_t> seen_in(lists.ids, 0);
    std::vector<uint32_t> last(lists.ids, kNobody);
    for (uint32_t n = 0; n < lists.lists.size(); ++n) {
      for (const Unit& unit : lists.lists[n]) {
        if (last[unit.id] != n) ++seen_in[unit.id];
        last[unit.id] = n;
      }
    }
    const auto total = static_cast<float>(lists.lists.size());
    for (std::vector<Unit>& units : lists.lists) {
      Sentence sentence;
      for (const Unit& unit : units) {
        if (unit.kind == UnitKind::kMark) continue;
        ++sentence.words;
        const float idf = std::log(1 + total / static_cast<float>(seen_in[unit.id]));
        const float weight = unit.kind == UnitKind::kFunction ? idf * 0.3F : idf;
        sentence.terms.push_back({unit.id, weight});
      }
      sentence.units = std::move(units);
      Compact(&sentence);
      sentences_.push_back(std::move(sentence));
    }
  }

  static void Compact(Sentence* sentence) {
    std::vector<Term>& terms = sentence->terms;
    std::sort(terms.begin(), terms.end(), [](const Term& x, const Term& y) { return x.id < y.id; });
    size_t kept = 0;
    for (size_t n = 0; n < terms.size(); ++n) {
      if (kept > 0 && terms[kept - 1].id == terms[n].id) {
        terms[kept - 1].weight += terms[n].weight;
      } else {
        terms[kept++] = terms[n];
      }
    }
    terms.resize(kept);
    float squares = 0;
    for (const Term& term : terms) {
      squares += term.weight * term.weight;
      sentence->weight += term.weight;
    }
    sentence->norm = std::sqrt(squares);
  }

  // Sentences of b that share a word with each sentence of a, by way of the words.
  void FindCandidates() {
    uint32_t ids = 0;
    for (const Sentence& s : sentences_) {
      if (!s.terms.empty()) ids = std::max(ids, s.terms.back().id + 1);
    }
    std::vector<std::vector<std::pair<uint32_t, float>>> postings(ids);
    for (uint32_t b = 0; b < b_count(); ++b) {
      for (const Term& term : B(b).terms) postings[term.id].push_back({b, term.weight});
    }
    std::vector<float> dots(b_count(), 0);
    std::vector<uint32_t> touched;
    for (uint32_t a = 0; a < a_count_; ++a) {
      for (const Term& term : A(a).terms) {
        if (postings[term.id].size() > kPostingsMax) continue;
        for (const auto& [b, weight] : postings[term.id]) {
          if (dots[b] == 0) touched.push_back(b);
          dots[b] += term.weight * weight;
        }
      }
      ConsiderLikeliest(a, touched, dots);
      for (const uint32_t b : touched) dots[b] = 0;
      touched.clear();
    }
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& x, const Candidate& y) {
      if (x.score != y.score) return x.score > y.score;
      return std::pair(x.a, x.b) < std::pair(y.a, y.b);
    });
  }

  void ConsiderLikeliest(uint32_t a, const std::vector<uint32_t>& touched,
                         const std::vector<float>& dots) {
    std::vector<std::pair<float, uint32_t>> likeliest;
    for (const uint32_t b : touched) {
      const float cosine = dots[b] / (A(a).norm * B(b).norm);
      if (cosine >= kCosineMin) likeliest.push_back({-cosine, b});
    }
    std::sort(likeliest.begin(), likeliest.end());
    if (likeliest.size() > kLikeliestMax) likeliest.resize(kLikeliestMax);
    for (const auto& [cosine, b] : likeliest) Consider(a, b, -cosine);
  }

  void Consider(uint32_t a, uint32_t b, float cosine) {
    float common = 0;
    for (const Match& match : MatchUnits(A(a).units, B(b).units)) {
      common += A(a).units[match.a].kind == UnitKind::kMark ? 0.0F : 1.0F;
    }
    const float order = 2 * common / static_cast<float>(std::max(1u, A(a).words + B(b).words));
    const float likeness = std::min(1.0F, 0.5F * cosine + 0.5F * order);
    const float place_a = static_cast<float>(a) / static_cast<float>(std::max<size_t>(a_count_, 1));
    const float place_b = static_cast<float>(b) / static_cast<float>(std::max(b_count(), 1u));
    candidates_.push_back({a, b, likeness - kPlaceWeight * std::fabs(place_a - place_b), likeness});
  }

  void Pair(uint32_t a, uint32_t b, PairKind kind, float likeness) {
    pairs_.push_back({a, b, kind, false, likeness});
  }

  void PairBest(float least) {
    for (const Candidate& c : candidates_) {
      if (c.likeness < least || PartnerOfA(c.a) != kNobody || PartnerOfB(c.b) != kNobody) continue;
      PartnerOfA(c.a) = c.b;
      PartnerOfB(c.b) = c.a;
      Pair(c.a, c.b, SameUnits(c.a, c.b) ? PairKind::kSame : PairKind::kEdited, c.likeness);
    }
  }

  bool SameUnits(uint32_t a, uint32_t b) const {
    const std::vector<Unit>& x = A(a).units;
    const std::vector<Unit>& y = B(b).units;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [](const Unit& s, const Unit& t) { return s.id == t.id; });
  }

  // Does the pair stand between the partners of the nearest paired sentences on either side?
  bool FitsBetween(uint32_t a, uint32_t b) {
    uint32_t before = a;
    while (before > 0 && a - before < kGapWalkMax && PartnerOfA(before - 1) == kNobody) --before;
    uint32_t after = a + 1;
    while (after < a_count_ && after - a < kGapWalkMax && PartnerOfA(after) == kNobody) ++after;
    if (before > 0 && PartnerOfA(before - 1) == kNobody) return false;
    if (after < a_count_ && PartnerOfA(after) == kNobody) return false;
    // From the other side too, so that a gap is not bridged over a moved sentence.
    const uint32_t low = before == 0 ? 0 : PartnerOfA(before - 1);
    const uint32_t high = after == a_count_ ? b_count() : PartnerOfA(after);
    return low <= b && b <= high && high - low <= kGapMax + (after - before);
  }

  void PairBetween() {
    for (const Candidate& c : candidates_) {
      if (PartnerOfA(c.a) != kNobody || PartnerOfB(c.b) != kNobody) continue;
      if (c.likeness < kBetweenMin || !FitsBetween(c.a, c.b)) continue;
      PartnerOfA(c.a) = c.b;
      PartnerOfB(c.b) = c.a;
      Pair(c.a, c.b, PairKind::kEdited, c.likeness);
    }
  }

  // Share of the weight of `part` that stands in `whole` and not in `other`.
  static float ShareOf(const Sentence& part, const Sentence& whole, const Sentence& other) {
    const auto weight_in = [](const Sentence& s, uint32_t id) {
      const auto at = std::lower_bound(s.terms.begin(), s.terms.end(), id,
                                       [](const Term& t, uint32_t x) { return t.id < x; });
      return at != s.terms.end() && at->id == id ? at->weight : 0.0F;
    };
    float shared = 0;
    for (const Term& term : part.terms) {
      const float free = weight_in(whole, term.id) - weight_in(other, term.id);
      shared += std::clamp(free, 0.0F, term.weight);
    }
    return part.weight > 0 ? shared / part.weight : 0;
  }

  void PairParts() {
    // Of a left-over sentence, the fullest home.
    std::vector<Candidate> best(sentences_.size(), Candidate{0, 0, 0, 0});
    for (const Candidate& c : candidates_) {
      const uint32_t b_of_a = PartnerOfA(c.a);
      const uint32_t a_of_b = PartnerOfB(c.b);
      if ((b_of_a == kNobody) == (a_of_b == kNobody)) continue;
      const bool split = a_of_b == kNobody;
      const float share =
          split ? ShareOf(B(c.b), A(c.a), B(b_of_a)) : ShareOf(A(c.a), B(c.b), A(a_of_b));
      Candidate& held = best[split ? a_count_ + c.b : c.a];
      if (share > held.score) held = {c.a, c.b, share, c.likeness};
    }
    for (size_t n = 0; n < best.size(); ++n) {
      if (best[n].score < kPartMin) continue;
      const bool split = n >= a_count_;
      Pair(best[n].a, best[n].b, split ? PairKind::kSplit : PairKind::kMerged, best[n].likeness);
      const uint32_t home = split ? best[n].a : best[n].b;
      for (SentencePair& pair : pairs_) {
        if ((split ? pair.a : pair.b) == home && pair.kind == PairKind::kEdited) {
          pair.kind = split ? PairKind::kSplit : PairKind::kMerged;
        }
      }
    }
  }

  // Moved: not in the longest row of pairs that keep their order.
  void MarkMoves() {
    std::vector<SentencePair*> row;
    for (SentencePair& pair : pairs_) {
      if (PartnerOfA(pair.a) == pair.b) row.push_back(&pair);
    }
    std::sort(row.begin(), row.end(),
              [](const SentencePair* x, const SentencePair* y) { return x->a < y->a; });
    std::vector<size_t> tails;
    std::vector<size_t> before(row.size());
    for (size_t n = 0; n < row.size(); ++n) {
      const auto place = std::lower_bound(tails.begin(), tails.end(), row[n]->b,
                                          [&row](size_t t, uint32_t b) { return row[t]->b < b; });
      before[n] = place == tails.begin() ? n : *(place - 1);
      if (place == tails.end()) {
        tails.push_back(n);
      } else {
        *place = n;
      }
      row[n]->moved = true;
    }
    size_t at = tails.empty() ? 0 : tails.back();
    for (size_t n = tails.size(); n-- > 0; at = before[at]) row[at]->moved = false;
  }

  AlignOptions options_;
  size_t a_count_;
  std::vector<Sentence> sentences_;
  std::vector<Candidate> candidates_;
  std::vector<uint32_t> partner_;  // number of the partner on the other side
  std::vector<SentencePair> pairs_;
};

}  // namespace

std::vector<SentencePair> AlignSentences(const std::vector<std::string_view>& a,
                                         const std::vector<std::string_view>& b,
                                         const AlignOptions& options) {
  return Aligner(a, b, options).Run();
}

}  // namespace verbatim::text
