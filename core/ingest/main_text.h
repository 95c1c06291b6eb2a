// SPDX-License-Identifier: Apache-2.0
// Which blocks of a page are its article: a score for each block, then what the order of blocks
// says (a heading needs something below it, a list stays together, the end is the end).
#ifndef VERBATIM_CORE_INGEST_MAIN_TEXT_H_
#define VERBATIM_CORE_INGEST_MAIN_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/block_features.h"
#include "core/ingest/blocks.h"
#include "core/ingest/page_facts.h"

namespace verbatim::ingest {

// Of one block: kept when `reason` is empty.
struct Verdict {
  float score = 0;          // log odds
  std::string_view reason;  // why it was left out: "navigation", "caption" ... ; static
  bool kept() const { return reason.empty(); }
};

// Both looks and the structure. A verdict a block.
std::vector<Verdict> JudgeBlocks(const PageFacts& facts);

// The structure alone, over scores from elsewhere.
std::vector<Verdict> JudgeScores(const PageFacts& facts, const std::vector<float>& scores);

// Where hardly anything was kept, the running blocks of the element that holds most text are kept
// too. Whether that was so.
bool TakeBest(const PageFacts& facts, std::vector<Verdict>& verdicts);

// The kept blocks, a blank line between.
std::string JoinKept(const std::vector<Block>& blocks, const std::vector<Verdict>& verdicts);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_MAIN_TEXT_H_
