// SPDX-License-Identifier: Apache-2.0
// A Draft is an article as it was read, before the archive has seen it: what ingest ends in.
// Nothing here appends.
#ifndef VERBATIM_CORE_INGEST_DRAFT_H_
#define VERBATIM_CORE_INGEST_DRAFT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::ingest {

// What the person who ingests says of an input; it outranks what the text says. Empty: not said.
struct Given {
  std::string title;
  std::string url;
  std::string outlet;
  std::string published;  // as base::ParsePublished takes it
  std::string language;
  std::string media_type;      // "text/html; charset=..."; empty: by content
  std::string not_after;       // day after which nothing can have been published; empty: no bound
  uint64_t fetched_at_us = 0;  // when it was taken from its publisher; 0: unknown
  std::string record;          // within a container
};

struct Draft {
  std::string article;  // 16 bytes: of the canonical URL, else of the content key
  v1::ArticleContent content;
  v1::SourceCaptured source;
};

// The version of the text extractor, which stands in every article that it made.
inline constexpr std::string_view kTextExtractorVersion = "2";

// From the original bytes of one document: a page, or a plain text; which one, the media type says,
// else the content. Errors begin with a word that scripts can rely on: "empty", "binary",
// "bad-encoding", "no-article", "unsupported"; or say what is wrong with what was given (URL,
// date).
absl::StatusOr<Draft> DraftFromBytes(std::string bytes, std::string_view input_name,
                                     const Given& given);

// From an article that came in pieces (a record of JSON, an item of a feed): `content` holds the
// text and what the record says; `bytes` is the record as it stood.
absl::StatusOr<Draft> DraftFromRecord(v1::ArticleContent content, std::string bytes,
                                      std::string_view input_name, const Given& given);

// The key under which copies of one text that differ in blanks, dashes and quotation marks are the
// same: SHA-256 of the folded title and text. A title that stands in the text anyhow is not counted
// twice.
std::string ContentKey(std::string_view title, std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_DRAFT_H_
