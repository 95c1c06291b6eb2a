// SPDX-License-Identifier: Apache-2.0
#include "tests/core/article/story.h"

#include <fmt/format.h>

#include "core/anchor/anchor.h"
#include "core/article/ground.h"
#include "core/base/check.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::article {
namespace {

// Tests want the value, or to stop with the reason.
template <class T>
T Must(absl::StatusOr<T> result) {
  const std::string why = result.ok() ? std::string() : std::string(result.status().message());
  VB_CHECK(result.ok(), why.c_str());
  return *std::move(result);
}

v1::ArticleContent ContentOf(std::string_view text) {
  v1::ArticleContent content;
  content.set_text(std::string(text));
  content.set_text_sha256(base::ToString(base::Sha256(text)));
  content.mutable_metadata()->set_title("Harbour news");
  content.mutable_metadata()->set_language("en");
  return content;
}

}  // namespace

v1::Actor PluginActor(std::string_view name, std::string_view version) {
  v1::Actor actor;
  actor.mutable_plugin()->set_name(std::string(name));
  actor.mutable_plugin()->set_version(std::string(version));
  return actor;
}

v1::TypedBody DateBody(std::string_view value, std::string_view rule) {
  v1::TemporalExpression date;
  date.set_type(v1::TemporalExpression::TYPE_DATE);
  date.set_value(std::string(value));
  date.set_rule(std::string(rule));
  v1::TypedBody body;
  body.set_type(date.GetDescriptor()->full_name());
  body.set_value(date.SerializeAsString());
  return body;
}

Story::Story(std::string_view text)
    : plugin_(clock_, random_, PluginActor("dates", "1.0.0"), ""),
      person_(clock_, random_, PersonActor("ana"), ""),
      tool_(clock_, random_, ToolActor("ingest", "0.1.0"), "") {
  const std::string article = base::ArticleIdOfUrl("https://harbour.example/1");
  stream_ = base::ToHex(article);
  v1::ArticleIngested ingested;
  ingested.set_article(article);
  *ingested.mutable_content() = ContentOf(text);
  Tell(ingested, tool_);
}

Applied Story::Tell(const log::NewEvent& event) {
  v1::EventHeader header;
  header.set_event_id(event.id);
  header.set_stream(event.stream);
  header.set_stream_version(told_.size());
  header.set_type(event.type);
  header.set_recorded_at_us(clock_.NowUs());
  *header.mutable_actor() = event.actor;
  header.set_caused_by(event.caused_by);
  told_.push_back({told_.size() + 1, header, event.body});
  return Must(state_.Apply(told_.size(), header, event.body));
}

Applied Story::Tell(const google::protobuf::Message& body, const EventMaker& who) {
  return Tell(Must(who.Make(stream_, body)));
}

void Story::TellAll(const std::vector<log::NewEvent>& events) {
  for (const log::NewEvent& event : events) Tell(event);
}

v1::Anchor Story::Where(std::string_view words, int occurrence) const {
  const Revision& revision = *state_.latest();
  size_t begin = std::string::npos;
  for (int n = 0; n < occurrence; ++n) {
    begin = revision.text().find(words, begin + 1);
    VB_CHECK(begin != std::string::npos, "the words stand in the text");
  }
  return anchor::MakeAnchor(
      GroundOf(state_, revision),
      {{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + words.size())}});
}

std::string Story::PluginAdds(std::string_view words, std::string_view value) {
  v1::AnnotationAdded added;
  const std::string event_id = plugin_.NewId();
  added.set_annotation(base::AnnotationIdOf(event_id));
  *added.mutable_anchor() = Where(words);
  *added.mutable_body() = DateBody(value);
  added.set_confidence(0.5F);
  Tell(Must(plugin_.MakeWithId(event_id, stream_, added)));
  return added.annotation();
}

std::string Story::PersonAdds(std::string_view words, std::string_view value) {
  const log::NewEvent event = Must(Add(state_, Where(words), DateBody(value), "", person_));
  Tell(event);
  return base::AnnotationIdOf(event.id);
}

std::string Story::PluginRevises(const std::string& id, std::string_view value) {
  v1::AnnotationRevised revised;
  revised.set_annotation(id);
  *revised.mutable_anchor() = At(id).value->anchor;
  *revised.mutable_body() = DateBody(value);
  Tell(revised, plugin_);
  return Last();
}

std::string Story::PluginRetracts(const std::string& id) {
  v1::AnnotationRetracted retracted;
  retracted.set_annotation(id);
  Tell(retracted, plugin_);
  return Last();
}

std::string Story::PluginDisputes(const std::string& id, std::optional<std::string_view> value) {
  v1::AnnotationDisputed disputed;
  disputed.set_annotation(id);
  disputed.set_absent(!value);
  if (value) {
    *disputed.mutable_anchor() = At(id).value->anchor;
    *disputed.mutable_body() = DateBody(*value);
  }
  Tell(disputed, plugin_);
  return Last();
}

std::string Story::PersonCorrects(const std::string& id, std::string_view value) {
  Tell(Must(Correct(state_, id, DateBody(value), std::nullopt, "read again", person_)));
  return Last();
}

std::string Story::PersonConfirms(const std::string& id) {
  Tell(Must(Confirm(state_, id, "", person_)));
  return Last();
}

std::string Story::PersonRejects(const std::string& id) {
  Tell(Must(Reject(state_, id, "no date", person_)));
  return Last();
}

std::string Story::PersonUndoes(const std::string& event_id) {
  const absl::StatusOr<log::NewEvent> undone = Withdraw(state_, event_id, "", person_);
  if (!absl::IsInvalidArgument(undone.status())) {
    Tell(Must(undone));
    return Last();
  }
  v1::DecisionWithdrawn again;
  again.set_target(event_id);
  for (const auto& [id, annotation] : state_.annotations()) {
    for (const auto& step : annotation->steps) {
      if (step->event_id == event_id) again.set_annotation(id);
    }
  }
  Tell(again, person_);
  return Last();
}

std::string Story::Revise(std::string_view text) {
  v1::ArticleRevised revised;
  revised.set_article(state_.id());
  revised.set_revision(static_cast<uint32_t>(state_.revisions().size()));
  *revised.mutable_content() = ContentOf(text);
  Tell(revised, tool_);
  return Last();
}

std::string Story::Reanchor(const std::string& id, v1::AnnotationReanchored::Outcome outcome,
                            std::optional<v1::Anchor> to) {
  v1::AnnotationReanchored moved;
  moved.set_annotation(id);
  *moved.mutable_from() = At(id).value->anchor;
  if (to) *moved.mutable_to() = *to;
  moved.set_outcome(outcome);
  Tell(moved, tool_);
  return Last();
}

std::string Story::ValueOf(const std::string& id) const {
  v1::TemporalExpression date;
  date.ParseFromString(At(id).value->body.value());
  return date.value();
}

void Story::PluginBecomes(std::string_view version) {
  plugin_ = plugin_.As(PluginActor(plugin_.actor().plugin().name(), version));
}

ArticleState Story::Replay(size_t count) const {
  ArticleState state;
  for (size_t i = 0; i < count; ++i) {
    const Told& told = told_[i];
    Must(state.Apply(told.sequence, told.header, told.body));
  }
  return state;
}

std::string Picture(const ArticleState& state) {
  std::string picture =
      fmt::format("revisions {} erased {} version {}\n{}", state.revisions().size(), state.erased(),
                  state.stream_version().value_or(0), state.metadata().ShortDebugString());
  for (const AnnotationPtr& annotation : state.All()) {
    picture += '\n' + ToProto(*annotation).ShortDebugString();
    for (const Said& said : annotation->said) {
      picture += fmt::format("\n  {} {} said {}", said.annotator, said.version,
                             said.value ? said.value->body.ShortDebugString() : "absent");
    }
  }
  for (const auto& [who, run] : state.runs()) {
    picture += fmt::format("\nrun {} {}", run.sequence, run.completed.ShortDebugString());
  }
  return picture;
}

}  // namespace verbatim::article
