// SPDX-License-Identifier: Apache-2.0
// The verbs that print for reading, not as rows.
#ifndef VERBATIM_TOOLS_VERBATIM_READING_H_
#define VERBATIM_TOOLS_VERBATIM_READING_H_

#include <string>

#include "tools/verbatim/cli.h"

namespace CLI {
class Error;
}

namespace verbatim::tool {

void AddStatements(CLI::App& app, Cli& cli);
void AddWatch(CLI::App& app, Cli& cli);
void AddHelp(CLI::App& app, Cli& cli);

// What is said of a command line that doesn't parse: what is wrong with it, what came near, and
// whose help says more. Ends with a newline.
std::string OfMistake(const CLI::App* app, const CLI::Error& error);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_READING_H_
