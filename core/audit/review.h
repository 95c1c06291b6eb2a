// SPDX-License-Identifier: Apache-2.0
// `verbatim review`: what waits for a person, and why.
//
//   DISPUTED        an annotator disagrees with what a person holds
//   CHANGED         the words under a decision changed in a later revision
//   ORPHANED        they are gone from it
//   CONFLICT        two people decided differently, and nobody since has agreed with the later one;
//                   or another archive's person did, and nobody here has decided since
//   UNPLACED        an imported file has it, and the text has no such words
//   LOW_CONFIDENCE  nobody has decided, and the annotator is not sure
#ifndef VERBATIM_CORE_AUDIT_REVIEW_H_
#define VERBATIM_CORE_AUDIT_REVIEW_H_

#include <optional>
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

struct ReviewFilter {
  std::string article = {};    // 16 bytes; empty: every one
  std::string type = {};       // of the body, or its last part in any case; empty: every one
  std::string why = {};        // one of the above in any case; empty: all
  float confidence_below = 0;  // LOW_CONFIDENCE is anything below; 0: none is
  bool all = false;            // also orphans that nobody ever decided on
};

struct Waiting {
  struct Reason {
    std::string_view why;  // CHANGED ...
    std::string detail;    // a line for a person
  };
  std::string article;  // 16 bytes
  std::string title;
  article::AnnotationPtr annotation;  // null: it is `unplaced`
  std::optional<article::Unplaced> unplaced = {};
  std::vector<Reason> reasons = {};  // at least one
  std::string sentence = {};         // around its first span, in the revision where it stands
};

// By article in the order in which they came, then in the order of the text. Streams in which
// nothing can wait are not folded unless low confidence is asked for.
absl::StatusOr<std::vector<Waiting>> Review(const log::Snapshot& snapshot,
                                            const schema::Registry& registry,
                                            const ReviewFilter& filter);

// {annotation, article, title, type, why[], detail, text, status, version, confidence, sequence}.
schema::Record ReviewRow(const Waiting& waiting);

std::vector<schema::Column> ReviewColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_REVIEW_H_
