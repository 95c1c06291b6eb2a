// SPDX-License-Identifier: Apache-2.0
// A list of holders a term; the rarest terms of a statement name those it is compared with.
#include "pool.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace verbatim::statements {
namespace {

// Statements that a pool is taken to hold beside its own, so that a small one damps nothing early.
constexpr size_t kPriorStatements = 8;

// Four content words, in the unit of the weights: ten-thousandths of a content word.
constexpr uint32_t kLeastWeight = 40000;

// log10(1 / share) for shares of 0.1, 0.2 ... 1, in thousandths, and not below 50.
constexpr std::array<uint32_t, 10> kFactors = {1000, 699, 523, 398, 301, 222, 155, 97, 50, 50};

uint32_t Factor(size_t holders, size_t statements) {
  // No division for most: of a tenth or less.
  if (holders * 1000 < 101 * (statements + kPriorStatements)) return kFactors.front();
  const auto share = static_cast<uint32_t>(holders * 1000 / (statements + kPriorStatements));
  const uint32_t step = std::min(share / 100, 10u);
  if (step == 10) return kFactors.back();
  const uint32_t from = kFactors[step - 1];
  const uint32_t to = kFactors[step];
  return from - (from - to) * (share - step * 100) / 100;
}

}  // namespace

Pool::Number Pool::NumberOf(Term term) {
  const auto [it, added] = numbers_.emplace(term, static_cast<Number>(entries_.size()));
  if (added) {
    entries_.push_back({0, static_cast<uint16_t>(Weight(term)), IsPair(term), false});
    terms_.push_back(term);
    holders_.emplace_back();
  }
  return it->second;
}

uint32_t Pool::WeightOf(const Entry& entry) const {
  return entry.weight * Factor(entry.holders, size_);
}

Pool::Slot Pool::Add(const Terms& terms) {
  Slot slot = static_cast<Slot>(statements_.size());
  if (free_.empty()) {
    statements_.emplace_back();
    seen_.push_back(comparison_);
    shared_.push_back(0);
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  std::vector<Number>& numbers = statements_[slot];
  numbers.reserve(terms.ids.size());
  for (const Term term : terms.ids) {
    const Number number = NumberOf(term);
    ++entries_[number].holders;
    holders_[number].push_back(slot);
    numbers.push_back(number);
  }
  ++size_;
  return slot;
}

void Pool::Remove(Slot slot) {
  for (const Number number : statements_[slot]) {
    --entries_[number].holders;
    // From the end: what came last is what goes most often.
    std::vector<Slot>& slots = holders_[number];
    std::swap(*std::find(slots.rbegin(), slots.rend(), slot), slots.back());
    slots.pop_back();
  }
  statements_[slot].clear();
  free_.push_back(slot);
  --size_;
}

Pool::Comparison::Comparison(Pool* pool, const Terms& terms) : pool_(*pool) {
  for (const Term term : terms.ids) numbers_.push_back(pool_.NumberOf(term));
  ++pool_.size_;
  for (const Number number : numbers_) {
    ++pool_.entries_[number].holders;
    pool_.entries_[number].asked = true;
  }
  for (const Number number : numbers_) {
    const Entry& entry = pool_.entries_[number];
    if (!entry.pair) own_ += pool_.WeightOf(entry);
  }
  std::sort(numbers_.begin(), numbers_.end(), [this](Number a, Number b) {
    return std::tie(pool_.entries_[a].holders, pool_.terms_[a]) <
           std::tie(pool_.entries_[b].holders, pool_.terms_[b]);
  });
  Gather();
}

Pool::Comparison::~Comparison() {
  for (const Number number : numbers_) {
    --pool_.entries_[number].holders;
    pool_.entries_[number].asked = false;
  }
  --pool_.size_;
}

// Adds up what is shared, a list of holders after the other. What the lists that are too long to
// look at would add is added to all.
void Pool::Comparison::Gather() {
  ++pool_.comparison_;
  std::vector<Slot> met;
  size_t looked_at = 0;
  uint64_t beyond = 0;
  for (const Number number : numbers_) {
    const std::vector<Slot>& slots = pool_.holders_[number];
    const uint32_t weight = pool_.WeightOf(pool_.entries_[number]);
    if (beyond > 0 || (looked_at > 0 && looked_at + slots.size() > kCandidatesMax)) {
      beyond += weight;
      continue;
    }
    looked_at += slots.size();
    for (const Slot slot : slots) {
      if (std::exchange(pool_.seen_[slot], pool_.comparison_) != pool_.comparison_) {
        met.push_back(slot);
        pool_.shared_[slot] = 0;
      }
      pool_.shared_[slot] += weight;
    }
  }
  matches_.reserve(met.size());
  for (const Slot slot : met) {
    matches_.push_back(
        {slot, static_cast<uint32_t>((pool_.shared_[slot] + beyond) * 1000 / kLeastWeight)});
  }
}

uint32_t Pool::Comparison::Likeness(const Match& match) const {
  uint64_t shared = 0;
  uint64_t of_other = 0;
  for (const Number number : pool_.statements_[match.slot]) {
    const Entry& entry = pool_.entries_[number];
    const uint32_t weight = pool_.WeightOf(entry);
    if (entry.asked) shared += weight;
    if (!entry.pair) of_other += weight;
  }
  return static_cast<uint32_t>(shared * 1000 /
                               std::max<uint64_t>(std::min(own_, of_other), kLeastWeight));
}

}  // namespace verbatim::statements
