// SPDX-License-Identifier: Apache-2.0
// The learned judgement of blocks: two ensembles of small decision trees, one for each look. Their
// tables are made by tools/train from pages that others have marked; see tools/train/README.md.
#ifndef VERBATIM_CORE_INGEST_BLOCK_MODEL_H_
#define VERBATIM_CORE_INGEST_BLOCK_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ingest/block_features.h"

namespace verbatim::ingest {

// A node of a tree: a question with two ways on, or a leaf with what it adds.
struct TreeNode {
  int16_t feature;  // -1: a leaf
  uint16_t below;   // node, from the root, where the value is <= limit; the one behind it else
  float limit;      // of a leaf: its contribution
};

// Trees one behind the other; a root wherever the one before ended.
struct Ensemble {
  const TreeNode* nodes = nullptr;
  const uint32_t* roots = nullptr;
  size_t trees = 0;
  float base = 0;
};

// Log odds that a block belongs to the article, a row each. Of a row that surely doesn't, not all
// trees are asked.
std::vector<float> Score(const Ensemble& ensemble, const FeatureTable& features);

const Ensemble& FirstLook();
const Ensemble& SecondLook();

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BLOCK_MODEL_H_
