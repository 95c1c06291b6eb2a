// SPDX-License-Identifier: Apache-2.0
#include "core/archive/plugin_config.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/plugins.h"
#include "core/schema/json.h"
#include "core/schema/read_message.h"

namespace verbatim::archive {
namespace {

absl::StatusOr<const schema::TypeSet*> TypesOf(const plugin::PluginFile& file,
                                               schema::Registry& registry) {
  const std::string& type = file.manifest.config_type();
  if (type.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("plugin ", file.manifest.name(),
                     " takes no configuration: its manifest names no config_type"));
  }
  return registry.Add(file.descriptors);
}

absl::StatusOr<const InstalledPlugin*> Installed(const Archive& archive, std::string_view name) {
  const InstalledPlugin* installed = archive.catalog().Plugin(name);
  if (installed != nullptr) return installed;
  return NoSuchPlugin(archive, name);
}

}  // namespace

absl::StatusOr<std::string> ReadConfig(const plugin::PluginFile& file, std::string_view text) {
  schema::Registry registry;
  VB_ASSIGN_OR_RETURN(const schema::TypeSet* types, TypesOf(file, registry));
  const schema::MessagePtr message = types->New(types->Find(file.manifest.config_type()));
  VB_RETURN_IF_ERROR(schema::ReadMessage(text, message.get()));
  return message->SerializeAsString();
}

absl::StatusOr<bool> ConfigurePlugin(Archive& archive, std::string_view name, std::string_view text,
                                     const article::EventMaker& maker) {
  VB_ASSIGN_OR_RETURN(const InstalledPlugin* installed, Installed(archive, name));
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive, *installed));
  std::string config;
  if (!text.empty()) {
    VB_ASSIGN_OR_RETURN(config, ReadConfig(file, text));
  }
  if (config == installed->config) return false;
  v1::PluginConfigured event;
  event.set_plugin(std::string(name));
  event.set_config_type(file.manifest.config_type());
  event.set_config(config);
  event.set_config_sha256(base::ToString(base::Sha256(config)));
  std::vector<log::NewEvent> events(1);
  VB_ASSIGN_OR_RETURN(events[0], maker.Make(kArchiveStream, event));
  VB_RETURN_IF_ERROR(archive.AppendToCatalog(std::move(events)));
  return true;
}

absl::StatusOr<std::string> ShowConfig(const Archive& archive, std::string_view name) {
  VB_ASSIGN_OR_RETURN(const InstalledPlugin* installed, Installed(archive, name));
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive, *installed));
  schema::Registry registry;
  VB_ASSIGN_OR_RETURN(const schema::TypeSet* types, TypesOf(file, registry));
  if (installed->config.empty()) return std::string();
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr message,
                      types->Parse(file.manifest.config_type(), installed->config));
  return schema::ToJson(*message, {.indent = true});
}

}  // namespace verbatim::archive
