// SPDX-License-Identifier: Apache-2.0
// Lines of a plain text that belong to the page it was copied from and not to the article: marked,
// never taken away. A wrongly marked sentence is worse than an unmarked line: what ends a sentence
// and holds a quotation is never furniture.
#ifndef VERBATIM_CORE_INGEST_FURNITURE_H_
#define VERBATIM_CORE_INGEST_FURNITURE_H_

#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::ingest {

struct Furniture {
  text::Range line;
  // "navigation", "date", "reading-time", "image-alt", "caption", "credit", "teaser", "related",
  // "share", "reply-form", "advertisement", "cookies", "subscription", "copyright", "slug" (of a
  // wire or a release); static.
  std::string_view reason;
};

// Does the line say what a picture shows, and say so: "Open this photo in gallery ..."?
bool IsOfPicture(std::string_view line);

// Is the line a label or a notice of the page that the text was copied from: "Skip to main
// content", "We use cookies ...", "FOR IMMEDIATE RELEASE"?
bool IsOfPage(std::string_view line);

// In order. `title` is the article's headline as it stands in the text, or empty.
std::vector<Furniture> FindFurniture(std::string_view text, std::string_view title);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_FURNITURE_H_
