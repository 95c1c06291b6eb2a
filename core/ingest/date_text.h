// SPDX-License-Identifier: Apache-2.0
// Dates as pages print them: ISO 8601 and kin, RFC 2822, seconds since 1970, "19 October 2021",
// "19.10.2021", month names of the languages that news is mostly written in. A date without a year
// is none.
#ifndef VERBATIM_CORE_INGEST_DATE_TEXT_H_
#define VERBATIM_CORE_INGEST_DATE_TEXT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::ingest {

struct DateText {
  std::string value;  // a day, or an instant with its offset where one is printed
  std::string day() const { return value.substr(0, 10); }
};

struct DateStyle {
  bool month_first = false;  // 10/19/2021 where 3/4/2021 says nothing
};

// What a machine wrote: the content of a meta, a datetime, a field of JSON. Absent when it is no
// date, or no date of the calendar.
std::optional<DateText> ParseMachineDate(std::string_view text, DateStyle style = {});

// All full dates within a text, in order.
std::vector<DateText> FindDates(std::string_view text, DateStyle style = {});

// The day in a path: /2021/10/19/, /2021-10-19-, /20211019. Absent when there is none.
std::optional<DateText> DateInPath(std::string_view url);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_DATE_TEXT_H_
