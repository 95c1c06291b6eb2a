// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decision_target.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "core/archive/names.h"
#include "core/archive/speaking.h"
#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "verbatim/v1/note.pb.h"

namespace verbatim::archive {
namespace {

using Kind = Decision::Kind;

absl::StatusOr<DecisionTarget> Annotation(const log::Snapshot& snapshot, const std::string& id) {
  DecisionTarget target;
  VB_ASSIGN_OR_RETURN(target.article, audit::ArticleOf(snapshot, id));
  target.annotation = id;
  return target;
}

absl::StatusOr<DecisionTarget> Article(const Archive& archive, const std::string& name) {
  DecisionTarget target;
  VB_ASSIGN_OR_RETURN(target.article, ArticleNamed(archive, name));
  return target;
}

// A remark may be about an annotation; everything else is added to an article.
absl::StatusOr<DecisionTarget> PlaceToAdd(const Archive& archive, const log::Snapshot& snapshot,
                                          const Decision& decision) {
  VB_ASSIGN_OR_RETURN(const std::string type, BodyTypeNamed(archive, decision.type));
  if (type == v1::Note::descriptor()->full_name()) {
    VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(archive, decision.target));
    if (thing.kind == audit::Kind::kAnnotation) return Annotation(snapshot, thing.id);
  }
  return Article(archive, decision.target);
}

absl::StatusOr<DecisionTarget> DecisionToUndo(const Archive& archive, const log::Snapshot& snapshot,
                                              const Decision& decision) {
  const bool at = decision.target.rfind('@', 0) == 0;
  VB_ASSIGN_OR_RETURN(const audit::Resolved event,
                      ThingNamed(archive, at ? decision.target : "@" + decision.target));
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(event.sequence));
  DecisionTarget target;
  target.sequence = event.sequence;
  if (header.stream.substr(0, kSpeakerStreams.size()) == kSpeakerStreams) return target;
  const std::optional<std::string> article = base::FromHex(header.stream);
  if (!article || article->size() != base::kIdBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("@", event.sequence, " is a ", std::string(header.type),
                     ", no decision about an article: what it did is changed by doing it anew"));
  }
  target.article = *article;
  target.event = event.id;
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, target.article));
  for (const auto& [id, annotation] : state.annotations()) {
    for (const auto& step : annotation->steps) {
      if (step->event_id == target.event) target.annotation = id;
    }
  }
  return target;
}

// To correct an annotation or an article; to confirm or reject an annotation.
absl::StatusOr<DecisionTarget> ThingToJudge(const Archive& archive, const log::Snapshot& snapshot,
                                            const Decision& decision) {
  VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(archive, decision.target));
  switch (thing.kind) {
    case audit::Kind::kAnnotation:
      return Annotation(snapshot, thing.id);
    case audit::Kind::kArticle:
      if (decision.kind == Kind::kCorrect) return DecisionTarget{.article = thing.id};
      return absl::InvalidArgumentError(absl::StrCat(
          "'", decision.target, "' is an article: ", std::string(ToText(decision.kind)),
          " wants an annotation, as 'verbatim view quotes' shows them"));
    case audit::Kind::kEvent:
      break;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", decision.target, "' is an event: ", std::string(ToText(decision.kind)),
      " wants an annotation; 'verbatim undo ", decision.target, "' takes back a decision"));
}

}  // namespace

absl::StatusOr<DecisionTarget> TargetOf(const Archive& archive, const log::Snapshot& snapshot,
                                        const Decision& decision) {
  switch (decision.kind) {
    case Kind::kSetAside:
      return Article(archive, decision.target);
    case Kind::kAdd:
      return PlaceToAdd(archive, snapshot, decision);
    case Kind::kUndo:
      return DecisionToUndo(archive, snapshot, decision);
    case Kind::kCorrect:
    case Kind::kConfirm:
    case Kind::kReject:
      break;
  }
  return ThingToJudge(archive, snapshot, decision);
}

}  // namespace verbatim::archive
