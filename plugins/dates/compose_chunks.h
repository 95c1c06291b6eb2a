// SPDX-License-Identifier: Apache-2.0
// Builders of the second pass: join, modify and move what the first pass found.
#ifndef VERBATIM_PLUGINS_DATES_COMPOSE_CHUNKS_H_
#define VERBATIM_PLUGINS_DATES_COMPOSE_CHUNKS_H_

#include <optional>

#include "rules.h"

namespace verbatim::dates {

// Nothing when the parts don't fit: two years, a month of a week.
std::optional<Expression> ComposeChunks(const Parsing& parsing, const Rule& rule,
                                        const Match& match);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_COMPOSE_CHUNKS_H_
