// SPDX-License-Identifier: Apache-2.0
// The list of articles, the latest published first, in pages.
#ifndef VERBATIM_CORE_PAGES_INDEX_PAGE_H_
#define VERBATIM_CORE_PAGES_INDEX_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/pages/frame.h"
#include "core/schema/value.h"

namespace verbatim::pages {

// A line of the list.
struct Listed {
  std::string article;  // hex
  std::string title;
  std::string published;
  std::string outlet;
  std::string revisions;
  std::string annotations;
  bool erased = false;
};

// From a row of audit::ArticleRow.
Listed ListedFrom(const schema::Record& row);

// Sorts by day of publication, undated ones last, then as they came.
void SortForIndex(std::vector<Listed>* articles);

size_t IndexPages(const std::vector<Listed>& articles);
// `page` counts from 0.
std::string IndexPage(const Site& site, const std::vector<Listed>& articles, size_t page);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_INDEX_PAGE_H_
