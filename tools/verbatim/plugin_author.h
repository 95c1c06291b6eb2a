// SPDX-License-Identifier: Apache-2.0
// verbatim plugin new, check, config.
#ifndef VERBATIM_TOOLS_VERBATIM_PLUGIN_AUTHOR_H_
#define VERBATIM_TOOLS_VERBATIM_PLUGIN_AUTHOR_H_

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddPluginAuthor(CLI::App& group, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PLUGIN_AUTHOR_H_
