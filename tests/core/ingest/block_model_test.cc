// SPDX-License-Identifier: Apache-2.0
// The ensembles are asked all their questions at once: what comes out must be what a walk down each
// tree finds, but for rows that surely don't belong to the article.
#include "core/ingest/block_model.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace verbatim::ingest {
namespace {

constexpr int16_t kFeatures = 6;

struct Forest {
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
};

// Trees of up to `leaves` leaves, grown at any leaf.
Forest RandomForest(size_t trees, size_t leaves, float leaf_max, std::mt19937& random) {
  std::uniform_real_distribution<float> limit(-1, 1);
  std::uniform_real_distribution<float> value(0, leaf_max);
  Forest forest;
  for (size_t tree = 0; tree < trees; ++tree) {
    const size_t root = forest.nodes.size();
    forest.roots.push_back(static_cast<uint32_t>(root));
    forest.nodes.push_back({-1, 0, value(random)});
    for (size_t grown = 1; grown < leaves; ++grown) {
      size_t at = root + random() % (forest.nodes.size() - root);
      while (forest.nodes[at].feature >= 0) at = root + random() % (forest.nodes.size() - root);
      forest.nodes[at] = {static_cast<int16_t>(random() % kFeatures),
                          static_cast<uint16_t>(forest.nodes.size() - root), limit(random)};
      forest.nodes.push_back({-1, 0, value(random)});
      forest.nodes.push_back({-1, 0, value(random)});
    }
  }
  return forest;
}

float Walked(const Forest& forest, const float* row, float base) {
  float score = base;
  for (const uint32_t root : forest.roots) {
    const TreeNode* node = &forest.nodes[root];
    while (node->feature >= 0)
      node = &forest.nodes[root + node->below + (row[node->feature] <= node->limit ? 0u : 1u)];
    score += node->limit;
  }
  return score;
}

FeatureTable RandomRows(size_t rows, std::mt19937& random) {
  FeatureTable table(rows, kFeatures);
  for (size_t row = 0; row < rows; ++row) {
    // Few values, so that some meet a limit exactly.
    for (int16_t i = 0; i < kFeatures; ++i)
      table.Row(row)[i] = static_cast<float>(static_cast<int>(random() % 9) - 4) / 4;
  }
  return table;
}

TEST(BlockModel, AddsUpTheLeavesThatAWalkDownEachTreeReaches) {
  std::mt19937 random(7);
  for (const size_t leaves : {1u, 2u, 9u, 24u, 32u}) {
    Forest forest = RandomForest(50, leaves, 1.0f, random);
    for (TreeNode& node : forest.nodes) {
      // On the rows' own values too.
      if (node.feature >= 0 && random() % 2 == 0) node.limit = 0.25f;
    }
    const Ensemble ensemble(forest.nodes.data(), forest.roots.data(), forest.roots.size(), 0.5f);
    for (const size_t rows : {0u, 1u, 7u, 8u, 9u, 40u}) {
      const FeatureTable table = RandomRows(rows, random);
      const std::vector<float> scores = Score(ensemble, table);
      ASSERT_EQ(scores.size(), rows);
      for (size_t row = 0; row < rows; ++row)
        EXPECT_EQ(scores[row], Walked(forest, table.Row(row), 0.5f)) << leaves << " leaves";
    }
  }
}

TEST(BlockModel, ARowThatSurelyDoesNotBelongIsNotShownToAllTrees) {
  // Sixty trees of one leaf each: after a third of them the first row is lost.
  const std::vector<TreeNode> nodes(60, {-1, 0, -0.25f});
  std::vector<uint32_t> roots;
  for (uint32_t i = 0; i < nodes.size(); ++i) roots.push_back(i);
  const Ensemble ensemble(nodes.data(), roots.data(), roots.size(), 0.0f);
  EXPECT_EQ(Score(ensemble, FeatureTable(3, kFeatures)), std::vector<float>(3, -5.0f));
}

}  // namespace
}  // namespace verbatim::ingest
