// SPDX-License-Identifier: Apache-2.0
// What all pages have around them: head, navigation, foot. The same for a site in a folder and for
// one that is served; links are relative, so that both work.
//
// No page holds a script or a style of its own: the policy in its head allows none.
#ifndef VERBATIM_CORE_PAGES_FRAME_H_
#define VERBATIM_CORE_PAGES_FRAME_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::pages {

// The policy of every page; served ones add kPolicyServed, which a <meta> can't say.
inline constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'";
inline constexpr std::string_view kPolicyServed = "; frame-ancestors 'none'";

// What the pages of one site have in common.
struct Site {
  std::string archive;      // its id in hex
  std::string tool;         // "verbatim 0.1.0"
  uint64_t as_of = 0;       // what lists and the timeline show
  std::string as_of_time;   // RFC 3339, when that event was recorded; empty in an empty log
  bool live = false;        // served: pages can be asked for as of another sequence
  bool chosen = false;      // live: somebody asked for `as_of`
  bool statements = false;  // is there a timeline?
  bool speakers = false;

  // "?seq=40" where somebody asked for it: what a link within the site ends with.
  std::string Query() const;
};

// Of an archive (its id in 16 bytes) as of that sequence; the rest is the caller's to say.
absl::StatusOr<Site> SiteOf(const log::Snapshot& snapshot, std::string_view archive_id,
                            uint64_t as_of);

struct Frame {
  std::string_view title;  // as written by others
  std::string_view root;   // "" or "../": from this page to index.html
  std::string_view here;   // file name of the section of the site that it belongs to
  std::vector<std::string_view> scripts = {};  // file names, besides verbatim.js
};

// A field that hides what the selector finds and hasn't the words typed: "Show only lines with", of
// a list with several pages "Show only lines of this page with". Without scripts it isn't there.
std::string FilterForm(std::string_view what, size_t pages, std::string_view selector);

// Of a list that is cut into pages: how many there are, at least one, and the rows of one, half
// open. `page` counts from 0.
size_t PageCount(size_t rows, size_t rows_a_page);
struct PageRows {
  size_t begin;
  size_t end;
};
PageRows RowsOfPage(size_t rows, size_t rows_a_page, size_t page);

// The whole page around the HTML of its <main>.
std::string Framed(const Site& site, const Frame& frame, std::string_view main);

// "articles/96c4eebe....html", from the root. Ids in hex.
std::string ArticlePath(std::string_view article);
// "speakers/4be1....html", "speakers/4be1...-2.html": keys are no file names, so their digest is.
// `page` counts from 0.
std::string SpeakerStem(std::string_view speaker_key);  // "4be1...."
std::string SpeakerPath(std::string_view speaker_key, size_t page = 0);
// "timeline.html", "timeline-2.html": `page` counts from 0.
std::string NumberedPath(std::string_view stem, size_t page);
// Links to the other pages of a list, nothing when it has one; of many the first, the last and
// those about this one. `stem` is relative to the page.
std::string Pager(const Site& site, std::string_view stem, size_t page, size_t pages);

// "2026-11-22 18:46" of an RFC 3339 time in UTC.
std::string ShortTime(std::string_view time);

// A page that says one thing: what was not found, or can't be shown.
std::string MessagePage(const Site& site, std::string_view root, std::string_view title,
                        std::string_view message);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_FRAME_H_
