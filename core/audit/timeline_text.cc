// SPDX-License-Identifier: Apache-2.0
// The timeline as prose for a terminal: what recurs first, what was said but once after it.
#include <fmt/format.h>

#include <algorithm>

#include "absl/strings/str_join.h"
#include "core/audit/timeline.h"
#include "core/base/hex.h"
#include "core/schema/control.h"
#include "core/schema/lines.h"
#include "core/schema/render.h"
#include "verbatim/text/fold.h"

namespace verbatim::audit {
namespace {

constexpr size_t kWidthUsual = 100;
constexpr size_t kWidthLeast = 40;
constexpr size_t kDayCells = 13;  // "by 2021-10-20"
constexpr size_t kIndent = 4;
constexpr size_t kTitleCells = 60;  // of an article, where it stands for its outlet

std::string Words(const Report& report) {
  return report.kind == "DIRECT" ? fmt::format("\u201C{}\u201D", report.text) : report.text;
}

std::string KindOf(const Report& report) {
  if (report.kind == "DIRECT") return "direct";
  return report.kind == "MIXED" ? "partly quoted" : "indirect";
}

// Who printed it, and where to look it up.
std::string Source(const Report& report) {
  const std::string named =
      report.outlet.empty() ? schema::Shorten(report.title, kTitleCells) : report.outlet;
  const std::string article = "article " + report.article.substr(0, base::kShortIdChars);
  return named.empty() ? article : fmt::format("{}, {}", named, article);
}

// "2 reports; ", "1 report, 40 sources; "; nothing for one report in one article.
std::string Counts(const std::vector<Report>& reports) {
  size_t sources = 0;
  for (const Report& report : reports) sources += report.sources;
  const auto many = [](size_t n, std::string_view what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  if (sources > reports.size())
    return fmt::format("{}, {}; ", many(reports.size(), "report"), many(sources, "source"));
  return reports.size() > 1 ? many(reports.size(), "report") + "; " : "";
}

class Writer {
 public:
  explicit Writer(const TimelineStyle& style)
      : width_(std::max(style.width_columns == 0 ? kWidthUsual : style.width_columns, kWidthLeast)),
        color_(style.color) {}

  void Side(const std::string& side) {
    if (!out_.empty()) out_.push_back('\n');
    out_.append(In(schema::kBold, side.empty() ? "(no side)" : side)).push_back('\n');
  }

  void Matter(const audit::Matter& matter) {
    out_.append(fmt::format("\n\u25CF {}  {}\n", In(schema::kBold, matter.topic),
                            matter.id.substr(0, base::kShortIdChars)));
    for (const Saying& saying : matter.sayings) Say(saying);
  }

  void Once(const Saying& saying) {
    const Report& report = saying.reports.front();
    const std::string day = ShowDay(report);
    const std::string line =
        fmt::format("{}: {} ({})", report.speaker, Words(report), Source(report));
    Paragraph(line, fmt::format("  {:<{}}  ", day, kDayCells), kDayCells + 4, false);
  }

  void Title(std::string_view title) {
    out_.append(fmt::format("\n{} {}\n", "\u25CB", In(schema::kBold, title)));
  }

  std::string Take() { return std::move(out_); }

 private:
  std::string In(std::string_view color, std::string_view words) const {
    const std::string text = schema::ForTerminal(words);
    return color_ ? fmt::format("{}{}{}", color, text, schema::kReset) : text;
  }

  // Wrapped, the first line after `head`, the others after as many blanks as `indent`.
  void Paragraph(std::string_view words, std::string_view head, size_t indent, bool diff) {
    const std::string text = schema::ForTerminal(words);
    std::string_view open;
    bool first = true;
    for (const std::string& line : schema::Wrap(text, width_ - std::min(indent, width_ / 2))) {
      out_.append(first ? std::string(head) : std::string(indent, ' '));
      out_.append(diff && color_ ? schema::PaintDiff(line, &open) : line).push_back('\n');
      first = false;
    }
  }

  void Indented(std::string_view text, bool diff = false) {
    Paragraph(text, std::string(kIndent, ' '), kIndent, diff);
  }

  void Say(const Saying& saying) {
    const Report& shown = saying.reports[saying.fullest];
    out_.append(
        fmt::format("  {:<{}}  {}\n", ShowDay(shown), kDayCells, In(schema::kBold, shown.speaker)));
    Indented(Words(shown));
    Sources(saying);
    Variants(saying);
    Change(saying);
  }

  // The words of the other reports are shown too, except where they are those of the fullest.
  void Sources(const Saying& saying) {
    const Report& shown = saying.reports[saying.fullest];
    Indented(fmt::format("{}{}, {}", Counts(saying.reports), KindOf(shown), Source(shown)));
    Copies(shown);
    for (const Report& report : saying.reports) {
      if (&report == &shown) continue;
      const bool same = text::Fold(report.text) == text::Fold(shown.text);
      Indented(fmt::format("also {}, {}{}{}", KindOf(report), Source(report), same ? "" : ": ",
                           same ? "" : Words(report)));
      Copies(report);
    }
  }

  void Copies(const Report& report) {
    const std::string others = OtherPrinters(report);
    if (!others.empty()) Indented(others);
  }

  // What the reports of one saying differ in: an alarm, and never a change of mind.
  void Variants(const Saying& saying) {
    for (const Report& report : saying.reports) {
      if (report.variant.empty()) continue;
      const std::string what = fmt::format("! reporting variant, the reports differ in: {}",
                                           absl::StrJoin(report.variant, ", "));
      out_.append(std::string(kIndent, ' ')).append(In(schema::kYellow, what)).push_back('\n');
      Evidence(report);
      Paragraph(report.diff, std::string(kIndent + 2, ' '), kIndent + 2, true);
    }
  }

  void Evidence(const Report& report) {
    if (report.evidence.empty()) return;
    Paragraph(absl::StrJoin(report.evidence, "; "), std::string(kIndent + 2, ' '), kIndent + 2,
              false);
  }

  void Change(const Saying& saying) {
    const Report& first = saying.reports.front();
    if (first.relation == "DIFFERENT_EVENT") {
      Indented("\u2260 another event than the one before: not compared");
    }
    if (!IsCompared(first)) return;
    std::string since = first.relation != "SAME_EVENT" ? "since " + saying.since
                        : first.said_on.empty()        ? "on one occasion"
                                                       : "the same day";
    if (!saying.since_speaker.empty()) since += ", " + saying.since_speaker;
    out_.append(std::string(kIndent, ' '))
        .append(fmt::format("\u2514 {}: {}\n", schema::ForTerminal(since),
                            In(schema::kYellow, absl::StrJoin(first.labels, ", "))));
    Evidence(first);
    if (!first.diff.empty() && !IsWholesale(first.diff)) {
      Paragraph(first.diff, std::string(kIndent + 2, ' '), kIndent + 2, true);
    }
  }

  size_t width_;
  bool color_;
  std::string out_;
};

}  // namespace

std::string TimelineText(const Timeline& timeline, const TimelineStyle& style) {
  Writer writer(style);
  for (auto it = timeline.matters.begin(); it != timeline.matters.end();) {
    const auto end = std::find_if(it, timeline.matters.end(),
                                  [&](const Matter& other) { return other.side != it->side; });
    writer.Side(it->side);
    bool once = false;
    for (auto matter = it; matter != end; ++matter) {
      if (Recurs(*matter)) writer.Matter(*matter);
      once = once || !Recurs(*matter);
    }
    if (once) writer.Title("said once");
    for (auto matter = it; matter != end; ++matter) {
      if (!Recurs(*matter)) writer.Once(matter->sayings.front());
    }
    it = end;
  }
  return writer.Take();
}

}  // namespace verbatim::audit
