// SPDX-License-Identifier: Apache-2.0
#include "core/article/annotation_state.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/article/withdrawals.h"
#include "core/base/check.h"

namespace verbatim::article {
namespace {

void Remember(AnnotationState* state, const Step& step) {
  for (Said& said : state->said) {
    if (said.annotator != step.who) continue;
    said.version = step.version;
    said.value = step.value;
    return;
  }
  state->said.push_back({step.who, step.version, step.value});
}

// A plugin or a tool says what it finds now; nothing: no longer there. While a person holds the
// annotation that is a dispute, whatever the event is called; else it is what holds.
void Say(AnnotationState* state, const Step& step) {
  Remember(state, step);
  if (state->human_held) {
    state->disputes.push_back({step.who, step.version, step.value});
    state->disputed = true;
    return;
  }
  if (step.value == nullptr) {
    state->decided = v1::ANNOTATION_STATUS_RETRACTED;
    return;
  }
  state->value = step.value;
  state->decided = v1::ANNOTATION_STATUS_PROPOSED;
  state->orphaned = false;
  state->needs_review = false;
}

void Decide(AnnotationState* state, v1::AnnotationStatus status) {
  state->decided = status;
  state->human_held = true;
  state->disputed = false;
  state->needs_review = false;
}

void Revise(AnnotationState* state, const Step& step) {
  if (step.actor != ActorKind::kPerson) return Say(state, step);
  if (step.value->anchor.revision() > state->value->anchor.revision()) state->orphaned = false;
  state->value = step.value;
  Decide(state, v1::ANNOTATION_STATUS_CORRECTED);
}

void Add(AnnotationState* state, const Step& step) {
  state->value = step.value;
  state->added_sequence = step.sequence;
  if (step.actor == ActorKind::kPerson) {
    Decide(state, v1::ANNOTATION_STATUS_CORRECTED);
  } else {
    state->annotator = step.who;
    Say(state, step);
  }
}

// Moves the value to where its words stand now. After a decision was withdrawn the value may be
// another than the one that was moved: then what doesn't fit is left as it is, to be looked at.
void Reanchor(AnnotationState* state, const Step& step) {
  if (step.outcome == v1::AnnotationReanchored::OUTCOME_ORPHANED) {
    state->orphaned = true;
    return;
  }
  if (!SameSpans(state->value->anchor, step.moved->anchor)) {
    state->orphaned = true;
    state->needs_review = true;
    return;
  }
  auto moved = std::make_shared<Value>(*state->value);
  moved->anchor = step.to;
  if (step.outcome == v1::AnnotationReanchored::OUTCOME_CHANGED) {
    moved->claim_key = ClaimKey(moved->body.type(), moved->anchor, moved->key);
    state->needs_review = state->human_held;
  }
  if (!step.moved_body.type().empty()) {
    if (state->value->body.value() == step.moved->body.value()) {
      moved->body = step.moved_body;
    } else {
      state->needs_review = true;
    }
  }
  for (Said& said : state->said) {
    if (said.value == state->value) said.value = moved;
  }
  state->value = std::move(moved);
  state->orphaned = false;
}

void ApplyStep(AnnotationState* state, const Step& step) {
  const bool person = step.actor == ActorKind::kPerson;
  switch (step.kind) {
    case Step::Kind::kAdded:
      return Add(state, step);
    case Step::Kind::kRevised:
      return Revise(state, step);
    case Step::Kind::kRetracted:
      if (!person) return Say(state, step);
      return Decide(state, v1::ANNOTATION_STATUS_RETRACTED);
    case Step::Kind::kDisputed:
      return Say(state, step);
    case Step::Kind::kConfirmed:
      if (person) Decide(state, v1::ANNOTATION_STATUS_CONFIRMED);
      return;
    case Step::Kind::kRejected:
      if (person) Decide(state, v1::ANNOTATION_STATUS_REJECTED);
      return;
    case Step::Kind::kReanchored:
      return Reanchor(state, step);
    case Step::Kind::kWithdrawn:
      return;  // what it drops was left out before
  }
}

// Folds the steps that stand from nothing, showing `visit` each with the state after it.
template <class Visit>
void FoldStanding(const std::vector<std::shared_ptr<const Step>>& steps, AnnotationState* state,
                  const Visit& visit) {
  const std::set<std::string_view> dropped = Withdrawn(steps);
  for (const auto& step : steps) {
    if (!dropped.contains(step->event_id)) {
      ApplyStep(state, *step);
      if (step->kind == Step::Kind::kWithdrawn) continue;
    } else if (step->kind == Step::Kind::kAdded) {
      // Nobody says it any more, and later events may still speak of it.
      state->value = step->value;
      state->added_sequence = step->sequence;
      state->decided = v1::ANNOTATION_STATUS_RETRACTED;
    } else {
      continue;
    }
    visit(step);
  }
}

void FoldAnew(AnnotationState* state) {
  AnnotationState fresh;
  fresh.id = state->id;
  fresh.steps = state->steps;
  FoldStanding(fresh.steps, &fresh, [](const std::shared_ptr<const Step>&) {});
  *state = std::move(fresh);
}

v1::AnnotationStatus Shown(const AnnotationState& state) {
  const bool gone = state.decided == v1::ANNOTATION_STATUS_REJECTED ||
                    state.decided == v1::ANNOTATION_STATUS_RETRACTED;
  return state.orphaned && !gone ? v1::ANNOTATION_STATUS_ORPHANED : state.decided;
}

}  // namespace

bool AnnotationState::IsLive() const {
  return status == v1::ANNOTATION_STATUS_PROPOSED || status == v1::ANNOTATION_STATUS_CONFIRMED ||
         status == v1::ANNOTATION_STATUS_CORRECTED;
}

bool AnnotationState::IsSuppressed() const {
  return human_held &&
         (decided == v1::ANNOTATION_STATUS_REJECTED || decided == v1::ANNOTATION_STATUS_RETRACTED);
}

const Said* AnnotationState::SaidBy(std::string_view annotator_name) const {
  const auto it = std::find_if(said.begin(), said.end(),
                               [&](const Said& s) { return s.annotator == annotator_name; });
  return it == said.end() ? nullptr : &*it;
}

AnnotationPtr Fold(const AnnotationPtr& before, std::string_view annotation_id, Step step) {
  VB_CHECK((before == nullptr) == (step.kind == Step::Kind::kAdded),
           "an annotation is added once, before anything else happens to it");
  auto after =
      before ? std::make_shared<AnnotationState>(*before) : std::make_shared<AnnotationState>();
  if (before == nullptr) after->id = annotation_id;
  if (step.kind == Step::Kind::kReanchored) step.moved = before->value;
  const auto kept = std::make_shared<const Step>(std::move(step));
  after->steps.push_back(kept);
  if (kept->kind == Step::Kind::kWithdrawn) {
    FoldAnew(after.get());
  } else {
    ApplyStep(after.get(), *kept);
  }
  after->version = static_cast<uint32_t>(after->steps.size());
  after->changed_sequence = kept->sequence;
  after->status = Shown(*after);
  return after;
}

std::vector<Stage> Stages(const AnnotationState& state) {
  std::vector<Stage> stages;
  AnnotationState folded;
  folded.id = state.id;
  FoldStanding(state.steps, &folded, [&](const std::shared_ptr<const Step>& step) {
    auto after = std::make_shared<AnnotationState>(folded);
    after->changed_sequence = step->sequence;
    after->status = Shown(*after);
    stages.push_back({step, std::move(after)});
  });
  return stages;
}

v1::Annotation ToProto(const AnnotationState& state) {
  v1::Annotation out;
  out.set_annotation(state.id);
  *out.mutable_anchor() = state.value->anchor;
  *out.mutable_body() = state.value->body;
  out.set_confidence(state.value->confidence);
  out.set_status(state.status);
  out.set_human_held(state.human_held);
  out.set_disputed(state.disputed);
  out.set_needs_review(state.needs_review);
  out.set_version(state.version);
  out.set_annotator(state.annotator);
  out.set_claim_key(state.value->claim_key);
  out.set_added_sequence(state.added_sequence);
  out.set_changed_sequence(state.changed_sequence);
  return out;
}

std::string StatusName(v1::AnnotationStatus status) {
  constexpr std::string_view kPrefix = "ANNOTATION_STATUS_";
  return v1::AnnotationStatus_Name(status).substr(kPrefix.size());
}

}  // namespace verbatim::article
