// SPDX-License-Identifier: Apache-2.0
// The page of one article: its text with highlights, every annotation with its history, and a
// slider over the events of its stream.
#ifndef VERBATIM_CORE_PAGES_ARTICLE_PAGE_H_
#define VERBATIM_CORE_PAGES_ARTICLE_PAGE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/pages/frame.h"
#include "core/schema/registry.h"

namespace verbatim::pages {

struct ArticleAsked {
  std::string_view article;  // 16 bytes
  uint64_t until;            // the slider's last sequence
  uint64_t shown;            // the moment that the page opens with, at most `until`
  bool all = false;          // rejected and retracted annotations are listed from the start
};

// kNotFound: there was no such article by then, or it was erased; the message says which.
absl::StatusOr<std::string> ArticlePage(const Site& site, const log::Snapshot& snapshot,
                                        const schema::Registry& registry,
                                        const ArticleAsked& asked);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_ARTICLE_PAGE_H_
