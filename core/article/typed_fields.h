// SPDX-License-Identifier: Apache-2.0
// FIELD=VALUE as a person types it, onto the body of an annotation or the metadata of an article.
// Fields are found by reflection, so that bodies of any plugin are corrected in the same way, and
// what follows from a field is made anew with it.
//
//   ParseAssignment("speaker=Ana Maar")
//   AssignBody(body, {{"speaker", "Ana Maar"}}, anchor, ground, registry)
//   AssignMetadata(metadata, {{"published", "2021-10-20"}})
//
// kInvalidArgument names the nearest field to an unknown one, and what a field takes.
#ifndef VERBATIM_CORE_ARTICLE_TYPED_FIELDS_H_
#define VERBATIM_CORE_ARTICLE_TYPED_FIELDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/anchor/anchor.h"
#include "core/base/status.h"
#include "core/schema/registry.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::article {

struct Assignment {
  std::string field;  // path: "speaker", "direction.cue"
  std::string value;  // empty: clears
};

absl::StatusOr<Assignment> ParseAssignment(std::string_view text);

// The body with its fields set. A field that holds a place takes characters (120..135), or words,
// which are looked for in `ground`, nearest to `anchor`; a list of places takes several
// assignments. Unless they are given too: a Quote's `speaker` makes `speaker_key` anew and clears
// `speaker_evidence`, a TemporalExpression's `value` makes its interval anew and clears its
// candidates.
absl::StatusOr<v1::TypedBody> AssignBody(const v1::TypedBody& body,
                                         const std::vector<Assignment>& assignments,
                                         const v1::Anchor& anchor,
                                         const anchor::RevisionText& ground,
                                         const schema::Registry& registry);

// The same of a body that a person makes: a Quote without a kind is DIRECT where quotation marks
// stand around it, else INDIRECT.
absl::StatusOr<v1::TypedBody> NewBody(std::string_view type,
                                      const std::vector<Assignment>& assignments,
                                      const v1::Anchor& anchor, const anchor::RevisionText& ground,
                                      const schema::Registry& registry);

struct AssignedMetadata {
  v1::ArticleMetadata metadata;     // whole
  std::vector<std::string> fields;  // what was set: for decisions.h, CorrectMetadata
};

// `published` and `modified` take a day or an instant with its offset; `url` is `canonical_url`.
absl::StatusOr<AssignedMetadata> AssignMetadata(const v1::ArticleMetadata& metadata,
                                                const std::vector<Assignment>& assignments);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_TYPED_FIELDS_H_
