// SPDX-License-Identifier: Apache-2.0
// Where the rule tables stand, one function a file.
#ifndef VERBATIM_PLUGINS_DATES_RULES_TABLES_H_
#define VERBATIM_PLUGINS_DATES_RULES_TABLES_H_

#include "rules.h"

namespace verbatim::dates {

RuleTable CalendarRules();
RuleTable RelativeRules();
RuleTable DurationRules();
RuleTable ClockRules();
RuleTable VagueRules();
RuleTable JoinRules();

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_RULES_TABLES_H_
