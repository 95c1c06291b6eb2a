// SPDX-License-Identifier: Apache-2.0
// Limits that only this room knows, each with its reason.
#ifndef VERBATIM_CORE_PLUGIN_LIMITS_H_
#define VERBATIM_CORE_PLUGIN_LIMITS_H_

#include <cstddef>

#include "core/base/limits.h"

namespace verbatim::limits {

// A manifest is a page, and read before anything is known of the file. Parsed, bytes become a
// hundred times as many: what fits into a file of kPluginBytesMax would not fit into memory.
inline constexpr size_t kManifestBytesMax = kMiB;
// The descriptors of its messages and of all that they import: those of verbatim take 40 KiB.
inline constexpr size_t kDescriptorsBytesMax = 4 * kMiB;

}  // namespace verbatim::limits

#endif  // VERBATIM_CORE_PLUGIN_LIMITS_H_
