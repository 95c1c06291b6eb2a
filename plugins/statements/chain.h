// SPDX-License-Identifier: Apache-2.0
// The order of a thread's statements, and the comparisons between neighbours when one comes or
// goes.
#ifndef VERBATIM_PLUGINS_STATEMENTS_CHAIN_H_
#define VERBATIM_PLUGINS_STATEMENTS_CHAIN_H_

#include <string>
#include <string_view>

#include "rows.h"
#include "tables.h"

namespace verbatim::statements {

// Orders by matter, thread, day (undated last; of one day, those that only their article dates
// after the others), article, place in the article.
std::string RowKey(const Statement& statement);

// The beginning of the keys of a thread.
std::string ThreadPrefix(std::string_view matter, std::string_view thread);

// Makes the comparisons anew that a row which was put at, or erased from, `key` may have changed:
// its own, those of the reports of the same saying after it, and the first after those. A saying
// that was reported several times is compared through its fullest report.
void Rechain(std::string_view thread_prefix, const std::string& key, Table<Statement>& statements);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_CHAIN_H_
