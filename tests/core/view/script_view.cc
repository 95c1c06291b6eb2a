// SPDX-License-Identifier: Apache-2.0
#include "tests/core/view/script_view.h"

#include <sstream>

#include "core/base/check.h"
#include "core/base/hex.h"
#include "core/view/row_format.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::view {
namespace {

constexpr uint32_t kLatestTable = 2;
int instances = 0;

std::string Unhex(const std::string& hex) {
  return hex == "-" ? std::string() : base::FromHex(hex).value();
}
uint32_t TableIn(const std::string& word) { return static_cast<uint32_t>(std::stoul(word)); }
vb_bytes Bytes(const std::string& text) { return {text.data(), text.size()}; }

// A scan's harvest: hex of keys and rows, so that nothing runs together.
struct Seen {
  std::string text;
  size_t left = 0;
  void Add(std::string_view key, std::string_view row) {
    text += base::ToHex(key) + "=" + base::ToHex(row) + ";";
    --left;
  }
};

void* Create(const vb_host*, vb_bytes config, vb_sink* error) {
  if (config.size > 0) {
    const std::string why = "a script view takes no configuration";
    error->put(error->ctx, Bytes(why));
    return nullptr;
  }
  ++instances;
  return new int(0);
}
void Destroy(void* self) { delete static_cast<int*>(self); }

vb_status Step(const std::vector<std::string>& words, vb_store* store, vb_sink* error) {
  const std::string& verb = words[0];
  if (verb == "fail") {
    error->put(error->ctx, Bytes(words[1]));
    return VB_BAD_INPUT;
  }
  const uint32_t table = TableIn(words[1]);
  const std::string key = Unhex(words[2]);
  if (verb == "put") return store->put(store->ctx, table, Bytes(key), Bytes(Unhex(words[3])));
  if (verb == "erase") return store->erase(store->ctx, table, Bytes(key));
  if (verb == "get") {
    std::string row = "none";
    vb_sink sink{&row, [](void* to, vb_bytes bytes) -> int32_t {
                   static_cast<std::string*>(to)->assign(static_cast<const char*>(bytes.data),
                                                         bytes.size);
                   return 0;
                 }};
    const vb_status status = store->get(store->ctx, table, Bytes(key), &sink);
    if (status != VB_OK && status != VB_NOT_FOUND) return status;
    const std::string to = Unhex(words[4]);
    return store->put(store->ctx, TableIn(words[3]), Bytes(to), Bytes(row));
  }
  VB_CHECK(verb == "scan", "a step is put, erase, get, scan or fail");
  Seen seen{"", std::stoul(words[5])};
  const std::string from = Unhex(words[3]);
  const vb_status status = store->scan(
      store->ctx, table, Bytes(key), Bytes(from), words[4] == "forward" ? VB_FORWARD : VB_BACKWARD,
      &seen, [](void* visitor, vb_bytes at, vb_bytes row) -> int32_t {
        auto& harvest = *static_cast<Seen*>(visitor);
        harvest.Add({static_cast<const char*>(at.data), at.size},
                    {static_cast<const char*>(row.data), row.size});
        return harvest.left == 0 ? 1 : 0;
      });
  if (status != VB_OK) return status;
  const std::string to = Unhex(words[7]);
  return store->put(store->ctx, TableIn(words[6]), Bytes(to), Bytes(seen.text));
}

vb_status Apply(void* self, vb_bytes bytes, vb_store* store, vb_sink* error) {
  ++*static_cast<int*>(self);
  v1::ViewEvent event;
  v1::SettingChanged script;
  if (!event.ParseFromArray(bytes.data, static_cast<int>(bytes.size)) ||
      !script.ParseFromString(event.body())) {
    return VB_BAD_INPUT;
  }
  for (const auto& words : Steps(script.value())) {
    const vb_status status = Step(words, store, error);
    if (status != VB_OK) return status;
  }
  return VB_OK;
}

}  // namespace

const vb_view& ScriptView() {
  static const vb_view view = {sizeof(vb_view), 0, &Create, &Destroy, &Apply};
  return view;
}

int ScriptInstances() { return instances; }

v1::ViewBuild ScriptBuild() {
  v1::ViewBuild build;
  build.set_plugin("script");
  build.set_plugin_version("1.0.0");
  v1::ViewManifest& manifest = *build.mutable_manifest();
  manifest.set_name("script");
  manifest.add_subscribes("verbatim.v1.SettingChanged");
  for (const char* name : {"main", "side", "latest"}) {
    v1::Table& table = *manifest.add_tables();
    table.set_name(name);
    table.set_row_type("verbatim.v1.TypedBody");
  }
  manifest.mutable_tables(kLatestTable)->set_history(v1::Table::HISTORY_LATEST);
  return build;
}

std::vector<std::vector<std::string>> Steps(const std::string& script) {
  std::vector<std::vector<std::string>> steps;
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    steps.emplace_back();
    for (std::string word; words >> word;) steps.back().push_back(word);
    if (steps.back().empty()) steps.pop_back();
  }
  return steps;
}

Oracle::Present Oracle::Of(const std::map<Key, std::string>& rows, uint32_t table) {
  Present present;
  for (const auto& [key, row] : rows) {
    if (key.first == table) present[key.second] = row;
  }
  return present;
}

void Oracle::Apply(uint64_t sequence, const std::string& script) {
  std::map<Key, std::string> rows;
  for (const auto& [key, versions] : versions_) {
    if (!versions.empty() && versions.back().row) rows[key] = *versions.back().row;
  }
  const std::map<Key, std::string> before = rows;
  for (const auto& words : Steps(script)) {
    if (words[0] == "fail") return;
    const Key key{TableIn(words[1]), Unhex(words[2])};
    if (words[0] == "put") rows[key] = Unhex(words[3]);
    if (words[0] == "erase") rows.erase(key);
    if (words[0] == "get") {
      const std::string row = rows.contains(key) ? rows[key] : "none";
      rows[{TableIn(words[3]), Unhex(words[4])}] = row;
    }
    if (words[0] != "scan") continue;
    const std::string from = Unhex(words[3]);
    const bool forward = words[4] == "forward";
    Seen seen{"", std::stoul(words[5])};
    const Present present = Of(rows, key.first);
    std::vector<std::pair<std::string, std::string>> order(present.begin(), present.end());
    if (!forward) order.assign(present.rbegin(), present.rend());
    for (const auto& [at, row] : order) {
      const bool in = at.compare(0, key.second.size(), key.second) == 0;
      const bool reached = from.empty() || (forward ? at >= from : at <= from);
      if (in && reached && seen.left > 0) seen.Add(at, row);
    }
    rows[{TableIn(words[6]), Unhex(words[7])}] = seen.text;
  }
  std::map<Key, bool> keys;
  for (const auto& [key, row] : before) keys[key] = true;
  for (const auto& [key, row] : rows) keys[key] = true;
  for (const auto& [key, unused] : keys) {
    const bool was = before.contains(key);
    const bool is = rows.contains(key);
    if (was == is && (!was || before.at(key) == rows.at(key))) continue;
    if (key.first == kLatestTable) versions_[key].clear();
    if (is) versions_[key].push_back({sequence, rows.at(key)});
    if (!is && key.first != kLatestTable) versions_[key].push_back({sequence, std::nullopt});
  }
}

std::map<std::string, Oracle::Version> Oracle::Rows(uint32_t table, uint64_t as_of) const {
  std::map<std::string, Version> rows;
  for (const auto& [key, versions] : versions_) {
    if (key.first != table) continue;
    const Version* stood = nullptr;
    for (const Version& version : versions) {
      if (version.since <= as_of) stood = &version;
    }
    if (stood != nullptr && stood->row) rows[key.second] = *stood;
  }
  return rows;
}

std::string Oracle::Digest() const {
  DigestSum sum;
  for (const auto& [key, versions] : versions_) {
    for (const Version& version : versions) {
      sum.Add(VersionDigest(
          key.first, key.second, version.since,
          version.row ? std::optional<std::string_view>(*version.row) : std::nullopt));
    }
  }
  return sum.bytes();
}

}  // namespace verbatim::view
