// SPDX-License-Identifier: Apache-2.0
// Before annotators look at a new revision, what stands on the old one is moved along.
#ifndef VERBATIM_CORE_ANNOTATE_REANCHOR_H_
#define VERBATIM_CORE_ANNOTATE_REANCHOR_H_

#include <vector>

#include "core/article/article_state.h"
#include "core/article/new_events.h"
#include "core/schema/registry.h"

namespace verbatim::annotate {

// An AnnotationReanchored for every annotation that isn't on the latest revision yet: proposed,
// held, and rejected ones (a claim stays rejected where its words have gone), not retracted ones.
// What is an orphan, or rejected, already gets one only when its words are found again. In reading
// order; `tool` makes them.
absl::StatusOr<std::vector<log::NewEvent>> ReanchorAll(const article::ArticleState& state,
                                                       const schema::Registry& registry,
                                                       const article::EventMaker& tool);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_REANCHOR_H_
