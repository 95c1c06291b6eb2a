// SPDX-License-Identifier: Apache-2.0
// What a person means by an id, a URL, a file name or @1043.
#ifndef VERBATIM_CORE_AUDIT_RESOLVE_H_
#define VERBATIM_CORE_AUDIT_RESOLVE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/log/event_log.h"

namespace verbatim::audit {

enum class Kind { kArticle, kAnnotation, kEvent };

struct Resolved {
  Kind kind = Kind::kArticle;
  std::string id;         // 16 bytes; of an event its event id
  uint64_t sequence = 0;  // of the event; of an annotation or article, of its first event
};

// An article's id (16 bytes) by a unique prefix of it, its canonical URL, or the name of the file
// that it came from (whole, or its last component). kNotFound; kInvalidArgument when it is
// ambiguous, with the candidates.
absl::StatusOr<std::string> ResolveArticle(const log::EventLog& log, std::string_view name);

// The same, or a unique prefix of an annotation's id, or a sequence: @1043, or 1043 where the log
// has that many events. A number with a 0 before it, or of 8 digits and more, is the beginning of
// an id.
absl::StatusOr<Resolved> Resolve(const log::EventLog& log, std::string_view name);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_RESOLVE_H_
