// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/main_text.h"

#include <algorithm>
#include <array>

#include "core/ingest/block_model.h"
#include "core/ingest/block_words.h"

namespace verbatim::ingest {
namespace {

// Log odds from which a block is kept.
constexpr float kKeepFrom = 0.0f;
// A heading must have a kept block within so many blocks below it.
constexpr size_t kHeadingReach = 3;
// A list is one thing: when this share of its words is kept, all of it is, and none when less than
// the other share is.
constexpr float kListKeepFrom = 0.7f;
constexpr float kListDropBelow = 0.3f;
// A label between paragraphs has at most so many words.
constexpr uint32_t kLabelWordsMax = 3;
// Fewer words than this are no article, nor is less than this share of the running text of the
// element that holds most of it.
constexpr uint32_t kWordsMin = 25;
constexpr double kShareMin = 0.2;

// The reasons by what a block opens with, as OpeningFamily numbers them.
constexpr std::array<std::string_view, kOpeningFamilies + 1> kReasons = {
    "other",  "related",    "share",         "subscription", "copyright", "caption",
    "byline", "date",       "advertisement", "reply-form",   "tags",      "about",
    "notice", "navigation", "list",          "contents"};

std::string_view ReasonOf(const PageFacts& facts, size_t i) {
  const HtmlTree& tree = facts.tree();
  if (i == facts.headline()) return "headline";
  for (uint32_t node = facts.blocks()[i].node; node != HtmlTree::kNoNode;
       node = tree[node].parent) {
    switch (tree[node].tag) {
      case Tag::kNav:
        return "navigation";
      case Tag::kFooter:
        return "footer";
      case Tag::kForm:
        return "reply-form";
      case Tag::kFigcaption:
      case Tag::kFigure:
        return "caption";
      case Tag::kAside:
        return "sidebar";
      default:
        break;
    }
  }
  const Block& block = facts.blocks()[i];
  const std::string_view by_words = kReasons[static_cast<size_t>(facts.opening(i))];
  if (by_words == "other" && 2 * block.link_chars > block.chars) return "navigation";
  return by_words;
}

// The list or quotation around a block: the outermost of lists in lists; kNoNode when it stands in
// none.
uint32_t ListAround(const HtmlTree& tree, uint32_t node) {
  uint32_t list = HtmlTree::kNoNode;
  for (; node != HtmlTree::kNoNode; node = tree[node].parent) {
    const Tag tag = tree[node].tag;
    if (tag == Tag::kUl || tag == Tag::kOl || tag == Tag::kBlockquote) list = node;
    if (tag == Tag::kArticle || tag == Tag::kSection || tag == Tag::kNav) break;
  }
  return list;
}

// Items of one list are kept or left out together where most agree.
void VoteOnLists(const PageFacts& facts, std::vector<bool>& keep) {
  const std::vector<Block>& blocks = facts.blocks();
  for (size_t i = 0; i < blocks.size();) {
    const uint32_t list = ListAround(facts.tree(), blocks[i].node);
    if (list == HtmlTree::kNoNode) {
      ++i;
      continue;
    }
    size_t end = i;
    float words = 0;
    float kept = 0;
    while (end < blocks.size() && blocks[end].node < facts.tree()[list].end) {
      words += static_cast<float>(blocks[end].words);
      if (keep[end]) kept += static_cast<float>(blocks[end].words);
      ++end;
    }
    const float share = words > 0 ? kept / words : 0;
    if (share >= kListKeepFrom || share < kListDropBelow) {
      std::fill(keep.begin() + static_cast<int64_t>(i), keep.begin() + static_cast<int64_t>(end),
                share >= kListKeepFrom);
    }
    i = std::max(end, i + 1);
  }
}

// "Advert", between two paragraphs, is never a sentence of either.
void DropLabels(const PageFacts& facts, std::vector<bool>& keep) {
  for (size_t i = 0; i < keep.size(); ++i) {
    const std::string_view reason = kReasons[static_cast<size_t>(facts.opening(i))];
    if (facts.blocks()[i].words <= kLabelWordsMax && reason == "advertisement") keep[i] = false;
  }
}

// A heading over nothing is furniture.
void DropBareHeadings(const PageFacts& facts, std::vector<bool>& keep) {
  const std::vector<Block>& blocks = facts.blocks();
  size_t below = blocks.size() + kHeadingReach;  // the nearest kept block that is no heading
  for (size_t i = blocks.size(); i-- > 0;) {
    if (!keep[i]) continue;
    if (HeadingLevel(facts.tree()[blocks[i].node].tag) == 0) {
      below = i;
    } else if (below - i > kHeadingReach) {
      keep[i] = false;
    }
  }
}

}  // namespace

std::vector<Verdict> JudgeScores(const PageFacts& facts, const std::vector<float>& scores) {
  std::vector<bool> keep(scores.size());
  for (size_t i = 0; i < scores.size(); ++i) keep[i] = scores[i] >= kKeepFrom;
  VoteOnLists(facts, keep);
  DropLabels(facts, keep);
  DropBareHeadings(facts, keep);
  std::vector<Verdict> verdicts(scores.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    verdicts[i].score = scores[i];
    if (!keep[i]) verdicts[i].reason = ReasonOf(facts, i);
  }
  return verdicts;
}

std::vector<Verdict> JudgeBlocks(const PageFacts& facts) {
  const FeatureTable first = BlockFeatures(facts);
  const std::vector<float> scores = Score(FirstLook(), first);
  const FeatureTable second = ContextFeatures(facts, first, scores);
  return JudgeScores(facts, Score(SecondLook(), second));
}

bool TakeBest(const PageFacts& facts, std::vector<Verdict>& verdicts) {
  if (verdicts.empty()) return false;  // nor need there be any element
  const uint32_t best = facts.best();
  const uint32_t end = facts.tree()[best].end;
  std::vector<size_t> running;  // blocks of the element that holds most text
  uint32_t kept_words = 0;
  uint32_t running_words = 0;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    const Block& block = facts.blocks()[i];
    kept_words += verdicts[i].kept() ? block.words : 0;
    const bool within = block.first_node >= best && block.first_node < end;
    if (!within || 3 * block.link_chars >= block.chars || block.words <= 3 || i == facts.headline())
      continue;
    running.push_back(i);
    running_words += block.words;
  }
  if (kept_words >= std::max<double>(kWordsMin, kShareMin * running_words)) return false;
  for (const size_t i : running) verdicts[i].reason = {};
  return true;
}

std::string JoinKept(const std::vector<Block>& blocks, const std::vector<Verdict>& verdicts) {
  std::string text;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (!verdicts[i].kept()) continue;
    if (!text.empty()) text += "\n\n";
    text += blocks[i].text;
  }
  return text;
}

}  // namespace verbatim::ingest
