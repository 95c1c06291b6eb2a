// SPDX-License-Identifier: Apache-2.0
#include "core/log/header_view.h"

#include <cstring>

#include "core/base/ids.h"
#include "core/log/wire.h"

namespace verbatim::log {
namespace {

constexpr size_t kDigestBytes = 32;

// Actor: person 1 {handle 1}, plugin 2 {name 1, version 2, code 3, config 4}, tool 3 {name 1,
// version 2}.
bool ParseActor(std::string_view bytes, HeaderView& header) {
  WireReader who(bytes);
  while (who.Next()) {
    const WireField& kind = who.field();
    if (kind.number > 3) continue;
    if (kind.type != WireType::kBytes) return false;
    header.actor_kind = kind.number == 1   ? ActorKind::kPerson
                        : kind.number == 2 ? ActorKind::kPlugin
                                           : ActorKind::kTool;
    WireReader detail(kind.bytes);
    while (detail.Next()) {
      const WireField& field = detail.field();
      if (field.number > 4) continue;
      if (field.type != WireType::kBytes) return false;
      switch (field.number) {
        case 1:
          header.actor_name = field.bytes;
          break;
        case 2:
          header.actor_version = field.bytes;
          break;
        case 3:
          header.code_sha256 = field.bytes;
          break;
        default:
          header.config_sha256 = field.bytes;
          break;
      }
    }
    if (!detail.whole()) return false;
  }
  return who.whole();
}

WireType WantedType(uint32_t number) {
  switch (number) {
    case 3:
    case 5:
    case 11:
      return WireType::kVarint;
    case 6:
      return WireType::kFixed64;
    default:
      return WireType::kBytes;
  }
}

bool IdOrEmpty(std::string_view id) { return id.empty() || id.size() == base::kIdBytes; }

// Fields in order of their numbers, each once: how our own writer leaves them. Whatever else may be
// legal is told by `good` and read the long way.
class InOrder {
 public:
  explicit InOrder(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool Tag(char tag) {
    if (at_ == end_ || *at_ != tag) return false;
    ++at_;
    return true;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  uint64_t Fixed64() {
    uint64_t value = 0;
    if (static_cast<size_t>(end_ - at_) < sizeof value) {
      good_ = false;
      return 0;
    }
    std::memcpy(&value, at_, sizeof value);  // little-endian, as in WireReader
    at_ += sizeof value;
    return value;
  }
  std::string_view Bytes() {
    const uint64_t size = Varint();
    if (size > static_cast<size_t>(end_ - at_)) {
      good_ = false;
      return {};
    }
    const std::string_view bytes(at_, size);
    at_ += size;
    return bytes;
  }
  bool whole() const { return good_ && at_ == end_; }

 private:
  const char* at_;
  const char* end_;
  bool good_ = true;
};

bool ReadInOrder(std::string_view bytes, HeaderView& header) {
  InOrder in(bytes);
  if (in.Tag('\x0a')) header.event_id = in.Bytes();
  if (in.Tag('\x12')) header.stream = in.Bytes();
  if (in.Tag('\x18')) header.stream_version = in.Varint();
  if (in.Tag('\x22')) header.type = in.Bytes();
  if (in.Tag('\x28')) header.schema = static_cast<uint32_t>(in.Varint());
  if (in.Tag('\x31')) header.recorded_at_us = in.Fixed64();
  if (in.Tag('\x3a') && !ParseActor(in.Bytes(), header)) return false;
  if (in.Tag('\x42')) header.caused_by = in.Bytes();
  if (in.Tag('\x4a')) header.correlation = in.Bytes();
  if (in.Tag('\x52')) header.body_digest = in.Bytes();
  if (in.Tag('\x58')) header.body_size = in.Varint();
  return in.whole();
}

absl::Status ReadInAnyOrder(std::string_view bytes, HeaderView& header) {
  WireReader reader(bytes);
  while (reader.Next()) {
    const WireField& field = reader.field();
    if (field.number > 11) continue;
    if (field.type != WantedType(field.number)) {
      return absl::DataLossError("a header's field has another type than it should");
    }
    switch (field.number) {
      case 1:
        header.event_id = field.bytes;
        break;
      case 2:
        header.stream = field.bytes;
        break;
      case 3:
        header.stream_version = field.value;
        break;
      case 4:
        header.type = field.bytes;
        break;
      case 5:
        header.schema = static_cast<uint32_t>(field.value);
        break;
      case 6:
        header.recorded_at_us = field.value;
        break;
      case 7:
        if (!ParseActor(field.bytes, header)) {
          return absl::DataLossError("a header's actor cannot be read");
        }
        break;
      case 8:
        header.caused_by = field.bytes;
        break;
      case 9:
        header.correlation = field.bytes;
        break;
      case 10:
        header.body_digest = field.bytes;
        break;
      default:
        header.body_size = field.value;
        break;
    }
  }
  if (!reader.whole()) return absl::DataLossError("a header's bytes cannot be read");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<HeaderView> HeaderView::Parse(std::string_view bytes) {
  absl::StatusOr<HeaderView> parsed(absl::in_place);
  HeaderView& header = *parsed;
  if (!ReadInOrder(bytes, header)) {
    header = HeaderView();
    VB_RETURN_IF_ERROR(ReadInAnyOrder(bytes, header));
  }
  if (header.event_id.size() != base::kIdBytes || header.body_digest.size() != kDigestBytes ||
      header.stream.empty() || header.type.empty() || !IdOrEmpty(header.caused_by) ||
      !IdOrEmpty(header.correlation)) {
    return absl::DataLossError("a header lacks a field, or one has a wrong length");
  }
  header.bytes = bytes;
  return parsed;
}

}  // namespace verbatim::log
