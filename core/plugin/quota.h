// SPDX-License-Identifier: Apache-2.0
// What a plugin may use: its manifest's limits, with the host's defaults where it asks for nothing.
#ifndef VERBATIM_CORE_PLUGIN_QUOTA_H_
#define VERBATIM_CORE_PLUGIN_QUOTA_H_

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/base/limits.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::plugin {

struct Quota {
  uint32_t cpu_ms = limits::kPluginCpuMsDefault;          // of one call, or one batch of events
  uint32_t memory_mib = limits::kPluginMemoryMibDefault;  // data of the process
  uint32_t proposals = limits::kProposalsDefault;         // of one call

  static Quota Of(const v1::Limits& asked) {
    const auto choose = [](uint32_t value, uint32_t otherwise, uint32_t ceiling) {
      return std::min(value == 0 ? otherwise : value, ceiling);
    };
    return {choose(asked.cpu_ms_max(), limits::kPluginCpuMsDefault, limits::kPluginCpuMsCeiling),
            choose(asked.memory_mib_max(), limits::kPluginMemoryMibDefault,
                   limits::kPluginMemoryMibCeiling),
            choose(asked.proposals_max(), limits::kProposalsDefault, limits::kProposalsCeiling)};
  }

  // How long the clock on the wall may run for a call.
  std::chrono::milliseconds Wall() const {
    return std::chrono::milliseconds(uint64_t{cpu_ms} * limits::kPluginWallFactor +
                                     limits::kPluginWallExtraMs);
  }
};

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_QUOTA_H_
