// SPDX-License-Identifier: Apache-2.0
// What is known of something that was erased: when, why, and who demanded it.
#ifndef VERBATIM_CORE_AUDIT_ERASURE_H_
#define VERBATIM_CORE_AUDIT_ERASURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/value.h"

namespace verbatim::audit {

struct Erasure {
  uint64_t sequence = 0;  // of the ContentErased
  uint64_t recorded_at_us = 0;
  std::string reason_code;
  std::string authority;
  uint64_t events = 0;  // whose bodies went
};

// The erasure that took the body of event `sequence` of that stream, or the stream's last one when
// `sequence` is 0; nothing when there was none. Looks at the whole log, whatever as-of is asked: a
// body that is gone is gone from every point of view.
absl::StatusOr<std::optional<Erasure>> ErasureOf(const log::Snapshot& snapshot,
                                                 std::string_view stream, uint64_t sequence = 0);

// "court-order, City Court of Selis"
std::string ErasureText(const Erasure& erasure);

// {sequence, recorded_at, reason_code, authority}
schema::Record ErasureRecord(const Erasure& erasure);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_ERASURE_H_
