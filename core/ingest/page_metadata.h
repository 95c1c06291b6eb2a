// SPDX-License-Identifier: Apache-2.0
// What a page says of its article beside the text: who wrote it, where it stands, when it came out.
// Several places may say it; the surer one is believed, and the metadata name it.
#ifndef VERBATIM_CORE_INGEST_PAGE_METADATA_H_
#define VERBATIM_CORE_INGEST_PAGE_METADATA_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/page.h"
#include "core/ingest/page_dates.h"
#include "core/ingest/page_facts.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::ingest {

// `url`: where the page was taken from; may be empty. Never fails: what is not said stays empty.
v1::ArticleMetadata MetadataOfPage(const Page& page, const PageFacts& facts, std::string_view url,
                                   const DateBounds& bounds);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_PAGE_METADATA_H_
