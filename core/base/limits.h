// SPDX-License-Identifier: Apache-2.0
// Every limit, with its reason. A limit that a person can meet is named in the message that
// refuses.
#ifndef VERBATIM_CORE_BASE_LIMITS_H_
#define VERBATIM_CORE_BASE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace verbatim::limits {

inline constexpr size_t kKiB = 1024;
inline constexpr size_t kMiB = 1024 * kKiB;
inline constexpr size_t kGiB = 1024 * kMiB;

// One document: the longest newspaper supplement is under 1 MiB of text; a parsed page is several
// times its size, and one article is the only unit held whole within 256 MiB.
inline constexpr size_t kDocumentBytesMax = 16 * kMiB;

// What one compressed file may become: the limit of a document and some for the rest of a page's
// weight.
inline constexpr size_t kExpandedBytesMax = 256 * kMiB;

// More than this share of control characters is no text.
inline constexpr double kControlShareMax = 0.10;

// Address space of a map, not disk: the log of a lifetime's articles, and a view of it. Sanitizers
// keep address space for themselves.
#ifdef VERBATIM_SANITIZED
inline constexpr size_t kLogMapBytes = 8 * kGiB;
inline constexpr size_t kGenerationMapBytes = 4 * kGiB;
#else
inline constexpr size_t kLogMapBytes = 1024 * kGiB;
inline constexpr size_t kGenerationMapBytes = 64 * kGiB;
#endif

// What a reader's map has beyond the file's size, so that it seldom grows.
inline constexpr size_t kReaderMapRoomBytes = kGiB;

// How long a map that must grow waits for this process's own transactions, which are short.
inline constexpr uint64_t kMapGrowWaitMs = 5000;

}  // namespace verbatim::limits

#endif  // VERBATIM_CORE_BASE_LIMITS_H_
