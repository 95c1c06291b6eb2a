// SPDX-License-Identifier: Apache-2.0
// A revision as anchors see it.
#ifndef VERBATIM_CORE_ARTICLE_GROUND_H_
#define VERBATIM_CORE_ARTICLE_GROUND_H_

#include "core/anchor/anchor.h"
#include "core/article/article_state.h"

namespace verbatim::article {

// `revision` is one of the article's. Borrows its text: the state, or a copy of it, must outlive
// what comes back.
anchor::RevisionText GroundOf(const ArticleState& state, const Revision& revision);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_GROUND_H_
