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

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_SERIES_H_
