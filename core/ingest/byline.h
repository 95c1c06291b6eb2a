// SPDX-License-Identifier: Apache-2.0
// Words that pages wrap around names and headlines, taken off: "By", "| The Courier", addresses.
#ifndef VERBATIM_CORE_INGEST_BYLINE_H_
#define VERBATIM_CORE_INGEST_BYLINE_H_

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::ingest {

// Names out of a byline: "By Ann Reed and Tom Blake, Correspondent" gives two. Addresses, links,
// dates and the outlet's own name are none.
std::vector<std::string> AuthorsIn(std::string_view byline, std::string_view outlet);

// Does a short line say who wrote: "By Ann Reed", "Von Anna Reiter"?
bool IsByline(std::string_view line);

// A headline without the site's name at its end (or beginning): what stands behind the last bar or
// dash, where that is the outlet's name or the rest is the page's own headline.
std::string WithoutSite(std::string_view title, std::string_view outlet, std::string_view headline);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BYLINE_H_
