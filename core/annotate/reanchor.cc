// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/reanchor.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/anchor/anchor.h"
#include "core/anchor/reanchor.h"
#include "core/article/ground.h"
#include "core/base/hex.h"
#include "core/schema/fields.h"

namespace verbatim::annotate {
namespace {

using article::AnnotationPtr;
using article::AnnotationState;
using Moved = v1::AnnotationReanchored;

// How an older text became the latest, compared once for all annotations that stand on it.
struct Step {
  Step(const article::ArticleState& state, uint32_t from_number)
      : from(article::GroundOf(state, *state.revisions()[from_number])),
        to(article::GroundOf(state, *state.latest())),
        mapping(from, to) {}
  anchor::RevisionText from;
  anchor::RevisionText to;
  anchor::Mapping mapping;
};

// The body with its own spans moved along; nothing when there is none to move.
std::optional<v1::TypedBody> MoveBody(const v1::TypedBody& body, const v1::Anchor& from,
                                      const anchor::Reanchored& moved,
                                      const anchor::Mapping& mapping,
                                      const schema::Registry& registry) {
  const auto message = registry.Parse(body.type(), body.value());
  if (!message.ok()) return std::nullopt;
  bool changed = false;
  schema::MoveSpans(message->get(), [&](std::string_view, const text::Span& span) {
    std::optional<text::Span> to = anchor::MoveSpan(span, from, moved, mapping);
    changed |= !to || to->begin_byte != span.begin_byte || to->end_byte != span.end_byte;
    return to;
  });
  if (!changed) return std::nullopt;
  v1::TypedBody out;
  out.set_type(body.type());
  out.set_value((*message)->SerializeAsString());
  return out;
}

// A rejection is carried only to the very words that it was about, and an orphan comes back only
// with its own.
bool WantsExactWords(const AnnotationState& annotation) {
  return annotation.orphaned || annotation.status == v1::ANNOTATION_STATUS_REJECTED;
}

bool IsExact(const anchor::Reanchored& moved) {
  return moved.outcome == Moved::OUTCOME_UNCHANGED || moved.outcome == Moved::OUTCOME_SHIFTED;
}

Moved EventOf(const AnnotationState& annotation, const anchor::Mapping& mapping,
              anchor::Reanchored moved, const schema::Registry& registry) {
  const article::Value& value = *annotation.value;
  Moved event;
  event.set_annotation(annotation.id);
  *event.mutable_from() = value.anchor;
  event.set_outcome(moved.outcome);
  event.set_score(moved.score);
  event.set_runner_up(moved.runner_up);
  for (const v1::Anchor& candidate : moved.candidates) *event.add_candidates() = candidate;
  if (moved.outcome == Moved::OUTCOME_ORPHANED) return event;
  if (auto body = MoveBody(value.body, value.anchor, moved, mapping, registry)) {
    *event.mutable_body() = *std::move(body);
  }
  event.set_diff(moved.diff);
  *event.mutable_to() = std::move(moved.to);
  return event;
}

}  // namespace

absl::StatusOr<std::vector<log::NewEvent>> ReanchorAll(const article::ArticleState& state,
                                                       const schema::Registry& registry,
                                                       const article::EventMaker& tool) {
  std::vector<log::NewEvent> events;
  std::map<uint32_t, std::unique_ptr<Step>> steps;
  for (const AnnotationPtr& annotation : state.All()) {
    const uint32_t from = annotation->value->anchor.revision();
    if (from >= state.latest()->number()) continue;
    if (annotation->decided == v1::ANNOTATION_STATUS_RETRACTED) continue;
    std::unique_ptr<Step>& step = steps[from];
    if (step == nullptr) step = std::make_unique<Step>(state, from);
    const bool exact_only = WantsExactWords(*annotation);
    anchor::Reanchored moved =
        anchor::Reanchor(annotation->value->anchor, step->mapping, {.find_changed = !exact_only});
    if (exact_only && !IsExact(moved)) continue;
    VB_ASSIGN_OR_RETURN(log::NewEvent event,
                        tool.Make(base::ToHex(state.id()),
                                  EventOf(*annotation, step->mapping, std::move(moved), registry)));
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace verbatim::annotate
