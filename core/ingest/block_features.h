// SPDX-License-Identifier: Apache-2.0
// What can be said of each block of a page, as numbers: the one place that makes them, for reading
// and for learning alike, so that the two never part.
#ifndef VERBATIM_CORE_INGEST_BLOCK_FEATURES_H_
#define VERBATIM_CORE_INGEST_BLOCK_FEATURES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/blocks.h"
#include "core/ingest/html_tree.h"

namespace verbatim::ingest {

// A row a block, all of one length.
class FeatureTable {
 public:
  FeatureTable() = default;
  FeatureTable(size_t rows, size_t columns) : columns_(columns), values_(rows * columns) {}
  size_t rows() const { return columns_ == 0 ? 0 : values_.size() / columns_; }
  size_t columns() const { return columns_; }
  const float* Row(size_t row) const { return values_.data() + row * columns_; }
  float* Row(size_t row) { return values_.data() + row * columns_; }

 private:
  size_t columns_ = 0;
  std::vector<float> values_;
};

// What a page says of its article elsewhere; empty where it says nothing. Borrowed for the call.
struct PageHints {
  std::string_view title;
  std::string_view description;
  std::string_view article_body;  // of its JSON-LD
};

class PageFacts;  // page_facts.h

// Features of the first look: of the block itself, its neighbours, its ancestors, its place.
FeatureTable BlockFeatures(const PageFacts& facts);

// Features of the second look: those of the first, and what the first look thought (`scores`, one a
// block, as log odds) of the block, of what stands around it and of blocks made alike.
FeatureTable ContextFeatures(const PageFacts& facts, const FeatureTable& first,
                             const std::vector<float>& scores);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BLOCK_FEATURES_H_
