// SPDX-License-Identifier: Apache-2.0
// `verbatim log`: events as rows, newest last.
#ifndef VERBATIM_CORE_AUDIT_LOG_ROWS_H_
#define VERBATIM_CORE_AUDIT_LOG_ROWS_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"

namespace verbatim::audit {

struct LogFilter {
  std::string article = {};  // 16 bytes; empty: of every stream
  // A name ("ana", "quotes"), with a version ("quotes@0.2.0"), a kind ("person"), or both
  // ("plugin:quotes"). Empty: everybody.
  std::string actor = {};
  std::string type = {};  // verbatim.v1.AnnotationAdded, or its last part; empty: every type
  uint64_t from = 1;      // sequences, both inclusive
  uint64_t to = std::numeric_limits<uint64_t>::max();
  uint64_t since_us = 0;  // recorded then or later
  size_t limit = 0;       // the newest so many; 0: all
};

// Sequences that the filter lets through, in order. Reads headers only.
absl::StatusOr<std::vector<uint64_t>> MatchingEvents(const log::Snapshot& snapshot,
                                                     const LogFilter& filter);

// {sequence, event_id, stream, stream_version, type, recorded_at, actor{kind, name, version},
// caused_by, correlation, article, annotation, body, what, why}: ids in hex, `body` absent when
// erased or not asked for, `what` and `why` a line each for people.
enum class Bodies { kShown, kLeftOut };
schema::Record LogRow(const Opened& event, const schema::Registry& registry,
                      Bodies bodies = Bodies::kShown);

// The same row as a line of JSON at the end of `text`, without the line's end. The body is written
// from the message itself: a record of it would take as long as all the rest.
void AppendLogJson(const Opened& event, const schema::Registry& registry, std::string& text);

// Calls `row` for each event that the filter lets through.
absl::Status Log(const log::Snapshot& snapshot, const schema::Registry& registry,
                 const LogFilter& filter, absl::FunctionRef<void(const schema::Record&)> row,
                 Bodies bodies = Bodies::kShown);

std::vector<schema::Column> LogColumns();

struct LogLayout {
  bool local_time = false;   // of this machine, else UTC
  size_t width_columns = 0;  // of the terminal; 0: as wide as it comes
};

// A row as one line of a table that needs no look at the others: {"1043", "2026-11-20 09:14:02",
// "ana", "3fa91c02", what, why}, so that a log of any length is printed as it is read.
std::string LogLine(const schema::Record& row, const LogLayout& layout);
std::string LogTitles(const LogLayout& layout);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_LOG_ROWS_H_
