// SPDX-License-Identifier: Apache-2.0
#include "core/pages/speakers_page.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/audit/timeline.h"
#include "core/pages/html.h"
#include "core/pages/limits.h"
#include "core/schema/fields.h"
#include "core/schema/value.h"
#include "core/view/query.h"
#include "verbatim/text/fold.h"

namespace verbatim::pages {
namespace {

// Reads the named fields of every row into the members beside them.
template <typename Row>
using Columns = std::vector<std::pair<std::string_view, std::string Row::*>>;

template <typename Row>
absl::StatusOr<std::vector<Row>> ReadRows(const view::Generation& generation,
                                          schema::Registry& registry, const view::Query& query,
                                          const Columns<Row>& columns) {
  VB_ASSIGN_OR_RETURN(const view::Answer answer, view::Ask(generation, registry, query));
  std::vector<Row> rows;
  if (answer.rows.empty()) return rows;
  std::vector<schema::FieldPath> paths;
  for (const auto& [field, member] : columns) {
    VB_ASSIGN_OR_RETURN(paths.emplace_back(),
                        schema::FindField(*answer.rows.front().message->GetDescriptor(), field));
  }
  rows.reserve(answer.rows.size());
  for (const view::AnsweredRow& row : answer.rows) {
    Row& read = rows.emplace_back();
    for (size_t i = 0; i < columns.size(); ++i) {
      read.*columns[i].second = schema::TextAt(*row.message, paths[i]);
    }
  }
  return rows;
}

std::string DayOf(const Quotation& quotation) {
  audit::Report report;
  report.said_on = quotation.said_on;
  report.basis = quotation.basis;
  return audit::ShowDay(report);
}

std::string QuotationHtml(const Site& site, const Quotation& quotation) {
  const bool direct = quotation.kind == "DIRECT";
  const std::string& name = quotation.title.empty() ? quotation.outlet : quotation.title;
  return absl::StrCat("<li class=\"card\"><p class=\"said\"><time>", Escape(DayOf(quotation)),
                      "</time></p><blockquote>", direct ? "\u201C" : "", Isolated(quotation.text),
                      direct ? "\u201D" : "", "</blockquote><p class=\"sub\"><a href=\"../",
                      ArticlePath(quotation.article), site.Query(), "#a-",
                      Escape(quotation.annotation), "\">",
                      Isolated(name.empty() ? "article" : name), "</a>",
                      name == quotation.outlet || quotation.outlet.empty() ? "" : " · ",
                      name == quotation.outlet ? "" : Isolated(quotation.outlet), " · ",
                      Escape(absl::AsciiStrToLower(quotation.kind)), " · ",
                      Escape(absl::AsciiStrToLower(quotation.status)), "</p></li>\n");
}

std::string Row(const Site& site, const Speaker& speaker) {
  const std::string days = speaker.first.empty() ? "undated"
                           : speaker.first == speaker.last
                               ? Escape(speaker.first)
                               : absl::StrCat(Escape(speaker.first), " to ", Escape(speaker.last));
  return absl::StrCat("<tr><th scope=\"row\"><a href=\"", SpeakerPath(speaker.key), site.Query(),
                      "\">", Isolated(speaker.name), "</a></th><td class=\"number\">",
                      Escape(speaker.quotations), "</td><td class=\"day\">", days, "</td><td>",
                      Isolated(speaker.aliases), "</td></tr>\n");
}

}  // namespace

absl::StatusOr<std::vector<Speaker>> ReadSpeakers(const view::Generation& generation,
                                                  schema::Registry& registry, uint64_t as_of) {
  view::Query query;
  query.as_of = as_of;
  VB_ASSIGN_OR_RETURN(std::vector<Speaker> speakers,
                      ReadRows<Speaker>(generation, registry, query,
                                        {{"speaker_key", &Speaker::key},
                                         {"speaker", &Speaker::name},
                                         {"quotations", &Speaker::quotations},
                                         {"first", &Speaker::first},
                                         {"last", &Speaker::last},
                                         {"aliases", &Speaker::aliases}}));
  std::stable_sort(speakers.begin(), speakers.end(), [](const Speaker& a, const Speaker& b) {
    return text::Fold(a.name) < text::Fold(b.name);
  });
  return speakers;
}

absl::StatusOr<std::vector<Quotation>> ReadQuotations(const view::Generation& generation,
                                                      schema::Registry& registry, uint64_t as_of,
                                                      std::string_view speaker_key) {
  view::Query query;
  query.as_of = as_of;
  if (!speaker_key.empty()) {
    query.where.push_back({"speaker_key", view::Op::kExact, std::string(speaker_key)});
  }
  return ReadRows<Quotation>(generation, registry, query,
                             {{"speaker_key", &Quotation::speaker_key},
                              {"said_on", &Quotation::said_on},
                              {"said_on_basis", &Quotation::basis},
                              {"kind", &Quotation::kind},
                              {"text", &Quotation::text},
                              {"article", &Quotation::article},
                              {"title", &Quotation::title},
                              {"outlet", &Quotation::outlet},
                              {"annotation", &Quotation::annotation},
                              {"status", &Quotation::status}});
}

size_t SpeakersPages(const std::vector<Speaker>& speakers) {
  return PageCount(speakers.size(), kRowsPerPage);
}

std::string SpeakersPage(const Site& site, const std::vector<Speaker>& speakers, size_t page) {
  const auto [begin, end] = RowsOfPage(speakers.size(), kRowsPerPage, page);
  const std::string pager = Pager(site, "speakers", page, SpeakersPages(speakers));
  std::string main = absl::StrCat(
      "<h1>Speakers</h1>\n<p class=\"lead\">Who is quoted, how often, and from when to when.</p>\n",
      FilterForm("lines", SpeakersPages(speakers), "tbody tr"), pager,
      "<table class=\"list speakers\"><thead><tr><th scope=\"col\">Speaker</th>"
      "<th scope=\"col\" class=\"number\">Quotations</th><th scope=\"col\">Said</th>"
      "<th scope=\"col\">Other spellings</th></tr></thead>\n<tbody>\n");
  for (size_t i = begin; i < end; ++i) main += Row(site, speakers[i]);
  absl::StrAppend(&main, "</tbody></table>\n", pager);
  return Framed(site, {.title = "Speakers", .root = "", .here = "speakers.html"}, main);
}

size_t SpeakerPages(const std::vector<Quotation>& quotations) {
  return PageCount(quotations.size(), kQuotationsPerPage);
}

std::string SpeakerPage(const Site& site, const Speaker& speaker,
                        const std::vector<Quotation>& quotations, size_t page) {
  const auto [begin, end] = RowsOfPage(quotations.size(), kQuotationsPerPage, page);
  // Beside this page, so without the folder.
  const std::string pager = Pager(site, SpeakerStem(speaker.key), page, SpeakerPages(quotations));
  std::string main =
      absl::StrCat("<h1 dir=\"auto\">", Escape(speaker.name), "</h1>\n<p class=\"lead\">",
                   quotations.size(), quotations.size() == 1 ? " quotation" : " quotations",
                   speaker.aliases.empty() ? "" : ", also printed as ", Isolated(speaker.aliases),
                   "</p>\n", FilterForm("quotations", SpeakerPages(quotations), ".card"), pager,
                   "<ol class=\"cards\" start=\"", begin + 1, "\">\n");
  for (size_t i = begin; i < end; ++i) main += QuotationHtml(site, quotations[i]);
  absl::StrAppend(&main, "</ol>\n", pager);
  return Framed(site, {.title = speaker.name, .root = "../", .here = "speakers.html"}, main);
}

}  // namespace verbatim::pages
