// SPDX-License-Identifier: Apache-2.0
// What a text says twice: a weekday and a date, a counted day and the date beside it. Where the two
// agree the value counts as checked; where they don't, both are told.
#ifndef VERBATIM_PLUGINS_DATES_AGREEMENT_H_
#define VERBATIM_PLUGINS_DATES_AGREEMENT_H_

#include "value.h"

namespace verbatim::dates {

// The weekday of `e` and the day `span` that it was resolved to. Nothing where it names none.
void CheckWeekday(const Expression& e, const CalendarSpan& span, Resolved* r);

// "yesterday (June 18)", "today, June 18", "Monday (June 18)": one day said twice. Where the two
// differ, both say so; a weekday that fits the date means that one.
// `counted` and `written` are the values of `e` and of `date`, the expression behind it.
void Appose(const Expression& e, const Expression& date, Resolved* counted, Resolved* written);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_AGREEMENT_H_
