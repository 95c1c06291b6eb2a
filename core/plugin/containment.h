// SPDX-License-Identifier: Apache-2.0
// What keeps a plugin in its worker on this machine, for those who ask: `status`, `doctor`,
// `plugin info`. The walls themselves are built in tools/plugin_host.
#ifndef VERBATIM_CORE_PLUGIN_CONTAINMENT_H_
#define VERBATIM_CORE_PLUGIN_CONTAINMENT_H_

#include <string>

namespace verbatim::plugin {

// The version of Landlock that the running kernel offers; 0: none, or it is switched off.
int LandlockVersion();

struct Containment {
  bool filtered =
      true;          // false in a build with sanitizers: no filter, no Landlock, no memory limit
  int landlock = 0;  // see LandlockVersion
  // All of it stands.
  bool whole() const { return filtered && landlock > 0; }
};

// Of this build on this kernel.
Containment ContainmentHere();

// A line for a person: what there is, and what is missing with its consequence.
std::string ToText(const Containment& containment);

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_CONTAINMENT_H_
