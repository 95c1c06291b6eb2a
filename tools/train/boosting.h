// SPDX-License-Identifier: Apache-2.0
// Gradient-boosted decision trees for a yes or no, over weighted rows of numbers. Deterministic:
// the same rows give the same trees on every machine with IEEE floats.
//
//   Boosting model = Boosting::Train(rows, options);
//   float log_odds = model.Score(row);
#ifndef VERBATIM_TOOLS_TRAIN_BOOSTING_H_
#define VERBATIM_TOOLS_TRAIN_BOOSTING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ingest/block_model.h"

namespace verbatim::train {

// Row-major; one label and one weight a row; the part of the sites that a row belongs to.
struct Rows {
  size_t columns = 0;
  std::vector<float> values;
  std::vector<float> labels;  // 0 to 1
  std::vector<float> weights;
  std::vector<int> folds;
  size_t size() const { return labels.size(); }
  const float* Row(size_t i) const { return values.data() + i * columns; }
};

struct Options {
  int trees = 150;
  int leaves = 24;
  float rate = 0.1f;
  float leaf_weight_min = 20;  // sum of hessians
  float regularisation = 5;    // added to a leaf's sum of hessians
  float column_share = 0.4f;   // of the columns, looked at by one tree
  float row_share = 0.3f;      // of the rows, those whose error is large foremost
  uint64_t seed = 1;
};

// Every value as the number of its bin: what trees are grown from. Made once for all models that
// learn from the same rows.
class Bins {
 public:
  static constexpr size_t kMax = 64;
  explicit Bins(const Rows& rows);
  const uint8_t* Row(size_t i) const { return bins_.data() + i * borders_.size(); }
  // Values in bins up to the k-th are <= the k-th border.
  const std::vector<float>& Borders(size_t column) const { return borders_[column]; }

 private:
  std::vector<std::vector<float>> borders_;
  std::vector<uint8_t> bins_;  // row-major
};

class Boosting {
 public:
  // Learns from the rows outside of a fold (-1: from all).
  static Boosting Train(const Rows& rows, const Bins& bins, int fold, const Options& options);
  // As those who judge blocks ask it.
  ingest::Ensemble View() const { return {nodes_.data(), roots_.data(), roots_.size(), base_}; }
  size_t nodes() const { return nodes_.size(); }
  // The model as C++ constants: k<name>Nodes, k<name>Roots, k<name>Base.
  std::string Print(const std::string& name) const;

 private:
  friend class Grower;
  std::vector<ingest::TreeNode> nodes_;
  std::vector<uint32_t> roots_;
  float base_ = 0;
};

}  // namespace verbatim::train

#endif  // VERBATIM_TOOLS_TRAIN_BOOSTING_H_
