// SPDX-License-Identifier: Apache-2.0
// The articles of a story form a ring: two rings become one by exchanging where two articles point.
#include "stories.h"

#include <utility>

namespace verbatim::statements {

std::string Stories::Of(std::string_view article) const {
  const std::optional<Article> row = articles_->Get(article);
  return row ? row->story : std::string();
}

// One that is in no story is a ring of its own.
Article Stories::Get(const std::string& article) const {
  return articles_->Get(article).value_or(Article{article, article, 1});
}

std::optional<Stories::Joined> Stories::Join(const std::string& article, const std::string& other) {
  std::string to = Get(other).story;
  std::string from = Get(article).story;
  if (to == from) return std::nullopt;
  if (Get(from).size > Get(to).size) std::swap(from, to);
  Joined joined;
  if (!articles_->Get(to)) joined.kept = to;
  Article head = Get(to);
  const uint32_t size = head.size + Get(from).size;
  std::string at = from;
  do {
    Article row = Get(at);
    joined.moved.push_back(at);
    row.story = to;
    const std::string next = row.next;
    if (next == from) row.next = head.next;
    articles_->Put(at, row);
    at = next;
  } while (at != from);
  head.next = from;
  head.size = size;
  articles_->Put(to, head);
  return joined;
}

}  // namespace verbatim::statements
