// SPDX-License-Identifier: Apache-2.0
// One matter of the timeline: its dots along the days, its amounts, and a card for each saying.
#ifndef VERBATIM_CORE_PAGES_LANE_H_
#define VERBATIM_CORE_PAGES_LANE_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/audit/timeline.h"
#include "core/pages/frame.h"

namespace verbatim::pages {

// The days that a page shows side by side, so that lanes can be compared.
class Days {
 public:
  // Widened by each day; what is no day passes by.
  void See(std::string_view day);
  // Share of the width in percent, 2 to 98; the middle where there is one day or none.
  double At(std::string_view day) const;
  // Years with their begin, at most a dozen: "2019" -> 12.5.
  std::vector<std::pair<std::string, double>> Years() const;
  bool empty() const { return last_ < first_; }

 private:
  long first_ = 1;
  long last_ = 0;
};

std::string LaneHtml(const Site& site, const audit::Matter& matter, const Days& days);

// One saying without a lane, on a line.
std::string OnceHtml(const Site& site, const audit::Saying& saying);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_LANE_H_
