// SPDX-License-Identifier: Apache-2.0
// `verbatim blame`: every annotated span of an article with the events that made it what it is.
// What was withdrawn made nothing: a field that a person set and took back is again whose it was.
//
//   VB_ASSIGN_OR_RETURN(auto blamed, BlameArticle(snapshot, registry, article, {}));
//   for (const Blamed& b : blamed) for (const Record& row : BlameRows(b)) writer.Write(row);
#ifndef VERBATIM_CORE_AUDIT_BLAME_H_
#define VERBATIM_CORE_AUDIT_BLAME_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/article_state.h"
#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"

namespace verbatim::audit {

// One thing that holds of an annotation, and the event that made it so. `what` as in a history;
// `change.after` is what holds, `change.before` what that event found.
struct BlamedField {
  std::shared_ptr<const Opened> event;
  std::string what;
  FieldChange change;
};

struct Blamed {
  article::AnnotationPtr annotation;
  // text, the fields of the body and the status, in this order; then what stands beside them and
  // changed nothing: further confirmations, disputes that nobody has decided.
  std::vector<BlamedField> fields;
};

struct BlameOptions {
  uint64_t as_of = std::numeric_limits<uint64_t>::max();
  std::string type = {};  // of bodies, whole or its last part; empty: every type
  bool all = false;       // rejected and retracted ones too
};

// By the place of their first span. kNotFound: the article wasn't there then.
absl::StatusOr<std::vector<Blamed>> BlameArticle(const log::Snapshot& snapshot,
                                                 const schema::Registry& registry,
                                                 std::string_view article,
                                                 const BlameOptions& options);

// One annotation of a folded article.
absl::StatusOr<Blamed> BlameAnnotation(const log::Snapshot& snapshot,
                                       const schema::Registry& registry,
                                       const article::AnnotationPtr& annotation);

// {sequence, recorded_at, actor, what, field, before, after, reason, annotation, article, type,
// status, revision, begin_char, end_char, text}: one for each field.
std::vector<schema::Record> BlameRows(const Blamed& blamed);
std::vector<schema::Column> BlameColumns();

// The same as one line for people: {characters, annotation, type, status, text, by}, where `by` is
// "text quotes@0.1.0 @1043 | speaker ana @1049 | confirmed ana @1052".
schema::Record BlameLine(const Blamed& blamed);
std::vector<schema::Column> BlameLineColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_BLAME_H_
