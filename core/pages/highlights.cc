// SPDX-License-Identifier: Apache-2.0
#include "core/pages/highlights.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/pages/html.h"
#include "core/pages/limits.h"

namespace verbatim::pages {
namespace {

size_t BytesOf(const Place& place) {
  size_t bytes = 0;
  for (const text::Range& range : place.ranges) bytes += range.end - range.begin;
  return bytes;
}

// Ranges under which one line is drawn: disjoint, so the next one begins after this one ends.
class Line {
 public:
  bool Meets(const Place& place) const {
    return std::any_of(place.ranges.begin(), place.ranges.end(), [&](const text::Range& range) {
      const auto after = ends_.lower_bound(range.end);
      return after != ends_.begin() && std::prev(after)->second > range.begin;
    });
  }
  void Take(const Place& place) {
    for (const text::Range& range : place.ranges) ends_.emplace(range.begin, range.end);
  }

 private:
  std::map<uint32_t, uint32_t> ends_;  // by begin
};

// Half-open ranges of the text that are paragraphs; what stands between them are ends of lines.
std::vector<text::Range> Paragraphs(std::string_view text) {
  const bool blank_lines = text.find("\n\n") != std::string_view::npos;
  std::vector<text::Range> paragraphs;
  size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '\n') {
      ++at;
      continue;
    }
    const size_t end = std::min(text.find(blank_lines ? "\n\n" : "\n", at), text.size());
    paragraphs.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
    at = end;
  }
  return paragraphs;
}

// Begins or ends of places, in the order of the text; at one byte, ends first.
struct Border {
  uint32_t byte;
  bool begins;
  size_t place;  // which of the places, not its number
};

std::vector<Border> BordersOf(const std::vector<Place>& places) {
  std::vector<Border> borders;
  for (size_t i = 0; i < places.size(); ++i) {
    for (const text::Range& range : places[i].ranges) {
      if (range.begin >= range.end) continue;
      borders.push_back({range.begin, true, i});
      borders.push_back({range.end, false, i});
    }
  }
  std::sort(borders.begin(), borders.end(), [](const Border& a, const Border& b) {
    return std::tie(a.byte, a.begins, a.place) < std::tie(b.byte, b.begins, b.place);
  });
  return borders;
}

class Writer {
 public:
  Writer(std::string_view text, std::string_view title, const std::vector<Place>& places)
      : text_(text),
        title_(title),
        places_(places),
        underlines_(Underlines(places)),
        begun_(places.size(), false),
        borders_(BordersOf(places)) {}

  std::string Write() {
    uint32_t written = 0;
    for (const text::Range& paragraph : Paragraphs(text_)) {
      AppendEscaped(text_.substr(written, paragraph.begin - written), &html_);
      html_.append(text_.substr(paragraph.begin, paragraph.size()) == title_
                       ? "<p dir=\"auto\" class=\"again\">"
                       : "<p dir=\"auto\">");
      Pieces(paragraph);
      html_.append("</p>");
      written = paragraph.end;
    }
    AppendEscaped(text_.substr(written), &html_);
    return std::move(html_);
  }

 private:
  // What lies between two borders is one piece, with the same marks around all of it.
  void Pieces(text::Range paragraph) {
    uint32_t at = paragraph.begin;
    Pass(at);
    while (at < paragraph.end) {
      uint32_t end = paragraph.end;
      if (next_ < borders_.size()) end = std::min(end, borders_[next_].byte);
      Piece(at, end);
      at = end;
      Pass(at);
    }
  }

  // Takes the borders up to this byte.
  void Pass(uint32_t byte) {
    for (; next_ < borders_.size() && borders_[next_].byte <= byte; ++next_) {
      const Border& border = borders_[next_];
      if (border.begins) {
        active_.insert(Depth(border.place));
      } else {
        active_.erase(Depth(border.place));
      }
    }
  }

  // The furthest underline is the outermost element.
  std::pair<size_t, size_t> Depth(size_t place) const {
    return {kUnderlines - underlines_[place], place};
  }

  void Piece(uint32_t begin, uint32_t end) {
    const size_t deep = std::min(active_.size(), kMarksDeepMax);
    for (auto mark = std::prev(active_.end(), static_cast<ptrdiff_t>(deep)); mark != active_.end();
         ++mark) {
      Open(mark->second);
    }
    AppendEscaped(text_.substr(begin, end - begin), &html_);
    for (size_t i = 0; i < deep; ++i) html_.append("</span>");
  }

  void Open(size_t i) {
    const Place& place = places_[i];
    absl::StrAppend(&html_, "<span class=\"m l", underlines_[i], "\"");
    if (!begun_[i]) absl::StrAppend(&html_, " id=\"p", place.number, "\"");
    begun_[i] = true;
    absl::StrAppend(&html_, " data-p=\"", place.number, "\" data-kind=\"", std::string(place.kind),
                    "\"");
    if (!place.held.empty()) {
      absl::StrAppend(&html_, " data-held=\"", std::string(place.held), "\"");
    }
    html_.append(">");
  }

  std::string_view text_;
  std::string_view title_;
  const std::vector<Place>& places_;
  std::vector<size_t> underlines_;
  std::vector<bool> begun_;
  std::vector<Border> borders_;
  size_t next_ = 0;                             // of borders_
  std::set<std::pair<size_t, size_t>> active_;  // outermost first
  std::string html_;
};

}  // namespace

std::vector<size_t> Underlines(const std::vector<Place>& places) {
  std::vector<size_t> order(places.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return BytesOf(places[a]) < BytesOf(places[b]); });
  std::vector<size_t> underlines(places.size(), 0);
  std::array<Line, kUnderlines - 1> lines;  // the last one holds whatever is left
  for (const size_t i : order) {
    size_t line = 0;
    while (line < lines.size() && lines[line].Meets(places[i])) ++line;
    if (line < lines.size()) lines[line].Take(places[i]);
    underlines[i] = line;
  }
  return underlines;
}

std::string MarkUp(std::string_view text, std::string_view title,
                   const std::vector<Place>& places) {
  return Writer(text, title, places).Write();
}

}  // namespace verbatim::pages
