// SPDX-License-Identifier: Apache-2.0
// The limits of the readers, with their reasons: what bytes from outside may cost. Those that hold
// for a whole archive, a document's size among them, are in core/base/limits.h.
#ifndef VERBATIM_CORE_INGEST_LIMITS_H_
#define VERBATIM_CORE_INGEST_LIMITS_H_

#include "core/base/limits.h"

namespace verbatim::limits {

// The headers of one record in a container: cookies of a bad server take some KiB.
inline constexpr size_t kContainerHeaderBytesMax = 64 * kKiB;

// What a gzip member may become, for each byte of it, once it has become more than the first
// number: text packs ten times smaller, tables of numbers thirty, bombs a thousand.
inline constexpr size_t kExpansionFreeBytes = kMiB;
inline constexpr uint64_t kExpansionRatioMax = 200;

// A text of which more could not be decoded than this is no text in that encoding.
inline constexpr double kReplacedShareMax = 0.05;

// A page before it is parsed. Parsers compare each attribute of a tag with those before it; real
// tags have under fifty. Elements of real pages nest under a hundred deep; finding the one that an
// end tag closes costs the depth. The largest pages have some hundred thousand tags.
inline constexpr size_t kHtmlAttributesMax = 256;
inline constexpr size_t kHtmlDepthMax = 512;
inline constexpr size_t kHtmlNodesMax = 2'000'000;

// Copies of one story. Two bands of 64 in common: of texts that share a third of their word triples
// 98 % have them, of others one pair in two million. Contained in the other to six tenths: a report
// with new quotations stays apart, one that was cut or extended does not. Forty papers print a
// story, linked with each other: so a few comparisons find its group.
inline constexpr size_t kCopyBandsMin = 2;
inline constexpr double kCopyContainmentMin = 0.6;
inline constexpr size_t kCopyCandidatesMax = 16;

// Drafts that threads make ahead of what is appended: enough to be busy while a commit is flushed.
inline constexpr size_t kDraftsAheadMax = 256;
inline constexpr uint64_t kDraftBytesAheadMax = 24 * kMiB;

// Articles read again in one unit of commits: their captured bytes are in memory together.
inline constexpr size_t kReextractBatchArticles = 16;

// What is kept of the text that extraction left out of one page: menus of the longest are some tens
// of KiB.
inline constexpr size_t kDroppedBytesMax = 256 * kKiB;

}  // namespace verbatim::limits

#endif  // VERBATIM_CORE_INGEST_LIMITS_H_
