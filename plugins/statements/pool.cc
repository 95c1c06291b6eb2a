// SPDX-License-Identifier: Apache-2.0
// Weights are computed once between changes, for all terms.
#include "pool.h"

#include <algorithm>
#include <array>

namespace verbatim::statements {
namespace {

// Statements that a pool is taken to hold beside its own, so that a small one damps nothing early.
constexpr size_t kPriorStatements = 8;

// Four content words, in the unit of the weights.
constexpr uint32_t kLeastWeight = 40000;

// log10(1 / share) for shares of 0.1, 0.2 ... 1, in thousandths, and not below 50.
constexpr std::array<uint32_t, 10> kFactors = {1000, 699, 523, 398, 301, 222, 155, 97, 50, 50};

uint32_t Factor(size_t holders, size_t statements) {
  const auto share = static_cast<uint32_t>(holders * 1000 / (statements + kPriorStatements));
  if (share <= 100) return kFactors.front();
  const uint32_t step = std::min(share / 100, 10u);
  if (step == 10) return kFactors.back();
  const uint32_t from = kFactors[step - 1];
  const uint32_t to = kFactors[step];
  return from - (from - to) * (share - step * 100) / 100;
}

}  // namespace

Pool::Numbers Pool::Add(const Terms& terms) {
  Numbers numbers;
  numbers.reserve(terms.ids.size());
  for (const Term term : terms.ids) {
    const auto [it, added] = numbers_.emplace(term, static_cast<uint32_t>(entries_.size()));
    if (added) entries_.push_back({term, 0});
    ++entries_[it->second].holders;
    numbers.push_back(it->second);
  }
  std::sort(numbers.begin(), numbers.end());
  ++size_;
  weighed_ = false;
  return numbers;
}

void Pool::Remove(const Numbers& numbers) {
  for (const uint32_t number : numbers) --entries_[number].holders;
  --size_;
  weighed_ = false;
}

void Pool::Weigh() const {
  weights_.resize(entries_.size());
  own_.resize(entries_.size());
  for (size_t n = 0; n < entries_.size(); ++n) {
    weights_[n] = Weight(entries_[n].term) * Factor(entries_[n].holders, size_);
    own_[n] = IsPair(entries_[n].term) ? 0 : weights_[n];
  }
  weighed_ = true;
}

uint32_t Pool::Likeness(const Numbers& a, const Numbers& b) const {
  return Against(*this, a).Likeness(b);
}

Pool::Against::Against(const Pool& pool, const Numbers& a) : pool_(pool) {
  if (!pool.weighed_) pool.Weigh();
  shared_.resize(pool.weights_.size());
  for (const uint32_t number : a) {
    shared_[number] = pool.weights_[number];
    of_a_ += pool.own_[number];
  }
}

uint32_t Pool::Against::Likeness(const Numbers& b) const {
  uint64_t shared = 0;
  uint64_t of_b = 0;
  for (const uint32_t number : b) {
    shared += shared_[number];
    of_b += pool_.own_[number];
  }
  return static_cast<uint32_t>(shared * 1000 /
                               std::max<uint64_t>(std::min(of_a_, of_b), kLeastWeight));
}

}  // namespace verbatim::statements
