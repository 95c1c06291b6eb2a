// SPDX-License-Identifier: Apache-2.0
// A page as the blocks of text that a reader sees: runs of inline text within one block container,
// parted at double line breaks. Nothing is judged here; what is never shown is left out.
#ifndef VERBATIM_CORE_INGEST_BLOCKS_H_
#define VERBATIM_CORE_INGEST_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ingest/html_tree.h"

namespace verbatim::ingest {

struct Block {
  std::string text;         // blanks folded
  uint32_t node = 0;        // the nearest block-level element around it
  uint32_t first_node = 0;  // its first text node
  uint32_t words = 0;
  uint32_t chars = 0;  // without blanks, as the next ones
  uint32_t link_chars = 0;
  uint32_t bold_chars = 0;
  uint32_t italic_chars = 0;
  uint32_t links = 0;
  bool in_time = false;  // holds a <time>
};

// In document order. Forms' fields and what is hidden make no block, unless they hold most of the
// page's text; where more running text is hidden than shown, all that is hidden makes blocks.
std::vector<Block> BlocksOf(const HtmlTree& tree);

// A block and those around it: the first, and one beyond the last. Around the first block where
// `middle` is none.
std::pair<size_t, size_t> BlocksAround(const std::vector<Block>& blocks, size_t middle,
                                       size_t before, size_t behind);

// Runs of letters and digits; ideographs, written without blanks, count half each.
uint32_t CountWords(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BLOCKS_H_
