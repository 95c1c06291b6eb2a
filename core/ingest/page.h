// SPDX-License-Identifier: Apache-2.0
// A page as read once: its tree, what its head declares, its JSON-LD. What becomes of it is for
// others: main_text.h takes the body from it, page_metadata.h the rest.
#ifndef VERBATIM_CORE_INGEST_PAGE_H_
#define VERBATIM_CORE_INGEST_PAGE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ingest/block_features.h"
#include "core/ingest/html_tree.h"
#include "core/ingest/json_ld.h"

namespace verbatim::ingest {

// What stands in the head of a page (and in <meta> and <link> anywhere in it).
struct PageHead {
  std::string title;      // <title>
  std::string language;   // <html lang>
  std::string canonical;  // <link rel="canonical">
  std::string base;       // <base href>
  // name, property, itemprop or http-equiv in small letters, with its content; in document order.
  std::vector<std::pair<std::string, std::string>> metas;

  // The first content that isn't blank of the first name that has one; empty when none has.
  // Borrows from this head.
  std::string_view Meta(std::initializer_list<std::string_view> names) const;
  // All contents of one name.
  std::vector<std::string_view> Metas(std::string_view name) const;
};

struct Page {
  HtmlTree tree;
  PageHead head;
  JsonLd json_ld;
  std::vector<std::string> warnings;  // limits that were met
  std::string best_title;             // as the page gives it, site name and all
  std::string best_description;

  // Borrows from this page.
  PageHints Hints() const { return {best_title, best_description, json_ld.article_body}; }
};

// `html` is well-formed UTF-8.
Page ParsePage(std::string_view html);

// "&amp;" and kin, twice over where a page escaped twice; then blanks folded.
std::string Unescape(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_PAGE_H_
