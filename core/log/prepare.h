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
  size_t stream = 0;      // of PreparedUnit::stream_keys
  size_t actor = 0;       // of PreparedUnit::actors
  size_t body_begin = 0;  // of PreparedUnit::bodies
  size_t body_bytes = 0;
  base::Digest body_digest;
  IndexEntries entries;
};

// Most events of a unit share stream and actor, and all their bodies one piece of memory.
struct PreparedUnit {
  Unit unit;
  std::vector<std::string> stream_keys;  // 17 bytes each
  std::vector<std::string> actors;       // serialized
  std::string bodies;                    // as stored, one after the other
  std::vector<PreparedEvent> prepared;   // one for each of unit.events

  std::string_view BodyValue(const PreparedEvent& event) const {
    return std::string_view(bodies).substr(event.body_begin, event.body_bytes);
  }
};

// `salts` holds kSaltBytes for every event. kInvalidArgument names the event, counted from 0.
absl::StatusOr<PreparedUnit> PrepareUnit(Unit unit, std::string_view salts);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_PREPARE_H_
