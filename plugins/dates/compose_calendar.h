// SPDX-License-Identifier: Apache-2.0
// Builders of the first pass for what the calendar names: days, months, quarters, seasons, years,
// eras, holidays, and the periods that accounts compare.
#ifndef VERBATIM_PLUGINS_DATES_COMPOSE_CALENDAR_H_
#define VERBATIM_PLUGINS_DATES_COMPOSE_CALENDAR_H_

#include <optional>

#include "compose_slots.h"
#include "rules.h"

namespace verbatim::dates {

// For kCalendar, kNthOfMonth, kNumericDate, kEra, kHoliday and kContext; nothing for other actions,
// and where the parts contradict the calendar. Rule and span are left to the caller.
std::optional<Expression> ComposeCalendar(const Slots& slots, const Rule& rule);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_COMPOSE_CALENDAR_H_
