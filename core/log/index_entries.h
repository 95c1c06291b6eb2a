// SPDX-License-Identifier: Apache-2.0
// What one event puts into the indexes beside its sequence: a pure function of header and body, so
// that they can be built again from events and bodies, and compared with what stands there.
#ifndef VERBATIM_CORE_LOG_INDEX_ENTRIES_H_
#define VERBATIM_CORE_LOG_INDEX_ENTRIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/log/annotation_runs.h"

namespace verbatim::log {

inline constexpr std::string_view kContentErased = "verbatim.v1.ContentErased";

struct IndexEntries {
  std::optional<AnnotationKey> annotation;  // of an AnnotationAdded
  std::string content_key;                  // key of `digests` (digest 16, article 16), or empty
  uint32_t content_revision = 0;
  std::string source_key;                 // key of `digests` for captured bytes, or empty
  std::vector<std::string> refused_keys;  // keys of `digests`, of a ContentErased
  std::string url_key;                    // key of `urls`, or empty
  std::string article;                    // 16 bytes; what `url_key` leads to
  std::string sketch;                     // value of `sketches`, or empty
};

// Of the header alone: what stays when the body is erased.
IndexEntries EntriesOfHeader(std::string_view event_id, std::string_view type);

// Of both. kInvalidArgument when the body contradicts the header: an annotation's id that is not of
// this event, an article that is not this stream's.
absl::StatusOr<IndexEntries> EntriesOf(std::string_view event_id, std::string_view stream,
                                       std::string_view type, std::string_view body);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_INDEX_ENTRIES_H_
