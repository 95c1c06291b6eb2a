// SPDX-License-Identifier: Apache-2.0
// From a match to an expression: reads the slots that the pattern filled.
#ifndef VERBATIM_PLUGINS_DATES_COMPOSE_H_
#define VERBATIM_PLUGINS_DATES_COMPOSE_H_

#include <optional>

#include "rules.h"

namespace verbatim::dates {

// Nothing when the parts contradict the calendar (February 30) or mean nothing together.
std::optional<Expression> Compose(const Parsing& parsing, const Rule& rule, const Match& match);

// The chunk classes of an expression: what the second pass may join it with.
Classes ChunkClasses(const Expression& expression);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_COMPOSE_H_
