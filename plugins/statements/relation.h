// SPDX-License-Identifier: Apache-2.0
// Two neighbouring statements of a thread: how the later is related to the earlier, and what
// changed.
#ifndef VERBATIM_PLUGINS_STATEMENTS_RELATION_H_
#define VERBATIM_PLUGINS_STATEMENTS_RELATION_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "rows.h"

namespace verbatim::statements {

// From the earlier to the later one of a thread. kNone when one of them is undated and they are not
// of one article: then nobody knows which came first.
Relation Relate(const Statement& earlier, const Statement& later);

// Fills what `later` says about itself and `earlier` (previous ... days_between) under `relation`.
// Two different events are named, never compared: no labels, no diff.
void Compare(const Statement& earlier, Relation relation, Statement* later);

// Clears the same fields: the first of a thread.
void ClearComparison(Statement* statement);

// Do the texts report happenings of two different days, each named by day and month? Likeness of
// words proves nothing then.
bool OfDifferentEvents(std::string_view a, std::string_view b);

// Days from day `a` to day `b`, both YYYY-MM-DD; -1 when one of them is no such day or b comes
// first.
int32_t DaysBetween(std::string_view a, std::string_view b);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_RELATION_H_
