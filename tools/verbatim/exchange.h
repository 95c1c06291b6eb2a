// SPDX-License-Identifier: Apache-2.0
// The verbs that find what an archive holds, give it to other programs and take from them.
#ifndef VERBATIM_TOOLS_VERBATIM_EXCHANGE_H_
#define VERBATIM_TOOLS_VERBATIM_EXCHANGE_H_

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddExport(CLI::App& app, Cli& cli);
void AddImport(CLI::App& app, Cli& cli);
void AddSearch(CLI::App& app, Cli& cli);
void AddServe(CLI::App& app, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_EXCHANGE_H_
