// SPDX-License-Identifier: Apache-2.0
// Bodies: as a stored value of any bytes, and as a message of one of the log's types. A body that
// is taken can be read by protobuf, and comes back from its stored form.
#include <array>
#include <string>

#include "core/base/hex.h"
#include "core/log/body.h"
#include "core/log/body_value.h"
#include "core/log/index_entries.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::fuzz {
namespace {

const google::protobuf::Message& Prototype(uint8_t number) {
  static const std::array<const google::protobuf::Message*, 8> messages = {
      &v1::ArticleIngested::default_instance(), &v1::AnnotationAdded::default_instance(),
      &v1::SourceCaptured::default_instance(),  &v1::ContentErased::default_instance(),
      &v1::SettingChanged::default_instance(),  &v1::ArticleMetadataCorrected::default_instance(),
      &v1::PluginPinned::default_instance(),    &v1::AnnotationRevised::default_instance()};
  return *messages[number % messages.size()];
}

void StoredValue(std::string_view value) {
  const std::string digest(32, 'd');
  for (const uint64_t size : {uint64_t{0}, uint64_t{10}, uint64_t{value.size()}}) {
    VB_CHECK(!log::OpenBody(value, size, digest).ok(), "a digest of nothing fits no body");
  }
}

}  // namespace

void Run(std::string_view bytes) {
  StoredValue(bytes);
  const google::protobuf::Message& prototype = Prototype(Take(bytes));
  const std::string type = prototype.GetDescriptor()->full_name();
  if (!log::CheckBody(type, bytes).ok()) return;
  const std::unique_ptr<google::protobuf::Message> message(prototype.New());
  VB_CHECK(message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())),
           "what was checked can be read");
  const std::string id(16, 'i');
  log::EntriesOf(id, base::ToHex(id), type, bytes).IgnoreError();
  const std::string salt(log::kSaltBytes, 's');
  const std::string value = log::SealBody(salt, bytes, true);
  const base::Digest digest = log::BodyDigest(salt, bytes);
  VB_CHECK(*log::OpenBody(value, bytes.size(), base::AsView(digest)) == bytes, "comes back");
}

}  // namespace verbatim::fuzz
