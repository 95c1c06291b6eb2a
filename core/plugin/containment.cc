// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/containment.h"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "fmt/format.h"

namespace verbatim::plugin {

int LandlockVersion() {
  // The C library has no function for it.
  const long version =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return static_cast<int>(std::max(version, 0L));
}

Containment ContainmentHere() {
#if defined(VERBATIM_SANITIZED)
  return {.filtered = false, .landlock = 0};
#else
  return {.filtered = true, .landlock = LandlockVersion()};
#endif
}

std::string ToText(const Containment& containment) {
  if (!containment.filtered) {
    return "worker processes with limits of time only: this verbatim was built with a sanitizer, "
           "which leaves out the filter of system calls, Landlock and the limit of memory";
  }
  if (containment.landlock == 0) {
    return "worker processes with limits and a filter of system calls; this kernel offers no "
           "Landlock, so a library that a plugin needs can come from anywhere, and read what you "
           "can read while it is being loaded";
  }
  return fmt::format(
      "worker processes with limits, a filter of system calls, and Landlock (version {})",
      containment.landlock);
}

}  // namespace verbatim::plugin
