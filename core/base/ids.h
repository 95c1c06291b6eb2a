// SPDX-License-Identifier: Apache-2.0
// The two kinds of 16-byte ids. Event ids are UUIDv7: time-ordered, so that their index grows at
// its end. Article and annotation ids are digests, so that four or five characters tell them apart
// on a command line.
#ifndef VERBATIM_CORE_BASE_IDS_H_
#define VERBATIM_CORE_BASE_IDS_H_

#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace verbatim::base {

inline constexpr size_t kIdBytes = 16;

// A new UUIDv7 (RFC 9562, section 5.7), 16 bytes. Ids of one process increase strictly, even within
// a millisecond or when the clock goes back. Thread-safe.
std::string NewEventId(Clock& clock, Random& random);

// The first 16 bytes of SHA-256(event_id of its AnnotationAdded).
std::string AnnotationIdOf(std::string_view event_id);

// Of the canonical URL, or, without one, of the content key (32 bytes).
std::string ArticleIdOfUrl(std::string_view canonical_url);
std::string ArticleIdOfContent(std::string_view content_key);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_IDS_H_
