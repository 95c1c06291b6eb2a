// SPDX-License-Identifier: Apache-2.0
// Keys whose byte order is the order that is meant: integers big-endian, strings escaped so that a
// shorter one sorts before its extensions whatever follows it.
//
//   std::string key = KeyWriter().U8(1).U64(sequence).Take();
//   KeyReader reader(key);
//   std::optional<uint8_t> kind = reader.U8();
#ifndef VERBATIM_CORE_STORE_KEYS_H_
#define VERBATIM_CORE_STORE_KEYS_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace verbatim::store {

// A sequence as a key, without an allocation.
class U64Key {
 public:
  explicit U64Key(uint64_t value) {
    static_assert(std::endian::native == std::endian::little);
    const uint64_t big_endian = __builtin_bswap64(value);
    std::memcpy(bytes_, &big_endian, sizeof bytes_);
  }
  // Lives as long as this object.
  std::string_view view() const { return {bytes_, sizeof bytes_}; }

 private:
  char bytes_[8];
};

// Big-endian; `bytes` must have exactly 8 (4), else nothing.
std::optional<uint64_t> ReadU64(std::string_view bytes);
std::optional<uint32_t> ReadU32(std::string_view bytes);

class KeyWriter {
 public:
  KeyWriter& U8(uint8_t value);
  KeyWriter& U32(uint32_t value);
  KeyWriter& U64(uint64_t value);
  // Larger values first.
  KeyWriter& InvertedU64(uint64_t value) { return U64(~value); }
  // As they are: of a length that the reader knows, or last.
  KeyWriter& Raw(std::string_view bytes);
  // Any bytes, closed by 00 00; a 00 within becomes 00 FF.
  KeyWriter& Escaped(std::string_view bytes);

  const std::string& key() const { return key_; }
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

// Reads what KeyWriter wrote, front to back. Nothing when the key is too short or badly escaped;
// the reader then stays where it was.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}
  std::optional<uint8_t> U8();
  std::optional<uint32_t> U32();
  std::optional<uint64_t> U64();
  std::optional<uint64_t> InvertedU64();
  std::optional<std::string_view> Raw(size_t size);
  std::optional<std::string> Escaped();
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// The smallest key greater than every key that begins with `prefix`; nothing when there is none
// (the prefix is empty or all FF).
std::optional<std::string> PrefixEnd(std::string_view prefix);

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_KEYS_H_
