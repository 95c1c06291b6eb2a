// SPDX-License-Identifier: Apache-2.0
#include "core/schema/table.h"

#include <algorithm>

#include "core/schema/lines.h"

namespace verbatim::schema {
namespace {

constexpr size_t kIdCells = 8;     // enough to tell ids apart, and to type
constexpr size_t kTextCells = 16;  // a text is never squeezed below this
constexpr size_t kGapCells = 2;

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
    if (width > 0) Fit(width);
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
    if (columns_[i].role == Role::kId) return cell.substr(0, kIdCells);
    return Shorten(cell, 0);
  }

  // Takes cells from the widest elastic column until all fits, or nothing more can be taken.
  void Fit(size_t width) {
    size_t total = kGapCells * (widths_.empty() ? 0 : widths_.size() - 1);
    for (const size_t w : widths_) total += w;
    while (total > width) {
      size_t* widest = nullptr;
      size_t second = kTextCells;
      for (size_t n = 0; n < shown_.size(); ++n) {
        if (!Elastic(columns_[shown_[n]]) || widths_[n] <= kTextCells) continue;
        if (widest == nullptr || widths_[n] > *widest) {
          second = widest == nullptr ? kTextCells : *widest;
          widest = &widths_[n];
        } else {
          second = std::max(second, widths_[n]);
        }
      }
      if (widest == nullptr) return;
      const size_t step = std::min(total - width, std::max<size_t>(1, *widest - second));
      *widest -= step;
      total -= step;
    }
  }

  const std::vector<Column>& columns_;
  bool color_;
  std::vector<size_t> shown_;
  std::vector<size_t> widths_;
};

}  // namespace

std::string LayOutTable(const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows, size_t width,
                        bool color) {
  const Layout layout(columns, rows, width, color);
  std::string out = layout.Titles();
  for (const auto& row : rows) out.append(layout.Row(row));
  return out;
}

}  // namespace verbatim::schema
