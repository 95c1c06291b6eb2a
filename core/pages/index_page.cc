// SPDX-License-Identifier: Apache-2.0
#include "core/pages/index_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/pages/html.h"
#include "core/pages/limits.h"

namespace verbatim::pages {
namespace {

constexpr size_t kDayChars = 10;

std::string Row(const Site& site, const Listed& listed) {
  const std::string title =
      listed.title.empty() ? listed.article.substr(0, base::kShortIdChars) : listed.title;
  const std::string day = listed.published.substr(0, kDayChars);
  const std::string name = listed.erased
                               ? Isolated(title)
                               : absl::StrCat("<a href=\"", ArticlePath(listed.article),
                                              site.Query(), "\">", Isolated(title), "</a>");
  return absl::StrCat("<tr><td class=\"day\">", day.empty() ? "undated" : Escape(day),
                      "</td><th scope=\"row\">", name, "</th><td>", Isolated(listed.outlet),
                      "</td><td class=\"number\">", Escape(listed.annotations),
                      "</td><td class=\"number\">", Escape(listed.revisions), "</td></tr>\n");
}

}  // namespace

Listed ListedFrom(const schema::Record& row) {
  const auto text = [&](std::string_view field) { return row.TextAt(field); };
  return {text("article"),   text("title"),       text("published"),       text("outlet"),
          text("revisions"), text("annotations"), text("erased") == "true"};
}

void SortForIndex(std::vector<Listed>* articles) {
  std::stable_sort(articles->begin(), articles->end(), [](const Listed& a, const Listed& b) {
    return a.published.compare(0, kDayChars, b.published, 0, kDayChars) > 0;
  });
}

size_t IndexPages(const std::vector<Listed>& articles) {
  return PageCount(articles.size(), kRowsPerPage);
}

std::string IndexPage(const Site& site, const std::vector<Listed>& articles, size_t page) {
  const auto [begin, end] = RowsOfPage(articles.size(), kRowsPerPage, page);
  const std::string pager = Pager(site, "index", page, IndexPages(articles));
  std::string main = absl::StrCat(
      "<h1>Articles</h1>\n<p class=\"lead\">", articles.size(),
      articles.size() == 1 ? " article" : " articles", ", the latest first.</p>\n",
      FilterForm("lines", IndexPages(articles), "tbody tr"), pager,
      "<table class=\"list\"><thead><tr><th scope=\"col\">Published</th><th scope=\"col\">Title"
      "</th><th scope=\"col\">Outlet</th><th scope=\"col\" class=\"number\">Annotations</th>"
      "<th scope=\"col\" class=\"number\">Texts</th></tr></thead>\n<tbody>\n");
  for (size_t i = begin; i < end; ++i) main += Row(site, articles[i]);
  absl::StrAppend(&main, "</tbody></table>\n", pager);
  return Framed(site, {.title = "Articles", .root = "", .here = "index.html"}, main);
}

}  // namespace verbatim::pages
