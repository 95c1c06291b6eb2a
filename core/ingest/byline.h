// SPDX-License-Identifier: Apache-2.0
// Words that pages wrap around names, taken off: "By", "in Porthaven", "Political correspondent".
#ifndef VERBATIM_CORE_INGEST_BYLINE_H_
#define VERBATIM_CORE_INGEST_BYLINE_H_

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::ingest {

// Names out of a byline: "By Ann Reed in Porthaven and Tom Blake, Correspondent" gives two.
// Addresses, links, dates, labels and the outlet's own name are none.
std::vector<std::string> AuthorsIn(std::string_view byline, std::string_view outlet);

// Does a short line say who wrote: "By Ann Reed", "Von Anna Reiter"?
bool IsByline(std::string_view line);

// Is it all that stands before a name: "By", "Written by:"?
bool IsBylineLabel(std::string_view text);

// Is it what pages print where a name could stand: "Staff writer", "Facebook"?
bool IsLabel(std::string_view name);

// Does a name look like a person's: two words or more that begin as names do, or ideographs?
bool IsPerson(std::string_view name);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BYLINE_H_
