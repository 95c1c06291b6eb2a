// SPDX-License-Identifier: Apache-2.0
// The fold of the stream "archive": settings, which build of which plugin runs with which
// configuration, keys and schemas. Pure: the same events give the same catalog.
#ifndef VERBATIM_CORE_ARCHIVE_CATALOG_H_
#define VERBATIM_CORE_ARCHIVE_CATALOG_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::archive {

inline constexpr std::string_view kArchiveStream = "archive";

struct InstalledPlugin {
  v1::PluginPinned pin;
  std::string config;         // serialized message of its config_type; empty: none was set
  std::string config_sha256;  // 32 bytes, of `config`
  bool enabled = true;
  bool parked = false;     // crashed too often; `plugin release` lets it run again
  std::string why;         // of being parked or disabled
  uint64_t pinned_at = 0;  // sequence

  const std::string& name() const { return pin.manifest().name(); }
  bool runs() const { return enabled && !parked; }
};

class Catalog {
 public:
  // Everything up to the snapshot's head.
  static absl::StatusOr<Catalog> Read(const log::Snapshot& snapshot);

  absl::Status Apply(uint64_t sequence, std::string_view type, std::string_view body);

  const std::map<std::string, std::string>& settings() const { return settings_; }
  // Empty when it is not set.
  std::string Setting(std::string_view key) const;

  // By name.
  const std::map<std::string, InstalledPlugin>& plugins() const { return plugins_; }
  const InstalledPlugin* Plugin(std::string_view name) const;
  // The plugin whose manifest offers this view; nullptr when none does.
  const InstalledPlugin* PluginOfView(std::string_view view) const;
  // Names of all views of installed plugins, in order.
  std::vector<std::string> ViewNames() const;

  const std::set<std::string>& registered_types() const { return registered_types_; }
  // FileDescriptorSets, in order of registration.
  const std::vector<std::string>& schemas() const { return schemas_; }
  // Keys whose checkpoints the archive stands by, oldest first.
  const std::vector<v1::KeyAdopted>& keys() const { return keys_; }
  // The number of events of the stream: what an append to it expects.
  uint64_t events() const { return events_; }

 private:
  absl::Status ApplyState(const v1::PluginStateChanged& event);

  std::map<std::string, std::string> settings_;
  std::map<std::string, InstalledPlugin> plugins_;
  std::set<std::string> registered_types_;
  std::vector<std::string> schemas_;
  std::vector<v1::KeyAdopted> keys_;
  uint64_t events_ = 0;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_CATALOG_H_
