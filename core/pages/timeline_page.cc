// SPDX-License-Identifier: Apache-2.0
#include "core/pages/timeline_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/pages/html.h"
#include "core/pages/lane.h"
#include "core/pages/limits.h"

namespace verbatim::pages {
namespace {

using audit::Matter;
using audit::Recurs;

// Matters of one side on this page, those that recur first.
std::string Side(const Site& site, std::vector<const Matter*> matters, const Days& days) {
  std::stable_partition(matters.begin(), matters.end(),
                        [](const Matter* matter) { return Recurs(*matter); });
  const std::string& side = matters.front()->side;
  std::string html = absl::StrCat("<section class=\"side\"><h2>",
                                  side.empty() ? "No side" : Isolated(side), "</h2>\n");
  std::string once;
  size_t count = 0;
  for (const Matter* const matter : matters) {
    if (Recurs(*matter)) {
      html += LaneHtml(site, *matter, days);
    } else {
      once += OnceHtml(site, matter->sayings.front());
      ++count;
    }
  }
  if (count > 0) {
    absl::StrAppend(&html, "<details class=\"once\"><summary>Said once: ", count,
                    "</summary><ul>\n", once, "</ul></details>\n");
  }
  return html + "</section>\n";
}

std::string Axis(const Days& days) {
  std::string html = "<svg class=\"axis\" height=\"24\" aria-hidden=\"true\">";
  for (const auto& [year, at] : days.Years()) {
    absl::StrAppend(&html, "<text x=\"", fmt::format("{:.2f}%", at), "\" y=\"16\">", year,
                    "</text>");
  }
  return html + "</svg>\n";
}

std::string Legend() {
  return "<ul class=\"legend\"><li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><g "
         "class=\"dot\"><circle cx=\"7\" cy=\"7\" r=\"5\"/></g></svg> said that day"
         "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><g class=\"dot bound\"><circle "
         "cx=\"7\" cy=\"7\" r=\"5\"/></g></svg> said by that day"
         "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><g class=\"dot "
         "changed\"><circle "
         "cx=\"7\" cy=\"7\" r=\"5\"/></g></svg> something changed"
         "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><g class=\"dot differ\"><circle "
         "cx=\"7\" cy=\"7\" r=\"5\"/></g></svg> the reports differ</ul>\n";
}

}  // namespace

size_t TimelinePages(const audit::Timeline& timeline) {
  return PageCount(timeline.matters.size(), kMattersPerPage);
}

std::string TimelinePage(const Site& site, const audit::Timeline& timeline, size_t page) {
  const auto [begin, end] = RowsOfPage(timeline.matters.size(), kMattersPerPage, page);
  Days days;
  for (size_t i = begin; i < end; ++i) {
    if (!Recurs(timeline.matters[i])) continue;
    for (const audit::Saying& saying : timeline.matters[i].sayings) {
      days.See(saying.reports.front().said_on);
    }
  }
  const std::string pager = Pager(site, "timeline", page, TimelinePages(timeline));
  std::string main = absl::StrCat(
      "<h1>Statements over time</h1>\n<p class=\"lead\">A lane for each matter, a dot for each "
      "saying. Choose a dot to read the words and what changed since the saying before.</p>\n",
      Legend(), FilterForm("matters", TimelinePages(timeline), ".lane, .once li"), pager,
      "<div class=\"timeline\">\n", Axis(days));
  for (size_t i = begin; i < end;) {
    std::vector<const Matter*> matters;
    const std::string& side = timeline.matters[i].side;
    for (; i < end && timeline.matters[i].side == side; ++i) {
      matters.push_back(&timeline.matters[i]);
    }
    main += Side(site, std::move(matters), days);
  }
  if (timeline.matters.empty()) main += "<p>Nothing was said yet.</p>\n";
  absl::StrAppend(&main, "</div>\n", pager);
  return Framed(site, {.title = "Statements over time", .root = "", .here = "timeline.html"}, main);
}

}  // namespace verbatim::pages
