// SPDX-License-Identifier: Apache-2.0
// `verbatim show`, `article` and `articles`: one annotation or article as it stood at a sequence,
// and the list of all articles.
#ifndef VERBATIM_CORE_AUDIT_SHOW_H_
#define VERBATIM_CORE_AUDIT_SHOW_H_

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/article/article_state.h"
#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"

namespace verbatim::audit {

inline constexpr uint64_t kNow = std::numeric_limits<uint64_t>::max();

// {annotation, article, type, status, text, body{...}, human_held, disputed, needs_review,
// confidence, annotator, version, added_sequence, changed_sequence, claim_key, anchor{...}, said[],
// title, published}. kNotFound when it wasn't there at that sequence, naming when it came.
absl::StatusOr<schema::Record> ShowAnnotation(const log::Snapshot& snapshot,
                                              const schema::Registry& registry,
                                              std::string_view annotation, uint64_t as_of = kNow);

// {article, title, published, published_basis, published_source, outlet, url, language, authors[],
// revisions[], annotations, annotations_by_type[], sources[], runs[], erased}. kNotFound when it
// wasn't there at that sequence.
absl::StatusOr<schema::Record> ShowArticle(const log::Snapshot& snapshot, std::string_view article,
                                           uint64_t as_of = kNow);

// The same of states that were folded already.
schema::Record AnnotationRecord(const article::ArticleState& state,
                                const article::AnnotationState& annotation,
                                const schema::Registry& registry);
schema::Record ArticleRecord(const article::ArticleState& state);

// The row of `verbatim articles`: {article, title, published, published_basis, outlet, url,
// language, revisions, annotations}. `live` is the number of annotations that are.
schema::Record ArticleRow(const article::ArticleState& state, uint64_t live);

// Calls `row` for every article, in the order in which they came. Reads all headers once, and of an
// article nothing but its texts and corrections unless an annotation of it was decided against.
absl::Status Articles(const log::Snapshot& snapshot,
                      absl::FunctionRef<void(const schema::Record&)> row, uint64_t as_of = kNow);

std::vector<schema::Column> ArticleColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_SHOW_H_
