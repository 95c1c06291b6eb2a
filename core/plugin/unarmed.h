// SPDX-License-Identifier: Apache-2.0
// Loading without running. The dynamic loader runs a library's initialisers, and whatever resolvers
// its relocations name, while it still opens files: in a half-closed sandbox, out of which code can
// reach the half that isn't closed yet. An unarmed copy of a plugin gives the loader nothing to
// run: its initialisers stand under tags that the loader passes over, and none of its pages can be
// executed. The worker gives the pages their right back, closes the sandbox, and only then
// initialises.
//
//   std::string bytes = *code;  Unarm(&bytes);     in the tool, into the memfd that is handed over
//   dlopen(...)  MakeExecutable(handle)            in the worker, files can still be opened
//   EnterRunning(...)  Initialise(handle)          nothing can
#ifndef VERBATIM_CORE_PLUGIN_UNARMED_H_
#define VERBATIM_CORE_PLUGIN_UNARMED_H_

#include <string>

#include "core/base/status.h"

namespace verbatim::plugin {

// Changes nothing but those tags and rights, which keeps every offset. `bytes` are what ParseElf
// accepted; kInvalidArgument when its tables lead out of the file all the same.
absl::Status Unarm(std::string* bytes);

// Of a library that was loaded from an unarmed copy: its code can be executed from now on. None of
// it runs. `handle` is dlopen's.
absl::Status MakeExecutable(void* handle);

// Runs its initialisers, once, in the loader's order. Whatever they throw or do is the plugin's.
absl::Status Initialise(void* handle);

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_UNARMED_H_
