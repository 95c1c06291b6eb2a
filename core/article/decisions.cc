// SPDX-License-Identifier: Apache-2.0
#include "core/article/decisions.h"

#include <fmt/format.h>

#include <utility>

#include "core/anchor/anchor.h"
#include "core/article/ground.h"
#include "core/article/withdrawals.h"
#include "core/base/hex.h"
#include "core/base/ids.h"

namespace verbatim::article {
namespace {

std::string StreamOf(const ArticleState& state) { return base::ToHex(state.id()); }

absl::StatusOr<AnnotationPtr> MustFind(const ArticleState& state, std::string_view annotation) {
  AnnotationPtr found = state.Find(annotation);
  if (found == nullptr) {
    return absl::NotFoundError(
        fmt::format("article {} has no annotation {}", StreamOf(state), base::ToHex(annotation)));
  }
  return found;
}

absl::Status CheckPlace(const ArticleState& state, const v1::Anchor& anchor) {
  if (anchor.article() != state.id()) {
    return absl::InvalidArgumentError(fmt::format("the anchor is of article {}, not of {}",
                                                  base::ToHex(anchor.article()), StreamOf(state)));
  }
  if (state.revisions().empty()) {
    return absl::InvalidArgumentError(fmt::format("article {} has no text", StreamOf(state)));
  }
  if (anchor.revision() != state.latest()->number()) {
    return absl::InvalidArgumentError(
        fmt::format("the anchor is on revision {}, the latest is {}: look at the article again",
                    anchor.revision(), state.latest()->number()));
  }
  return anchor::CheckAnchor(anchor, GroundOf(state, *state.latest()));
}

absl::Status UndoneAlready(uint64_t by) {
  return absl::InvalidArgumentError(
      fmt::format("this was undone already by @{0}: undo @{0} to bring it back", by));
}

bool IsPersons(const Step& step) { return step.actor == ActorKind::kPerson; }

}  // namespace

absl::StatusOr<log::NewEvent> Confirm(const ArticleState& state, std::string_view annotation,
                                      std::string_view reason, const EventMaker& person) {
  VB_RETURN_IF_ERROR(MustFind(state, annotation).status());
  v1::AnnotationConfirmed body;
  body.set_annotation(std::string(annotation));
  body.set_reason(std::string(reason));
  return person.Make(StreamOf(state), body);
}

absl::StatusOr<log::NewEvent> Reject(const ArticleState& state, std::string_view annotation,
                                     std::string_view reason, const EventMaker& person) {
  VB_ASSIGN_OR_RETURN(const AnnotationPtr found, MustFind(state, annotation));
  v1::AnnotationRejected body;
  body.set_annotation(std::string(annotation));
  body.set_claim_key(found->value->claim_key);
  body.set_reason(std::string(reason));
  return person.Make(StreamOf(state), body);
}

absl::StatusOr<log::NewEvent> Correct(const ArticleState& state, std::string_view annotation,
                                      const std::optional<v1::TypedBody>& body,
                                      const std::optional<v1::Anchor>& anchor,
                                      std::string_view reason, const EventMaker& person) {
  VB_ASSIGN_OR_RETURN(const AnnotationPtr found, MustFind(state, annotation));
  if (body && body->type() != found->type()) {
    return absl::InvalidArgumentError(
        fmt::format("annotation {} is a {}, not a {}: reject it and add another",
                    base::ToHex(annotation), found->type(), body->type()));
  }
  if (anchor) VB_RETURN_IF_ERROR(CheckPlace(state, *anchor));
  v1::AnnotationRevised revised;
  revised.set_annotation(std::string(annotation));
  *revised.mutable_anchor() = anchor ? *anchor : found->value->anchor;
  *revised.mutable_body() = body ? *body : found->value->body;
  revised.set_confidence(1);
  revised.set_key(found->value->key);
  revised.set_claim_key(ClaimKey(found->type(), revised.anchor(), revised.key()));
  revised.set_reason(std::string(reason));
  return person.Make(StreamOf(state), revised);
}

absl::StatusOr<log::NewEvent> Add(const ArticleState& state, v1::Anchor anchor, v1::TypedBody body,
                                  std::string_view reason, const EventMaker& person) {
  VB_RETURN_IF_ERROR(CheckPlace(state, anchor));
  v1::AnnotationAdded added;
  std::string event_id = person.NewId();
  added.set_annotation(base::AnnotationIdOf(event_id));
  added.set_claim_key(ClaimKey(body.type(), anchor, ""));
  *added.mutable_anchor() = std::move(anchor);
  *added.mutable_body() = std::move(body);
  added.set_confidence(1);
  added.set_reason(std::string(reason));
  return person.MakeWithId(std::move(event_id), StreamOf(state), added);
}

absl::StatusOr<log::NewEvent> Withdraw(const ArticleState& state, std::string_view target_event,
                                       std::string_view reason, const EventMaker& person) {
  v1::DecisionWithdrawn body;
  body.set_target(std::string(target_event));
  body.set_reason(std::string(reason));
  for (const auto& [id, annotation] : state.annotations()) {
    for (const auto& step : annotation->steps) {
      if (step->event_id != target_event) continue;
      if (!IsPersons(*step)) {
        return absl::InvalidArgumentError(fmt::format(
            "event {} was made by {}: only a person's decision can be undone; reject or "
            "correct what it says",
            step->sequence, step->who));
      }
      if (const Step* by = WithdrawnBy(*annotation, target_event)) {
        return UndoneAlready(by->sequence);
      }
      body.set_annotation(id);
      return person.Make(StreamOf(state), body);
    }
  }
  if (state.IsArticleDecision(target_event)) return person.Make(StreamOf(state), body);
  return absl::NotFoundError(
      fmt::format("article {} has no decision {}", StreamOf(state), base::ToHex(target_event)));
}

absl::StatusOr<log::NewEvent> CorrectMetadata(const ArticleState& state,
                                              v1::ArticleMetadata metadata,
                                              const std::vector<std::string>& fields,
                                              std::string_view reason, const EventMaker& person) {
  if (fields.empty()) return absl::InvalidArgumentError("nothing to correct: name a field");
  v1::ArticleMetadataCorrected body;
  body.set_article(state.id());
  *body.mutable_metadata() = std::move(metadata);
  for (const std::string& field : fields) body.add_fields(field);
  body.set_reason(std::string(reason));
  return person.Make(StreamOf(state), body);
}

}  // namespace verbatim::article
