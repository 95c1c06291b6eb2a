// SPDX-License-Identifier: Apache-2.0
// The statements among which a new one is placed, and how alike it is to each of them: a word that
// most of them hold tells them apart as little as a function word does.
//
//   Pool pool;
//   pool.Add(TermsOf("weapons in space"));
//   Pool::Comparison comparison(&pool, TermsOf("a treaty on weapons"));
//   for (const Pool::Match& match : comparison.matches()) comparison.Likeness(match);
//
// A function of the statements that are in it, whatever the order in which they came. The effort of
// a comparison is bounded by how many hold the statement's rarer words, not by how many there are.
#ifndef VERBATIM_PLUGINS_STATEMENTS_POOL_H_
#define VERBATIM_PLUGINS_STATEMENTS_POOL_H_

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "terms.h"

namespace verbatim::statements {

class Pool {
 public:
  // Of a statement; given again to another once this one was removed.
  using Slot = uint32_t;

  // A statement that shares a word with the new one, and how alike they are at most.
  struct Match {
    Slot slot = 0;
    uint32_t at_most = 0;
  };

  class Comparison;

  // Statements that are looked at for the rarest words of a new one. What only words beyond that
  // have in common with it is no neighbour; its rarest word is always looked up.
  static constexpr size_t kCandidatesMax = 4000;

  Slot Add(const Terms& terms);
  void Remove(Slot slot);
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
  std::unordered_map<Term, Number> numbers_;
  std::vector<Entry> entries_;                   // by number
  std::vector<Term> terms_;                      // by number
  std::vector<std::vector<Slot>> holders_;       // by number
  std::vector<std::vector<Number>> statements_;  // by slot
  std::vector<Slot> free_;
  size_t size_ = 0;

  // By slot: the last comparison that met it, and what it was found to share there.
  std::vector<uint32_t> seen_;
  std::vector<uint32_t> shared_;
  uint32_t comparison_ = 0;
};

// A statement that is not in the pool, beside those that are. While it lives the pool counts it in,
// and may not be changed; one at a time.
class Pool::Comparison {
 public:
  Comparison(Pool* pool, const Terms& terms);
  ~Comparison();
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  // In no order. What is not among them has likeness 0.
  const std::vector<Match>& matches() const { return matches_; }

  // As Likeness(Terms, Terms), with the weight of every term lowered by the share of statements
  // that hold it: whole up to a tenth of them, a twentieth when all do.
  uint32_t Likeness(const Match& match) const;

 private:
  void Gather();

  Pool& pool_;
  std::vector<Number> numbers_;  // the rarest first
  uint64_t own_ = 0;
  std::vector<Match> matches_;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_POOL_H_
