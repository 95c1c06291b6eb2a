// SPDX-License-Identifier: Apache-2.0
// Revisions of one invented article, with what the tests say about them in words.
#ifndef VERBATIM_TESTS_CORE_ANCHOR_REVISIONS_H_
#define VERBATIM_TESTS_CORE_ANCHOR_REVISIONS_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/anchor/anchor.h"
#include "verbatim/text/utf8.h"

namespace verbatim::anchor {

// Owns what a RevisionText borrows.
class TestRevision {
 public:
  TestRevision(uint32_t number, std::string text)
      : text_(std::move(text)), chars_(text_), ground_("article-16-bytes", number, text_, chars_) {}
  TestRevision(const TestRevision&) = delete;
  TestRevision& operator=(const TestRevision&) = delete;

  const std::string& text() const { return text_; }
  const RevisionText& ground() const { return ground_; }

  // The bytes of the n-th place of these words, from 0.
  text::Range Where(const std::string& words, int occurrence = 0) const {
    size_t at = text_.find(words);
    while (at != std::string::npos && occurrence-- > 0) at = text_.find(words, at + 1);
    EXPECT_NE(at, std::string::npos) << words;
    return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
  }

  v1::Anchor AnchorOn(const std::vector<std::string>& pieces) const {
    std::vector<text::Range> ranges;
    for (const std::string& words : pieces) ranges.push_back(Where(words));
    return MakeAnchor(ground_, ranges);
  }

 private:
  std::string text_;
  text::CharMap chars_;
  RevisionText ground_;
};

}  // namespace verbatim::anchor

#endif  // VERBATIM_TESTS_CORE_ANCHOR_REVISIONS_H_
