// SPDX-License-Identifier: Apache-2.0
// Amounts that change from one saying of a matter to the next, as small series: from what the view
// gives as evidence, "number: 2.5 percent -> 2.75 percent".
#ifndef VERBATIM_CORE_PAGES_SERIES_H_
#define VERBATIM_CORE_PAGES_SERIES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/timeline.h"

namespace verbatim::pages {

struct Amount {
  double value = 0;
  std::string unit;  // what stands after the figure: "percent", "crowns"; may be empty
};

// "2.75 percent", "12 million crowns", "5,400", "three"; nothing when no figure stands first.
std::optional<Amount> ReadAmount(std::string_view text);

struct SeriesPoint {
  size_t saying;  // of the matter
  double value;
  std::string text;  // "2.75 percent"
};

struct Series {
  std::string unit;
  std::vector<SeriesPoint> points;  // in the order of sayings, at least two
};

// Of one matter, a series a unit.
std::vector<Series> SeriesOf(const audit::Matter& matter);

// A text over a point of a series. Texts are as wide as they are, the drawing is as wide as the
// window: what has room on a screen lies one over the other on a phone.
struct Label {
  double share;  // where its point stands, percent of the width
  double value;
  size_t chars;
};
enum class Room { kNone, kWide, kAlways };  // nowhere, in a wide window, in a narrow one too
// Which labels are shown, none over another: the last one, the largest, the least and the first
// before the others. `labels` are in order of their points.
std::vector<Room> RoomOf(const std::vector<Label>& labels);
// To which side of its point a text goes: "begin", "middle", "end", as classes.
std::string_view SideOf(double share);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_SERIES_H_
