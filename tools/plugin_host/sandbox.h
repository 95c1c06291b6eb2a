// SPDX-License-Identifier: Apache-2.0
// What a worker gives up before a plugin's code runs. Two steps, since the dynamic loader opens
// files and runs a library's constructors: from EnterLoading on, files can only be opened for
// reading (where the kernel has Landlock: libraries alone), and there is no network, no new process
// and no executing; from EnterRunning on, no file can be opened at all. A call that is refused ends
// the worker after it told the parent which.
//
// Built with a sanitizer both steps do nothing: its runtime needs what they forbid.
#ifndef VERBATIM_TOOLS_PLUGIN_HOST_SANDBOX_H_
#define VERBATIM_TOOLS_PLUGIN_HOST_SANDBOX_H_

#include <cstdint>

#include "core/base/status.h"

namespace verbatim::plugin_host {

enum class Writes {
  kNothing,     // annotators: no file grows
  kGeneration,  // views: their own environment, open already
};

// Limits of the process, no new privileges, the first filter. `socket` is where the name of a
// refused call goes.
absl::Status EnterLoading(int socket, Writes writes);

// The memory limit and the second filter. Nothing undoes it.
absl::Status EnterRunning(uint32_t memory_mib, Writes writes);

}  // namespace verbatim::plugin_host

#endif  // VERBATIM_TOOLS_PLUGIN_HOST_SANDBOX_H_
