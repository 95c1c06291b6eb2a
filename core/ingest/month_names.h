// SPDX-License-Identifier: Apache-2.0
// Names of months in the languages that news is mostly written in, and of the zones of clocks.
#ifndef VERBATIM_CORE_INGEST_MONTH_NAMES_H_
#define VERBATIM_CORE_INGEST_MONTH_NAMES_H_

#include <optional>
#include <string_view>

namespace verbatim::ingest {

// 1 to 12, of a name or a short form, folded (text::Fold); 0: it is no month.
int MonthOfFolded(std::string_view word);

// The same of a word as it is printed.
bool IsMonthName(std::string_view word);

// Minutes ahead of Greenwich, of an abbreviation in small letters that means one zone ("cest");
// absent for others, and for those that mean several.
std::optional<int> ZoneMinutes(std::string_view word);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_MONTH_NAMES_H_
