// SPDX-License-Identifier: Apache-2.0
// Keys whose byte order is the order of the values in them, written field by field and read back
// the same way.
//
//   std::string key = verbatim::KeyWriter().Text("lavender").U64(7).Take();      // (text, number)
//   verbatim::KeyReader in(key);
//   in.Text() == "lavender"; in.U64() == 7; in.AtEnd();
//
// A text ends in 00 00 and its own 00 bytes are written 00 FF, so that no field runs into the next
// and a shorter text sorts first. Numbers are big-endian. To scan a prefix, write the fields before
// it; TextPrefix leaves the last text open. Header only, C++17, no dependencies: core and plugins
// share it.
#ifndef VERBATIM_KEYS_H_
#define VERBATIM_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace verbatim {

class KeyWriter {
 public:
  KeyWriter() = default;
  // Goes on where `key` ends.
  explicit KeyWriter(std::string key) : key_(std::move(key)) {}

  // Any bytes, 00 included, ordered as bytes.
  KeyWriter& Text(std::string_view text) {
    TextPrefix(text);
    key_.append(2, '\0');
    return *this;
  }

  // All texts that begin so. Only as the last field of a prefix.
  KeyWriter& TextPrefix(std::string_view text) {
    for (const char c : text) {
      key_.push_back(c);
      if (c == '\0') key_.push_back('\xFF');
    }
    return *this;
  }

  // A text that may be too long for a key: beyond `bytes_max` it is cut at a character and goes on
  // with a 64-bit digest (FNV-1a) of the whole. Equal texts stay equal, and long ones sort by their
  // beginning. What is read back is the shortened text: keep the whole one in the row.
  KeyWriter& ShortText(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return Text(text);
    std::uint64_t digest = 14695981039346656037ULL;
    for (const char c : text) {
      digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    static constexpr char kHex[] = "0123456789abcdef";
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4) hex.push_back(kHex[(digest >> shift) & 0xF]);
    std::size_t kept = bytes_max > 16 ? bytes_max - 16 : 0;
    while (kept > 0 && (static_cast<unsigned char>(text[kept]) & 0xC0) == 0x80) --kept;
    return Text(std::string(text.substr(0, kept)) + hex);
  }

  // Bytes of a length that the reader knows: ids and digests. No terminator.
  KeyWriter& Bytes(std::string_view bytes) {
    key_.append(bytes);
    return *this;
  }

  KeyWriter& U8(std::uint8_t value) { return BigEndian(value, 1); }
  KeyWriter& U16(std::uint16_t value) { return BigEndian(value, 2); }
  KeyWriter& U32(std::uint32_t value) { return BigEndian(value, 4); }
  KeyWriter& U64(std::uint64_t value) { return BigEndian(value, 8); }
  // Negative before positive.
  KeyWriter& I64(std::int64_t value) {
    return U64(static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63));
  }
  // Greatest first.
  KeyWriter& U64Descending(std::uint64_t value) { return U64(~value); }

  const std::string& key() const { return key_; }
  // Leaves the writer empty.
  std::string Take() { return std::exchange(key_, std::string()); }

 private:
  KeyWriter& BigEndian(std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      key_.push_back(static_cast<char>(static_cast<unsigned char>((value >> shift) & 0xFF)));
    }
    return *this;
  }

  std::string key_;
};

// Reads what KeyWriter wrote. After the first field that isn't there every read gives nothing.
// Borrows the key.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}

  std::optional<std::string> Text() {
    std::string text;
    std::size_t at = 0;
    while (at + 1 < rest_.size()) {
      if (rest_[at] != '\0') {
        text.push_back(rest_[at++]);
      } else if (rest_[at + 1] == '\0') {
        rest_.remove_prefix(at + 2);
        return text;
      } else if (rest_[at + 1] == '\xFF') {
        text.push_back('\0');
        at += 2;
      } else {
        break;
      }
    }
    return Fail<std::string>();
  }

  // Borrowed from the key.
  std::optional<std::string_view> Bytes(std::size_t size) {
    if (failed_ || rest_.size() < size) return Fail<std::string_view>();
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  std::optional<std::uint8_t> U8() { return BigEndian<std::uint8_t>(); }
  std::optional<std::uint16_t> U16() { return BigEndian<std::uint16_t>(); }
  std::optional<std::uint32_t> U32() { return BigEndian<std::uint32_t>(); }
  std::optional<std::uint64_t> U64() { return BigEndian<std::uint64_t>(); }
  std::optional<std::int64_t> I64() {
    const std::optional<std::uint64_t> value = U64();
    if (!value) return std::nullopt;
    return static_cast<std::int64_t>(*value ^ (std::uint64_t{1} << 63));
  }
  std::optional<std::uint64_t> U64Descending() {
    const std::optional<std::uint64_t> value = U64();
    if (!value) return std::nullopt;
    return ~*value;
  }

  // All was read, and all of it was there.
  bool AtEnd() const { return !failed_ && rest_.empty(); }

 private:
  template <class T>
  std::optional<T> Fail() {
    failed_ = true;
    rest_ = {};
    return std::nullopt;
  }

  template <class T>
  std::optional<T> BigEndian() {
    const std::optional<std::string_view> bytes = Bytes(sizeof(T));
    if (!bytes) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : *bytes) value = (value << 8) | static_cast<unsigned char>(c);
    return static_cast<T>(value);
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace verbatim

#endif  // VERBATIM_KEYS_H_
