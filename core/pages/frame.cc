// SPDX-License-Identifier: Apache-2.0
#include "core/pages/frame.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/base/time_point.h"
#include "core/pages/html.h"

namespace verbatim::pages {
namespace {

constexpr size_t kSpeakerDigestBytes = 16;
// Pages of a list before and after the one that is read that have a link of their own.
constexpr size_t kPagesAbout = 4;

std::string Navigation(const Site& site, const Frame& frame) {
  std::string html = "<nav aria-label=\"Site\">";
  const auto link = [&](std::string_view file, std::string_view name) {
    absl::StrAppend(&html, "<a href=\"", std::string(frame.root), std::string(file), site.Query(),
                    "\"", file == frame.here ? " aria-current=\"page\"" : "", ">",
                    std::string(name), "</a>");
  };
  link("index.html", "Articles");
  if (site.statements) link("timeline.html", "Statements");
  if (site.speakers) link("speakers.html", "Speakers");
  return html + "</nav>";
}

// Only a server can answer for another moment; a page in a folder has its slider.
std::string MomentForm(const Site& site) {
  if (!site.live) return "";
  return absl::StrCat(
      "<form class=\"moment\" method=\"get\"><label>As known at sequence "
      "<input name=\"seq\" inputmode=\"numeric\" pattern=\"@?[0-9]+\" size=\"7\" value=\"",
      site.chosen ? absl::StrCat(site.as_of) : std::string(),
      "\" placeholder=\"now\"></label><button>Show</button></form>");
}

std::string Foot(const Site& site) {
  return absl::StrCat(
      "<footer><p>Archive <code>", Escape(site.archive.substr(0, base::kShortIdChars)),
      "</code>, as of sequence ", site.as_of,
      site.as_of_time.empty() ? ""
                              : absl::StrCat(", recorded ", ShortTime(site.as_of_time), " UTC"),
      ". Written by ", Escape(site.tool), ".</p></footer>");
}

}  // namespace

std::string Site::Query() const { return chosen ? absl::StrCat("?seq=", as_of) : ""; }

absl::StatusOr<Site> SiteOf(const log::Snapshot& snapshot, std::string_view archive_id,
                            uint64_t as_of) {
  Site site;
  site.archive = base::ToHex(archive_id);
  site.as_of = as_of;
  if (as_of > 0) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(as_of));
    site.as_of_time = base::FormatTime(header.recorded_at_us);
  }
  return site;
}

std::string Framed(const Site& site, const Frame& frame, std::string_view main) {
  const std::string root(frame.root);
  std::string html = absl::StrCat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"",
      std::string(kPolicy),
      "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
      PlainTitle(frame.title),
      " · verbatim</title>\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"", root,
      "verbatim.svg\">\n<link rel=\"stylesheet\" href=\"", root, "verbatim.css\">\n<script src=\"",
      root, "verbatim.js\"></script>\n");
  for (const std::string_view script : frame.scripts) {
    absl::StrAppend(&html, "<script src=\"", root, std::string(script), "\" defer></script>\n");
  }
  absl::StrAppend(&html,
                  "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the text</a>\n"
                  "<header class=\"site\"><a class=\"brand\" href=\"",
                  root, "index.html", site.Query(), "\">verbatim</a>", Navigation(site, frame),
                  MomentForm(site),
                  "<button class=\"theme\" type=\"button\" hidden></button></header>\n"
                  "<main id=\"main\" tabindex=\"-1\">\n");
  html.append(main);
  absl::StrAppend(&html, "\n</main>\n", Foot(site), "\n</body>\n</html>\n");
  return html;
}

std::string ArticlePath(std::string_view article) {
  return absl::StrCat("articles/", std::string(article), ".html");
}

std::string SpeakerStem(std::string_view speaker_key) {
  const base::Digest digest = base::Sha256(speaker_key);
  return base::ToHex(base::AsView(digest).substr(0, kSpeakerDigestBytes));
}

std::string SpeakerPath(std::string_view speaker_key, size_t page) {
  return NumberedPath("speakers/" + SpeakerStem(speaker_key), page);
}

std::string NumberedPath(std::string_view stem, size_t page) {
  return page == 0 ? absl::StrCat(std::string(stem), ".html")
                   : absl::StrCat(std::string(stem), "-", page + 1, ".html");
}

std::string Pager(const Site& site, std::string_view stem, size_t page, size_t pages) {
  if (pages < 2) return "";
  std::string html = "<nav class=\"pager\" aria-label=\"Pages\">";
  const auto link = [&](size_t to, std::string_view rel, std::string_view text) {
    absl::StrAppend(&html, "<a href=\"", NumberedPath(stem, to), site.Query(), "\"",
                    rel.empty() ? "" : absl::StrCat(" rel=\"", std::string(rel), "\""),
                    to == page ? " aria-current=\"page\"" : "", ">", std::string(text), "</a>");
  };
  if (page > 0) link(page - 1, "prev", "Previous");
  for (size_t i = 0, last = 0; i < pages; ++i) {
    const size_t away = i < page ? page - i : i - page;
    if (i != 0 && i + 1 != pages && away > kPagesAbout) continue;
    if (i > last + 1) html += "<span aria-hidden=\"true\">\u2026</span>";
    link(i, "", absl::StrCat(i + 1));
    last = i;
  }
  if (page + 1 < pages) link(page + 1, "next", "Next");
  return html + "</nav>";
}

std::string FilterForm(std::string_view what, size_t pages, std::string_view selector) {
  return absl::StrCat("<form class=\"filter\" role=\"search\" hidden><label>Show only ",
                      std::string(what), pages > 1 ? " of this page" : "",
                      " with <input type=\"search\" data-filter=\"", std::string(selector),
                      "\" autocomplete=\"off\"></label> <output></output></form>\n");
}

size_t PageCount(size_t rows, size_t rows_a_page) {
  return std::max<size_t>(1, (rows + rows_a_page - 1) / rows_a_page);
}

PageRows RowsOfPage(size_t rows, size_t rows_a_page, size_t page) {
  const size_t begin = std::min(rows, page * rows_a_page);
  return {begin, std::min(rows, begin + rows_a_page)};
}

std::string ShortTime(std::string_view time) {
  std::string text(time.substr(0, 16));
  if (text.size() > 10) text[10] = ' ';
  return text;
}

std::string MessagePage(const Site& site, std::string_view root, std::string_view title,
                        std::string_view message) {
  return Framed(site, {.title = title, .root = root, .here = ""},
                absl::StrCat("<h1>", Escape(title), "</h1>\n<p>", Escape(message), "</p>"));
}

}  // namespace verbatim::pages
