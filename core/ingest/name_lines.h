// SPDX-License-Identifier: Apache-2.0
// Names as pages set them: each element a line of its own, first and last name apart, a role or a
// paper beside them.
#ifndef VERBATIM_CORE_INGEST_NAME_LINES_H_
#define VERBATIM_CORE_INGEST_NAME_LINES_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/html_tree.h"

namespace verbatim::ingest {

// The texts between two nodes, one line for each element that is more than formatting.
std::vector<std::string> LinesOf(const HtmlTree& tree, uint32_t from, uint32_t to);

// "Ann Reed, Porthaven", "Ann Reed, RADIO KERRIN": one word behind the last comma of a byline is
// where it was written, capitals are for whom. What stands before.
std::string WithoutPlace(std::string text);

// The names in the lines of a byline: of the first that holds some, and of further ones where the
// line before says so ("and"). With `persons_only` lines of other names count for nothing.
std::vector<std::string> NamesInLines(const std::vector<std::string>& lines,
                                      std::string_view outlet, bool persons_only);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_NAME_LINES_H_
