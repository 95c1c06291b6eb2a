// SPDX-License-Identifier: Apache-2.0
// Where the annotations of a story ever stood, as places to be drawn, and which of them belong to
// one moment.
#ifndef VERBATIM_CORE_PAGES_PLACES_H_
#define VERBATIM_CORE_PAGES_PLACES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/article/annotation_state.h"
#include "core/pages/highlights.h"
#include "core/pages/story.h"

namespace verbatim::pages {

// How a body type is drawn: quote, date, docdate, other.
std::string_view KindOf(std::string_view type);
// And called: "Quotation".
std::string NameOfType(std::string_view type);

// By whom it stands: person (solid), plugin (dashed), orphaned (grey); empty: it is gone.
std::string_view HeldBy(const article::AnnotationState& state);
// "proposed".
std::string StatusText(const article::AnnotationState& state);

// What it was at that sequence; null: it wasn't there yet. Lives as long as the annotation.
const StoryState* StateAt(const StoryAnnotation& annotation, uint64_t sequence);

class Places {
 public:
  struct Drawn {
    size_t annotation;  // of the story
    uint32_t revision;
    Place place;
  };

  // Those that hold at `shown` say by whom. The story must outlive it.
  Places(const Story& story, uint64_t shown);

  // By number.
  const std::vector<Drawn>& all() const { return drawn_; }
  // The place of the state that an annotation came to at `since`; nothing when it has none.
  std::optional<size_t> Of(size_t annotation, uint64_t since) const;
  std::vector<Place> On(uint32_t revision) const;

 private:
  void Draw(const Story& story, size_t annotation);

  std::vector<Drawn> drawn_;
  std::map<std::pair<size_t, uint64_t>, size_t> by_state_;
};

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_PLACES_H_
