// SPDX-License-Identifier: Apache-2.0
#include "core/archive/pull_article.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/anchor/reanchor.h"
#include "core/article/ground.h"
#include "core/article/withdrawals.h"
#include "core/audit/rows.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/schema/fields.h"
#include "verbatim/v1/desk.pb.h"

namespace verbatim::archive {
namespace {

using article::ActorKind;
using article::AnnotationPtr;
using article::AnnotationState;
using article::Decides;
using article::Stage;
using article::Step;
using What = PulledDecision::What;

constexpr std::string_view kNoPlace = "its words don't stand in the text here";

bool IsGone(const AnnotationState& annotation) {
  return annotation.decided == v1::ANNOTATION_STATUS_REJECTED ||
         annotation.decided == v1::ANNOTATION_STATUS_RETRACTED;
}

// The last step by which a person holds it; null when none does.
const Step* HolderOf(const AnnotationState& annotation) {
  if (!annotation.human_held) return nullptr;
  const auto dropped = article::Withdrawn(annotation.steps);
  for (auto step = annotation.steps.rbegin(); step != annotation.steps.rend(); ++step) {
    if (Decides(**step) && !dropped.contains((*step)->event_id)) return step->get();
  }
  return nullptr;
}

// Confirmed, corrected, rejected: 0, 1, 2.
size_t Judgement(const AnnotationState& annotation) {
  if (IsGone(annotation)) return 2;
  return annotation.decided == v1::ANNOTATION_STATUS_CORRECTED ? 1 : 0;
}

template <class Message>
Message Valued(std::string_view annotation, const article::Value& value) {
  Message message;
  message.set_annotation(std::string(annotation));
  *message.mutable_anchor() = value.anchor;
  *message.mutable_body() = value.body;
  message.set_confidence(1);
  message.set_key(value.key);
  message.set_claim_key(article::ClaimKey(value.body.type(), value.anchor, value.key));
  return message;
}

v1::AnnotationRejected Rejection(const AnnotationState& annotation, std::string reason) {
  v1::AnnotationRejected rejected;
  rejected.set_annotation(annotation.id);
  rejected.set_claim_key(annotation.value->claim_key);
  rejected.set_reason(std::move(reason));
  return rejected;
}

v1::AnnotationConfirmed Confirmation(const std::string& annotation, std::string reason) {
  v1::AnnotationConfirmed confirmed;
  confirmed.set_annotation(annotation);
  confirmed.set_reason(std::move(reason));
  return confirmed;
}

// The reason that a person gave, from the event's body; "" when it was erased.
std::string ReasonOf(const log::Snapshot& snapshot, const schema::Registry& registry,
                     uint64_t sequence) {
  const auto opened = audit::Open(snapshot, registry, sequence);
  if (!opened.ok() || opened->message == nullptr) return "";
  return audit::TextField(*opened->message, "reason");
}

}  // namespace

PullArticle::PullArticle(const Side& here, const Side& there, const article::EventMaker& maker)
    : here_(here),
      there_(there),
      maker_(maker),
      now_(here.state),
      latest_(article::GroundOf(here.state, *here.state.latest())) {}

absl::Status PullArticle::Run() {
  for (const AnnotationPtr& theirs : there_.state.All()) VB_RETURN_IF_ERROR(One(*theirs));
  if (!unit.events.empty()) {
    unit.expects.push_back(
        log::Expect::Seen(base::ToHex(here_.state.id()), here_.state.stream_version()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Stage>> PullArticle::NewSteps(const AnnotationState& theirs) const {
  std::vector<Stage> steps;
  for (Stage& stage : article::Stages(theirs)) {
    // An addition that was taken back is a stage too, of what is no decision any more.
    if (!Decides(*stage.step) || article::WithdrawnBy(theirs, stage.step->event_id) != nullptr) {
      continue;
    }
    VB_ASSIGN_OR_RETURN(const auto known, here_.snapshot.FindById(stage.step->event_id));
    if (!known) steps.push_back(std::move(stage));
  }
  return steps;
}

absl::Status PullArticle::One(const AnnotationState& theirs) {
  VB_RETURN_IF_ERROR(Withdrawals(theirs));
  VB_ASSIGN_OR_RETURN(std::vector<Stage> steps, NewSteps(theirs));
  const AnnotationPtr ours = Counterpart(theirs);
  if (ours != nullptr) VB_RETURN_IF_ERROR(Count(*ours, theirs));
  if (steps.empty()) return absl::OkStatus();
  if (ours == nullptr) return AddNew(theirs, steps);
  const Step* holder = HolderOf(*ours);
  if (holder == nullptr) return Apply(*ours, steps);
  // Whoever decided there after what holds here had arrived had seen it.
  VB_ASSIGN_OR_RETURN(const auto arrived, there_.snapshot.FindById(holder->event_id));
  if (!arrived || steps.back().step->sequence < *arrived) return Compare(*ours, theirs, steps);
  std::erase_if(steps, [&](const Stage& stage) { return stage.step->sequence < *arrived; });
  return Apply(*ours, steps);
}

absl::Status PullArticle::AddNew(const AnnotationState& theirs, const std::vector<Stage>& steps) {
  PulledDecision row = RowOf(theirs, *steps.back().step);
  if (IsGone(theirs)) {
    Leave(std::move(row), What::kUnknown, "what was rejected there isn't here");
    return absl::OkStatus();
  }
  auto value = Carried(*theirs.value);
  if (!value) {
    Leave(std::move(row), What::kUnplaced, kNoPlace);
    return absl::OkStatus();
  }
  // One that a person added there keeps its id.
  const Step& first = *steps.front().step;
  const bool added = first.kind == Step::Kind::kAdded;
  const Step& step = added ? first : *steps.back().step;
  const std::string id = base::AnnotationIdOf(step.event_id);
  auto event = Valued<v1::AnnotationAdded>(id, *value);
  event.set_reason(ReasonOf(there_.snapshot, there_.registry, step.sequence));
  row.what = What::kApplied;
  row.annotation = id;
  VB_RETURN_IF_ERROR(Append(step, event, row));
  if (!added || steps.size() == 1) return absl::OkStatus();
  return Apply(*now_.Find(id), {steps.begin() + 1, steps.end()});
}

absl::Status PullArticle::Apply(const AnnotationState& ours, const std::vector<Stage>& steps) {
  const std::string id = ours.id;
  for (const Stage& stage : steps) {
    const Step& step = *stage.step;
    const AnnotationPtr current = now_.Find(id);
    PulledDecision row = RowOf(*stage.after, step);
    row.what = What::kApplied;
    row.annotation = id;
    const std::string reason = ReasonOf(there_.snapshot, there_.registry, step.sequence);
    if (IsGone(*stage.after)) {
      VB_RETURN_IF_ERROR(Append(step, Rejection(*current, reason), std::move(row)));
      continue;
    }
    const auto value = Carried(*stage.after->value);
    if (!value) {
      Leave(std::move(row), What::kUnplaced, kNoPlace);
      continue;
    }
    if (step.kind == Step::Kind::kConfirmed && SameBody(*value, *current->value)) {
      VB_RETURN_IF_ERROR(Append(step, Confirmation(id, reason), std::move(row)));
      continue;
    }
    auto revised = Valued<v1::AnnotationRevised>(id, *value);
    revised.set_reason(reason);
    VB_RETURN_IF_ERROR(Append(step, revised, std::move(row)));
  }
  return absl::OkStatus();
}

absl::Status PullArticle::Compare(const AnnotationState& ours, const AnnotationState& theirs,
                                  const std::vector<Stage>& steps) {
  const Step& step = *steps.back().step;
  PulledDecision row = RowOf(theirs, step);
  row.annotation = ours.id;
  std::string reason = ReasonOf(there_.snapshot, there_.registry, step.sequence);
  const auto value = IsGone(theirs) ? std::nullopt : Carried(*theirs.value);
  if (!IsGone(theirs) && !value) {
    Leave(std::move(row), What::kUnplaced, kNoPlace);
    return absl::OkStatus();
  }
  const bool alike = IsGone(ours) == IsGone(theirs) && (!value || SameBody(*value, *ours.value));
  if (alike) {
    row.what = What::kAgreed;
    // The same decision once more, by the other person.
    if (IsGone(theirs)) return Append(step, Rejection(ours, std::move(reason)), std::move(row));
    return Append(step, Confirmation(ours.id, std::move(reason)), std::move(row));
  }
  row.what = What::kConflict;
  row.why =
      absl::StrCat("held here by ", HolderOf(ours)->who, " as ", article::StatusName(ours.decided));
  v1::AnnotationDisputed disputed;
  if (value) {
    disputed = Valued<v1::AnnotationDisputed>(ours.id, *value);
  } else {
    disputed.set_annotation(ours.id);
    disputed.set_absent(true);
  }
  disputed.set_reason(std::move(reason));
  return Append(step, disputed, std::move(row));
}

// What was taken back there and came here before.
absl::Status PullArticle::Withdrawals(const AnnotationState& theirs) {
  for (const auto& step : theirs.steps) {
    if (step->kind != Step::Kind::kWithdrawn || step->actor != ActorKind::kPerson) continue;
    VB_ASSIGN_OR_RETURN(const auto known, here_.snapshot.FindById(step->event_id));
    VB_ASSIGN_OR_RETURN(const auto target, here_.snapshot.FindById(step->target));
    if (known || !target) continue;
    for (const auto& [id, annotation] : here_.state.annotations()) {
      const auto& steps = annotation->steps;
      if (std::none_of(steps.begin(), steps.end(),
                       [&](const auto& one) { return one->event_id == step->target; })) {
        continue;
      }
      v1::DecisionWithdrawn withdrawn;
      withdrawn.set_annotation(id);
      withdrawn.set_target(step->target);
      withdrawn.set_reason(ReasonOf(there_.snapshot, there_.registry, step->sequence));
      PulledDecision row = RowOf(theirs, *step);
      row.what = What::kApplied;
      row.annotation = id;
      row.why = "taken back there";
      VB_RETURN_IF_ERROR(Append(*step, withdrawn, std::move(row)));
      break;
    }
  }
  return absl::OkStatus();
}

// Only what people here decided on their own: not what came from there, nor what they have seen.
absl::Status PullArticle::Count(const AnnotationState& ours, const AnnotationState& theirs) {
  if (HolderOf(theirs) == nullptr) return absl::OkStatus();
  AnnotationPtr own;
  for (const Stage& stage : article::Stages(ours)) {
    if (!Decides(*stage.step)) continue;
    VB_ASSIGN_OR_RETURN(const auto known, there_.snapshot.FindById(stage.step->event_id));
    if (!known) own = stage.after;
  }
  if (own == nullptr) return absl::OkStatus();
  Agreement& count = agreement[theirs.type()];
  const auto value = IsGone(theirs) ? std::nullopt : Carried(*theirs.value);
  const bool same_value = !IsGone(*own) && value && SameBody(*value, *own->value);
  ++count.both;
  count.live_here += IsGone(*own) ? 0 : 1;
  count.live_there += IsGone(theirs) ? 0 : 1;
  count.live_alike += same_value ? 1 : 0;
  count.alike += same_value || (IsGone(*own) && IsGone(theirs)) ? 1 : 0;
  ++count.judged[Judgement(*own)][Judgement(theirs)];
  return absl::OkStatus();
}

std::optional<article::Value> PullArticle::Carried(const article::Value& value) {
  const uint32_t number = value.anchor.revision();
  if (number >= there_.state.revisions().size()) return std::nullopt;
  std::unique_ptr<exchange::Passage>& passage = passages_[number];
  if (passage == nullptr) {
    passage = std::make_unique<exchange::Passage>(now_, there_.state.revisions()[number]->text(),
                                                  latest_);
  }
  // The same place on the same words, by the ids that it has here.
  const v1::Anchor from = anchor::MakeAnchor(passage->from(), value.anchor.spans());
  const anchor::Reanchored moved = anchor::Reanchor(from, passage->mapping());
  if (moved.outcome != v1::AnnotationReanchored::OUTCOME_UNCHANGED &&
      moved.outcome != v1::AnnotationReanchored::OUTCOME_SHIFTED) {
    return std::nullopt;
  }
  article::Value carried = value;
  carried.anchor = moved.to;
  const auto body = here_.registry.Parse(value.body.type(), value.body.value());
  if (!body.ok()) return std::nullopt;
  schema::MoveSpans(body->get(), [&](std::string_view, const text::Span& span) {
    return anchor::MoveSpan(span, from, moved, passage->mapping());
  });
  carried.body.set_value((*body)->SerializeAsString());
  return carried;
}

AnnotationPtr PullArticle::Counterpart(const AnnotationState& theirs) {
  if (AnnotationPtr same = now_.Find(theirs.id)) return same;
  AnnotationPtr best;
  const auto meet = [&](const article::Value& value) {
    const auto carried = Carried(value);
    if (!carried) return;
    for (AnnotationPtr& ours : now_.All(theirs.type())) {
      if (!article::SameSpans(ours->value->anchor, carried->anchor)) continue;
      if (!ours->IsLive() && !ours->human_held) continue;
      const bool equal = SameBody(*ours->value, *carried);
      if (best == nullptr || equal) best = std::move(ours);
      if (equal) return;
    }
  };
  meet(*theirs.value);
  // A correction may have moved it: where it was first said.
  if (best == nullptr && theirs.steps.front()->value != nullptr) meet(*theirs.steps.front()->value);
  return best;
}

bool PullArticle::SameBody(const article::Value& a, const article::Value& b) const {
  return article::SameSpans(a.anchor, b.anchor) &&
         here_.registry.EqualBodies(a.body.type(), a.body.value(), b.body.value(), {});
}

void PullArticle::Leave(PulledDecision row, What what, std::string_view why) {
  row.what = what;
  row.why = std::string(why);
  rows.push_back(std::move(row));
  event_of.emplace_back();
}

absl::Status PullArticle::Append(const Step& step, const google::protobuf::Message& body,
                                 PulledDecision row) {
  VB_ASSIGN_OR_RETURN(const v1::EventHeader header, there_.snapshot.Header(step.sequence));
  v1::DecisionPulled pulled;
  pulled.set_archive(there_.archive_id);
  pulled.set_event(step.event_id);
  pulled.set_sequence(step.sequence);
  pulled.set_decided_at_us(header.recorded_at_us());
  pulled.set_who(step.who);
  // What came to the other archive from a third one says so itself.
  if (!header.caused_by().empty()) {
    VB_ASSIGN_OR_RETURN(const auto earlier, there_.snapshot.FindById(header.caused_by()));
    if (earlier) {
      VB_ASSIGN_OR_RETURN(const log::HeaderView view, there_.snapshot.View(*earlier));
      VB_ASSIGN_OR_RETURN(const auto said, there_.snapshot.Body(*earlier));
      const bool third = view.type == pulled.GetDescriptor()->full_name() && said;
      if (third && !pulled.ParseFromString(*said)) {
        return absl::DataLossError(absl::StrCat("@", *earlier, " of the other archive is damaged"));
      }
    }
  }
  if (pulled.annotation().empty()) pulled.set_annotation(row.annotation_there);
  const std::string stream = base::ToHex(here_.state.id());
  VB_ASSIGN_OR_RETURN(log::NewEvent origin, maker_.Make(stream, pulled));
  const article::EventMaker person = maker_.As(article::PersonActor(step.who)).CausedBy(origin.id);
  VB_ASSIGN_OR_RETURN(log::NewEvent event, person.MakeWithId(step.event_id, stream, body));
  VB_RETURN_IF_ERROR(now_.ApplyPending(event).status());
  cause = event.id;
  unit.events.push_back(std::move(origin));
  event_of.emplace_back(unit.events.size());
  unit.events.push_back(std::move(event));
  rows.push_back(std::move(row));
  return absl::OkStatus();
}

PulledDecision PullArticle::RowOf(const AnnotationState& theirs, const Step& step) const {
  PulledDecision row;
  row.who = step.who;
  row.there = step.sequence;
  row.article = here_.state.id();
  row.annotation_there = theirs.id;
  row.annotation = theirs.id;
  row.type = theirs.type();
  row.text = audit::WordsOf(theirs.value->anchor);
  return row;
}

}  // namespace verbatim::archive
