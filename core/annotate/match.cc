// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/match.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "core/base/limits.h"

namespace verbatim::annotate {
namespace {

using article::AnnotationPtr;
using article::Value;
using article::ValuePtr;

uint32_t Begin(const Value& value) { return value.anchor.spans(0).begin_byte(); }
uint32_t End(const Value& value) { return value.anchor.spans().rbegin()->end_byte(); }
uint32_t Distance(const Value& a, const Value& b) {
  return Begin(a) < Begin(b) ? Begin(b) - Begin(a) : Begin(a) - Begin(b);
}

class Matcher {
 public:
  Matcher(const std::vector<ValuePtr>& proposals, const std::vector<AnnotationPtr>& annotations,
          std::string_view annotator, SameValue same)
      : proposals_(proposals),
        annotations_(annotations),
        annotator_(annotator),
        same_(same),
        pairs_(proposals.size()),
        taken_(annotations.size()) {}

  std::vector<std::optional<size_t>> Run() {
    PairSaid([this](const ValuePtr& said, const ValuePtr& p) {
      return said->claim_key == p->claim_key && same_(said, p);
    });
    PairSaid(same_);
    PairSaid(
        [](const ValuePtr& said, const ValuePtr& p) { return said->claim_key == p->claim_key; });
    PairStanding();
    PairClaims();
    PairOverlaps();
    return std::move(pairs_);
  }

 private:
  // Order of a pair among all: less goes first.
  using Ranked = std::tuple<double, size_t, size_t>;

  ValuePtr Said(const AnnotationPtr& annotation) const {
    const article::Said* said = annotation->SaidBy(annotator_);
    return said == nullptr ? nullptr : said->value;
  }

  // What this annotator itself said at the very place of the proposal.
  void PairSaid(SameValue agree) {
    std::multimap<uint32_t, size_t> by_begin;  // equal ones in the order of annotations
    for (size_t a = 0; a < annotations_.size(); ++a) {
      const ValuePtr said = Said(annotations_[a]);
      if (!taken_[a] && said) by_begin.emplace(Begin(*said), a);
    }
    for (size_t p = 0; p < proposals_.size(); ++p) {
      if (pairs_[p]) continue;
      const auto [first, last] = by_begin.equal_range(Begin(*proposals_[p]));
      const auto found = std::find_if(first, last, [&](const auto& entry) {
        const ValuePtr said = Said(annotations_[entry.second]);
        return !taken_[entry.second] && article::SameSpans(said->anchor, proposals_[p]->anchor) &&
               agree(said, proposals_[p]);
      });
      if (found != last) Pair(p, found->second);
    }
  }

  // The claim that stands at the very place of the proposal, whoever made it.
  void PairStanding() {
    std::map<std::string, size_t> places;
    for (size_t a = 0; a < annotations_.size(); ++a) {
      if (!taken_[a]) places.try_emplace(article::ClaimAtPlace(*annotations_[a]->value), a);
    }
    for (size_t p = 0; p < proposals_.size(); ++p) {
      if (pairs_[p]) continue;
      const auto found = places.find(article::ClaimAtPlace(*proposals_[p]));
      if (found != places.end()) Pair(p, found->second);
    }
  }

  void PairClaims() {
    std::map<std::string, std::set<size_t>> claims;
    for (size_t a = 0; a < annotations_.size(); ++a) {
      if (taken_[a]) continue;
      claims[annotations_[a]->value->claim_key].insert(a);
      if (const ValuePtr said = Said(annotations_[a])) claims[said->claim_key].insert(a);
    }
    std::vector<Ranked> ranked;
    for (size_t p = 0; p < proposals_.size(); ++p) {
      if (pairs_[p]) continue;
      const auto found = claims.find(proposals_[p]->claim_key);
      if (found == claims.end()) continue;
      if (ranked.size() + found->second.size() > limits::kMatchPairsMax) break;
      for (const size_t a : found->second) {
        ranked.emplace_back(Distance(*proposals_[p], *annotations_[a]->value), p, a);
      }
    }
    PairBest(std::move(ranked));
  }

  void PairOverlaps() {
    // Annotations by their first byte, with how far any up to there reaches: what can touch a
    // proposal is found without looking at the rest.
    std::vector<std::pair<ValuePtr, size_t>> places;
    for (size_t a = 0; a < annotations_.size(); ++a) {
      if (taken_[a]) continue;
      places.emplace_back(annotations_[a]->value, a);
      const ValuePtr said = Said(annotations_[a]);
      if (said && said != annotations_[a]->value) places.emplace_back(said, a);
    }
    std::stable_sort(places.begin(), places.end(), [](const auto& x, const auto& y) {
      return Begin(*x.first) < Begin(*y.first);
    });
    std::vector<uint32_t> reach(places.size());
    uint32_t farthest = 0;
    for (size_t i = 0; i < places.size(); ++i) {
      reach[i] = farthest = std::max(farthest, End(*places[i].first));
    }
    std::map<std::pair<size_t, size_t>, double> best;
    for (size_t p = 0; p < proposals_.size(); ++p) {
      if (pairs_[p]) continue;
      const Value& proposal = *proposals_[p];
      size_t i = static_cast<size_t>(std::upper_bound(reach.begin(), reach.end(), Begin(proposal)) -
                                     reach.begin());
      for (; i < places.size() && Begin(*places[i].first) < End(proposal); ++i) {
        if (places[i].first->body.type() != proposal.body.type()) continue;
        const double overlap = article::Overlap(proposal.anchor, places[i].first->anchor);
        if (overlap < kOverlapMin) continue;
        double& kept = best[{p, places[i].second}];
        kept = std::max(kept, overlap);
      }
    }
    std::vector<Ranked> ranked;
    for (const auto& [pair, overlap] : best) {
      ranked.emplace_back(-overlap, pair.first, pair.second);
    }
    PairBest(std::move(ranked));
  }

  void PairBest(std::vector<Ranked> ranked) {
    std::sort(ranked.begin(), ranked.end());
    for (const auto& [rank, p, a] : ranked) {
      if (!pairs_[p] && !taken_[a]) Pair(p, a);
    }
  }

  void Pair(size_t proposal, size_t annotation) {
    pairs_[proposal] = annotation;
    taken_[annotation] = true;
  }

  const std::vector<ValuePtr>& proposals_;
  const std::vector<AnnotationPtr>& annotations_;
  std::string_view annotator_;
  SameValue same_;
  std::vector<std::optional<size_t>> pairs_;
  std::vector<bool> taken_;
};

}  // namespace

std::vector<std::optional<size_t>> Match(const std::vector<ValuePtr>& proposals,
                                         const std::vector<AnnotationPtr>& annotations,
                                         std::string_view annotator, SameValue same) {
  return Matcher(proposals, annotations, annotator, same).Run();
}

}  // namespace verbatim::annotate
