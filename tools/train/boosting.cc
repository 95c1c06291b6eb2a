// SPDX-License-Identifier: Apache-2.0
#include "tools/train/boosting.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "fmt/format.h"

namespace verbatim::train {

constexpr size_t kBins = 64;

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
  double gradient = 0;
  double hessian = 0;
};

struct Split {
  double gain = 0;
  size_t column = 0;
  size_t bin = 0;
};

struct Leaf {
  std::vector<uint32_t> rows;
  std::vector<Cell> cells;  // columns x bins
  Cell sum;
  Split split;
  uint16_t node = 0;
};

class Grower {
 public:
  Grower(const Rows& rows, const Options& options)
      : rows_(rows), options_(options), random_(options.seed) {
    MakeBins();
  }

  Boosting Run() {
    double yes = 0;
    double all = 0;
    for (size_t i = 0; i < rows_.size(); ++i) {
      yes += double{rows_.labels[i]} * double{rows_.weights[i]};
      all += double{rows_.weights[i]};
    }
    const double share = std::clamp(yes / std::max(all, 1e-9), 1e-3, 1 - 1e-3);
    model_.base_ = static_cast<float>(std::log(share / (1 - share)));
    scores_.assign(rows_.size(), model_.base_);
    slopes_.resize(rows_.size());
    for (int tree = 0; tree < options_.trees; ++tree) Grow();
    return std::move(model_);
  }

 private:
  // Borders between bins at quantiles of a sample of the rows.
  void MakeBins() {
    borders_.resize(rows_.columns);
    bins_.resize(rows_.columns * rows_.size());
    const size_t step = std::max<size_t>(1, rows_.size() / 20'000);
    for (size_t column = 0; column < rows_.columns; ++column) {
      std::vector<float> sample;
      for (size_t i = 0; i < rows_.size(); i += step) sample.push_back(rows_.Row(i)[column]);
      std::sort(sample.begin(), sample.end());
      std::vector<float>& borders = borders_[column];
      for (size_t k = 1; k < kBins; ++k) {
        const float border = sample[k * (sample.size() - 1) / kBins];
        if (borders.empty() || border > borders.back()) borders.push_back(border);
      }
      if (!borders.empty() && borders.back() >= sample.back() && borders.size() > 1)
        borders.pop_back();
      for (size_t i = 0; i < rows_.size(); ++i) {
        const auto at = std::lower_bound(borders.begin(), borders.end(), rows_.Row(i)[column]);
        bins_[column * rows_.size() + i] = static_cast<uint8_t>(at - borders.begin());
      }
    }
  }

  void Grow() {
    for (size_t i = 0; i < rows_.size(); ++i) {
      const double p = 1 / (1 + std::exp(-double{scores_[i]}));
      const double weight = rows_.weights[i];
      slopes_[i] = {(p - double{rows_.labels[i]}) * weight, std::max(p * (1 - p), 1e-6) * weight};
    }
    ChooseColumns();
    tree_.clear();
    std::vector<Leaf> leaves(1);
    leaves[0].rows.resize(rows_.size());
    for (size_t i = 0; i < rows_.size(); ++i) leaves[0].rows[i] = static_cast<uint32_t>(i);
    tree_.push_back({});
    Fill(leaves[0]);
    FindSplit(leaves[0]);
    while (leaves.size() < static_cast<size_t>(options_.leaves)) {
      const auto best = std::max_element(
          leaves.begin(), leaves.end(),
          [](const Leaf& a, const Leaf& b) { return a.split.gain < b.split.gain; });
      if (best->split.gain <= 1e-6) break;
      leaves.push_back(Part(*best));
    }
    for (const Leaf& leaf : leaves) Close(leaf);
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

  void Fill(Leaf& leaf) const {
    leaf.cells.assign(columns_.size() * kBins, {});
    leaf.sum = {};
    for (const uint32_t row : leaf.rows) {
      leaf.sum.gradient += slopes_[row].gradient;
      leaf.sum.hessian += slopes_[row].hessian;
    }
    for (size_t k = 0; k < columns_.size(); ++k) {
      Cell* const cells = leaf.cells.data() + k * kBins;
      const uint8_t* const bins = bins_.data() + columns_[k] * rows_.size();
      for (const uint32_t row : leaf.rows) {
        Cell& cell = cells[bins[row]];
        cell.gradient += slopes_[row].gradient;
        cell.hessian += slopes_[row].hessian;
      }
    }
  }

  double Worth(const Cell& sum) const {
    return sum.gradient * sum.gradient / (sum.hessian + double{options_.regularisation});
  }

  void FindSplit(Leaf& leaf) const {
    leaf.split = {};
    const double leaf_min = options_.leaf_weight_min;
    for (size_t k = 0; k < columns_.size(); ++k) {
      Cell below;
      const size_t borders = borders_[columns_[k]].size();
      for (size_t bin = 0; bin < borders; ++bin) {
        const Cell& cell = leaf.cells[k * kBins + bin];
        below.gradient += cell.gradient;
        below.hessian += cell.hessian;
        const Cell above = {leaf.sum.gradient - below.gradient, leaf.sum.hessian - below.hessian};
        if (below.hessian < leaf_min) continue;
        if (above.hessian < leaf_min) break;
        const double gain = Worth(below) + Worth(above) - Worth(leaf.sum);
        if (gain > leaf.split.gain) leaf.split = {gain, k, bin};
      }
    }
  }

  // Parts a leaf in two: it keeps what lies below, the new one takes the rest.
  Leaf Part(Leaf& leaf) {
    const size_t column = columns_[leaf.split.column];
    const uint8_t* const bins = bins_.data() + column * rows_.size();
    Leaf above;
    std::vector<uint32_t> below;
    for (const uint32_t row : leaf.rows)
      (bins[row] <= leaf.split.bin ? below : above.rows).push_back(row);
    ingest::TreeNode& node = tree_[leaf.node];
    node.feature = static_cast<int16_t>(column);
    node.limit = borders_[column][leaf.split.bin];
    node.below = static_cast<uint16_t>(tree_.size());
    leaf.node = node.below;
    above.node = static_cast<uint16_t>(node.below + 1);
    tree_.resize(tree_.size() + 2);
    leaf.rows = std::move(below);
    // The smaller side is counted, the larger is what remains.
    std::vector<Cell> whole = std::move(leaf.cells);
    const Cell sum = leaf.sum;
    Leaf& small = leaf.rows.size() < above.rows.size() ? leaf : above;
    Leaf& large = &small == &leaf ? above : leaf;
    Fill(small);
    large.cells = std::move(whole);
    for (size_t i = 0; i < large.cells.size(); ++i) {
      large.cells[i].gradient -= small.cells[i].gradient;
      large.cells[i].hessian -= small.cells[i].hessian;
    }
    large.sum = {sum.gradient - small.sum.gradient, sum.hessian - small.sum.hessian};
    FindSplit(leaf);
    FindSplit(above);
    return above;
  }

  void Close(const Leaf& leaf) {
    const double value = -leaf.sum.gradient / (leaf.sum.hessian + double{options_.regularisation}) *
                         double{options_.rate};
    tree_[leaf.node] = {-1, 0, static_cast<float>(value)};
    for (const uint32_t row : leaf.rows) scores_[row] += static_cast<float>(value);
  }

  const Rows& rows_;
  const Options options_;
  Random random_;
  std::vector<std::vector<float>> borders_;
  std::vector<uint8_t> bins_;  // column-major
  std::vector<size_t> columns_;
  std::vector<float> scores_;
  std::vector<Cell> slopes_;
  std::vector<ingest::TreeNode> tree_;
  Boosting model_;
};

Boosting Boosting::Train(const Rows& rows, const Options& options) {
  return Grower(rows, options).Run();
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
