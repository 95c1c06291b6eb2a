// SPDX-License-Identifier: Apache-2.0
// An event opened from bytes at hand, which needs no snapshot: any thread may.
#ifndef VERBATIM_CORE_AUDIT_OPEN_BYTES_H_
#define VERBATIM_CORE_AUDIT_OPEN_BYTES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/audit/rows.h"
#include "core/base/status.h"

namespace verbatim::audit {

// As Open. Header and body, which is of its type's newest schema, aren't compared with each other.
absl::StatusOr<Opened> OpenBytes(const schema::Registry& registry, uint64_t sequence,
                                 std::string_view header, std::string body);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_OPEN_BYTES_H_
