// SPDX-License-Identifier: Apache-2.0
#include "core/schema/table.h"

#include <algorithm>

#include "core/base/hex.h"
#include "core/schema/lines.h"

namespace verbatim::schema {
namespace {

constexpr size_t kGapCells = 2;

// Below what no column is squeezed, in the order in which that is tried. The first says that a long
// text gives way before a long name does; the last, that of the main text more than scraps stay.
struct Floors {
  size_t main_cells;  // the text with most to say
  size_t text_cells;  // other texts and diffs
  size_t rest_cells;  // names, and whatever has no role
};
constexpr Floors kFloors[] = {
    {40, 40, 1000}, {40, 24, 24}, {24, 24, 16}, {24, 16, 12}, {20, 16, 10}};
constexpr Floors kLastFloors = {16, 12, 8};  // where no column is left that could go

std::string Padding(std::string_view cell, size_t width) {
  const size_t cells = DisplayWidth(cell);
  return std::string(cells < width ? width - cells : 0, ' ');
}

bool Elastic(const Column& column) {
  return column.role == Role::kText || column.role == Role::kDiff;
}

class Layout {
 public:
  Layout(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows,
         size_t width, bool color)
      : columns_(columns), color_(color) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].hidden) shown_.push_back(i);
    }
    for (const size_t i : shown_) {
      const std::string& title = Title(i);
      widths_.push_back(DisplayWidth(title));
      for (const auto& row : rows) {
        widths_.back() = std::max(widths_.back(), DisplayWidth(Short(row[i], i)));
      }
    }
    if (width > 0) Fit(width, rows);
  }

  // Which columns are not there for want of room; empty when all are, or hold nothing.
  std::string LeftOut(size_t width) const {
    std::string names;
    for (const size_t i : left_out_) names.append(names.empty() ? "" : ", ").append(Title(i));
    if (names.empty()) return names;
    std::string said;
    for (const std::string& line :
         Wrap("(no room for " + names + "; --format csv has every column)", width)) {
      said.append(line).push_back('\n');
    }
    return said;
  }

  std::string Titles() const {
    std::string line;
    for (size_t n = 0; n < shown_.size(); ++n) {
      const std::string title = Shorten(Title(shown_[n]), widths_[n]);
      line.append(color_ ? kBold : "").append(title).append(color_ ? kReset : "");
      if (n + 1 < shown_.size()) line.append(Padding(title, widths_[n] + kGapCells));
    }
    return line + "\n";
  }

  std::string Row(const std::vector<std::string>& row) const {
    std::vector<std::vector<std::string>> cells;
    size_t lines = 1;
    for (size_t n = 0; n < shown_.size(); ++n) {
      const std::string cell = Short(row[shown_[n]], shown_[n]);
      cells.push_back(columns_[shown_[n]].role == Role::kDiff
                          ? Wrap(cell, std::max<size_t>(widths_[n], 1))
                          : std::vector<std::string>{Shorten(cell, widths_[n])});
      lines = std::max(lines, cells.back().size());
    }
    std::vector<std::string_view> open(shown_.size());
    std::string out;
    for (size_t line = 0; line < lines; ++line) {
      std::string text;
      std::string gap;  // written before the next cell, so that no line ends in blanks
      for (size_t n = 0; n < shown_.size(); ++n) {
        const std::string cell = line < cells[n].size() ? cells[n][line] : std::string();
        const bool diff = color_ && columns_[shown_[n]].role == Role::kDiff;
        if (!cell.empty()) {
          text.append(gap).append(diff ? PaintDiff(cell, &open[n]) : cell);
          gap.clear();
        }
        gap.append(Padding(cell, widths_[n] + kGapCells));
      }
      out.append(text).push_back('\n');
    }
    return out;
  }

 private:
  const std::string& Title(size_t i) const {
    return columns_[i].title.empty() ? columns_[i].field : columns_[i].title;
  }

  std::string Short(const std::string& cell, size_t i) const {
    if (columns_[i].role == Role::kId) return cell.substr(0, base::kShortIdChars);
    return Shorten(cell, 0);
  }

  bool Squeezable(const Column& column) const {
    return Elastic(column) || column.role == Role::kPlain || column.role == Role::kName ||
           column.role == Role::kKey;
  }

  size_t FloorOf(size_t n, const Floors& floors) const {
    if (!Elastic(columns_[shown_[n]])) return floors.rest_cells;
    return shown_[n] == main_ ? floors.main_cells : floors.text_cells;
  }

  // The widest text of all: the one that the table is read for.
  void FindMainText() {
    size_t most = 0;
    for (size_t n = 0; n < shown_.size(); ++n) {
      if (!Elastic(columns_[shown_[n]]) || widths_[n] <= most) continue;
      most = widths_[n];
      main_ = shown_[n];
    }
  }

  // Makes the columns as narrow as need be, and leaves out those that say least until they fit.
  void Fit(size_t width, const std::vector<std::vector<std::string>>& rows) {
    FindMainText();
    // A cell may hold a whole article: no column is ever wider than the table.
    for (size_t n = 0; n < shown_.size(); ++n) {
      if (Squeezable(columns_[shown_[n]])) widths_[n] = std::min(widths_[n], width);
    }
    const std::vector<size_t> all = shown_;
    const std::vector<size_t> natural = widths_;
    while (!SqueezeInto(width)) {
      const size_t least = LeastTelling(rows);
      if (least == shown_.size()) {
        Squeeze(width, kLastFloors);
        break;
      }
      if (!IsEmpty(shown_[least], rows)) left_out_.push_back(shown_[least]);
      shown_.erase(shown_.begin() + static_cast<std::ptrdiff_t>(least));
      widths_.clear();
      for (size_t i = 0; i < all.size(); ++i) {
        if (std::find(shown_.begin(), shown_.end(), all[i]) != shown_.end())
          widths_.push_back(natural[i]);
      }
    }
    std::sort(left_out_.begin(), left_out_.end());
  }

  bool SqueezeInto(size_t width) {
    return std::any_of(std::begin(kFloors), std::end(kFloors),
                       [&](const Floors& floors) { return Squeeze(width, floors); });
  }

  // Takes cells from the widest column until all fits, or nothing more can be taken.
  bool Squeeze(size_t width, const Floors& floors) {
    size_t total = kGapCells * (widths_.empty() ? 0 : widths_.size() - 1);
    for (const size_t w : widths_) total += w;
    while (total > width) {
      size_t widest = widths_.size();
      for (size_t n = 0; n < widths_.size(); ++n) {
        if (!Squeezable(columns_[shown_[n]]) || widths_[n] <= FloorOf(n, floors)) continue;
        if (widest == widths_.size() || widths_[n] > widths_[widest]) widest = n;
      }
      if (widest == widths_.size()) return false;
      --widths_[widest];
      --total;
    }
    return true;
  }

  static bool IsEmpty(size_t i, const std::vector<std::vector<std::string>>& rows) {
    return std::all_of(rows.begin(), rows.end(), [i](const auto& row) { return row[i].empty(); });
  }

  static bool IsTheSame(size_t i, const std::vector<std::vector<std::string>>& rows) {
    return rows.size() > 1 && std::all_of(rows.begin(), rows.end(), [&](const auto& row) {
             return row[i] == rows.front()[i];
           });
  }

  // How much a reader would miss a column; 0: it stays. The first one, days, names, ids and the
  // main text are what a row is about.
  int Telling(size_t i, const std::vector<std::vector<std::string>>& rows) const {
    if (i == main_) return 0;
    if (IsEmpty(i, rows)) return 1;
    switch (columns_[i].role) {
      case Role::kKey:
        return 3;
      case Role::kStatus:
      case Role::kDateEnd:
        return IsTheSame(i, rows) ? 2 : 4;
      case Role::kPlain:
        return IsTheSame(i, rows) ? 2 : 5;
      case Role::kTime:
        return 6;
      case Role::kText:
      case Role::kDiff:
        return 7;
      default:
        return 0;
    }
  }

  // Of those that tell equally little the rightmost; the number of shown columns where all stay.
  size_t LeastTelling(const std::vector<std::vector<std::string>>& rows) const {
    size_t least = shown_.size();
    int telling = 0;
    for (size_t n = 1; n < shown_.size(); ++n) {
      const int this_one = Telling(shown_[n], rows);
      if (this_one == 0 || (least != shown_.size() && this_one > telling)) continue;
      least = n;
      telling = this_one;
    }
    return least;
  }

  const std::vector<Column>& columns_;
  bool color_;
  std::vector<size_t> shown_;
  std::vector<size_t> widths_;  // of those shown
  std::vector<size_t> left_out_;
  size_t main_ = static_cast<size_t>(-1);  // column of the main text
};

}  // namespace

std::string LayOutTable(const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows, size_t width,
                        bool color) {
  const Layout layout(columns, rows, width, color);
  std::string out = layout.Titles();
  for (const auto& row : rows) out.append(layout.Row(row));
  return out + layout.LeftOut(width);
}

}  // namespace verbatim::schema
