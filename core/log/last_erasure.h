// SPDX-License-Identifier: Apache-2.0
// When something was last erased: what whoever keeps things made of bodies has to know.
#ifndef VERBATIM_CORE_LOG_LAST_ERASURE_H_
#define VERBATIM_CORE_LOG_LAST_ERASURE_H_

#include <cstdint>

#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::log {

// The sequence of the last ContentErased; 0 when nothing was ever erased. One look-up.
absl::StatusOr<uint64_t> LastErasure(const Snapshot& snapshot);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_LAST_ERASURE_H_
