// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bench_view.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <optional>

#include "core/base/check.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/log/body.h"
#include "core/log/wire.h"
#include "core/schema/registry.h"
#include "core/store/keys.h"
#include "core/view/folder.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::bench {
namespace {

constexpr size_t kRowTextBytes = 200;
uint64_t deliveries = 0;

std::string_view FieldOf(std::string_view message, uint32_t number) {
  log::WireReader reader(message);
  while (reader.Next()) {
    if (reader.field().number == number) return reader.field().bytes;
  }
  return {};
}

vb_bytes Bytes(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

void* Create(const vb_host*, vb_bytes, vb_sink*) {
  static int instance = 0;
  return &instance;
}
void Destroy(void*) {}

vb_status Ignore(void*, vb_bytes, vb_store*, vb_sink*) {
  ++deliveries;
  return VB_OK;
}

vb_status Put(void*, vb_bytes event, vb_store* store, vb_sink*) {
  ++deliveries;
  const std::string_view body =
      FieldOf({static_cast<const char*>(event.data), event.size}, v1::ViewEvent::kBodyFieldNumber);
  return store->put(store->ctx, 0, Bytes(FieldOf(body, v1::SettingChanged::kKeyFieldNumber)),
                    Bytes(body));
}

vb_status ReadThenPut(void* self, vb_bytes event, vb_store* store, vb_sink* error) {
  const std::string_view body =
      FieldOf({static_cast<const char*>(event.data), event.size}, v1::ViewEvent::kBodyFieldNumber);
  std::string row;
  vb_sink sink{&row, [](void* to, vb_bytes bytes) {
                 static_cast<std::string*>(to)->assign(static_cast<const char*>(bytes.data),
                                                       bytes.size);
                 return int32_t{0};
               }};
  const vb_status read =
      store->get(store->ctx, 0, Bytes(FieldOf(body, v1::SettingChanged::kKeyFieldNumber)), &sink);
  if (read != VB_OK && read != VB_NOT_FOUND) return read;
  return Put(self, event, store, error);
}

v1::ViewBuild Build() {
  google::protobuf::FileDescriptorSet set;
  v1::SettingChanged::descriptor()->file()->CopyTo(set.add_file());
  v1::ViewBuild build;
  build.set_plugin("bench");
  build.set_plugin_version("1.0.0");
  build.set_descriptors(schema::Normalise(set.SerializeAsString()).value());
  v1::ViewManifest& manifest = *build.mutable_manifest();
  manifest.set_name("settings");
  manifest.add_subscribes("verbatim.v1.SettingChanged");
  manifest.add_subscribes("verbatim.v1.AnnotationAdded");
  v1::Table& table = *manifest.add_tables();
  table.set_name("settings");
  table.set_row_type("verbatim.v1.SettingChanged");
  return build;
}

}  // namespace

const vb_view& IgnoringView() {
  static const vb_view view = {sizeof(vb_view), 0, &Create, &Destroy, &Ignore};
  return view;
}

const vb_view& PuttingView() {
  static const vb_view view = {sizeof(vb_view), 0, &Create, &Destroy, &Put};
  return view;
}

const vb_view& ReadingView() {
  static const vb_view view = {sizeof(vb_view), 0, &Create, &Destroy, &ReadThenPut};
  return view;
}

uint64_t DeliveriesSeen() { return deliveries; }

std::pair<std::string, std::string> RowOf(uint64_t number, uint64_t keys) {
  const base::Digest key = base::Sha256(store::U64Key(number % keys).view());
  const base::Digest noise = base::Sha256(store::U64Key(number).view());
  v1::SettingChanged row;
  row.set_key(base::ToHex(base::AsView(key).substr(0, 8)));
  std::string text = base::ToHex(base::AsView(noise));
  text.resize(kRowTextBytes, 'w');
  row.set_value(std::move(text));
  std::string bytes = log::EncodeBody(row).value();
  return {row.key(), std::move(bytes)};
}

void FillWithRows(log::EventLog& log, uint64_t first, uint64_t events, uint64_t keys) {
  constexpr uint64_t kCommit = 10'000;
  for (uint64_t done = 0; done < events; done += kCommit) {
    log::Unit unit;
    for (uint64_t i = done; i < std::min(events, done + kCommit); ++i) {
      log::NewEvent event;
      event.id = base::NewEventId(base::SystemClock(), base::SystemRandom());
      event.stream = "archive";
      event.type = "verbatim.v1.SettingChanged";
      event.actor.mutable_tool()->set_name("verbatim");
      event.body = RowOf(first + i, keys).second;
      unit.events.push_back(std::move(event));
    }
    VB_CHECK(log.Append(std::move(unit)).ok(), "the log appends");
  }
}

std::unique_ptr<view::Generation> NewGeneration(const std::filesystem::path& folder,
                                                view::Durability durability) {
  return view::Generation::Create(folder, Build(), durability).value();
}

void FoldAll(const log::EventLog& log, view::Generation& generation, const vb_view& view) {
  const auto folder = view::Folder::Make(log, generation, view, "", {}).value();
  const auto folded = folder->FoldTo(view::kHead);
  VB_CHECK(folded.ok() && !folded->stalled, "the view folds");
}

}  // namespace verbatim::bench
