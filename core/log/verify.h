// SPDX-License-Identifier: Apache-2.0
// Is the log whole, and is it what was appended? Reads every byte with suspicion: a damaged file
// gives a report, never a crash.
#ifndef VERBATIM_CORE_LOG_VERIFY_H_
#define VERBATIM_CORE_LOG_VERIFY_H_

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/status.h"
#include "core/log/event_log.h"

namespace verbatim::log {

enum class VerifyLevel {
  kQuick,  // pages, head, frontier, last tile's events
  kTree,   // every header against tiles and root; sequences, versions, times
  kFull,   // and every body's digest, and every index entry both ways
};

struct VerifyOptions {
  VerifyLevel level = VerifyLevel::kFull;
  uint64_t since = 1;  // headers and bodies before it are not read again (kTree, kFull)
  // Called now and then with how many events were looked at.
  std::function<void(uint64_t done, uint64_t total)> progress;
};

struct VerifyReport {
  bool whole = true;
  uint64_t first_bad_sequence = 0;  // 0: the damage is not in one event
  std::string what;                 // empty when whole
  std::string way_out;
  uint64_t events = 0;  // looked at
  uint64_t bodies = 0;
  uint64_t erased = 0;
  uint64_t body_bytes = 0;
  std::string root;  // 32 bytes, at head
};

// An error means that it could not be read at all (kUnavailable, kFailedPrecondition); damage is a
// report.
absl::StatusOr<VerifyReport> Verify(const EventLog& log, const VerifyOptions& options);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_VERIFY_H_
