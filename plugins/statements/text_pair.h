// SPDX-License-Identifier: Apache-2.0
// Two texts read for labelling: their words and amounts, and which of them the word diff changed.
#ifndef VERBATIM_PLUGINS_STATEMENTS_TEXT_PAIR_H_
#define VERBATIM_PLUGINS_STATEMENTS_TEXT_PAIR_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "amounts.h"
#include "verbatim/text/utf8.h"

namespace verbatim::statements {

// Likeness of words (Similarity of verbatim/text/diff.h) from which two texts count as one sentence
// edited; below, as two sentences on one thing, where a changed small word proves little.
inline constexpr double kEditedFrom = 0.45;

struct Word {
  std::string folded;
  std::string stem;
  text::Range range;
  bool changed = false;  // taken out, or put in
  size_t hunk = 0;       // number of the run of changes that it stands in, from 1; 0: kept
};

struct TextSide {
  std::string_view text;
  std::vector<Word> words;      // and numbers, no marks
  std::vector<Amount> amounts;  // the first of them: the effort stays bounded
};

struct TextPair {
  TextSide a;
  TextSide b;
  double similarity = 0;  // of their words, 0 to 1
  size_t hunks = 0;
};

// Borrows the texts.
TextPair ReadPair(std::string_view a, std::string_view b);

// The changed words that pass the test, in order. Borrowed from the side.
template <class Test>
std::vector<const Word*> Changed(const TextSide& side, const Test& test) {
  std::vector<const Word*> found;
  for (const Word& word : side.words) {
    if (word.changed && test(word)) found.push_back(&word);
  }
  return found;
}

// The words as printed, with a blank between.
std::string Joined(const TextSide& side, const std::vector<const Word*>& words);

// Does the word stand inside the amount?
bool Within(const Word& word, const Amount& amount);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_TEXT_PAIR_H_
