// SPDX-License-Identifier: Apache-2.0
// Rows of cells as an aligned text for a terminal. Private to core/schema.
#ifndef VERBATIM_CORE_SCHEMA_TABLE_H_
#define VERBATIM_CORE_SCHEMA_TABLE_H_

#include <string>
#include <vector>

#include "core/schema/render.h"

namespace verbatim::schema {

// A line of titles, then the rows; hidden columns are left out. `width` 0: nothing is shortened but
// ids. Else long cells are cut and, where that isn't enough, the columns that tell least are left
// out (empty ones first, then those that say the same in every row), which a last line says.
std::string LayOutTable(const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows, size_t width,
                        bool color);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_TABLE_H_
