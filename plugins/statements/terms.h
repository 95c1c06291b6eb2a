// SPDX-License-Identifier: Apache-2.0
// What a statement is about, as a set of weighted terms, and how alike two statements are by them.
//
// The weight of a term is fixed by the word alone (content, number, or a word that everybody uses
// all the time), not counted over the archive: so the likeness of two statements never changes when
// a third one arrives, and needs no index of frequencies. All arithmetic is in whole numbers.
#ifndef VERBATIM_PLUGINS_STATEMENTS_TERMS_H_
#define VERBATIM_PLUGINS_STATEMENTS_TERMS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::statements {

// A 30-bit digest of a stem, and its class in the two lowest bits. Stable across machines.
using Term = uint32_t;

// In tenths: 10 for a content word or a pair of neighbours, 5 for a number, 3 for a word of little
// content.
uint32_t Weight(Term term);

// Two content words side by side: "arms race"; not the two of a name, "Ana Marsk". Counted where
// both statements have it, and never against one that hasn't.
bool IsPair(Term term);

struct Terms {
  std::vector<Term> ids;  // ascending, none twice
  uint32_t weight = 0;    // of all of them but pairs
};

// The terms of ids in any order, duplicates allowed.
Terms MakeTerms(std::vector<Term> ids);

// Content words, stemmed, pairs of them, and numbers of an English text. What is counted in
// millions is a measure, and weighs little. Function words and web addresses make none; a
// hyphenated word makes one a part.
Terms TermsOf(std::string_view text);

// The stem of one word: folded, without its possessive and its commonest endings.
std::string Stem(std::string_view word);

// How much of the smaller one stands in the other, 0 to 1000: the weight shared over the weight
// of the lighter, both without pairs, which counts as four
// content words at least, so that a word or two prove nothing.
uint32_t Likeness(const Terms& a, const Terms& b);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_TERMS_H_
