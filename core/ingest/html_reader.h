// SPDX-License-Identifier: Apache-2.0
// A web page to an article: its main text, its metadata, and what was left out with the reason.
#ifndef VERBATIM_CORE_INGEST_HTML_READER_H_
#define VERBATIM_CORE_INGEST_HTML_READER_H_

#include <string_view>

#include "core/base/status.h"
#include "core/ingest/charset.h"
#include "core/ingest/page_dates.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::ingest {

// The version of the extractor, which stands in every article that it made. It changes with
// anything that can change a text: the blocks, the features, the learned table.
inline constexpr std::string_view kHtmlExtractorVersion = "4";

// Text, metadata, dropped blocks and extraction of a decoded page; `url` is where it was taken from
// and may be empty. kInvalidArgument "no-article" when no text stands in it.
absl::StatusOr<v1::ArticleContent> ReadHtml(const Decoded& page, std::string_view url,
                                            const DateBounds& bounds);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_HTML_READER_H_
