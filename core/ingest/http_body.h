// SPDX-License-Identifier: Apache-2.0
// What a server answered, as crawls keep it: headers, then a body that may be chunked and
// compressed.
#ifndef VERBATIM_CORE_INGEST_HTTP_BODY_H_
#define VERBATIM_CORE_INGEST_HTTP_BODY_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/ingest/byte_stream.h"

namespace verbatim::ingest {

struct Headers {
  std::vector<std::pair<std::string, std::string>> fields;  // names in small letters
  // The first value of a name; empty when it isn't there.
  std::string Get(std::string_view name) const;
  // All values of a name, with commas between them: a list that stands on several lines.
  std::string All(std::string_view name) const;
};

// A version or status line and the fields below it, up to the empty line. kInvalidArgument
// "header-too-long" beyond limits::kContainerHeaderBytesMax; kOutOfRange when the input ends
// first.
absl::StatusOr<Headers> ReadHeaders(ByteStream& stream);

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;  // chunks joined, expanded
};

// kInvalidArgument when it is no answer, or its body can't be expanded ("unsupported-encoding",
// "too-large-expanded", "damaged-body").
absl::StatusOr<HttpAnswer> ReadHttp(std::string_view bytes);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_HTTP_BODY_H_
