// SPDX-License-Identifier: Apache-2.0
#include "core/pages/places.h"

#include "absl/strings/ascii.h"
#include "core/article/value.h"
#include "core/audit/rows.h"

namespace verbatim::pages {

std::string_view KindOf(std::string_view type) {
  if (type == "verbatim.v1.Quote") return "quote";
  if (type == "verbatim.v1.TemporalExpression") return "date";
  if (type == "verbatim.v1.DocumentDate") return "docdate";
  return "other";
}

std::string NameOfType(std::string_view type) {
  const std::string_view kind = KindOf(type);
  if (kind == "quote") return "Quotation";
  if (kind == "date") return "Time";
  if (kind == "docdate") return "Date of the article";
  return audit::ShortType(type);
}

// By whom it stands: solid, dashed or grey. Empty: it is gone.
std::string_view HeldBy(const article::AnnotationState& state) {
  if (state.status == v1::ANNOTATION_STATUS_REJECTED ||
      state.status == v1::ANNOTATION_STATUS_RETRACTED) {
    return "";
  }
  if (state.orphaned) return "orphaned";
  return state.human_held ? "person" : "plugin";
}

std::string StatusText(const article::AnnotationState& state) {
  return absl::AsciiStrToLower(article::StatusName(state.status));
}

const StoryState* StateAt(const StoryAnnotation& annotation, uint64_t sequence) {
  const StoryState* last = nullptr;
  for (const StoryState& state : annotation.states) {
    if (state.since <= sequence) last = &state;
  }
  return last;
}

Places::Places(const Story& story, uint64_t shown) {
  for (size_t i = 0; i < story.annotations.size(); ++i) {
    Draw(story, i);
    const StoryState* const state = StateAt(story.annotations[i], shown);
    const std::optional<size_t> place = state != nullptr ? Of(i, state->since) : std::nullopt;
    if (place) drawn_[*place].place.held = HeldBy(*state->state);
  }
}

void Places::Draw(const Story& story, size_t annotation) {
  const size_t first = drawn_.size();
  std::vector<const v1::Anchor*> anchors;  // of this annotation's places
  for (const StoryState& state : story.annotations[annotation].states) {
    const v1::Anchor& anchor = state.state->value->anchor;
    if (anchor.revision() >= story.revisions.size()) continue;
    size_t n = 0;
    while (n < anchors.size() && !article::SameSpans(*anchors[n], anchor)) ++n;
    if (n == anchors.size()) {
      anchors.push_back(&anchor);
      Place place{first + n, KindOf(state.state->type()), "", {}};
      for (const v1::TextSpan& span : anchor.spans()) {
        place.ranges.push_back({span.begin_byte(), span.end_byte()});
      }
      drawn_.push_back({annotation, anchor.revision(), std::move(place)});
    }
    by_state_[{annotation, state.since}] = first + n;
  }
}

std::optional<size_t> Places::Of(size_t annotation, uint64_t since) const {
  const auto found = by_state_.find({annotation, since});
  if (found == by_state_.end()) return std::nullopt;
  return found->second;
}

std::vector<Place> Places::On(uint32_t revision) const {
  std::vector<Place> places;
  for (const Drawn& drawn : drawn_) {
    if (drawn.revision == revision) places.push_back(drawn.place);
  }
  return places;
}

}  // namespace verbatim::pages
