// SPDX-License-Identifier: Apache-2.0
// Pages whose article others have marked, as rows to learn from.
#ifndef VERBATIM_TOOLS_TRAIN_MARKED_PAGES_H_
#define VERBATIM_TOOLS_TRAIN_MARKED_PAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/ingest/blocks.h"
#include "core/ingest/page.h"

namespace verbatim::train {

struct MarkedPage {
  std::string set;  // folder that it came from
  std::string id;
  std::string gold;  // the article's text
  int fold = 0;      // by its domain, so that no site is learnt from and judged at once
  float weight = 1;
  bool shuffled = false;  // class names and ids exchanged; learnt from, never judged
  ingest::Page page;
  std::vector<ingest::Block> blocks;
  ingest::FeatureTable features;
  std::vector<float> labels;  // is the block in the article? 0 to 1
  std::vector<float> weights;
};

// All pages of a folder with gold.json and pages/<id>.html.gz. With `shuffle`, each comes a second
// time with its names exchanged.
absl::StatusOr<std::vector<MarkedPage>> ReadMarkedPages(const std::string& folder, int folds,
                                                        bool shuffle);

// The page with every class name and id exchanged for another of the same page, all places of one
// name alike: what is left is what a page shows without its names.
std::string ShuffleNames(std::string_view html, uint64_t seed);

// Which blocks of a page are in the marked text: long ones by their words, short ones where they
// stand between long ones in the same order.
std::vector<float> LabelBlocks(const std::vector<ingest::Block>& blocks, std::string_view gold);

}  // namespace verbatim::train

#endif  // VERBATIM_TOOLS_TRAIN_MARKED_PAGES_H_
