// SPDX-License-Identifier: Apache-2.0
// Shared objects of any bytes, and the manifest and descriptors in them.
#include <string>

#include "core/plugin/elf.h"
#include "core/plugin/plugin_file.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  if (const auto elf = plugin::ParseElf(bytes); elf.ok()) {
    plugin::MachineName(elf->machine);
    for (const auto& [name, section] : elf->sections) {
      VB_CHECK(section.empty() || (section.data() >= bytes.data() &&
                                   section.data() + section.size() <= bytes.data() + bytes.size()),
               "a section lies in the file");
    }
  }
  const size_t half = bytes.size() / 2;
  v1::PluginManifest manifest;
  if (manifest.ParseFromArray(bytes.data(), static_cast<int>(half))) {
    plugin::CheckManifest(manifest, bytes.substr(half)).IgnoreError();
  }
}

}  // namespace verbatim::fuzz
