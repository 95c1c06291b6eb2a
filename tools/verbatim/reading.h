// SPDX-License-Identifier: Apache-2.0
// The verbs that print for reading, not as rows.
#ifndef VERBATIM_TOOLS_VERBATIM_READING_H_
#define VERBATIM_TOOLS_VERBATIM_READING_H_

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddStatements(CLI::App& app, Cli& cli);
void AddWatch(CLI::App& app, Cli& cli);
void AddHelp(CLI::App& app, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_READING_H_
