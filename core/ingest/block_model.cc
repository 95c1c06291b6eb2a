// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/block_model.h"

#include <algorithm>
#include <array>

namespace verbatim::ingest {
namespace {

#include "core/ingest/block_model_table.inc"

// Rows that go down a tree together: none waits for another's comparison, and all of them stay in
// the cache from one tree to the next.
constexpr size_t kRowsAtOnce = 8;

void AddTree(const TreeNode* root, const FeatureTable& features, size_t row, size_t count,
             float* scores) {
  std::array<const float*, kRowsAtOnce> values;
  std::array<const TreeNode*, kRowsAtOnce> at;
  for (size_t i = 0; i < kRowsAtOnce; ++i) {
    values[i] = features.Row(row + std::min(i, count - 1));
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
  for (size_t i = 0; i < count; ++i) scores[i] += at[i]->limit;
}

}  // namespace

std::vector<float> Score(const Ensemble& ensemble, const FeatureTable& features) {
  std::vector<float> scores(features.rows(), ensemble.base);
  for (size_t row = 0; row < scores.size(); row += kRowsAtOnce) {
    const size_t count = std::min(kRowsAtOnce, scores.size() - row);
    for (size_t tree = 0; tree < ensemble.trees; ++tree)
      AddTree(ensemble.nodes + ensemble.roots[tree], features, row, count, &scores[row]);
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
