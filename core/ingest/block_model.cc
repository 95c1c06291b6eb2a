// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/block_model.h"

namespace verbatim::ingest {
namespace {

#include "core/ingest/block_model_table.inc"

}  // namespace

std::vector<float> Score(const Ensemble& ensemble, const FeatureTable& features) {
  std::vector<float> scores(features.rows(), ensemble.base);
  // Tree by tree: its few nodes stay in the cache for all rows.
  for (size_t tree = 0; tree < ensemble.trees; ++tree) {
    const TreeNode* const root = ensemble.nodes + ensemble.roots[tree];
    for (size_t row = 0; row < scores.size(); ++row) {
      const float* const values = features.Row(row);
      const TreeNode* node = root;
      while (node->feature >= 0)
        node = root + node->below + (values[node->feature] <= node->limit ? 0 : 1);
      scores[row] += node->limit;
    }
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
