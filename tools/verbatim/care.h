// SPDX-License-Identifier: Apache-2.0
// The verbs that care for an archive: what must go, copies, what is wrong.
#ifndef VERBATIM_TOOLS_VERBATIM_CARE_H_
#define VERBATIM_TOOLS_VERBATIM_CARE_H_

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddErase(CLI::App& app, Cli& cli);
void AddReextract(CLI::App& app, Cli& cli);
void AddCompact(CLI::App& app, Cli& cli);
void AddBackup(CLI::App& app, Cli& cli);
void AddRestore(CLI::App& app, Cli& cli);
void AddDoctor(CLI::App& app, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_CARE_H_
