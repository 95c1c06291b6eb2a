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

// Trees, laid out for Score: not to be walked, but asked all their questions at once. Whoever
// answers one with "above" can't reach the leaves below it, and of those that are left at the end
// the first is where walking would have led.
class Ensemble {
 public:
  // `nodes` are trees one behind the other, of at most 32 leaves each; a root wherever the one
  // before ended. Both are copied.
  Ensemble(const TreeNode* nodes, const uint32_t* roots, size_t trees, float base);

  struct Question {
    float limit;
    uint32_t feature;
    uint32_t below;  // a bit for each leaf that is lost where the value is above the limit
  };
  struct Tree {
    std::vector<Question> questions;
    std::vector<float> leaves;  // what each adds, from the leftmost on
  };
  const std::vector<Tree>& trees() const { return trees_; }
  float base() const { return base_; }

 private:
  std::vector<Tree> trees_;
  float base_;
};

// Log odds that a block belongs to the article, a row each. Of a row that surely doesn't, not all
// trees are asked.
std::vector<float> Score(const Ensemble& ensemble, const FeatureTable& features);

const Ensemble& FirstLook();
const Ensemble& SecondLook();

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BLOCK_MODEL_H_
