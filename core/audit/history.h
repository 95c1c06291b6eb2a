// SPDX-License-Identifier: Apache-2.0
// `verbatim history`: every step of one annotation, or of one article, with what it changed, field
// by field.
#ifndef VERBATIM_CORE_AUDIT_HISTORY_H_
#define VERBATIM_CORE_AUDIT_HISTORY_H_

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/audit/changes.h"
#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"

namespace verbatim::audit {

// Rows {sequence, recorded_at, actor{kind, name, version}, what, field, before, after, reason,
// annotation, article} up to and with `as_of`, in order of the log: one for each field that an
// event changed, or one without a field. `what`: added revised confirmed rejected retracted
// disputed withdrawn reanchored. What a dispute says was not applied: `before` is what holds.
// `withdrawn_by`, where it is there, is the sequence that took the step back; a re-anchoring has
// outcome, score, runner_up and diff; `note` says the same to people.
absl::StatusOr<std::vector<schema::Record>> AnnotationHistory(
    const log::Snapshot& snapshot, const schema::Registry& registry, std::string_view annotation,
    uint64_t as_of = std::numeric_limits<uint64_t>::max());

// The same of all annotations of one article, by id (16 bytes), from one reading of its stream;
// `seen` is shown every event on the way.
absl::StatusOr<std::map<std::string, std::vector<schema::Record>>> AnnotationHistories(
    const log::Snapshot& snapshot, const schema::Registry& registry, std::string_view article,
    uint64_t as_of, absl::FunctionRef<void(const Folded&)> seen);

// The same of an article's texts, metadata, runs and links: captured ingested revised reextracted
// corrected withdrawn linked run erased, `digest` that of the bytes or the text. Its annotations
// have histories of their own.
absl::StatusOr<std::vector<schema::Record>> ArticleHistory(
    const log::Snapshot& snapshot, const schema::Registry& registry, std::string_view article,
    uint64_t as_of = std::numeric_limits<uint64_t>::max());

std::vector<schema::Column> HistoryColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_HISTORY_H_
