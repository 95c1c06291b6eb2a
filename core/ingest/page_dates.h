// SPDX-License-Identifier: Apache-2.0
// When a page says it was published and modified: every statement that it makes, in the order in
// which they are believed. A date before 1990 or after the page was taken is not believed at all.
#ifndef VERBATIM_CORE_INGEST_PAGE_DATES_H_
#define VERBATIM_CORE_INGEST_PAGE_DATES_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/blocks.h"
#include "core/ingest/date_text.h"
#include "core/ingest/page.h"

namespace verbatim::ingest {

struct DatedStatement {
  std::string value;   // a day or an instant
  std::string source;  // "json-ld datePublished", "meta article:published_time", "url" ...
};

struct PageDates {
  std::vector<DatedStatement> published;  // the first is the one believed
  std::vector<DatedStatement> modified;
};

struct DateBounds {
  std::string not_before = "1990-01-01";
  std::string not_after;  // a day, inclusive; empty: no bound
};

// `headline` is the block of the headline (blocks.size(): none); `url` where the page was taken
// from, or its canonical URL.
PageDates DatesOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                  std::string_view url, const DateBounds& bounds);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_PAGE_DATES_H_
