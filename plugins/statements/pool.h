// SPDX-License-Identifier: Apache-2.0
// The statements among which a new one is placed, and how alike two of them are there: a word that
// most of them hold tells them apart as little as a function word does.
//
//   Pool pool;
//   const auto a = pool.Add(TermsOf("weapons in space")), b = pool.Add(TermsOf("a treaty on
//   weapons")); pool.Likeness(a, b);
//
// A function of the statements that are in it, whatever the order in which they came.
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
  // A statement's terms by their numbers in this pool, ascending.
  using Numbers = std::vector<uint32_t>;

  Numbers Add(const Terms& terms);
  void Remove(const Numbers& numbers);

  // As Likeness(Terms, Terms), with the weight of every term lowered by the share of statements
  // that hold it: whole up to a tenth of them, a twentieth when all do.
  uint32_t Likeness(const Numbers& a, const Numbers& b) const;

  // The same of one statement against many: valid until the pool changes, which it borrows.
  class Against {
   public:
    Against(const Pool& pool, const Numbers& a);
    uint32_t Likeness(const Numbers& b) const;

   private:
    const Pool& pool_;
    std::vector<uint32_t> shared_;  // by number: its weight where `a` has it, else 0
    uint64_t of_a_ = 0;
  };

  size_t size() const { return size_; }

 private:
  struct Entry {
    Term term;
    uint32_t holders;
  };

  void Weigh() const;

  std::unordered_map<Term, uint32_t> numbers_;
  std::vector<Entry> entries_;
  size_t size_ = 0;
  mutable std::vector<uint32_t> weights_;  // by number, in ten-thousandths of a content word
  mutable std::vector<uint32_t> own_;      // the same, with 0 for pairs
  mutable bool weighed_ = false;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_POOL_H_
