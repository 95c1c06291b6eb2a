// SPDX-License-Identifier: Apache-2.0
// The part of verify that looks at the signed checkpoints in the log: each has the root that the
// log has at its size, and a signature of a key that the log adopted. Private to the room.
#ifndef VERBATIM_CORE_LOG_VERIFY_CHECKPOINTS_H_
#define VERBATIM_CORE_LOG_VERIFY_CHECKPOINTS_H_

#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/log/verify_indexes.h"

namespace verbatim::log {

// `signatures`: these too, which reads the bodies that name the keys. An error means that the log
// can't be read far enough.
absl::StatusOr<std::vector<Finding>> CheckCheckpoints(const Snapshot& snapshot, bool signatures);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_VERIFY_CHECKPOINTS_H_
