// SPDX-License-Identifier: Apache-2.0
#include "core/pages/story_data.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "core/audit/changes.h"
#include "core/audit/rows.h"
#include "core/base/hex.h"
#include "core/pages/frame.h"
#include "core/schema/json.h"

namespace verbatim::pages {
namespace {

using schema::List;
using schema::Record;

std::string NameOfActor(const Record& actor) {
  const std::string name = actor.TextAt("name");
  const std::string version = actor.TextAt("version");
  return version.empty() ? name : name + " " + version;
}

Record StateData(const schema::Registry& registry, const StoryState& one,
                 std::optional<size_t> place) {
  const article::AnnotationState& state = *one.state;
  List fields;
  for (const audit::FieldChange& field : audit::ValueChanges(registry, nullptr, *state.value)) {
    if (field.field != "text") fields.emplace_back(List{field.field, field.after});
  }
  Record record;
  record.Add("since", one.since)
      .Add("words", audit::WordsOf(state.value->anchor))
      .Add("held", HeldBy(state))
      .Add("status", StatusText(state))
      .Add("revision", state.value->anchor.revision());
  if (place) record.Add("place", static_cast<uint64_t>(*place));
  if (state.disputed) record.Add("disputed", true);
  if (state.needs_review) record.Add("needs_review", true);
  return record.Add("fields", std::move(fields));
}

// A step of an event, with the fields that it changed. What was added stands in the first state.
List History(const std::vector<Record>& rows) {
  List steps;
  for (size_t i = 0; i < rows.size();) {
    const Record& first = rows[i];
    const uint64_t sequence = std::get<uint64_t>(first.Find("sequence")->v);
    const bool added = first.TextAt("what") == "added";
    List changes;
    for (; i < rows.size() && std::get<uint64_t>(rows[i].Find("sequence")->v) == sequence; ++i) {
      if (added || (rows[i].TextAt("before").empty() && rows[i].TextAt("after").empty())) continue;
      changes.emplace_back(
          List{rows[i].TextAt("field"), rows[i].TextAt("before"), rows[i].TextAt("after")});
    }
    Record step;
    step.Add("sequence", sequence)
        .Add("recorded_at", ShortTime(first.TextAt("recorded_at")))
        .Add("who", NameOfActor(std::get<Record>(first.Find("actor")->v)))
        .Add("kind", schema::TextOf(*first.FindPath("actor.kind")))
        .Add("what", first.TextAt("what"))
        .Add("reason", first.TextAt("reason"))
        .Add("note", first.TextAt("note"))
        .Add("changes", std::move(changes));
    steps.emplace_back(std::move(step));
  }
  return steps;
}

Record AnnotationData(const Story& story, const schema::Registry& registry, const Places& places,
                      size_t i) {
  const StoryAnnotation& annotation = story.annotations[i];
  List states;
  for (const StoryState& one : annotation.states)
    states.emplace_back(StateData(registry, one, places.Of(i, one.since)));
  return Record()
      .Add("id", base::ToHex(annotation.id))
      .Add("type", NameOfType(annotation.states.back().state->type()))
      .Add("states", std::move(states))
      .Add("history", History(annotation.history));
}

}  // namespace

std::string PublishedText(const v1::ArticleMetadata& metadata) {
  if (metadata.published().value().empty()) return "undated";
  return metadata.published().value().substr(0, 10);
}

std::string PublishedBasis(const v1::ArticleMetadata& metadata) {
  if (metadata.published().value().empty()) return "";
  return absl::AsciiStrToLower(
      schema::EnumText(*v1::DatedValue::Basis_descriptor(), metadata.published().basis()));
}

Record StoryData(const Story& story, const schema::Registry& registry, const Places& places,
                 std::string_view article, uint64_t shown) {
  List steps;
  for (const StoryStep& step : story.steps) {
    steps.emplace_back(Record()
                           .Add("sequence", step.sequence)
                           .Add("recorded_at", ShortTime(step.recorded_at))
                           .Add("who", NameOfActor(step.actor))
                           .Add("what", step.what));
  }
  List revisions;
  for (const article::RevisionPtr& revision : story.revisions) {
    revisions.emplace_back(
        Record().Add("number", revision->number()).Add("sequence", revision->sequence()));
  }
  List metadata;
  for (const StoryMetadata& one : story.metadata) {
    metadata.emplace_back(Record()
                              .Add("since", one.since)
                              .Add("title", one.metadata.title())
                              .Add("published", PublishedText(one.metadata))
                              .Add("basis", PublishedBasis(one.metadata)));
  }
  List drawn;
  for (const Places::Drawn& one : places.all()) {
    drawn.emplace_back(Record()
                           .Add("annotation", static_cast<uint64_t>(one.annotation))
                           .Add("revision", one.revision));
  }
  List annotations;
  for (size_t i = 0; i < story.annotations.size(); ++i)
    annotations.emplace_back(AnnotationData(story, registry, places, i));
  return Record()
      .Add("article", base::ToHex(article))
      .Add("shown", shown)
      .Add("steps", std::move(steps))
      .Add("revisions", std::move(revisions))
      .Add("metadata", std::move(metadata))
      .Add("places", std::move(drawn))
      .Add("annotations", std::move(annotations));
}

}  // namespace verbatim::pages
