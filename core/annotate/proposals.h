// SPDX-License-Identifier: Apache-2.0
// From what an annotator proposes to values that can be compared with what stands.
#ifndef VERBATIM_CORE_ANNOTATE_PROPOSALS_H_
#define VERBATIM_CORE_ANNOTATE_PROPOSALS_H_

#include <vector>

#include "core/annotate/annotator.h"
#include "core/article/annotation_state.h"
#include "core/article/article_state.h"
#include "core/schema/registry.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::annotate {

// Each proposal is checked: its spans against the text (in order, at borders of characters, bytes,
// characters and exact text in agreement), its type against the manifest, its body against its
// type, every span within the body against the text, their number against the manifest's limit.
// kInvalidArgument names the first that is wrong, and both sides; then none of them is to be used.
// In reading order; of those with the same claim at the same place the first is kept.
absl::StatusOr<std::vector<article::ValuePtr>> ValuesOf(const article::ArticleState& state,
                                                        const Annotator& annotator,
                                                        const std::vector<v1::Proposal>& proposals,
                                                        const schema::Registry& registry);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_PROPOSALS_H_
