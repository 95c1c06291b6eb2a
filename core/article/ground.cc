// SPDX-License-Identifier: Apache-2.0
#include "core/article/ground.h"

namespace verbatim::article {

anchor::RevisionText GroundOf(const ArticleState& state, const Revision& revision) {
  return {state.id(), revision.number(), revision.text(), revision.chars()};
}

}  // namespace verbatim::article
