// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/block_model.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace verbatim::ingest {
namespace {

#include "core/ingest/block_model_table.inc"

// Rows that go down a tree together: none waits for another's comparison.
constexpr size_t kRowsAtOnce = 8;
// After so many trees it is looked which rows are surely none of the article's: most blocks
// are links and labels, and the trees that are left change nothing about them.
constexpr size_t kTreesAtOnce = 20;
constexpr float kSurelyBelow = -4;

void AddTree(const TreeNode* root, const FeatureTable& features, const uint32_t* rows, size_t count,
             std::vector<float>& scores) {
  std::array<const float*, kRowsAtOnce> values;
  std::array<const TreeNode*, kRowsAtOnce> at;
  for (size_t i = 0; i < kRowsAtOnce; ++i) {
    values[i] = features.Row(rows[std::min(i, count - 1)]);
    at[i] = root;
  }
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < kRowsAtOnce; ++i) {
      const TreeNode& node = *at[i];
      const bool leaf = node.feature < 0;
      const size_t feature = leaf ? 0 : static_cast<size_t>(node.feature);
      const size_t next = node.below + (values[i][feature] <= node.limit ? 0u : 1u);
      at[i] = leaf ? at[i] : root + next;
      more |= !leaf;
    }
  }
  for (size_t i = 0; i < count; ++i) scores[rows[i]] += at[i]->limit;
}

}  // namespace

std::vector<float> Score(const Ensemble& ensemble, const FeatureTable& features) {
  std::vector<float> scores(features.rows(), ensemble.base);
  std::vector<uint32_t> open(features.rows());
  std::iota(open.begin(), open.end(), 0);
  for (size_t tree = 0; tree < ensemble.trees; tree += kTreesAtOnce) {
    const size_t end = std::min(tree + kTreesAtOnce, ensemble.trees);
    for (size_t first = 0; first < open.size(); first += kRowsAtOnce) {
      const size_t count = std::min(kRowsAtOnce, open.size() - first);
      for (size_t i = tree; i < end; ++i)
        AddTree(ensemble.nodes + ensemble.roots[i], features, &open[first], count, scores);
    }
    std::erase_if(open, [&](uint32_t row) { return scores[row] < kSurelyBelow; });
  }
  return scores;
}

const Ensemble& FirstLook() {
  static constexpr Ensemble kEnsemble = {kFirstNodes, kFirstRoots,
                                         sizeof kFirstRoots / sizeof kFirstRoots[0], kFirstBase};
  return kEnsemble;
}

const Ensemble& SecondLook() {
  static constexpr Ensemble kEnsemble = {kSecondNodes, kSecondRoots,
                                         sizeof kSecondRoots / sizeof kSecondRoots[0], kSecondBase};
  return kEnsemble;
}

}  // namespace verbatim::ingest
