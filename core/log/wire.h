// SPDX-License-Identifier: Apache-2.0
// The protobuf wire format, read and written in place. For the places where a full parse would be
// most of the cost: headers, and the few fields that indexes are made of.
#ifndef VERBATIM_CORE_LOG_WIRE_H_
#define VERBATIM_CORE_LOG_WIRE_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace verbatim::log {

enum class WireType : uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

struct WireField {
  uint32_t number = 0;
  WireType type = WireType::kVarint;
  uint64_t value = 0;      // of kVarint, kFixed64, kFixed32
  std::string_view bytes;  // of kBytes, within the message that is read
};

// Fields front to back: `while (reader.Next()) use(reader.field()); if (!reader.whole()) ...`
class WireReader {
 public:
  explicit WireReader(std::string_view message)
      : at_(message.data()), end_(message.data() + message.size()) {}

  // False at the end, and at bytes that are no field.
  bool Next();
  const WireField& field() const { return field_; }
  // Where the field ends that Next found; at first where the message begins.
  const char* at() const { return at_; }
  // Every byte belonged to a field. Asked after Next returned false.
  bool whole() const { return at_ == end_; }

 private:
  // Tags and sizes in more bytes than they need are refused where protobuf refuses them.
  static constexpr unsigned kTagBytesMax = 5;
  static constexpr unsigned kValueBytesMax = 10;

  bool ReadVarint(unsigned bytes_max, uint64_t& value);
  bool ReadFixed(size_t size, uint64_t& value);

  const char* at_;
  const char* end_;
  WireField field_;
};

inline bool WireReader::ReadVarint(unsigned bytes_max, uint64_t& value) {
  if (at_ < end_ && static_cast<unsigned char>(*at_) < 0x80) {  // tags and sizes, mostly
    value = static_cast<unsigned char>(*at_++);
    return true;
  }
  value = 0;
  for (unsigned shift = 0; shift < 7 * bytes_max && at_ < end_; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at_++);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

inline bool WireReader::ReadFixed(size_t size, uint64_t& value) {
  if (static_cast<size_t>(end_ - at_) < size) return false;
  value = 0;
  std::memcpy(&value, at_, size);  // little-endian, as every machine that LMDB's file is read on
  at_ += size;
  return true;
}

inline bool WireReader::Next() {
  if (at_ == end_) return false;
  const char* const begin = at_;
  uint64_t tag = 0;
  uint64_t size = 0;
  bool good = ReadVarint(kTagBytesMax, tag) && (tag >> 3) != 0 && (tag >> 3) < (1u << 29);
  field_.number = static_cast<uint32_t>(tag >> 3);
  field_.type = static_cast<WireType>(tag & 7);
  field_.bytes = {};
  if (good) {
    switch (field_.type) {
      case WireType::kVarint:
        good = ReadVarint(kValueBytesMax, field_.value);
        break;
      case WireType::kFixed64:
        good = ReadFixed(8, field_.value);
        break;
      case WireType::kFixed32:
        good = ReadFixed(4, field_.value);
        break;
      case WireType::kBytes:
        good = ReadVarint(kTagBytesMax, size) && size <= static_cast<size_t>(end_ - at_);
        if (good) {
          field_.bytes = {at_, size};
          at_ += size;
        }
        break;
      default:  // groups are not used since proto3
        good = false;
    }
  }
  if (!good) at_ = begin;
  return good;
}

// Appends fields as proto3 does: a field with the default value is left out.
class WireWriter {
 public:
  explicit WireWriter(std::string& out) : out_(out) {}

  void Varint(uint32_t number, uint64_t value) {
    if (value == 0) return;
    Tag(number, WireType::kVarint);
    Raw(value);
  }
  void Fixed64(uint32_t number, uint64_t value) {
    if (value == 0) return;
    Tag(number, WireType::kFixed64);
    for (int i = 0; i < 8; ++i, value >>= 8) out_.push_back(static_cast<char>(value & 0xff));
  }
  void Bytes(uint32_t number, std::string_view bytes) {
    if (!bytes.empty()) Message(number, bytes);
  }
  // A field that is present although it may be empty.
  void Message(uint32_t number, std::string_view bytes) {
    Tag(number, WireType::kBytes);
    Raw(bytes.size());
    out_.append(bytes);
  }

 private:
  void Tag(uint32_t number, WireType type) { Raw(number << 3 | static_cast<uint32_t>(type)); }
  void Raw(uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_.push_back(static_cast<char>((value & 0x7f) | 0x80));
    out_.push_back(static_cast<char>(value));
  }

  std::string& out_;
};

// The message with a field left out. What is no field stays, so that parsing it fails as before.
inline std::string Without(uint32_t number, std::string_view message) {
  std::string rest;
  WireReader reader(message);
  const char* from = reader.at();
  while (reader.Next()) {
    if (reader.field().number != number) rest.append(from, reader.at());
    from = reader.at();
  }
  return rest.append(from, message.data() + message.size());
}

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_WIRE_H_
