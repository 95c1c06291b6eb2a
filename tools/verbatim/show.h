// SPDX-License-Identifier: Apache-2.0
// One thing in full, for people and for scripts.
#ifndef VERBATIM_TOOLS_VERBATIM_SHOW_H_
#define VERBATIM_TOOLS_VERBATIM_SHOW_H_

#include "core/schema/value.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {

// As a table: a field a line, nested ones indented. Else as one row of the format.
void PrintRecord(const Cli& cli, const schema::Record& record);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_SHOW_H_
