// SPDX-License-Identifier: Apache-2.0
// `verbatim diff` for annotations: what differs between two points of the log, each difference with
// the event that made it. Reads the streams that had events in between, and no other.
#ifndef VERBATIM_CORE_AUDIT_DIFF_H_
#define VERBATIM_CORE_AUDIT_DIFF_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"

namespace verbatim::audit {

struct DiffRange {
  uint64_t from = 0;  // as it stood after this sequence
  uint64_t to = 0;    // and after this one; not before `from`
};

struct DiffFilter {
  std::string article = {};  // 16 bytes; empty: every one
  std::string type = {};     // of bodies, whole or its last part; empty: every one
};

// Rows {sequence, recorded_at, actor, what, field, before, after, reason, diff, annotation,
// article, type, status, text} in order of the log: `added` and `removed` are one row each, with
// the words as what came or went; `changed` is one for each field. Rejected and retracted ones
// count as gone. The event of a field is the last one within the stretch that changed it.
absl::StatusOr<std::vector<schema::Record>> DiffAnnotations(const log::Snapshot& snapshot,
                                                            const schema::Registry& registry,
                                                            const DiffRange& range,
                                                            const DiffFilter& filter);
std::vector<schema::Column> DiffColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_DIFF_H_
