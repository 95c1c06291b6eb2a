// SPDX-License-Identifier: Apache-2.0
// Erasures carried from one copy of an archive to another: a backup is older than what was erased
// since, and a restored archive must not bring it back.
//
//   $ verbatim erase --export > erasures.jsonl
//   {"archive_id":"..","event_id":"..","sequence":81,"recorded_at":"..","article":"..",
//    "reason_code":"court-order","authority":".."}
//
// An erasure of one event has `target_sequence` and `target_event_id` in the place of `article`;
// one that left no marks of its text has `"marks":false`.
#ifndef VERBATIM_CORE_ARCHIVE_ERASURE_LIST_H_
#define VERBATIM_CORE_ARCHIVE_ERASURE_LIST_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/archive/erasing.h"
#include "core/base/status.h"
#include "core/log/event_log.h"

namespace verbatim::archive {

struct PastErasure {
  std::string archive_id;  // 16 bytes
  std::string event_id;    // of its ContentErased
  uint64_t sequence = 0;   // of its ContentErased
  uint64_t recorded_at_us = 0;
  ErasureTarget target;
  std::string target_event_id;  // of the event that is the target; empty: an article
  ErasureReason reason;
};

// All of a log, in order.
absl::StatusOr<std::vector<PastErasure>> ErasuresOf(const log::EventLog& log);

// The same as JSON lines.
absl::StatusOr<std::string> ExportErasures(const log::EventLog& log);

// Of a file of such lines, or of the log of an archive's folder. kInvalidArgument names the line.
absl::StatusOr<std::vector<PastErasure>> ReadErasures(const std::filesystem::path& path);

struct Reapplied {
  uint64_t applied = 0;
  uint64_t known = 0;   // the log has that erasure already
  uint64_t absent = 0;  // nothing of its target is here
};

// Makes those erasures in this archive that it hasn't; each keeps its event id, so that doing it
// again changes nothing. kInvalidArgument when one is of another archive.
absl::StatusOr<Reapplied> Reapply(Archive& archive, const std::vector<PastErasure>& erasures,
                                  const article::EventMaker& maker);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ERASURE_LIST_H_
