// SPDX-License-Identifier: Apache-2.0
// `verbatim why`: a row of a view back to all that it rests on: the event that made it so, the
// build of the view, the annotations that it names with the events that made them what they are,
// what led to those events, the text and the bytes that they stand in, the builds of the plugins
// that spoke, the decisions on who the speaker is.
#ifndef VERBATIM_CORE_AUDIT_WHY_H_
#define VERBATIM_CORE_AUDIT_WHY_H_

#include <cstdint>
#include <vector>

#include "core/audit/view_rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"

namespace verbatim::audit {

// Rows {part, sequence, recorded_at, actor, what, field, before, after, reason, digest, view, key,
// annotation, article}, from the row down. `part`: row, view, then the name of the row's field that
// names an annotation (annotation, previous, utterance), article, plugin, speaker. `digest` is a
// SHA-256 in hex: of a plugin's code, of a revision's text, of captured bytes. Any view: what a row
// names is found by its ids in the log. Reads headers once where the row names a speaker.
absl::StatusOr<std::vector<schema::Record>> WhyRow(const log::Snapshot& snapshot,
                                                   const schema::Registry& registry,
                                                   const ViewRows& rows, const NamedRow& row,
                                                   uint64_t as_of);
std::vector<schema::Column> WhyColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_WHY_H_
