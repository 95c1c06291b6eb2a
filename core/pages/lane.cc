// SPDX-License-Identifier: Apache-2.0
// Drawn with SVG whose places are percentages: it widens with the window, and needs no style of its
// own. Dots are links to the cards below, so that they work without scripts and with the keyboard.
#include "core/pages/lane.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "core/base/hex.h"
#include "core/pages/html.h"
#include "core/pages/series.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::pages {
namespace {

using audit::Report;
using audit::Saying;

constexpr size_t kYearsMax = 12;
constexpr int kDotRow = 22;       // pixels from one row of dots to the next
constexpr double kDotRoom = 2.2;  // percent of the width that a dot takes
constexpr size_t kDotRowsMax = 5;
constexpr int kSeriesHeight = 56;

// Days since 1970; nothing for what is no day.
std::optional<long> DayNumber(std::string_view day) {
  absl::CivilDay civil;
  if (!absl::ParseCivilTime(absl::string_view(day.data(), day.size()), &civil)) return {};
  return civil - absl::CivilDay(1970, 1, 1);
}

std::string Percent(double share) { return fmt::format("{:.2f}%", share); }

std::string Words(const Report& report) {
  return absl::StrCat(report.kind == "DIRECT" ? "\u201C" : "", Isolated(report.text),
                      report.kind == "DIRECT" ? "\u201D" : "");
}

std::string ArticleLink(const Site& site, const Report& report) {
  const std::string name =
      report.outlet.empty() ? (report.title.empty() ? "article" : report.title) : report.outlet;
  return absl::StrCat("<a href=\"", ArticlePath(report.article), site.Query(), "#a-",
                      Escape(report.annotation), "\">", Isolated(name), "</a>");
}

bool Changed(const Report& report) {
  const bool verbatim = report.labels.size() == 1 && report.labels[0] == "verbatim";
  return audit::IsCompared(report) && !verbatim;
}

bool ReportsDiffer(const Saying& saying) {
  return std::any_of(saying.reports.begin(), saying.reports.end(),
                     [](const Report& report) { return !report.variant.empty(); });
}

std::string CardId(const Saying& saying) {
  const Report& first = saying.reports.front();
  return absl::StrCat("s-", Escape(first.annotation), "-", Escape(first.segment));
}

class Lane {
 public:
  Lane(const Site& site, const audit::Matter& matter, const Days& days)
      : site_(site), matter_(matter), days_(days) {}

  std::string Html() {
    std::string html = absl::StrCat(
        "<section class=\"lane\" id=\"m-", Escape(matter_.id.substr(0, base::kShortIdChars)),
        "\"><h3>", Isolated(matter_.topic), "</h3>\n<p class=\"sub\">", matter_.sayings.size(),
        matter_.sayings.size() == 1 ? " saying" : " sayings", Speakers(), "</p>\n", Track());
    for (const Series& series : SeriesOf(matter_)) html += SeriesHtml(series);
    html += "<ol class=\"cards\">\n";
    for (const Saying& saying : matter_.sayings) html += Card(saying);
    return html + "</ol></section>\n";
  }

 private:
  std::string Speakers() const {
    std::vector<std::string> names;
    for (const Saying& saying : matter_.sayings) {
      const std::string& speaker = saying.reports.front().speaker;
      if (std::find(names.begin(), names.end(), speaker) == names.end()) names.push_back(speaker);
    }
    std::string html;
    for (const std::string& name : names) absl::StrAppend(&html, " · ", Isolated(name));
    return html;
  }

  // Dots that would lie on each other go one below the other.
  std::string Track() {
    std::vector<double> row_ends;
    std::string dots;
    for (const Saying& saying : matter_.sayings) {
      const std::string& day = saying.reports.front().said_on;
      if (day.empty()) continue;  // its card says so
      const double at = days_.At(day);
      size_t row = 0;
      while (row < row_ends.size() && row_ends[row] > at) ++row;
      if (row == kDotRowsMax) --row;
      if (row == row_ends.size()) row_ends.push_back(0);
      row_ends[row] = at + kDotRoom;
      dots += Dot(saying, at, static_cast<int>(row) * kDotRow + kDotRow / 2);
    }
    if (dots.empty()) return "";
    const int height = static_cast<int>(row_ends.size()) * kDotRow;
    return absl::StrCat("<svg class=\"track\" height=\"", height, "\" role=\"group\" ",
                        "aria-label=\"Sayings by day\">", Grid(), "<line class=\"rail\" x1=\"0\" ",
                        "x2=\"100%\" y1=\"", kDotRow / 2, "\" y2=\"", kDotRow / 2, "\"/>", dots,
                        "</svg>\n");
  }

  std::string Grid() const {
    std::string html;
    for (const auto& [year, at] : days_.Years()) {
      absl::StrAppend(&html, "<line class=\"grid\" x1=\"", Percent(at), "\" x2=\"", Percent(at),
                      "\" y1=\"0\" y2=\"100%\"/>");
    }
    return html;
  }

  std::string Dot(const Saying& saying, double at, int y) const {
    const Report& first = saying.reports.front();
    std::string said = absl::StrCat(audit::ShowDay(first), ", ", first.speaker);
    if (Changed(first)) absl::StrAppend(&said, ": ", absl::StrJoin(first.labels, ", "));
    if (ReportsDiffer(saying)) said += "; the reports differ";
    const std::string place = absl::StrCat("cx=\"", Percent(at), "\" cy=\"", y, "\"");
    return absl::StrCat(
        "<a class=\"dot", Changed(first) ? " changed" : "", audit::IsBound(first) ? " bound" : "",
        ReportsDiffer(saying) ? " differ" : "", "\" href=\"#", CardId(saying), "\" aria-label=\"",
        Escape(said), "\"><title>", Escape(said), "</title>", "<circle class=\"hit\" ", place,
        " r=\"11\"/><circle ", place, " r=\"6\"/></a>");
  }

  std::string SeriesHtml(const Series& series) const {
    const auto [least, most] = std::minmax_element(
        series.points.begin(), series.points.end(),
        [](const SeriesPoint& a, const SeriesPoint& b) { return a.value < b.value; });
    const double low = least->value;
    const double room = std::max(most->value - low, 1e-9);
    std::string told;
    std::vector<const SeriesPoint*> dated;
    std::vector<Label> labels;
    for (const SeriesPoint& point : series.points) {
      absl::StrAppend(&told, told.empty() ? "" : " → ", Escape(point.text));
      const std::string& day = matter_.sayings[point.saying].reports.front().said_on;
      if (day.empty()) continue;
      dated.push_back(&point);
      labels.push_back({days_.At(day), point.value, text::CountChars(point.text)});
    }
    const std::vector<Room> rooms = RoomOf(labels);
    std::string lines;
    std::string points;
    std::string before_x;
    std::string before_y;
    for (size_t i = 0; i < dated.size(); ++i) {
      const std::string x = Percent(labels[i].share);
      const double height =
          kSeriesHeight - 12 - (dated[i]->value - low) / room * (kSeriesHeight - 34);
      const std::string y = fmt::format("{:.1f}", height);
      if (!before_x.empty()) {
        absl::StrAppend(&lines, "<line x1=\"", before_x, "\" y1=\"", before_y, "\" x2=\"", x,
                        "\" y2=\"", y, "\"/>");
      }
      absl::StrAppend(&points, "<circle cx=\"", x, "\" cy=\"", y, "\" r=\"3\"/>");
      if (rooms[i] != Room::kNone) {
        absl::StrAppend(&points, "<text x=\"", x, "\" y=\"", fmt::format("{:.1f}", height - 8),
                        "\" class=\"", std::string(SideOf(labels[i].share)),
                        rooms[i] == Room::kWide ? " wide" : "", "\">", Escape(dated[i]->text),
                        "</text>");
      }
      before_x = x;
      before_y = y;
    }
    return absl::StrCat("<figure class=\"series\"><svg height=\"", kSeriesHeight,
                        "\" aria-hidden=\"true\">", Grid(), lines, points,
                        "</svg><figcaption><bdi>", told, "</bdi></figcaption></figure>\n");
  }

  std::string Card(const Saying& saying) const {
    const Report& shown = saying.reports[saying.fullest];
    const Report& first = saying.reports.front();
    std::string html = absl::StrCat(
        "<li class=\"card\" id=\"", CardId(saying), "\" tabindex=\"-1\"><p class=\"said\"><time>",
        Escape(audit::ShowDay(shown)), "</time> ", Isolated(shown.speaker), "</p>\n<blockquote>",
        Words(shown), "</blockquote>\n");
    if (Changed(first)) html += Change(saying);
    if (first.relation == "DIFFERENT_EVENT") {
      html += "<p class=\"sub\">another event than the one before: not compared</p>\n";
    }
    for (const Report& report : saying.reports) {
      if (report.variant.empty()) continue;
      absl::StrAppend(&html, "<p class=\"alarm\">The reports differ in: ",
                      Escape(absl::StrJoin(report.variant, ", ")), "</p><p class=\"diff\">",
                      DiffHtml(report.diff), "</p>\n");
    }
    return html + Sources(saying) + "</li>\n";
  }

  static std::string Change(const Saying& saying) {
    const Report& first = saying.reports.front();
    std::string html = absl::StrCat("<div class=\"change\"><p class=\"sub\">since ",
                                    Escape(saying.since), saying.since_speaker.empty() ? "" : " ",
                                    Isolated(saying.since_speaker), "</p><p class=\"labels\">");
    for (const std::string& label : first.labels) {
      absl::StrAppend(&html, "<span>", Escape(label), "</span>");
    }
    absl::StrAppend(&html, "</p><p class=\"diff\">", DiffHtml(first.diff), "</p>");
    if (!first.evidence.empty()) {
      absl::StrAppend(&html, "<p class=\"sub\">", Escape(absl::StrJoin(first.evidence, "; ")),
                      "</p>");
    }
    return html + "</div>\n";
  }

  static std::string Copies(const Report& report) {
    const std::string others = audit::OtherPrinters(report);
    return others.empty() ? "" : absl::StrCat(" (", Isolated(others), ")");
  }

  std::string Sources(const Saying& saying) const {
    const Report& shown = saying.reports[saying.fullest];
    std::string html = absl::StrCat("<p class=\"sub\">", ArticleLink(site_, shown), Copies(shown));
    for (const Report& report : saying.reports) {
      if (&report == &shown) continue;
      absl::StrAppend(&html, ", also ", ArticleLink(site_, report), Copies(report));
      if (text::Fold(report.text) != text::Fold(shown.text)) {
        absl::StrAppend(&html, ": ", Words(report));
      }
    }
    return html + "</p>";
  }

  const Site& site_;
  const audit::Matter& matter_;
  const Days& days_;
};

}  // namespace

void Days::See(std::string_view day) {
  const std::optional<long> number = DayNumber(day);
  if (!number) return;
  first_ = empty() ? *number : std::min(first_, *number);
  last_ = std::max(first_, empty() ? *number : std::max(last_, *number));
}

double Days::At(std::string_view day) const {
  const std::optional<long> number = DayNumber(day);
  if (!number || last_ <= first_) return 50;
  return 2 + 96.0 * static_cast<double>(*number - first_) / static_cast<double>(last_ - first_);
}

std::vector<std::pair<std::string, double>> Days::Years() const {
  std::vector<std::pair<std::string, double>> years;
  if (empty()) return years;
  const absl::CivilDay epoch(1970, 1, 1);
  const int64_t begin = absl::CivilYear(epoch + first_).year() + 1;
  const int64_t end = absl::CivilYear(epoch + last_).year();
  const int64_t step =
      std::max<int64_t>(1, (end - begin + 1) / static_cast<int64_t>(kYearsMax) + 1);
  for (int64_t year = begin; year <= end; year += step) {
    const std::string day = absl::FormatCivilTime(absl::CivilDay(year, 1, 1));
    years.emplace_back(absl::StrCat(year), At(day));
  }
  return years;
}

std::string LaneHtml(const Site& site, const audit::Matter& matter, const Days& days) {
  return Lane(site, matter, days).Html();
}

std::string OnceHtml(const Site& site, const Saying& saying) {
  const Report& report = saying.reports.front();
  return absl::StrCat("<li id=\"", CardId(saying), "\"><time>", Escape(audit::ShowDay(report)),
                      "</time> <span class=\"who\">", Isolated(report.speaker), "</span> ",
                      Words(report), " <span class=\"sub\">", ArticleLink(site, report),
                      "</span></li>\n");
}

}  // namespace verbatim::pages
