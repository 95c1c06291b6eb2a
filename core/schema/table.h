// SPDX-License-Identifier: Apache-2.0
// Rows of cells as an aligned text for a terminal. Private to core/schema.
#ifndef VERBATIM_CORE_SCHEMA_TABLE_H_
#define VERBATIM_CORE_SCHEMA_TABLE_H_

#include <string>
#include <vector>

#include "core/schema/render.h"

namespace verbatim::schema {

// A line of titles, then the rows; hidden columns are left out. `width` 0: nothing is shortened but
// ids.
std::string LayOutTable(const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows, size_t width,
                        bool color);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_TABLE_H_
