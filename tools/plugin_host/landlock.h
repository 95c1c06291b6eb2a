// SPDX-License-Identifier: Apache-2.0
// What Landlock adds to the filter of system calls, where the kernel has it: while a plugin is
// being loaded, only libraries can be read; afterwards nothing can. Files that are open stay open.
// Where the kernel has none, both steps do nothing (plugin::ContainmentHere says so to people).
#ifndef VERBATIM_TOOLS_PLUGIN_HOST_LANDLOCK_H_
#define VERBATIM_TOOLS_PLUGIN_HOST_LANDLOCK_H_

#include <utility>

#include "core/base/files.h"
#include "core/base/status.h"

namespace verbatim::plugin_host {

class Landlock {
 public:
  // Both sets of rules, before a filter forbids to make any. Wants no_new_privs to be set before
  // they are used.
  static absl::StatusOr<Landlock> Make();

  // Reading is left below the folders of shared libraries: those of the system, of
  // LD_LIBRARY_PATH, and where this process's own came from.
  absl::Status LeaveLibraries() const;
  // Nothing is left. The filter has to allow landlock_restrict_self.
  absl::Status LeaveNothing() const;

 private:
  Landlock(base::Fd libraries, base::Fd nothing)
      : libraries_(std::move(libraries)), nothing_(std::move(nothing)) {}

  base::Fd libraries_;
  base::Fd nothing_;
};

}  // namespace verbatim::plugin_host

#endif  // VERBATIM_TOOLS_PLUGIN_HOST_LANDLOCK_H_
