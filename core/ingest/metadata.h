// SPDX-License-Identifier: Apache-2.0
// What a plain text says of itself at its top: a headline, who wrote it, a dateline. Careful rather
// than complete: a lead paragraph is never taken for a headline, and nothing here ever guesses a
// date of publication.
#ifndef VERBATIM_CORE_INGEST_METADATA_H_
#define VERBATIM_CORE_INGEST_METADATA_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verbatim/v1/article.pb.h"

namespace verbatim::ingest {

// The line above the lead that reads like a headline: 3 to 30 words (a question 16), no full stop
// at its end, with running text below. What stands before it is stepped over: lines of furniture
// (bullets, one or two words), what a picture shows, who wrote the article.
std::optional<std::string> FindTitle(std::string_view text);

// The names in the line above the lead that says who wrote it: "By Ana Torres and Olof Berg", "Ana
// Torres, The Harbour Press", "Ana Torres, Evening Line producer".
std::vector<std::string> FindAuthors(std::string_view text);

// "PORTHAVEN, June 19. /AGENCY/." or "PORTHAVEN (Agency) -" at the start of one of the first
// paragraphs.
std::optional<v1::Dateline> FindDateline(std::string_view text);

// Who speaks of itself: "as Harbour Times reported earlier". Others are quoted as having reported;
// only a paper's own "earlier" leads back to itself.
std::optional<std::string> FindOutlet(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_METADATA_H_
