// SPDX-License-Identifier: Apache-2.0
// Bodies as they were written, for who checks digests. Everybody else reads Snapshot::Body, which
// gives the newest schema of the type (upcast.h).
#ifndef VERBATIM_CORE_LOG_STORED_BODY_H_
#define VERBATIM_CORE_LOG_STORED_BODY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::log {

// What the digest in the header is of, and agrees with. Nothing when it was erased.
absl::StatusOr<std::optional<std::string>> StoredBody(const Snapshot& snapshot, uint64_t sequence,
                                                      const HeaderView& header);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_STORED_BODY_H_
