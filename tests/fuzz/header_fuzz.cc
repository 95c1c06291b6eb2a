// SPDX-License-Identifier: Apache-2.0
// Event headers: the reading in place agrees with protobuf's own.
#include "core/log/header_view.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/v1/event.pb.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  const auto view = log::HeaderView::Parse(bytes);
  if (!view.ok()) return;
  v1::EventHeader header;
  if (!header.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  VB_CHECK(view->event_id == header.event_id(), "event_id");
  VB_CHECK(view->stream == header.stream(), "stream");
  VB_CHECK(view->stream_version == header.stream_version(), "stream_version");
  VB_CHECK(view->type == header.type(), "type");
  VB_CHECK(view->schema == header.schema(), "schema");
  VB_CHECK(view->recorded_at_us == header.recorded_at_us(), "recorded_at_us");
  VB_CHECK(view->caused_by == header.caused_by(), "caused_by");
  VB_CHECK(view->correlation == header.correlation(), "correlation");
  VB_CHECK(view->body_digest == header.body_digest(), "body_digest");
  VB_CHECK(view->body_size == header.body_size(), "body_size");
}

}  // namespace verbatim::fuzz
