// SPDX-License-Identifier: Apache-2.0
// Headlines without what sites put around them: "| The Courier", "The Courier: ".
#ifndef VERBATIM_CORE_INGEST_TITLE_TEXT_H_
#define VERBATIM_CORE_INGEST_TITLE_TEXT_H_

#include <string>
#include <string_view>

namespace verbatim::ingest {

// A headline without the site's name at its end (or beginning): what stands behind the last bar or
// dash, where that is the outlet's name or the rest is the page's own headline.
std::string WithoutSite(std::string_view title, std::string_view outlet, std::string_view headline);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_TITLE_TEXT_H_
