// SPDX-License-Identifier: Apache-2.0
// Who wrote the article of a page: what it tells machines, then what it prints near its headline,
// and an organisation where it names no person.
#ifndef VERBATIM_CORE_INGEST_PAGE_AUTHORS_H_
#define VERBATIM_CORE_INGEST_PAGE_AUTHORS_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/blocks.h"
#include "core/ingest/page.h"

namespace verbatim::ingest {

struct PageAuthors {
  std::vector<std::string> names;
  std::string source;  // "json-ld author", "meta author", "byline" ...; empty without names
};

// `headline` is the block of the headline (blocks.size(): none); `outlet` and `site` (a host) are
// no names of persons.
PageAuthors AuthorsOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                      std::string_view outlet, std::string_view site);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_PAGE_AUTHORS_H_
