// SPDX-License-Identifier: Apache-2.0
// Which of a page's titles is its article's headline, and that without what sites put around it:
// "| The Courier", "The Courier: ", " - News".
#ifndef VERBATIM_CORE_INGEST_TITLE_TEXT_H_
#define VERBATIM_CORE_INGEST_TITLE_TEXT_H_

#include <string>
#include <string_view>

namespace verbatim::ingest {

// A headline without the site's name at its end or beginning: parts between bars and dashes that
// are the outlet's name or the host `site`, or all that stands around the page's own headline.
std::string WithoutSite(std::string_view title, std::string_view outlet, std::string_view headline,
                        std::string_view site = {});

// What a page calls its article; empty where it doesn't say. Entities are undone.
struct TitleEvidence {
  std::string json_ld;   // JSON-LD headline
  std::string og;        // og:title and kin
  std::string headline;  // the main heading that is printed
  std::string in_head;   // <title>
  std::string outlet;
  std::string site;  // host
};

struct Title {
  std::string text;
  std::string source;  // "json-ld headline", "og:title", "headline", "title"; empty without text
};

// JSON-LD, else the printed headline where the title in the head speaks of the same, else og:title.
// A title that was cut ("...") gives way to the headline that it begins; a site's name is none.
Title ChooseTitle(const TitleEvidence& evidence);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_TITLE_TEXT_H_
