// SPDX-License-Identifier: Apache-2.0
// Everything about an append that needs no transaction: checks, salt, digest, compression, index
// entries. Done by the caller's thread, so that the committer only writes.
#ifndef VERBATIM_CORE_LOG_PREPARE_H_
#define VERBATIM_CORE_LOG_PREPARE_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"
#include "core/base/status.h"
#include "core/log/index_entries.h"
#include "core/log/unit.h"

namespace verbatim::log {

// What goes with one of the unit's events.
struct PreparedEvent {
  std::string stream_key;  // 17 bytes
  std::string actor;       // serialized
  std::string body_value;  // as stored
  base::Digest body_digest;
  IndexEntries entries;
};

struct PreparedUnit {
  Unit unit;
  std::vector<PreparedEvent> prepared;  // one for each of unit.events
  size_t bytes = 0;                     // of the stored bodies
};

// `salts` holds kSaltBytes for every event. kInvalidArgument names the event, counted from 0.
absl::StatusOr<PreparedUnit> PrepareUnit(Unit unit, std::string_view salts);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_PREPARE_H_
