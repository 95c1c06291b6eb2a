// SPDX-License-Identifier: Apache-2.0
#include "core/archive/catalog.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/sha256.h"

namespace verbatim::archive {
namespace {

template <class Message>
absl::StatusOr<Message> Parse(std::string_view type, std::string_view body) {
  Message message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return absl::DataLossError(
        absl::StrCat("a ", std::string(type), " of stream archive doesn't parse"));
  }
  return message;
}

}  // namespace

absl::StatusOr<Catalog> Catalog::Read(const log::Snapshot& snapshot) {
  Catalog catalog;
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                      snapshot.StreamSequences(kArchiveStream));
  for (const uint64_t sequence : sequences) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence, header));
    if (body) VB_RETURN_IF_ERROR(catalog.Apply(sequence, header.type, *body));
  }
  catalog.events_ = sequences.size();
  return catalog;
}

absl::Status Catalog::Apply(uint64_t sequence, std::string_view type, std::string_view body) {
  if (type == "verbatim.v1.SettingChanged") {
    VB_ASSIGN_OR_RETURN(const auto event, Parse<v1::SettingChanged>(type, body));
    if (event.value().empty()) {
      settings_.erase(event.key());
    } else {
      settings_[event.key()] = event.value();
    }
  } else if (type == "verbatim.v1.PluginPinned") {
    VB_ASSIGN_OR_RETURN(auto event, Parse<v1::PluginPinned>(type, body));
    InstalledPlugin& plugin = plugins_[event.manifest().name()];
    plugin.pin = std::move(event);
    plugin.pinned_at = sequence;
    plugin.parked = false;
    if (plugin.config_sha256.empty())
      plugin.config_sha256 = base::ToString(base::Sha256(plugin.config));
  } else if (type == "verbatim.v1.PluginConfigured") {
    VB_ASSIGN_OR_RETURN(auto event, Parse<v1::PluginConfigured>(type, body));
    InstalledPlugin& plugin = plugins_[event.plugin()];
    plugin.config = std::move(*event.mutable_config());
    plugin.config_sha256 = std::move(*event.mutable_config_sha256());
  } else if (type == "verbatim.v1.PluginStateChanged") {
    VB_ASSIGN_OR_RETURN(const auto event, Parse<v1::PluginStateChanged>(type, body));
    VB_RETURN_IF_ERROR(ApplyState(event));
  } else if (type == "verbatim.v1.KeyAdopted") {
    VB_ASSIGN_OR_RETURN(keys_.emplace_back(), Parse<v1::KeyAdopted>(type, body));
  } else if (type == "verbatim.v1.SchemaRegistered") {
    VB_ASSIGN_OR_RETURN(auto event, Parse<v1::SchemaRegistered>(type, body));
    registered_types_.insert(event.types().begin(), event.types().end());
    schemas_.push_back(std::move(*event.mutable_descriptors()));
  }
  return absl::OkStatus();
}

absl::Status Catalog::ApplyState(const v1::PluginStateChanged& event) {
  const auto found = plugins_.find(event.plugin());
  if (found == plugins_.end()) return absl::OkStatus();
  InstalledPlugin& plugin = found->second;
  plugin.why = event.reason();
  switch (event.state()) {
    case v1::PluginStateChanged::STATE_ENABLED:
      plugin.enabled = true;
      break;
    case v1::PluginStateChanged::STATE_DISABLED:
      plugin.enabled = false;
      break;
    case v1::PluginStateChanged::STATE_PARKED:
      plugin.parked = true;
      break;
    case v1::PluginStateChanged::STATE_RELEASED:
      plugin.parked = false;
      break;
    case v1::PluginStateChanged::STATE_REMOVED:
      plugins_.erase(found);
      break;
    default:
      break;
  }
  return absl::OkStatus();
}

std::string Catalog::Setting(std::string_view key) const {
  const auto found = settings_.find(std::string(key));
  return found == settings_.end() ? "" : found->second;
}

const InstalledPlugin* Catalog::Plugin(std::string_view name) const {
  const auto found = plugins_.find(std::string(name));
  return found == plugins_.end() ? nullptr : &found->second;
}

const InstalledPlugin* Catalog::PluginOfView(std::string_view view) const {
  for (const auto& [name, plugin] : plugins_) {
    for (const v1::ViewManifest& manifest : plugin.pin.manifest().views()) {
      if (manifest.name() == view) return &plugin;
    }
  }
  return nullptr;
}

std::vector<std::string> Catalog::ViewNames() const {
  std::set<std::string> names;
  for (const auto& [name, plugin] : plugins_) {
    for (const v1::ViewManifest& manifest : plugin.pin.manifest().views())
      names.insert(manifest.name());
  }
  return {names.begin(), names.end()};
}

}  // namespace verbatim::archive
