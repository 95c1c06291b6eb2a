// SPDX-License-Identifier: Apache-2.0
// Rewrites a log's file without its free pages, which keep what was erased.
//
//   VB_ASSIGN_OR_RETURN(CompactReport report, Compact(folder, clock, random, {}));
#ifndef VERBATIM_CORE_LOG_COMPACT_H_
#define VERBATIM_CORE_LOG_COMPACT_H_

#include <cstdint>
#include <filesystem>
#include <functional>

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/log/event_log.h"
#include "core/log/verify.h"

namespace verbatim::log {

// Within the log's folder, while it is rewritten: a file that a kill left there is not in use.
inline constexpr char kCompactingFolder[] = "compacting";

struct CompactReport {
  uint64_t bytes_before = 0;  // of data.mdb
  uint64_t bytes_after = 0;
};

// Copies what is in use, verifies the copy in full, flushes it and renames it over the log's file.
// A kill at any moment leaves the old file or the new one, both whole. Nobody may have the log open
// meanwhile: kUnavailable when another process has, kFailedPrecondition when this one has; who
// comes later waits, then finds the new file. kDataLoss when the log is damaged: it stays as it
// was.
absl::StatusOr<CompactReport> Compact(
    const std::filesystem::path& folder, base::Clock& clock, base::Random& random,
    std::function<void(uint64_t done, uint64_t total)> progress = {});

// Bytes of the log's file in pages that hold nothing any more.
absl::StatusOr<uint64_t> UnusedBytes(const EventLog& log);

// A compact copy of the log as it stands, in the folder `to`, which must hold no log; writers may
// go on meanwhile. The copy is verified in full before this says OK, and it keeps
// no lock file.
absl::StatusOr<VerifyReport> CopyVerified(
    const EventLog& log, const std::filesystem::path& to,
    std::function<void(uint64_t done, uint64_t total)> progress = {});

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_COMPACT_H_
