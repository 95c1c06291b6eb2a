// SPDX-License-Identifier: Apache-2.0
// The stream "archive" of any bytes: settings, pins, configurations and schemas as they are folded
// when an archive opens.
#include <array>
#include <string>

#include "core/archive/catalog.h"
#include "core/schema/registry.h"
#include "tests/fuzz/fuzz.h"

namespace verbatim::fuzz {

// Pieces of an input: a byte of type, two of size, so many of body; again and again.
void Run(std::string_view bytes) {
  static const std::array<std::string_view, 7> types = {
      "verbatim.v1.ArchiveCreated",     "verbatim.v1.SettingChanged",
      "verbatim.v1.PluginPinned",       "verbatim.v1.PluginConfigured",
      "verbatim.v1.PluginStateChanged", "verbatim.v1.SchemaRegistered",
      "verbatim.v1.KeyAdopted"};
  archive::Catalog catalog;
  for (uint64_t sequence = 1; !bytes.empty(); ++sequence) {
    const std::string_view type = types[Take(bytes) % types.size()];
    const size_t size = static_cast<size_t>(Take(bytes)) << 8 | Take(bytes);
    const std::string_view body = bytes.substr(0, size);
    bytes.remove_prefix(body.size());
    catalog.Apply(sequence, type, body).IgnoreError();
  }
  catalog.Setting("user.name");
  for (const std::string& view : catalog.ViewNames()) {
    VB_CHECK(catalog.PluginOfView(view) != nullptr, "a view that is named has a plugin");
  }
  schema::Registry registry;
  for (const std::string& schema : catalog.schemas()) registry.Add(schema).IgnoreError();
}

}  // namespace verbatim::fuzz
