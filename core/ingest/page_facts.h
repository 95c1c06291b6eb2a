// SPDX-License-Identifier: Apache-2.0
// What must be known of a whole page before one of its blocks can be looked at: the mass of text in
// each element, the element that holds most of it, which blocks are made alike, what is repeated,
// what the page says of its article elsewhere.
#ifndef VERBATIM_CORE_INGEST_PAGE_FACTS_H_
#define VERBATIM_CORE_INGEST_PAGE_FACTS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "core/ingest/block_features.h"
#include "core/ingest/block_words.h"

namespace verbatim::ingest {

// Of one element or one group of blocks, everything below it taken together.
struct Mass {
  float words = 0;
  float link_words = 0;
  float blocks = 0;
  float ended_words = 0;  // in blocks that end as a sentence does
  void Add(const Block& block, const WordMeasures& measures);
};

class PageFacts {
 public:
  // Borrows all three.
  PageFacts(const HtmlTree& tree, const std::vector<Block>& blocks, const PageHints& hints);

  const HtmlTree& tree() const { return tree_; }
  const std::vector<Block>& blocks() const { return blocks_; }
  const WordMeasures& measures(size_t block) const { return measures_[block]; }
  int opening(size_t block) const { return openings_[block]; }
  const Mass& page() const { return page_; }
  const Mass& Of(uint32_t node) const { return masses_[node]; }
  // Blocks whose element, its parent and grandparent have the same tags and classes.
  const Mass& Template(size_t block) const { return templates_.at(paths_[block]); }
  uint64_t Path(size_t block) const { return paths_[block]; }
  // Elements with text under the same parent with the same tag and classes, this one among them.
  uint32_t Brothers(uint32_t node) const { return brothers_[node]; }
  // How many <article>s hold text, and which of them one is, from 0.
  uint32_t articles() const { return articles_; }
  uint32_t ArticleNumber(uint32_t node) const { return article_numbers_.at(node); }
  uint32_t Repeats(size_t block) const { return repeats_.at(digests_[block]); }
  uint64_t NearNames(size_t block) const { return near_[block]; }
  uint64_t FarNames(size_t block) const { return far_[block]; }
  // The element that holds most running text.
  uint32_t best() const { return best_; }
  size_t best_first_block() const { return best_first_; }
  size_t best_last_block() const { return best_last_; }
  // The block of the headline: the <h1> most like the title; blocks().size() when there is none.
  size_t headline() const { return headline_; }

  // Share of a block's words that stand in the title; of its word triples, in the description and
  // in the body that JSON-LD gives (-1: there is none).
  float InTitle(size_t block) const { return in_title_[block]; }
  float InDescription(size_t block) const { return in_description_[block]; }
  float InBody(size_t block) const { return in_body_[block]; }

 private:
  void WeighElements();
  void CountBrothers();
  void FindBest();
  void GatherNames();
  void Compare(const PageHints& hints);
  void FindHeadline();
  uint64_t NamesOf(uint32_t node);

  const HtmlTree& tree_;
  const std::vector<Block>& blocks_;
  std::vector<WordMeasures> measures_;
  std::vector<int> openings_;
  std::vector<Mass> masses_;
  Mass page_;
  std::vector<uint64_t> made_;  // tag and classes of a node with text
  std::vector<uint64_t> paths_;
  std::vector<uint32_t> brothers_;
  uint32_t articles_ = 0;
  absl::flat_hash_map<uint32_t, uint32_t> article_numbers_;
  std::vector<uint64_t> digests_;
  std::vector<uint64_t> near_;
  std::vector<uint64_t> far_;
  absl::flat_hash_map<uint64_t, Mass> templates_;
  absl::flat_hash_map<uint64_t, uint32_t> repeats_;
  absl::flat_hash_map<std::string_view, uint64_t> names_;
  std::vector<uint64_t> all_names_;  // of a node and those around it
  uint32_t best_ = 0;
  size_t best_first_ = 0;
  size_t best_last_ = 0;
  size_t headline_ = 0;
  std::vector<float> in_title_;
  std::vector<float> in_description_;
  std::vector<float> in_body_;
};

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_PAGE_FACTS_H_
