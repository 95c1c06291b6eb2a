// SPDX-License-Identifier: Apache-2.0
// When was this text published, as far as it says so itself: a stated date, or an interval with
// candidates. Never looks at a clock; without an upper bound from outside, an interval is given
// only when the text closes it.
#ifndef VERBATIM_PLUGINS_DATES_DOCUMENT_DATE_H_
#define VERBATIM_PLUGINS_DATES_DOCUMENT_DATE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value.h"

namespace verbatim::dates {

struct DocumentDate {
  std::optional<DayNumber> lo;  // both inclusive, and both or neither
  std::optional<DayNumber> hi;
  std::optional<DayNumber> best;
  std::vector<Candidate> candidates;
  Basis basis;
  std::string why;
  bool stated = false;          // the text gives `best` as its own date, complete
  std::vector<ByteSpan> spans;  // where it is stated, or the evidence; never empty
};

// In order: "Published ..." > a line that is only a date, near the top > a dateline with a year > a
// dateline without one, narrowed by weekdays and years of the text > a weekday with a day in the
// lead > the latest past date told, as a lower bound. Nothing when the text holds none of these.
std::optional<DocumentDate> InferDocumentDate(std::string_view text,
                                              const std::vector<Expression>& expressions,
                                              std::optional<DayNumber> not_after);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_DOCUMENT_DATE_H_
