// SPDX-License-Identifier: Apache-2.0
#include "core/store/keys.h"

namespace verbatim::store {
namespace {

constexpr char kEscape = '\x00';
constexpr char kEscapedZero = '\xff';
constexpr char kEnd = '\x00';

template <typename Integer>
void AppendBigEndian(std::string& key, Integer value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

template <typename Integer>
Integer FromBigEndian(std::string_view bytes) {
  Integer value = 0;
  for (const char byte : bytes) {
    value = static_cast<Integer>((value << 8) | static_cast<unsigned char>(byte));
  }
  return value;
}

}  // namespace

std::optional<uint64_t> ReadU64(std::string_view bytes) {
  if (bytes.size() != sizeof(uint64_t)) return std::nullopt;
  return FromBigEndian<uint64_t>(bytes);
}

std::optional<uint32_t> ReadU32(std::string_view bytes) {
  if (bytes.size() != sizeof(uint32_t)) return std::nullopt;
  return FromBigEndian<uint32_t>(bytes);
}

KeyWriter& KeyWriter::U8(uint8_t value) {
  key_.push_back(static_cast<char>(value));
  return *this;
}

KeyWriter& KeyWriter::U32(uint32_t value) {
  AppendBigEndian(key_, value);
  return *this;
}

KeyWriter& KeyWriter::U64(uint64_t value) {
  AppendBigEndian(key_, value);
  return *this;
}

KeyWriter& KeyWriter::Raw(std::string_view bytes) {
  key_.append(bytes);
  return *this;
}

KeyWriter& KeyWriter::Escaped(std::string_view bytes) {
  for (const char byte : bytes) {
    key_.push_back(byte);
    if (byte == kEscape) key_.push_back(kEscapedZero);
  }
  key_.push_back(kEscape);
  key_.push_back(kEnd);
  return *this;
}

std::optional<std::string_view> KeyReader::Raw(size_t size) {
  if (rest_.size() < size) return std::nullopt;
  const std::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return bytes;
}

std::optional<uint8_t> KeyReader::U8() {
  const auto bytes = Raw(1);
  if (!bytes) return std::nullopt;
  return static_cast<uint8_t>(bytes->front());
}

std::optional<uint32_t> KeyReader::U32() {
  const auto bytes = Raw(sizeof(uint32_t));
  if (!bytes) return std::nullopt;
  return FromBigEndian<uint32_t>(*bytes);
}

std::optional<uint64_t> KeyReader::U64() {
  const auto bytes = Raw(sizeof(uint64_t));
  if (!bytes) return std::nullopt;
  return FromBigEndian<uint64_t>(*bytes);
}

std::optional<uint64_t> KeyReader::InvertedU64() {
  const auto value = U64();
  if (!value) return std::nullopt;
  return ~*value;
}

std::optional<std::string> KeyReader::Escaped() {
  std::string bytes;
  for (size_t i = 0; i + 1 < rest_.size() || (i < rest_.size() && rest_[i] != kEscape); ++i) {
    if (rest_[i] != kEscape) {
      bytes.push_back(rest_[i]);
      continue;
    }
    const char next = rest_[++i];
    if (next == kEnd) {
      rest_.remove_prefix(i + 1);
      return bytes;
    }
    if (next != kEscapedZero) return std::nullopt;
    bytes.push_back(kEscape);
  }
  return std::nullopt;
}

std::optional<std::string> PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (end.empty()) return std::nullopt;
  end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace verbatim::store
