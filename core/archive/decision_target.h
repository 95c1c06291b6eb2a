// SPDX-License-Identifier: Apache-2.0
// What a decision is about, found from what the person typed.
#ifndef VERBATIM_CORE_ARCHIVE_DECISION_TARGET_H_
#define VERBATIM_CORE_ARCHIVE_DECISION_TARGET_H_

#include <cstdint>
#include <string>

#include "core/archive/archive.h"
#include "core/archive/deciding.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::archive {

struct DecisionTarget {
  std::string article = {};     // 16 bytes; empty: the decision to undo is about speakers
  std::string annotation = {};  // empty: the article itself, or a new annotation
  std::string event = {};       // id of what is to be undone
  uint64_t sequence = 0;        // of it
};

// kNotFound: nothing has that name; kInvalidArgument: it is no thing for this kind of decision.
absl::StatusOr<DecisionTarget> TargetOf(const Archive& archive, const log::Snapshot& snapshot,
                                        const Decision& decision);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_DECISION_TARGET_H_
