// SPDX-License-Identifier: Apache-2.0
#include "tools/train/boosting.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "fmt/format.h"

namespace verbatim::train {

// Splitmix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

 private:
  uint64_t state_;
};

struct Cell {
  float gradient = 0;
  float hessian = 0;
  void Add(const Cell& other) {
    gradient += other.gradient;
    hessian += other.hessian;
  }
  Cell Without(const Cell& other) const {
    return {gradient - other.gradient, hessian - other.hessian};
  }
};

struct Split {
  float gain = 0;
  size_t column = 0;  // of those that the tree looks at
  size_t bin = 0;
};

struct Leaf {
  std::vector<uint32_t> rows;  // of the sample
  std::vector<Cell> cells;     // columns x bins
  Cell sum;
  Split split;
  uint16_t node = 0;
};

Bins::Bins(const Rows& rows) : borders_(rows.columns), bins_(rows.columns * rows.size()) {
  const size_t step = std::max<size_t>(1, rows.size() / 20'000);
  for (size_t column = 0; column < rows.columns; ++column) {
    std::vector<float> sample;
    for (size_t i = 0; i < rows.size(); i += step) sample.push_back(rows.Row(i)[column]);
    std::sort(sample.begin(), sample.end());
    std::vector<float>& borders = borders_[column];
    for (size_t k = 1; k < kMax; ++k) {
      const float border = sample[k * (sample.size() - 1) / kMax];
      if (borders.empty() || border > borders.back()) borders.push_back(border);
    }
    if (!borders.empty() && borders.back() >= sample.back() && borders.size() > 1)
      borders.pop_back();
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t column = 0; column < rows.columns; ++column) {
      const std::vector<float>& borders = borders_[column];
      const auto at = std::lower_bound(borders.begin(), borders.end(), rows.Row(i)[column]);
      bins_[i * rows.columns + column] = static_cast<uint8_t>(at - borders.begin());
    }
  }
}

class Grower {
 public:
  Grower(const Rows& rows, const Bins& bins, int fold, const Options& options)
      : rows_(rows), bins_(bins), options_(options), random_(options.seed) {
    for (uint32_t i = 0; i < rows.size(); ++i) {
      if (rows.folds[i] != fold) learnt_.push_back(i);
    }
  }

  Boosting Run() {
    double yes = 0;
    double all = 0;
    for (const uint32_t i : learnt_) {
      yes += double{rows_.labels[i]} * double{rows_.weights[i]};
      all += double{rows_.weights[i]};
    }
    const double share = std::clamp(yes / std::max(all, 1e-9), 1e-3, 1 - 1e-3);
    model_.base_ = static_cast<float>(std::log(share / (1 - share)));
    scores_.assign(learnt_.size(), model_.base_);
    slopes_.resize(learnt_.size());
    for (int tree = 0; tree < options_.trees; ++tree) Grow();
    return std::move(model_);
  }

 private:
  void Grow() {
    for (size_t k = 0; k < learnt_.size(); ++k) {
      const float p = 1 / (1 + std::exp(-scores_[k]));
      const float weight = rows_.weights[learnt_[k]];
      slopes_[k] = {(p - rows_.labels[learnt_[k]]) * weight, std::max(p * (1 - p), 1e-6f) * weight};
    }
    ChooseColumns();
    ChooseRows();
    tree_.assign(1, {});
    limits_.assign(1, 0);
    std::vector<Leaf> leaves(1);
    leaves[0].rows.resize(sample_.size());
    for (size_t k = 0; k < sample_.size(); ++k) leaves[0].rows[k] = static_cast<uint32_t>(k);
    Fill(leaves[0]);
    FindSplit(leaves[0]);
    while (leaves.size() < static_cast<size_t>(options_.leaves)) {
      const auto best = std::max_element(
          leaves.begin(), leaves.end(),
          [](const Leaf& a, const Leaf& b) { return a.split.gain < b.split.gain; });
      if (best->split.gain <= 1e-6f) break;
      leaves.push_back(Part(*best));
    }
    for (const Leaf& leaf : leaves) Close(leaf);
    for (size_t k = 0; k < learnt_.size(); ++k) scores_[k] += Added(bins_.Row(learnt_[k]));
    model_.roots_.push_back(static_cast<uint32_t>(model_.nodes_.size()));
    model_.nodes_.insert(model_.nodes_.end(), tree_.begin(), tree_.end());
  }

  void ChooseColumns() {
    columns_.resize(rows_.columns);
    for (size_t i = 0; i < columns_.size(); ++i) columns_[i] = i;
    for (size_t i = columns_.size(); i > 1; --i)
      std::swap(columns_[i - 1], columns_[random_.Next() % i]);
    columns_.resize(std::max<size_t>(
        1, static_cast<size_t>(options_.column_share * static_cast<float>(rows_.columns))));
    std::sort(columns_.begin(), columns_.end());
  }

  // Minimal variance sampling (Ibragimov and Gusev, 2019): a row is drawn as likely as its slope is
  // steep, and counts the more the less likely it was.
  void ChooseRows() {
    std::vector<float> steep(learnt_.size());
    double sum = 0;
    for (size_t k = 0; k < steep.size(); ++k) {
      const Cell& slope = slopes_[k];
      steep[k] = std::sqrt(slope.gradient * slope.gradient + slope.hessian * slope.hessian);
      sum += double{steep[k]};
    }
    const double wanted = double{options_.row_share} * static_cast<double>(steep.size());
    double border = sum / std::max(wanted, 1.0);  // from which a row is taken for sure
    for (int step = 0; step < 8; ++step) {
      double drawn = 0;
      for (const float one : steep) drawn += std::min(1.0, double{one} / border);
      border *= drawn / std::max(wanted, 1.0);
    }
    sample_.clear();
    compact_.clear();
    for (size_t k = 0; k < steep.size(); ++k) {
      const float likely = std::min(1.0f, steep[k] / static_cast<float>(border));
      const float drawn = static_cast<float>(random_.Next() >> 40) / static_cast<float>(1 << 24);
      if (drawn >= likely) continue;
      sample_.push_back({slopes_[k].gradient / likely, slopes_[k].hessian / likely});
      const uint8_t* const bins = bins_.Row(learnt_[k]);
      for (const size_t column : columns_) compact_.push_back(bins[column]);
    }
  }

  void Fill(Leaf& leaf) const {
    leaf.cells.assign(columns_.size() * Bins::kMax, {});
    leaf.sum = {};
    for (const uint32_t row : leaf.rows) {
      const Cell slope = sample_[row];
      leaf.sum.Add(slope);
      const uint8_t* const bins = compact_.data() + row * columns_.size();
      Cell* cells = leaf.cells.data();
      for (size_t k = 0; k < columns_.size(); ++k, cells += Bins::kMax) cells[bins[k]].Add(slope);
    }
  }

  float Worth(const Cell& sum) const {
    return sum.gradient * sum.gradient / (sum.hessian + options_.regularisation);
  }

  void FindSplit(Leaf& leaf) const {
    leaf.split = {};
    const float leaf_min = options_.leaf_weight_min;
    for (size_t k = 0; k < columns_.size(); ++k) {
      Cell below;
      const size_t borders = bins_.Borders(columns_[k]).size();
      for (size_t bin = 0; bin < borders; ++bin) {
        below.Add(leaf.cells[k * Bins::kMax + bin]);
        const Cell above = leaf.sum.Without(below);
        if (below.hessian < leaf_min) continue;
        if (above.hessian < leaf_min) break;
        const float gain = Worth(below) + Worth(above) - Worth(leaf.sum);
        if (gain > leaf.split.gain) leaf.split = {gain, k, bin};
      }
    }
  }

  // Parts a leaf in two: it keeps what lies below, the new one takes the rest.
  Leaf Part(Leaf& leaf) {
    const Split split = leaf.split;
    Leaf above;
    std::vector<uint32_t> below;
    for (const uint32_t row : leaf.rows) {
      const bool is_below = compact_[row * columns_.size() + split.column] <= split.bin;
      (is_below ? below : above.rows).push_back(row);
    }
    ingest::TreeNode& node = tree_[leaf.node];
    node.feature = static_cast<int16_t>(columns_[split.column]);
    node.limit = bins_.Borders(columns_[split.column])[split.bin];
    node.below = static_cast<uint16_t>(tree_.size());
    limits_[leaf.node] = static_cast<uint8_t>(split.bin);
    leaf.node = node.below;
    above.node = static_cast<uint16_t>(node.below + 1);
    tree_.resize(tree_.size() + 2);
    limits_.resize(tree_.size());
    leaf.rows = std::move(below);
    // The smaller side is counted, the larger is what remains.
    std::vector<Cell> whole = std::move(leaf.cells);
    const Cell sum = leaf.sum;
    Leaf& small = leaf.rows.size() < above.rows.size() ? leaf : above;
    Leaf& large = &small == &leaf ? above : leaf;
    Fill(small);
    large.cells = std::move(whole);
    for (size_t i = 0; i < large.cells.size(); ++i)
      large.cells[i] = large.cells[i].Without(small.cells[i]);
    large.sum = sum.Without(small.sum);
    FindSplit(leaf);
    FindSplit(above);
    return above;
  }

  void Close(const Leaf& leaf) {
    const float value =
        -leaf.sum.gradient / (leaf.sum.hessian + options_.regularisation) * options_.rate;
    tree_[leaf.node] = {-1, 0, value};
  }

  // What the tree says of a row.
  float Added(const uint8_t* bins) const {
    size_t at = 0;
    while (tree_[at].feature >= 0) {
      const bool is_below = bins[static_cast<size_t>(tree_[at].feature)] <= limits_[at];
      at = tree_[at].below + (is_below ? 0u : 1u);
    }
    return tree_[at].limit;
  }

  const Rows& rows_;
  const Bins& bins_;
  const Options options_;
  Random random_;
  std::vector<uint32_t> learnt_;  // rows
  std::vector<float> scores_;     // of those
  std::vector<Cell> slopes_;
  std::vector<size_t> columns_;   // that the tree looks at
  std::vector<Cell> sample_;      // slopes of the rows that it is grown from
  std::vector<uint8_t> compact_;  // their bins, of its columns alone
  std::vector<ingest::TreeNode> tree_;
  std::vector<uint8_t> limits_;  // a node's limit as a bin
  Boosting model_;
};

Boosting Boosting::Train(const Rows& rows, const Bins& bins, int fold, const Options& options) {
  return Grower(rows, bins, fold, options).Run();
}

namespace {

// A float as a C++ literal that reads back as the same float.
std::string Literal(float value) {
  std::string digits = fmt::format("{:.9g}", double{value});
  if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
  return digits + "f";
}

}  // namespace

std::string Boosting::Print(const std::string& name) const {
  std::string out = fmt::format("constexpr TreeNode k{}Nodes[] = {{\n", name);
  std::string line = "   ";
  const auto add = [&](const std::string& item) {
    if (line.size() + item.size() > 98) {
      out += line + "\n";
      line = "   ";
    }
    line += " " + item;
  };
  for (const ingest::TreeNode& node : nodes_)
    add(fmt::format("{{{}, {}, {}}},", node.feature, node.below, Literal(node.limit)));
  out += line + "\n};\n" + fmt::format("constexpr uint32_t k{}Roots[] = {{\n", name);
  line = "   ";
  for (const uint32_t root : roots_) add(fmt::format("{},", root));
  out += line + "\n};\n" + fmt::format("constexpr float k{}Base = {};\n", name, Literal(base_));
  return out;
}

}  // namespace verbatim::train
