// SPDX-License-Identifier: Apache-2.0
// What stands before a writer's name, in the languages that news is mostly written in.
#ifndef VERBATIM_CORE_INGEST_BYLINE_OPENING_H_
#define VERBATIM_CORE_INGEST_BYLINE_OPENING_H_

#include <string_view>

namespace verbatim::ingest {

// The line without its "By", "Written by:", "Von", "作者"; all of it where it begins with none.
// "Byron", "Text size" and the family name "Di Marco" are left alone. Borrows from `line`.
std::string_view WithoutOpening(std::string_view line);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BYLINE_OPENING_H_
