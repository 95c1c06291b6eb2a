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

// Those that hold one of the rarest terms.
std::vector<Pool::Slot> Pool::Candidates(std::vector<Number> numbers) {
  std::sort(numbers.begin(), numbers.end(), [this](Number a, Number b) {
    return std::tie(entries_[a].holders, terms_[a]) < std::tie(entries_[b].holders, terms_[b]);
  });
  ++comparison_;
  std::vector<Slot> candidates;
  size_t looked_at = 0;
  for (const Number number : numbers) {
    const std::vector<Slot>& slots = holders_[number];
    if (looked_at > 0 && looked_at + slots.size() > kCandidatesMax) break;
    looked_at += slots.size();
    for (const Slot slot : slots) {
      if (std::exchange(seen_[slot], comparison_) != comparison_) candidates.push_back(slot);
    }
  }
  return candidates;
}

uint32_t Pool::LikenessTo(Slot slot, uint64_t own) const {
  uint64_t shared = 0;
  uint64_t of_other = 0;
  for (const Number number : statements_[slot]) {
    const Entry& entry = entries_[number];
    const uint32_t weight = WeightOf(entry);
    if (entry.asked) shared += weight;
    if (!entry.pair) of_other += weight;
  }
  return static_cast<uint32_t>(shared * 1000 /
                               std::max<uint64_t>(std::min(own, of_other), kLeastWeight));
}

void Pool::Compare(const Terms& terms, const Visit& visit) {
  std::vector<Number> numbers;
  numbers.reserve(terms.ids.size());
  for (const Term term : terms.ids) numbers.push_back(NumberOf(term));
  ++size_;
  uint64_t own = 0;
  for (const Number number : numbers) {
    Entry& entry = entries_[number];
    ++entry.holders;
    entry.asked = true;
  }
  for (const Number number : numbers) {
    if (!entries_[number].pair) own += WeightOf(entries_[number]);
  }
  for (const Slot slot : Candidates(numbers)) visit(slot, LikenessTo(slot, own));
  for (const Number number : numbers) {
    --entries_[number].holders;
    entries_[number].asked = false;
  }
  --size_;
}

}  // namespace verbatim::statements
