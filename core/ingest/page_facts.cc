// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/page_facts.h"

#include <algorithm>
#include <cmath>

#include "core/ingest/name_evidence.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/shingles.h"

namespace verbatim::ingest {
namespace {

constexpr uint64_t kPrime = 0x9E3779B97F4A7C15u;

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * kPrime;
  return hash ^ (hash >> 29);
}

uint64_t Digest(std::string_view bytes) {
  uint64_t hash = bytes.size();
  for (const char c : bytes) hash = Mix(hash, static_cast<unsigned char>(c));
  return hash;
}

// Words that make a block running text for the search of the best element.
constexpr uint32_t kRunningWordsMin = 10;
constexpr float kRunningLinkShareMax = 0.34f;
// Of a block's running words, what its element, the parent and the grandparent are credited with.
constexpr float kCredit[] = {1.0f, 0.6f, 0.25f};

}  // namespace

void Mass::Add(const Block& block, const WordMeasures& measured) {
  const auto count = static_cast<float>(block.words);
  const float chars = static_cast<float>(std::max<uint32_t>(block.chars, 1));
  words += count;
  link_words += count * static_cast<float>(block.link_chars) / chars;
  blocks += 1;
  if (measured.ending == 1.0f) ended_words += count;
}

PageFacts::PageFacts(const HtmlTree& tree, const std::vector<Block>& blocks, const PageHints& hints)
    : tree_(tree), blocks_(blocks) {
  for (const Block& block : blocks) {
    measures_.push_back(MeasureWords(block));
    openings_.push_back(OpeningFamily(block.text));
    digests_.push_back(Digest(block.text));
    ++repeats_[digests_.back()];
  }
  WeighElements();
  CountBrothers();
  FindBest();
  GatherNames();
  Compare(hints);
  FindHeadline();
}

void PageFacts::WeighElements() {
  masses_.resize(tree_.size());
  made_.resize(tree_.size());
  for (size_t i = 0; i < blocks_.size(); ++i) {
    page_.Add(blocks_[i], measures_[i]);
    uint64_t path = 0;
    int steps = 0;
    for (uint32_t node = blocks_[i].node; node != HtmlTree::kNoNode; node = tree_[node].parent) {
      masses_[node].Add(blocks_[i], measures_[i]);
      if (made_[node] == 0) {
        made_[node] = Mix(static_cast<uint64_t>(tree_[node].tag),
                          Digest(tree_.Attr(node, AttrName::kClass))) |
                      1;
      }
      if (steps++ < 3) path = Mix(path, made_[node]);
    }
    paths_.push_back(path);
    templates_[path].Add(blocks_[i], measures_[i]);
  }
}

void PageFacts::CountBrothers() {
  absl::flat_hash_map<uint64_t, uint32_t> counts;
  const auto key = [&](uint32_t node) { return Mix(made_[node], tree_[node].parent); };
  for (uint32_t node = 0; node < tree_.size(); ++node) {
    if (made_[node] == 0) continue;
    ++counts[key(node)];
    if (tree_[node].tag == Tag::kArticle) article_numbers_[node] = articles_++;
  }
  brothers_.resize(tree_.size());
  for (uint32_t node = 0; node < tree_.size(); ++node) {
    if (made_[node] != 0) brothers_[node] = counts[key(node)];
  }
}

void PageFacts::FindBest() {
  absl::flat_hash_map<uint32_t, float> credit;
  for (const Block& block : blocks_) {
    const bool running = block.words >= kRunningWordsMin &&
                         static_cast<float>(block.link_chars) <
                             kRunningLinkShareMax * static_cast<float>(block.chars);
    if (!running) continue;
    // Text that stands in a paragraph is the paragraph's parent's.
    uint32_t node = block.node;
    if (tree_[node].tag == Tag::kP && tree_[node].parent != HtmlTree::kNoNode)
      node = tree_[node].parent;
    for (const float share : kCredit) {
      if (node == HtmlTree::kNoNode) break;
      credit[node] += share * std::sqrt(static_cast<float>(block.words)) * 4;
      node = tree_[node].parent;
    }
  }
  float most = 0;
  for (const auto& [node, value] : credit) {
    if (value > most || (value == most && node < best_)) {
      most = value;
      best_ = node;
    }
  }
  best_first_ = blocks_.size();
  for (size_t i = 0; i < blocks_.size(); ++i) {
    const uint32_t node = blocks_[i].first_node;
    if (node < best_ || node >= tree_[best_].end) continue;
    best_first_ = std::min(best_first_, i);
    best_last_ = i;
  }
}

uint64_t PageFacts::NamesOf(uint32_t node) {
  uint64_t families = 0;
  for (const AttrName name : {AttrName::kClass, AttrName::kId, AttrName::kRole, AttrName::kItemprop,
                              AttrName::kDataTestid, AttrName::kDataComponent}) {
    const std::string_view value = tree_.Attr(node, name);
    if (value.empty()) continue;
    const auto [known, fresh] = names_.try_emplace(value, 0);
    if (fresh) known->second = NameEvidence(value);
    families |= known->second;
  }
  return families;
}

void PageFacts::GatherNames() {
  // Elements stand in document order, so a parent's names are known before its children's.
  std::vector<uint64_t> own(tree_.size());
  all_names_.resize(tree_.size());
  for (uint32_t node = 0; node < tree_.size(); ++node) {
    const HtmlTree::Node& at = tree_[node];
    if (at.tag == Tag::kText) continue;
    // The whole page's names say nothing of a block of it.
    const bool whole = at.tag == Tag::kHtml || at.tag == Tag::kBody;
    own[node] = whole || at.first == at.last ? 0 : NamesOf(node);
    all_names_[node] = own[node] | (at.parent == HtmlTree::kNoNode ? 0 : all_names_[at.parent]);
  }
  for (const Block& block : blocks_) {
    const uint32_t parent = tree_[block.node].parent;
    uint64_t near = own[block.node];
    // Inline elements between the block's element and its words.
    for (uint32_t node = tree_[block.first_node].parent;
         node != HtmlTree::kNoNode && node > block.node; node = tree_[node].parent)
      near |= own[node];
    if (parent != HtmlTree::kNoNode) near |= own[parent];
    near_.push_back(near);
    far_.push_back(all_names_[block.node]);
  }
}

void PageFacts::Compare(const PageHints& hints) {
  const auto title_words = text::WordHashes(hints.title);
  const absl::flat_hash_set<uint64_t> title(title_words.begin(), title_words.end());
  const auto description_triples = text::Triples(text::WordHashes(hints.description));
  const absl::flat_hash_set<uint64_t> description(description_triples.begin(),
                                                  description_triples.end());
  const auto body_triples = text::Triples(text::WordHashes(hints.article_body));
  const absl::flat_hash_set<uint64_t> body(body_triples.begin(), body_triples.end());
  const auto share = [](const std::vector<uint64_t>& of, const absl::flat_hash_set<uint64_t>& in) {
    if (of.empty()) return 0.0f;
    const auto found =
        std::count_if(of.begin(), of.end(), [&](uint64_t d) { return in.contains(d); });
    return static_cast<float>(found) / static_cast<float>(of.size());
  };
  const bool wants_triples = !description.empty() || !body.empty();
  for (const Block& block : blocks_) {
    std::vector<uint64_t> words;
    if (wants_triples || block.words <= 40) words = text::WordHashes(block.text);
    in_title_.push_back(block.words <= 40 ? share(words, title) : 0.0f);
    const std::vector<uint64_t> triples = wants_triples ? text::Triples(words) : words;
    in_description_.push_back(description.empty() ? -1.0f : share(triples, description));
    in_body_.push_back(body.empty() ? -1.0f : triples.empty() ? 0.5f : share(triples, body));
  }
}

void PageFacts::FindHeadline() {
  headline_ = blocks_.size();
  float most = -1;
  for (size_t i = 0; i < blocks_.size(); ++i) {
    bool is_h1 = false;
    for (uint32_t node = blocks_[i].node; node != HtmlTree::kNoNode && !is_h1;
         node = tree_[node].parent)
      is_h1 = tree_[node].tag == Tag::kH1;
    if (is_h1 && in_title_[i] > most) {
      most = in_title_[i];
      headline_ = i;
    }
  }
  if (headline_ < blocks_.size()) return;
  for (size_t i = 0; i < blocks_.size(); ++i) {
    if (in_title_[i] < 0.8f || blocks_[i].words < 3 || in_title_[i] <= most) continue;
    most = in_title_[i];
    headline_ = i;
  }
}

}  // namespace verbatim::ingest
