// SPDX-License-Identifier: Apache-2.0
// A header read in place: no allocation, no copy, about 100 ns. What a replay filters by.
//
//   VB_ASSIGN_OR_RETURN(HeaderView header, HeaderView::Parse(bytes));
//   if (header.type == "verbatim.v1.AnnotationAdded") ...
#ifndef VERBATIM_CORE_LOG_HEADER_VIEW_H_
#define VERBATIM_CORE_LOG_HEADER_VIEW_H_

#include <cstdint>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::log {

enum class ActorKind { kNone, kPerson, kPlugin, kTool };

// Every view points into the parsed bytes and lives as long as they do.
struct HeaderView {
  std::string_view bytes;     // all of them: the leaf of the tree
  std::string_view event_id;  // 16 bytes
  std::string_view stream;
  uint64_t stream_version = 0;
  std::string_view type;
  uint32_t schema = 0;
  uint64_t recorded_at_us = 0;
  ActorKind actor_kind = ActorKind::kNone;
  std::string_view actor_name;     // a person's handle, else the plugin's or tool's name
  std::string_view actor_version;  // empty for a person
  std::string_view code_sha256;    // of a plugin, else empty
  std::string_view config_sha256;
  std::string_view caused_by;    // 16 bytes or empty
  std::string_view correlation;  // 16 bytes or empty
  std::string_view body_digest;  // 32 bytes
  uint64_t body_size = 0;

  // kDataLoss when these are not the bytes of a header. Unknown fields are skipped: a later release
  // may write more.
  static absl::StatusOr<HeaderView> Parse(std::string_view bytes);
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_HEADER_VIEW_H_
