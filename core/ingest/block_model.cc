// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/block_model.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

#include "core/base/check.h"

namespace verbatim::ingest {
namespace {

#include "core/ingest/block_model_table.inc"

// Rows that are asked together: vectors of four are what every processor of 64 bits compares with
// one instruction, and two of them don't wait for each other.
constexpr size_t kRowsAtOnce = 8;
constexpr size_t kVectors = kRowsAtOnce / 4;
constexpr size_t kLeavesMax = 32;
// After so many trees it is looked which rows are surely none of the article's: most blocks
// are links and labels, and the trees that are left change nothing about them.
constexpr size_t kTreesAtOnce = 20;
constexpr float kSurelyBelow = -4;

using Floats = float __attribute__((vector_size(16)));
using Bits = int32_t __attribute__((vector_size(16)));

// A feature of each of the rows.
struct Column {
  std::array<Floats, kVectors> values;
};

void Gather(const FeatureTable& features, size_t first, std::vector<Column>& columns) {
  std::array<const float*, kRowsAtOnce> rows;
  for (size_t i = 0; i < kRowsAtOnce; ++i)
    rows[i] = features.Row(std::min(first + i, features.rows() - 1));
  for (size_t column = 0; column < columns.size(); ++column) {
    for (size_t v = 0; v < kVectors; ++v) {
      columns[column].values[v] = Floats{rows[4 * v][column], rows[4 * v + 1][column],
                                         rows[4 * v + 2][column], rows[4 * v + 3][column]};
    }
  }
}

// What a tree adds to each row.
std::array<float, kRowsAtOnce> Ask(const Ensemble::Tree& tree, const std::vector<Column>& columns) {
  std::array<Bits, kVectors> lost{};
  for (const Ensemble::Question& question : tree.questions) {
    const Column& column = columns[question.feature];
    const auto below = static_cast<int32_t>(question.below);
    for (size_t v = 0; v < kVectors; ++v) lost[v] |= (column.values[v] > question.limit) & below;
  }
  std::array<float, kRowsAtOnce> added;
  for (size_t i = 0; i < kRowsAtOnce; ++i) {
    const auto gone = static_cast<uint32_t>(lost[i / 4][i % 4]);
    added[i] = tree.leaves[static_cast<size_t>(std::countr_one(gone))];
  }
  return added;
}

// The tree's questions and leaves from a node on, left to right; a bit for each of its leaves.
uint32_t AddNode(const TreeNode* root, size_t at, Ensemble::Tree& tree) {
  const TreeNode& node = root[at];
  if (node.feature < 0) {
    VB_CHECK(tree.leaves.size() < kLeavesMax, "a tree has at most 32 leaves");
    tree.leaves.push_back(node.limit);
    return 1u << (tree.leaves.size() - 1);
  }
  const uint32_t below = AddNode(root, node.below, tree);
  tree.questions.push_back({node.limit, static_cast<uint32_t>(node.feature), below});
  return below | AddNode(root, node.below + size_t{1}, tree);
}

}  // namespace

Ensemble::Ensemble(const TreeNode* nodes, const uint32_t* roots, size_t trees, float base)
    : trees_(trees), base_(base) {
  for (size_t i = 0; i < trees; ++i) AddNode(nodes + roots[i], 0, trees_[i]);
}

std::vector<float> Score(const Ensemble& ensemble, const FeatureTable& features) {
  std::vector<float> scores(features.rows(), ensemble.base());
  const std::vector<Ensemble::Tree>& trees = ensemble.trees();
  std::vector<Column> columns(features.columns());
  for (size_t first = 0; first < scores.size(); first += kRowsAtOnce) {
    Gather(features, first, columns);
    const size_t count = std::min(kRowsAtOnce, scores.size() - first);
    std::array<bool, kRowsAtOnce> open{};
    std::fill_n(open.begin(), count, true);
    bool any = true;
    for (size_t tree = 0; any && tree < trees.size(); ++tree) {
      const auto added = Ask(trees[tree], columns);
      for (size_t i = 0; i < count; ++i) scores[first + i] += open[i] ? added[i] : 0.0f;
      if ((tree + 1) % kTreesAtOnce != 0) continue;
      for (size_t i = 0; i < count; ++i) open[i] = scores[first + i] >= kSurelyBelow;
      any = std::find(open.begin(), open.end(), true) != open.end();
    }
  }
  return scores;
}

const Ensemble& FirstLook() {
  static const auto* const kEnsemble =
      new Ensemble(kFirstNodes, kFirstRoots, std::size(kFirstRoots), kFirstBase);
  return *kEnsemble;
}

const Ensemble& SecondLook() {
  static const auto* const kEnsemble =
      new Ensemble(kSecondNodes, kSecondRoots, std::size(kSecondRoots), kSecondBase);
  return *kEnsemble;
}

}  // namespace verbatim::ingest
