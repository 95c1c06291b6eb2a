// SPDX-License-Identifier: Apache-2.0
// The statements among which a new one is placed, and how alike it is to each of them: a word that
// most of them hold tells them apart as little as a function word does.
//
//   Pool pool;
//   pool.Add(TermsOf("weapons in space"));
//   pool.Compare(TermsOf("a treaty on weapons"), [](Pool::Slot slot, uint32_t likeness) {});
//
// A function of the statements that are in it, whatever the order in which they came. The effort of
// a comparison is bounded by how many hold the statement's rarer words, not by how many there are.
#ifndef VERBATIM_PLUGINS_STATEMENTS_POOL_H_
#define VERBATIM_PLUGINS_STATEMENTS_POOL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "terms.h"

namespace verbatim::statements {

class Pool {
 public:
  // Of a statement; given again to another once this one was removed.
  using Slot = uint32_t;
  using Visit = std::function<void(Slot slot, uint32_t likeness)>;

  // Statements that are looked at for the rarest words of a new one. What only words beyond that
  // have in common with it is no neighbour; its rarest word is always looked up.
  static constexpr size_t kCandidatesMax = 6000;

  Slot Add(const Terms& terms);
  void Remove(Slot slot);

  // How alike a statement that is not in the pool is to those that share a word with it: as
  // Likeness(Terms, Terms), with the weight of every term lowered by the share of statements that
  // hold it (this one too): whole up to a tenth of them, a twentieth when all do. In no order; a
  // slot that isn't visited has likeness 0. `visit` may not change the pool.
  void Compare(const Terms& terms, const Visit& visit);

  size_t size() const { return size_; }

 private:
  using Number = uint32_t;  // of a term in this pool

  // Eight bytes: what the innermost loop reads.
  struct Entry {
    uint32_t holders = 0;
    uint16_t weight = 0;  // of the term, in tenths
    bool pair = false;
    bool asked = false;  // by the comparison under way
  };

  Number NumberOf(Term term);
  uint32_t WeightOf(const Entry& entry) const;
  std::vector<Slot> Candidates(std::vector<Number> numbers);
  uint32_t LikenessTo(Slot slot, uint64_t own) const;

  std::unordered_map<Term, Number> numbers_;
  std::vector<Entry> entries_;                   // by number
  std::vector<Term> terms_;                      // by number
  std::vector<std::vector<Slot>> holders_;       // by number
  std::vector<std::vector<Number>> statements_;  // by slot
  std::vector<Slot> free_;
  std::vector<uint32_t> seen_;  // by slot: the last comparison that met it
  uint32_t comparison_ = 0;
  size_t size_ = 0;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_POOL_H_
