// SPDX-License-Identifier: Apache-2.0
// What a text has spoken of so far: the mentions that "the next day" and "that year" refer to, and
// whether it tells of another time than its own (a history: TempEval calls it a narrative).
#ifndef VERBATIM_PLUGINS_DATES_DISCOURSE_H_
#define VERBATIM_PLUGINS_DATES_DISCOURSE_H_

#include <optional>
#include <vector>

#include "value.h"

namespace verbatim::dates {

struct Mention {
  CalendarSpan span;
  ByteSpan bytes;
};

class Discourse {
 public:
  // Looks over the years that the text names.
  Discourse(const std::vector<Expression>& expressions, std::optional<DayNumber> published);

  void Add(const CalendarSpan& span, ByteSpan bytes) { mentions_.push_back({span, bytes}); }

  // The latest mention that is at least as fine as `grain`; null when there is none.
  const Mention* LastAsFineAs(Unit grain) const;
  // The latest mention of exactly this grain that ends within `reach_bytes` before `at`; with
  // `begun_by`, of those that had begun on that day.
  const Mention* LastOf(Unit grain, uint32_t at, uint32_t reach_bytes,
                        std::optional<DayNumber> begun_by = std::nullopt) const;

  // Dates without a year belong to the year of the mention before them, not to the publication's.
  bool narrative() const { return narrative_; }

 private:
  std::vector<Mention> mentions_;
  bool narrative_ = false;
};

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_DISCOURSE_H_
