// SPDX-License-Identifier: Apache-2.0
// The verbs by which people decide.
#ifndef VERBATIM_TOOLS_VERBATIM_PEOPLE_H_
#define VERBATIM_TOOLS_VERBATIM_PEOPLE_H_

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddDecide(CLI::App& app, Cli& cli);  // add, correct, confirm, reject, undo
void AddReview(CLI::App& app, Cli& cli);
void AddPull(CLI::App& app, Cli& cli);
void AddSpeaker(CLI::App& app, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PEOPLE_H_
