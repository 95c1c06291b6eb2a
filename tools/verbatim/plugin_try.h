// SPDX-License-Identifier: Apache-2.0
// verbatim plugin try: a plugin over text files, with no archive.
#ifndef VERBATIM_TOOLS_VERBATIM_PLUGIN_TRY_H_
#define VERBATIM_TOOLS_VERBATIM_PLUGIN_TRY_H_

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddPluginTry(CLI::App& group, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PLUGIN_TRY_H_
