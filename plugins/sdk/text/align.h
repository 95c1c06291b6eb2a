// SPDX-License-Identifier: Apache-2.0
// Which sentence of an old text became which of a new one: one to one, split, merged, moved; what
// is left over was deleted or added.
#ifndef VERBATIM_TEXT_ALIGN_H_
#define VERBATIM_TEXT_ALIGN_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace verbatim::text {

enum class PairKind : uint8_t {
  kSame,    // equal after folding
  kEdited,  // one became the other
  kSplit,   // one of the several that an old sentence became
  kMerged,  // one of the several that became a new sentence
};

struct SentencePair {
  uint32_t a = 0;  // number of the old sentence, from 0
  uint32_t b = 0;  // number of the new one
  PairKind kind = PairKind::kSame;
  bool moved = false;  // out of the order of the others
  float similarity = 1;
};

struct AlignOptions {
  // Least likeness of an edited pair.
  double min_similarity = 0.35;
};

// In order of a, then b. A sentence in no pair was deleted (a) or added (b). Bounded effort: texts
// of thousands of sentences are aligned through the words that they share.
std::vector<SentencePair> AlignSentences(const std::vector<std::string_view>& a,
                                         const std::vector<std::string_view>& b,
                                         const AlignOptions& options = {});

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_ALIGN_H_
