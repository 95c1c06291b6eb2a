// SPDX-License-Identifier: Apache-2.0
// Word diff for people: what was said before, and what is said now. Words and whole amounts ("5 to
// 5-1/4 percent",
// "$725 million") are atoms that are kept or replaced whole; a kept "of the" between two changes is
// swallowed; case, accents, quotation marks and blanks are compared folded; an editor's cut mark
// <...> is not a change; texts with little in common are shown old and new whole. The effort is
// bounded on any input.
//
//   auto ops = DiffWords("They may act.", "They will act.");
//   RenderDiff(a, b, ops)   ->   They [-may-] {+will+} act.
#ifndef VERBATIM_TEXT_DIFF_H_
#define VERBATIM_TEXT_DIFF_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::text {

enum class OpKind : uint8_t { kKeep, kDelete, kInsert };

struct DiffOp {
  OpKind kind = OpKind::kKeep;
  Range a;  // bytes of the old text; empty for an insertion, at its place
  Range b;  // bytes of the new text; empty for a deletion, at its place
};

struct DiffOptions {
  // Below this likeness (Similarity) old and new are given whole, unless one holds most of the
  // other.
  double min_similarity = 0.30;
  // Take kept runs of at most two connectives (the, of, was) or marks between two changes into the
  // change.
  bool swallow_islands = true;
  // Compare case, accents, quotation marks and dashes folded, and ignore cut marks. Off: kept runs
  // differ in blanks only.
  bool folded = true;
};

// Faithful: the a ranges of keeps and deletions, in order, are all of `a`, and the b ranges of
// keeps and insertions are all of `b`. A kept run may differ in its bytes (folding): show b's. Of
// one change the deletion comes first.
std::vector<DiffOp> DiffWords(std::string_view a, std::string_view b,
                              const DiffOptions& options = {});

// 0 to 1, by the longest common subsequence of folded words and numbers:
// 2 * kept / (words of a + words of b). 1 when both have none.
double Similarity(std::string_view a, std::string_view b);

// Words and numbers in common, wherever they stand: 2 * common / (words of a + words of b), and
// common / words of the shorter.
struct Overlap {
  double dice = 0;
  double containment = 0;
};
Overlap OverlapOf(std::string_view a, std::string_view b);

// Kept text as in b; deletions as [-...-], insertions as {+...+}, the blanks around a change
// outside of its brackets.
std::string RenderDiff(std::string_view a, std::string_view b, const std::vector<DiffOp>& ops);

// Where byte `a_byte` of the old text has gone: a place of the new text. Inside a deletion: where
// that stood.
uint32_t MapByte(const std::vector<DiffOp>& ops, uint32_t a_byte);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_DIFF_H_
