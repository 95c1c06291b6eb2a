// SPDX-License-Identifier: Apache-2.0
#include "core/audit/blame.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/audit/remarks.h"
#include "core/base/hex.h"

namespace verbatim::audit {
namespace {

using article::AnnotationPtr;
using article::Stage;
using article::Step;

using OpenedPtr = std::shared_ptr<const Opened>;

// Events of one annotation, each read once.
class Events {
 public:
  Events(const log::Snapshot& snapshot, const schema::Registry& registry)
      : snapshot_(snapshot), registry_(registry) {}

  absl::StatusOr<OpenedPtr> At(uint64_t sequence) {
    OpenedPtr& event = opened_[sequence];
    if (event == nullptr) {
      VB_ASSIGN_OR_RETURN(Opened opened, Open(snapshot_, registry_, sequence));
      event = std::make_shared<const Opened>(std::move(opened));
    }
    return event;
  }

 private:
  const log::Snapshot& snapshot_;
  const schema::Registry& registry_;
  std::map<uint64_t, OpenedPtr> opened_;
};

// An addition that was taken back retracts the annotation: the withdrawal did that.
const Step& DecidedBy(const article::AnnotationState& annotation, const Step& step) {
  if (step.kind != Step::Kind::kAdded) return step;
  for (auto it = annotation.steps.rbegin(); it != annotation.steps.rend(); ++it) {
    if ((*it)->kind == Step::Kind::kWithdrawn && (*it)->target == step.event_id) return **it;
  }
  return step;
}

struct Cause {
  const Step* step;
  FieldChange change;
};

// The last stage that changed each field, in the order of the fields of the last value.
std::vector<Cause> Causes(const schema::Registry& registry, const std::vector<Stage>& stages,
                          const article::AnnotationState& annotation) {
  std::map<std::string, Cause> last;
  const article::AnnotationState* before = nullptr;
  for (const Stage& stage : stages) {
    for (FieldChange& change : StateChanges(registry, before, *stage.after)) {
      if (change.field == "confidence") continue;  // of the first value, not of what holds
      const bool retracted = change.field == "status" && change.after == "RETRACTED";
      const Step& step = retracted ? DecidedBy(annotation, *stage.step) : *stage.step;
      std::string field = change.field;
      last[std::move(field)] = {&step, std::move(change)};
    }
    before = stage.after.get();
  }
  std::vector<Cause> causes;
  // Against nothing, a value names every field that it has.
  std::vector<FieldChange> holds = StateChanges(registry, nullptr, *stages.back().after);
  for (const FieldChange& field : holds) {
    const auto found = last.find(field.field);
    if (found == last.end()) continue;
    causes.push_back(found->second);
    last.erase(found);
  }
  // What is left was cleared, or moved: the place.
  for (auto& [field, cause] : last) {
    if (field == "place" || cause.change.after.empty()) causes.push_back(std::move(cause));
  }
  return causes;
}

// Steps that stand beside the value: confirmations after the one that set the status, disputes
// after the last decision.
std::vector<Cause> Beside(const std::vector<Stage>& stages, const std::vector<Cause>& causes) {
  uint64_t decided = 0;
  for (const Cause& cause : causes) {
    if (cause.change.field == "status") decided = cause.step->sequence;
  }
  std::vector<Cause> beside;
  for (const Stage& stage : stages) {
    if (stage.step->sequence <= decided) continue;
    const std::string status = article::StatusName(stage.after->status);
    if (stage.step->kind == Step::Kind::kConfirmed &&
        stage.step->actor == article::ActorKind::kPerson) {
      beside.push_back({stage.step.get(), {"status", status, status}});
    } else if (stage.step->kind == Step::Kind::kDisputed && stages.back().after->disputed) {
      beside.push_back(
          {stage.step.get(),
           {"", "", stage.step->value ? WordsOf(stage.step->value->anchor) : "not found"}});
    }
  }
  return beside;
}

std::string WhoOf(const v1::Actor& actor) {
  if (actor.has_person()) return actor.person().handle();
  if (actor.has_plugin()) {
    return fmt::format("{}@{}", actor.plugin().name(), actor.plugin().version());
  }
  return fmt::format("{}@{}", actor.tool().name(), actor.tool().version());
}

std::string Characters(const v1::Anchor& anchor) {
  std::string places;
  for (const v1::TextSpan& span : anchor.spans()) {
    places += fmt::format("{}{}-{}", places.empty() ? "" : " ", span.begin_char(), span.end_char());
  }
  return places;
}

bool TypeMatches(std::string_view wanted, std::string_view type) {
  return wanted.empty() || wanted == type || wanted == ShortType(type);
}

}  // namespace

absl::StatusOr<Blamed> BlameAnnotation(const log::Snapshot& snapshot,
                                       const schema::Registry& registry,
                                       const AnnotationPtr& annotation) {
  const std::vector<Stage> stages = article::Stages(*annotation);
  std::vector<Cause> causes = Causes(registry, stages, *annotation);
  for (Cause& cause : Beside(stages, causes)) causes.push_back(std::move(cause));
  Blamed blamed;
  blamed.annotation = annotation;
  Events events(snapshot, registry);
  for (Cause& cause : causes) {
    VB_ASSIGN_OR_RETURN(OpenedPtr event, events.At(cause.step->sequence));
    blamed.fields.push_back(
        {std::move(event), std::string(WhatOf(cause.step->kind)), std::move(cause.change)});
  }
  return blamed;
}

absl::StatusOr<std::vector<Blamed>> BlameArticle(const log::Snapshot& snapshot,
                                                 const schema::Registry& registry,
                                                 std::string_view article,
                                                 const BlameOptions& options) {
  VB_ASSIGN_OR_RETURN(const article::ArticleState state,
                      article::Load(snapshot, article, options.as_of));
  if (state.erased()) {
    VB_ASSIGN_OR_RETURN(const auto erasure, ErasureOf(snapshot, base::ToHex(article)));
    return absl::NotFoundError(fmt::format("article {} was erased{}", base::ToHex(article),
                                           erasure ? ": " + ErasureText(*erasure) : ""));
  }
  if (state.empty()) {
    return absl::NotFoundError(fmt::format("article {} was not there at sequence {}",
                                           base::ToHex(article),
                                           std::min(options.as_of, snapshot.head())));
  }
  std::vector<Blamed> blamed;
  for (const AnnotationPtr& annotation : state.All()) {
    const bool gone = annotation->status == v1::ANNOTATION_STATUS_REJECTED ||
                      annotation->status == v1::ANNOTATION_STATUS_RETRACTED;
    if ((gone && !options.all) || !TypeMatches(options.type, annotation->type())) continue;
    VB_ASSIGN_OR_RETURN(blamed.emplace_back(), BlameAnnotation(snapshot, registry, annotation));
  }
  return blamed;
}

std::vector<schema::Record> BlameRows(const Blamed& blamed) {
  const article::AnnotationState& annotation = *blamed.annotation;
  const v1::Anchor& anchor = annotation.value->anchor;
  std::vector<schema::Record> rows;
  for (const BlamedField& field : blamed.fields) {
    schema::Record row = StepRow(*field.event, field.what, field.change);
    row.Add("annotation", base::ToHex(annotation.id));
    row.Add("article", base::ToHex(anchor.article()));
    row.Add("type", annotation.type());
    row.Add("status", article::StatusName(annotation.status));
    row.Add("revision", anchor.revision());
    if (anchor.spans_size() > 0) {
      row.Add("begin_char", anchor.spans(0).begin_char());
      row.Add("end_char", anchor.spans(anchor.spans_size() - 1).end_char());
    }
    row.Add("text", WordsOf(anchor));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<schema::Column> BlameColumns() {
  using schema::Role;
  return {{"begin_char"},
          {"end_char"},
          {"annotation", "", Role::kId},
          {"type"},
          {"status"},
          {"sequence"},
          {"recorded_at", "when", Role::kTime},
          {"actor.name"},
          {"actor.version"},
          {"what"},
          {"field"},
          {"before"},
          {"after"},
          {"reason"},
          {"text"},
          {"article"}};
}

schema::Record BlameLine(const Blamed& blamed) {
  const article::AnnotationState& annotation = *blamed.annotation;
  const uint64_t first = blamed.fields.empty() ? 0 : blamed.fields.front().event->sequence;
  // What came with the text needs no name of its own.
  std::map<uint64_t, std::pair<std::string, const Opened*>> events;
  bool decided = false;
  for (const BlamedField& field : blamed.fields) {
    auto& [names, event] = events[field.event->sequence];
    event = field.event.get();
    decided = decided || event->header.actor().has_person();
    if (field.event->sequence == first) {
      names = "text";
      continue;
    }
    const std::string name = field.change.field == "status" || field.change.field.empty()
                                 ? field.what
                                 : field.change.field;
    // A correction sets the status too, which the names of its fields say already.
    if (name == "revised") continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  std::string by;
  for (const auto& [sequence, what] : events) {
    if (!by.empty()) by += " | ";
    by += fmt::format("{} {} @{}", what.first.empty() ? "revised" : what.first,
                      WhoOf(what.second->header.actor()), sequence);
  }
  if (!decided) by += " (nobody has looked)";
  schema::Record line;
  line.Add("characters", Characters(annotation.value->anchor));
  line.Add("annotation", base::ToHex(annotation.id));
  line.Add("type", ShortType(annotation.type()));
  line.Add("status", article::StatusName(annotation.status));
  const std::string remark = RemarkOf(annotation.value->body);
  const std::string words = WordsOf(annotation.value->anchor);
  line.Add("text", remark.empty() ? words : remark + " (on: " + words + ")");
  line.Add("by", by);
  return line;
}

std::vector<schema::Column> BlameLineColumns() {
  using schema::Role;
  return {{"characters"}, {"annotation", "", Role::kId}, {"type"},
          {"status"},     {"text", "", Role::kText},     {"by", "", Role::kText}};
}

}  // namespace verbatim::audit
