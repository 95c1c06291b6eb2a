// SPDX-License-Identifier: Apache-2.0
// People's decisions into the log: several at once are one unit of work, all or nothing. What
// depends on what was decided is looked at again by the annotators at once.
//
//   Decision decision{.kind = Decision::Kind::kCorrect, .target = "a91f",
//                     .fields = {{"speaker", "Ana Maar"}}, .reason = "named in the lead"};
//   VB_ASSIGN_OR_RETURN(DecideResult done, Decide(archive, {decision}, person));
#ifndef VERBATIM_CORE_ARCHIVE_DECIDING_H_
#define VERBATIM_CORE_ARCHIVE_DECIDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/anchor/place.h"
#include "core/archive/annotating.h"
#include "core/archive/archive.h"
#include "core/article/annotation_state.h"
#include "core/article/typed_fields.h"
#include "core/audit/rows.h"
#include "verbatim/v1/desk.pb.h"

namespace verbatim::archive {

// One decision as a person types it.
struct Decision {
  // kSetAside keeps an annotation of a file that has no place in the article: for review.
  enum class Kind { kAdd, kCorrect, kConfirm, kReject, kUndo, kSetAside };
  Kind kind = Kind::kConfirm;
  // ID of an annotation; to add: ARTICLE, and of a Note also an ID; to undo: @SEQUENCE; to correct:
  // either of the first two; to set aside: ARTICLE.
  std::string target;
  std::string type = {};         // to add: verbatim.v1.Quote, or its last part in any case
  anchor::PlaceName place = {};  // to add or correct
  std::vector<article::Assignment> fields = {};
  // To add or correct: the whole body, on which `fields` are laid; nothing: what stands, or none.
  std::optional<v1::TypedBody> body = {};
  std::optional<v1::AnnotationUnplaced> unplaced = {};  // to set aside
  std::string reason = {};
  // The annotation must still have this version; nothing: whatever it has.
  std::optional<uint32_t> if_version = {};
  std::string where = {};  // "decisions.jsonl, line 3": stands before what is said of it
};

// "add", "correct", "confirm", "reject", "undo", "set aside".
std::string_view ToText(Decision::Kind kind);

struct Decided {
  Decision::Kind kind = Decision::Kind::kConfirm;
  uint64_t sequence = 0;
  std::string article = {};                 // 16 bytes; empty: about speakers
  article::AnnotationPtr before = nullptr;  // null: added, or about the article itself
  article::AnnotationPtr after = nullptr;   // null: about the article itself
  std::vector<audit::FieldChange> changes = {};
};

struct DecideResult {
  std::vector<Decided> decided;      // one a decision
  std::vector<AnnotateResult> runs;  // of annotators that were shown something else by it
};

// Nothing is appended unless all decisions can be.
//   kNotFound, kInvalidArgument   names the decision and what would be right
//   kAborted                      an annotation has another version than `if_version`, or changed
//                                 while this was done: both versions are named
absl::StatusOr<DecideResult> Decide(Archive& archive, const std::vector<Decision>& decisions,
                                    const v1::Actor& person);

// The same, appending nothing: what would be decided, with sequence 0.
absl::StatusOr<DecideResult> Foresee(Archive& archive, const std::vector<Decision>& decisions,
                                     const v1::Actor& person);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_DECIDING_H_
