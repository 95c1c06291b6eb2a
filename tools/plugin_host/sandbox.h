// SPDX-License-Identifier: Apache-2.0
// What a worker gives up before a plugin's code runs. Two steps, since the dynamic loader opens
// files: from EnterLoading on, files can only be opened for reading (where the kernel has Landlock:
// libraries alone), and there is no network, no new process and no executing; from EnterRunning on,
// no file can be opened at all, and only then the plugin's own constructors run
// (core/plugin/unarmed.h). A call that is refused ends the worker after it told the parent which.
//
// Built with a sanitizer both steps do nothing: its runtime needs what they forbid.
#ifndef VERBATIM_TOOLS_PLUGIN_HOST_SANDBOX_H_
#define VERBATIM_TOOLS_PLUGIN_HOST_SANDBOX_H_

#include <cstdint>
#include <string>

#include "core/base/status.h"

namespace verbatim::plugin_host {

enum class Writes {
  kNothing,     // annotators: no file grows
  kGeneration,  // views: their own environment, open already
};

// What a process may take of the machine.
struct Room {
  uint32_t memory_mib = 0;
  // The size that a file of a view's generation may reach; annotators write none.
  uint64_t file_bytes = 0;
};

// Limits of the process, no new privileges, the first filter. `socket` is where the name of a
// refused call goes.
absl::Status EnterLoading(int socket, Writes writes, const Room& room);

// The second filter. Nothing undoes it.
absl::Status EnterRunning(Writes writes);

// How large the files in a view's `folder` may get: two fifths of what the disk has free beyond
// `size_bytes`, so that its two files together never take the room in which the log grows.
absl::StatusOr<uint64_t> FileBytesIn(const std::string& folder, uint64_t size_bytes);

}  // namespace verbatim::plugin_host

#endif  // VERBATIM_TOOLS_PLUGIN_HOST_SANDBOX_H_
