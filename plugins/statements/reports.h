// SPDX-License-Identifier: Apache-2.0
// One report that several articles of a story print: the same words of the same speaker. The first
// that came stands in the view, the others are named in its row.
#ifndef VERBATIM_PLUGINS_STATEMENTS_REPORTS_H_
#define VERBATIM_PLUGINS_STATEMENTS_REPORTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "rows.h"

namespace verbatim::statements {

// The key of the report that the quotation belongs to, once its story and speaker are known: words
// are compared without case, marks and blanks.
std::string ReportKey(const std::string& story, const std::string& speaker_key,
                      const std::string& text);

// Of a quotation, as `report` keeps it.
Report::Copy CopyOf(const Quotation& quotation, uint64_t placed);

// Puts it among the others in the order in which they came, after the one that stands in the view;
// or in the place of its earlier state.
void PutCopy(const Report::Copy& copy, Report* report);

// False: it isn't in the report.
bool RemoveCopy(std::string_view annotation, Report* report);

// The quotation with the day that the copies know best: stated before inferred before a bound, the
// earliest of them.
Quotation WithBestDay(Quotation quotation, const Report& report);

// Names the report's articles in the row; none when the quotation is printed once.
void NameSources(const Report& report, Statement* row);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_REPORTS_H_
