// SPDX-License-Identifier: Apache-2.0
#include "core/article/article_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/article/metadata.h"
#include "core/base/hex.h"
#include "core/log/wire.h"

namespace verbatim::article {

// What a fold needs of an event, whether it is in the log or about to be.
struct ArticleState::Event {
  uint64_t sequence = 0;
  uint64_t recorded_at_us = 0;
  const std::string& id;
  const std::string& type;
  const v1::Actor& actor;
  std::optional<std::string_view> body;

  // "event 7 (verbatim.v1.AnnotationAdded)"
  std::string Name() const {
    return sequence == 0 ? fmt::format("pending event ({})", type)
                         : fmt::format("event {} ({})", sequence, type);
  }
  absl::Status Broken(std::string_view why) const {
    return absl::DataLossError(fmt::format("{} {}", Name(), why));
  }
  template <class Message>
  absl::StatusOr<Message> Parse() const {
    Message message;
    if (!message.ParseFromArray(body->data(), static_cast<int>(body->size()))) {
      return Broken("has a body that is no such message");
    }
    return message;
  }
  Step NewStep(Step::Kind kind) const {
    Step step;
    step.kind = kind;
    step.sequence = sequence;
    step.event_id = id;
    if (actor.has_person()) {
      step.actor = ActorKind::kPerson;
      step.who = actor.person().handle();
    } else if (actor.has_plugin()) {
      step.actor = ActorKind::kPlugin;
      step.who = actor.plugin().name();
      step.version = actor.plugin().version();
    } else {
      step.who = actor.tool().name();
      step.version = actor.tool().version();
    }
    return step;
  }
};

namespace {

// Of AnnotationAdded, AnnotationRevised, AnnotationDisputed.
template <class Message>
ValuePtr ValueOf(Message message) {
  auto value = std::make_shared<Value>();
  value->anchor = std::move(*message.mutable_anchor());
  value->body = std::move(*message.mutable_body());
  value->confidence = message.confidence();
  value->key = message.key();
  value->claim_key = message.claim_key();
  if (value->claim_key.empty()) {
    value->claim_key = ClaimKey(value->body.type(), value->anchor, value->key);
  }
  return value;
}

template <class Message>
bool IsWhole(const Message& message) {
  return message.annotation().size() == 16 && message.anchor().spans_size() > 0 &&
         !message.body().type().empty();
}

constexpr char kNotWhole[] = "has no annotation id, no anchor or no body";

}  // namespace

ArticleState::Handler ArticleState::HandlerOf(std::string_view type) {
  static const auto* const kHandlers = new std::map<std::string, Handler, std::less<>>{
      {"verbatim.v1.SourceCaptured", &ArticleState::OnSource},
      {"verbatim.v1.ArticleIngested", &ArticleState::OnRevision},
      {"verbatim.v1.ArticleRevised", &ArticleState::OnRevision},
      {"verbatim.v1.ArticleReextracted", &ArticleState::OnRevision},
      {"verbatim.v1.ArticleMetadataCorrected", &ArticleState::OnMetadata},
      {"verbatim.v1.AnnotationAdded", &ArticleState::OnAdded},
      {"verbatim.v1.AnnotationRevised", &ArticleState::OnRevised},
      {"verbatim.v1.AnnotationRetracted", &ArticleState::OnDecision},
      {"verbatim.v1.AnnotationConfirmed", &ArticleState::OnDecision},
      {"verbatim.v1.AnnotationRejected", &ArticleState::OnDecision},
      {"verbatim.v1.AnnotationDisputed", &ArticleState::OnDisputed},
      {"verbatim.v1.AnnotationReanchored", &ArticleState::OnReanchored},
      {"verbatim.v1.DecisionWithdrawn", &ArticleState::OnWithdrawn},
      {"verbatim.v1.AnnotationUnplaced", &ArticleState::OnUnplaced},
      {"verbatim.v1.ArticleLinked", &ArticleState::OnLinked},
      {"verbatim.v1.RunCompleted", &ArticleState::OnRun},
      {"verbatim.v1.ContentErased", &ArticleState::OnErased},
  };
  const auto it = kHandlers->find(type);
  return it == kHandlers->end() ? nullptr : it->second;
}

bool ArticleState::MattersToViews(std::string_view type) {
  const Handler handler = HandlerOf(type);
  return handler != nullptr && handler != &ArticleState::OnSource &&
         handler != &ArticleState::OnUnplaced && handler != &ArticleState::OnLinked &&
         handler != &ArticleState::OnRun;
}

absl::StatusOr<Applied> ArticleState::Apply(uint64_t sequence, const v1::EventHeader& header,
                                            std::optional<std::string_view> body) {
  const Event event{sequence,      header.recorded_at_us(), header.event_id(),
                    header.type(), header.actor(),          body};
  if (stream_version_ && header.stream_version() <= *stream_version_) {
    return event.Broken(fmt::format("has stream version {}, and the stream is at {} already",
                                    header.stream_version(), *stream_version_));
  }
  VB_ASSIGN_OR_RETURN(Applied applied, Dispatch(event));
  if (id_.empty()) id_ = base::FromHex(header.stream()).value_or("");
  stream_version_ = header.stream_version();
  last_sequence_ = sequence;
  return applied;
}

absl::StatusOr<Applied> ArticleState::ApplyPending(const log::NewEvent& event) {
  VB_ASSIGN_OR_RETURN(Applied applied,
                      Dispatch({0, 0, event.id, event.type, event.actor, event.body}));
  if (id_.empty()) id_ = base::FromHex(event.stream).value_or("");
  return applied;
}

absl::StatusOr<Applied> ArticleState::Dispatch(const Event& event) {
  const Handler handler = HandlerOf(event.type);
  if (handler == nullptr) return Applied{};
  if (event.body) return (this->*handler)(event);
  // All bodies of an annotation, or of a stream, go together: what is left to know is whether
  // there still is a text.
  if (handler == &ArticleState::OnRevision) erased_ = true;
  return Applied{};
}

absl::StatusOr<Applied> ArticleState::OnSource(const Event& event) {
  // Nobody asks the state for the captured bytes, which are nearly all of the body: they are left
  // out before it is parsed.
  const std::string rest = log::Without(v1::SourceCaptured::kContentFieldNumber, *event.body);
  v1::SourceCaptured capture;
  if (!capture.ParseFromString(rest)) return event.Broken("has a body that is no such message");
  sources_.push_back({event.sequence, event.id, std::move(capture)});
  return Applied{};
}

absl::StatusOr<Applied> ArticleState::OnRevision(const Event& event) {
  uint32_t number = 0;
  Origin origin = Origin::kIngested;
  bool minor = false;
  v1::ArticleContent content;
  if (event.type == "verbatim.v1.ArticleIngested") {
    VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::ArticleIngested>());
    content = std::move(*body.mutable_content());
  } else if (event.type == "verbatim.v1.ArticleRevised") {
    VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::ArticleRevised>());
    origin = Origin::kRevised;
    number = body.revision();
    minor = body.minor();
    content = std::move(*body.mutable_content());
  } else {
    VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::ArticleReextracted>());
    origin = Origin::kReextracted;
    number = body.revision();
    content = std::move(*body.mutable_content());
  }
  if (number != revisions_.size()) {
    return event.Broken(
        fmt::format("is revision {}, and revision {} comes next", number, revisions_.size()));
  }
  erased_ = false;  // taken in again after it was erased
  revisions_.push_back(std::make_shared<const Revision>(
      number, origin, minor, std::move(content), event.sequence, event.recorded_at_us, event.id));
  RecomputeMetadata();
  return Applied{.change = std::nullopt, .context_changed = true};
}

absl::StatusOr<Applied> ArticleState::OnMetadata(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto correction, event.Parse<v1::ArticleMetadataCorrected>());
  metadata_changes_.push_back({event.sequence, event.id, std::move(correction)});
  RecomputeMetadata();
  return Applied{.change = std::nullopt, .context_changed = true};
}

absl::StatusOr<Applied> ArticleState::OnAdded(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationAdded>());
  if (!IsWhole(body)) return event.Broken(kNotWhole);
  const std::string annotation = body.annotation();
  if (annotations_.contains(annotation)) {
    return event.Broken(
        fmt::format("adds annotation {}, which is there already", base::ToHex(annotation)));
  }
  Step step = event.NewStep(Step::Kind::kAdded);
  step.value = ValueOf(std::move(body));
  AnnotationPtr after = Fold(nullptr, annotation, std::move(step));
  annotations_.emplace(annotation, after);
  return Applied{.change = Change{nullptr, std::move(after)}};
}

absl::StatusOr<Applied> ArticleState::OnRevised(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationRevised>());
  if (!IsWhole(body)) return event.Broken(kNotWhole);
  const std::string annotation = body.annotation();
  Step step = event.NewStep(Step::Kind::kRevised);
  step.value = ValueOf(std::move(body));
  return FoldStep(event, annotation, std::move(step));
}

absl::StatusOr<Applied> ArticleState::OnDecision(const Event& event) {
  if (event.type == "verbatim.v1.AnnotationConfirmed") {
    VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationConfirmed>());
    return FoldStep(event, body.annotation(), event.NewStep(Step::Kind::kConfirmed));
  }
  if (event.type == "verbatim.v1.AnnotationRejected") {
    VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationRejected>());
    return FoldStep(event, body.annotation(), event.NewStep(Step::Kind::kRejected));
  }
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationRetracted>());
  return FoldStep(event, body.annotation(), event.NewStep(Step::Kind::kRetracted));
}

absl::StatusOr<Applied> ArticleState::OnDisputed(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationDisputed>());
  if (!body.absent() && !IsWhole(body)) return event.Broken(kNotWhole);
  const std::string annotation = body.annotation();
  Step step = event.NewStep(Step::Kind::kDisputed);
  if (!body.absent()) {
    step.value = ValueOf(std::move(body));
  }
  return FoldStep(event, annotation, std::move(step));
}

absl::StatusOr<Applied> ArticleState::OnReanchored(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationReanchored>());
  Step step = event.NewStep(Step::Kind::kReanchored);
  step.outcome = body.outcome();
  const bool orphaned = body.outcome() == v1::AnnotationReanchored::OUTCOME_ORPHANED;
  if (!orphaned && body.to().spans_size() == 0) return event.Broken("moves to no place");
  step.to = std::move(*body.mutable_to());
  step.moved_body = std::move(*body.mutable_body());
  return FoldStep(event, body.annotation(), std::move(step));
}

absl::StatusOr<Applied> ArticleState::OnWithdrawn(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::DecisionWithdrawn>());
  if (!body.annotation().empty()) {
    Step step = event.NewStep(Step::Kind::kWithdrawn);
    step.target = body.target();
    return FoldStep(event, body.annotation(), std::move(step));
  }
  withdrawals_.emplace_back(event.id, body.target());
  RecomputeMetadata();
  return Applied{.change = std::nullopt, .context_changed = true};
}

absl::StatusOr<Applied> ArticleState::OnUnplaced(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::AnnotationUnplaced>());
  unplaced_.push_back({event.sequence, event.id, event.actor.person().handle(), std::move(body)});
  return Applied{};
}

absl::StatusOr<Applied> ArticleState::OnLinked(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto link, event.Parse<v1::ArticleLinked>());
  links_.push_back(std::move(link));
  return Applied{};
}

absl::StatusOr<Applied> ArticleState::OnRun(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto completed, event.Parse<v1::RunCompleted>());
  auto key = std::make_pair(completed.plugin(), completed.annotator());
  runs_.insert_or_assign(std::move(key), Run{event.sequence, std::move(completed)});
  return Applied{};
}

absl::StatusOr<Applied> ArticleState::OnErased(const Event& event) {
  VB_ASSIGN_OR_RETURN(auto body, event.Parse<v1::ContentErased>());
  const std::set<uint64_t> gone(body.erased().begin(), body.erased().end());
  std::erase_if(annotations_, [&](const auto& entry) {
    const auto& steps = entry.second->steps;
    return std::any_of(steps.begin(), steps.end(),
                       [&](const auto& step) { return gone.contains(step->sequence); });
  });
  const bool text_gone =
      std::any_of(revisions_.begin(), revisions_.end(),
                  [&](const RevisionPtr& revision) { return gone.contains(revision->sequence()); });
  if (text_gone || (body.has_article() && body.article() == id_)) {
    erased_ = true;
    revisions_.clear();
    annotations_.clear();
    metadata_changes_.clear();
    unplaced_.clear();
    withdrawals_.clear();
    metadata_.Clear();
    sources_.clear();
    runs_.clear();
    links_.clear();
  }
  return Applied{.change = std::nullopt, .context_changed = true};
}

absl::StatusOr<Applied> ArticleState::FoldStep(const Event& event, const std::string& annotation,
                                               Step step) {
  const auto it = annotations_.find(annotation);
  if (it == annotations_.end()) {
    // Its bodies were erased, and something was said of it later all the same.
    if (erased_) return Applied{};
    return event.Broken(fmt::format("is about annotation {}, which this article doesn't have",
                                    base::ToHex(annotation)));
  }
  AnnotationPtr before = it->second;
  it->second = Fold(before, annotation, std::move(step));
  return Applied{.change = Change{std::move(before), it->second}};
}

std::set<std::string_view> ArticleState::WithdrawnHere() const {
  std::set<std::string_view> dropped;
  for (auto it = withdrawals_.rbegin(); it != withdrawals_.rend(); ++it) {
    if (!dropped.contains(it->first)) dropped.insert(it->second);
  }
  return dropped;
}

void ArticleState::RecomputeMetadata() {
  metadata_.Clear();
  if (revisions_.empty()) return;
  metadata_ = latest()->content().metadata();
  const std::set<std::string_view> dropped = WithdrawnHere();
  for (const MetadataChange& change : metadata_changes_) {
    if (!dropped.contains(change.event_id)) LayOver(change.correction, &metadata_);
  }
}

std::vector<Unplaced> ArticleState::unplaced() const {
  const std::set<std::string_view> dropped = WithdrawnHere();
  std::vector<Unplaced> waiting;
  for (const Unplaced& one : unplaced_) {
    if (!dropped.contains(one.event_id)) waiting.push_back(one);
  }
  return waiting;
}

bool ArticleState::IsArticleDecision(std::string_view event_id) const {
  const auto is = [&](const auto& decision) { return decision.event_id == event_id; };
  return std::any_of(metadata_changes_.begin(), metadata_changes_.end(), is) ||
         std::any_of(unplaced_.begin(), unplaced_.end(), is) ||
         std::any_of(withdrawals_.begin(), withdrawals_.end(),
                     [&](const auto& withdrawal) { return withdrawal.first == event_id; });
}

v1::ArticleContext ArticleState::Context() const {
  v1::ArticleContext context;
  context.set_article(id_);
  if (!revisions_.empty()) context.set_revision(latest()->number());
  context.set_title(metadata_.title());
  if (metadata_.has_published()) *context.mutable_published() = metadata_.published();
  context.set_outlet(metadata_.outlet());
  context.set_url(metadata_.canonical_url());
  context.set_language(metadata_.language());
  return context;
}

AnnotationPtr ArticleState::Find(std::string_view annotation_id) const {
  const auto it = annotations_.find(std::string(annotation_id));
  return it == annotations_.end() ? nullptr : it->second;
}

std::vector<AnnotationPtr> ArticleState::All(std::string_view type) const {
  std::vector<AnnotationPtr> all;
  for (const auto& [id, annotation] : annotations_) {
    if (type.empty() || annotation->type() == type) all.push_back(annotation);
  }
  std::stable_sort(all.begin(), all.end(), [](const AnnotationPtr& a, const AnnotationPtr& b) {
    return StandsBefore(a->value->anchor, b->value->anchor);
  });
  return all;
}

std::vector<AnnotationPtr> ArticleState::Live(std::string_view type) const {
  std::vector<AnnotationPtr> live = All(type);
  std::erase_if(live, [](const AnnotationPtr& annotation) { return !annotation->IsLive(); });
  return live;
}

const Run* ArticleState::LastRun(std::string_view plugin, std::string_view annotator) const {
  const auto it = runs_.find({std::string(plugin), std::string(annotator)});
  return it == runs_.end() ? nullptr : &it->second;
}

}  // namespace verbatim::article
