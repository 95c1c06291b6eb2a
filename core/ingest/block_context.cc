// SPDX-License-Identifier: Apache-2.0
// The second look at the blocks of a page, with what the first thought of their surroundings.
#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_map.h"
#include "core/base/check.h"
#include "core/ingest/block_features.h"
#include "core/ingest/page_facts.h"

namespace verbatim::ingest {
namespace {

constexpr int kReach = 4;       // neighbours on either side
constexpr int kContainers = 4;  // elements outwards
constexpr size_t kGroupColumns = 7;
constexpr size_t kExtra = 1 + 2 * kReach + 2 * kContainers + 10 + 4 + kGroupColumns;

struct Opinion {
  double words = 0;
  double good = 0;
  void Add(double count, double likely) {
    words += count;
    good += count * likely;
  }
  double Share() const { return words > 0 ? good / words : 0; }
};

float Probability(float score) { return 1.0f / (1.0f + std::exp(-score)); }

class Context {
 public:
  Context(const PageFacts& facts, const std::vector<float>& scores)
      : facts_(facts), tree_(facts.tree()), blocks_(facts.blocks()), scores_(scores) {
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const double words = std::max<uint32_t>(blocks_[i].words, 1);
      likely_.push_back(Probability(scores[i]));
      before_.push_back(all_);
      all_.Add(words, likely_[i]);
      alike_[facts.Path(i)].Add(words, likely_[i]);
      uint32_t node = blocks_[i].node;
      for (int k = 0; k < kContainers && node != HtmlTree::kNoNode; ++k) {
        opinions_[node].Add(words, likely_[i]);
        node = tree_[node].parent;
      }
    }
    before_.push_back(all_);
    Runs();
    Sections();
    Groups();
  }

  void Write(size_t i, float* at) const {
    const float* const end = at + kExtra;
    *at++ = scores_[i];
    for (int step = -kReach; step <= kReach; ++step) {
      if (step == 0) continue;
      const int64_t other = static_cast<int64_t>(i) + step;
      const bool there = other >= 0 && other < static_cast<int64_t>(blocks_.size());
      *at++ = there ? likely_[static_cast<size_t>(other)] : -1.0f;
    }
    uint32_t node = blocks_[i].node;
    for (int k = 0; k < kContainers; ++k) {
      const auto found = opinions_.find(node);
      *at++ = found == opinions_.end() ? -1.0f : static_cast<float>(found->second.Share());
      *at++ = found == opinions_.end()
                  ? -1.0f
                  : static_cast<float>(found->second.good / std::max(all_.good, 1.0));
      if (tree_[node].parent != HtmlTree::kNoNode) node = tree_[node].parent;
    }
    const double good = std::max(all_.good, 1e-3);
    *at++ = static_cast<float>(before_[i].good / good);
    *at++ = static_cast<float>(std::log1p(before_[i].good));
    *at++ = static_cast<float>(std::log1p(all_.good - before_[i].good));
    *at++ = static_cast<float>(std::log1p(all_.good));
    *at++ = last_good_[i];
    *at++ = next_good_[i];
    *at++ = run_words_[i];
    *at++ = best_run_ == 0 ? 0 : run_words_[i] / best_run_;
    *at++ = words_since_[i];
    *at++ = words_until_[i];
    const Opinion& alike = alike_.at(facts_.Path(i));
    *at++ = static_cast<float>(alike.Share());
    *at++ = static_cast<float>(std::log1p(alike.words));
    *at++ = static_cast<float>(sections_[section_[i]].Share());
    *at++ = static_cast<float>(std::log1p(sections_[section_[i]].words));
    at = WriteGroup(i, at);
    VB_CHECK(at == end, "a row of context has its full length");
  }

 private:
  // Runs of blocks that the first look would keep, and how far each block is from one.
  void Runs() {
    const size_t n = blocks_.size();
    last_good_.assign(n, 99);
    next_good_.assign(n, 99);
    run_words_.assign(n, 0);
    words_since_.assign(n, 9999);
    words_until_.assign(n, 9999);
    Sweep(0, n, +1, last_good_, words_since_);
    Sweep(n, 0, -1, next_good_, words_until_);
    for (size_t i = 0; i < n;) {
      if (likely_[i] < 0.5f) {
        ++i;
        continue;
      }
      size_t end = i;
      float words = 0;
      while (end < n && likely_[end] >= 0.5f) words += static_cast<float>(blocks_[end++].words);
      std::fill(run_words_.begin() + static_cast<int64_t>(i),
                run_words_.begin() + static_cast<int64_t>(end), words);
      best_run_ = std::max(best_run_, words);
      i = end;
    }
  }

  // What stands between two headings hangs together.
  void Sections() {
    sections_.resize(1);
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (HeadingLevel(tree_[blocks_[i].node].tag) > 0) sections_.emplace_back();
      section_.push_back(sections_.size() - 1);
      sections_.back().Add(std::max<uint32_t>(blocks_[i].words, 1), likely_[i]);
    }
  }

  // A list, a table, a quotation, a picture with its lines: what belongs together whatever its
  // pieces look like.
  struct Group {
    size_t first = 0;
    size_t end = 0;  // blocks
    Opinion own;
    Opinion around;  // of the element that the group stands in, without the group
  };

  static bool Gathers(Tag tag) {
    return tag == Tag::kUl || tag == Tag::kOl || tag == Tag::kDl || tag == Tag::kTable ||
           tag == Tag::kBlockquote || tag == Tag::kFigure;
  }

  // The outermost such element around a node; kNoNode when there is none.
  uint32_t GroupAround(uint32_t node) const {
    uint32_t group = HtmlTree::kNoNode;
    for (; node != HtmlTree::kNoNode; node = tree_[node].parent) {
      const Tag tag = tree_[node].tag;
      if (tag == Tag::kArticle || tag == Tag::kSection || tag == Tag::kNav) break;
      if (Gathers(tag)) group = node;
    }
    return group;
  }

  Opinion Between(size_t first, size_t end) const {
    return {before_[end].words - before_[first].words, before_[end].good - before_[first].good};
  }

  size_t FirstBlockFrom(uint32_t node) const {
    const auto found =
        std::lower_bound(blocks_.begin(), blocks_.end(), node,
                         [](const Block& block, uint32_t at) { return block.first_node < at; });
    return static_cast<size_t>(found - blocks_.begin());
  }

  void Groups() {
    group_.assign(blocks_.size(), kNoGroup);
    for (size_t i = 0; i < blocks_.size();) {
      const uint32_t node = GroupAround(blocks_[i].node);
      if (node == HtmlTree::kNoNode) {
        ++i;
        continue;
      }
      const size_t end = std::max(FirstBlockFrom(tree_[node].end), i + 1);
      Group group{i, end, Between(i, end), {}};
      const uint32_t parent = tree_[node].parent;
      if (parent != HtmlTree::kNoNode) {
        const Opinion whole = Between(FirstBlockFrom(parent), FirstBlockFrom(tree_[parent].end));
        group.around = {whole.words - group.own.words, whole.good - group.own.good};
      }
      std::fill(group_.begin() + static_cast<int64_t>(i),
                group_.begin() + static_cast<int64_t>(end), groups_.size());
      groups_.push_back(group);
      i = end;
    }
  }

  float* WriteGroup(size_t i, float* at) const {
    if (group_[i] == kNoGroup) return std::fill_n(at, kGroupColumns, -1.0f);
    const Group& group = groups_[group_[i]];
    *at++ = static_cast<float>(group.own.Share());
    *at++ = static_cast<float>(std::log1p(group.own.words));
    *at++ = static_cast<float>(group.own.words / std::max(all_.good, 1.0));
    *at++ = static_cast<float>(group.end - group.first);
    *at++ = group.around.words < 1 ? -1.0f : static_cast<float>(group.around.Share());
    *at++ = group.first > 0 ? likely_[group.first - 1] : -1.0f;
    *at++ = group.end < likely_.size() ? likely_[group.end] : -1.0f;
    return at;
  }

  void Sweep(size_t from, size_t to, int step, std::vector<float>& blocks_away,
             std::vector<float>& words_away) const {
    float distance = 99;
    float words = 9999;
    for (size_t k = from; k != to; k = step > 0 ? k + 1 : k - 1) {
      const size_t i = step > 0 ? k : k - 1;
      blocks_away[i] = distance;
      words_away[i] = words;
      if (likely_[i] >= 0.5f && blocks_[i].words >= 5) {
        distance = 0;
        words = 0;
      }
      distance = std::min(distance + 1, 99.0f);
      words = std::min(words + static_cast<float>(blocks_[i].words), 9999.0f);
    }
  }

  const PageFacts& facts_;
  const HtmlTree& tree_;
  const std::vector<Block>& blocks_;
  const std::vector<float>& scores_;
  std::vector<float> likely_;
  std::vector<Opinion> before_;
  Opinion all_;
  absl::flat_hash_map<uint32_t, Opinion> opinions_;
  absl::flat_hash_map<uint64_t, Opinion> alike_;
  std::vector<Opinion> sections_;
  std::vector<size_t> section_;  // of each block
  static constexpr size_t kNoGroup = static_cast<size_t>(-1);
  std::vector<Group> groups_;
  std::vector<size_t> group_;  // of each block
  std::vector<float> last_good_, next_good_, run_words_, words_since_, words_until_;
  float best_run_ = 0;
};

}  // namespace

FeatureTable ContextFeatures(const PageFacts& facts, const FeatureTable& first,
                             const std::vector<float>& scores) {
  const Context context(facts, scores);
  FeatureTable table(first.rows(), first.columns() + kExtra);
  for (size_t i = 0; i < first.rows(); ++i) {
    std::copy(first.Row(i), first.Row(i) + first.columns(), table.Row(i));
    context.Write(i, table.Row(i) + first.columns());
  }
  return table;
}

}  // namespace verbatim::ingest
