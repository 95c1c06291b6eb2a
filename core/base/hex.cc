// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace verbatim::base {
namespace {

constexpr char kDigits[] = "0123456789abcdef";
constexpr uint8_t kNoDigit = 0xff;

// A table, and not a comparison for each digit: exports and imports of a log are mostly this.
constexpr std::array<char, 512> MakePairs() {
  std::array<char, 512> pairs{};
  for (size_t byte = 0; byte < 256; ++byte) {
    pairs[2 * byte] = kDigits[byte >> 4];
    pairs[2 * byte + 1] = kDigits[byte & 15];
  }
  return pairs;
}
constexpr std::array<char, 512> kPairs = MakePairs();

constexpr std::array<uint8_t, 256> MakeValues() {
  std::array<uint8_t, 256> values{};
  for (uint8_t& value : values) value = kNoDigit;
  for (uint8_t digit = 0; digit < 16; ++digit) {
    values[static_cast<uint8_t>(kDigits[digit])] = digit;
    if (digit >= 10) values[static_cast<uint8_t>('A' + digit - 10)] = digit;
  }
  return values;
}
constexpr std::array<uint8_t, 256> kValues = MakeValues();

uint8_t Digit(char c) { return kValues[static_cast<uint8_t>(c)]; }

}  // namespace

std::string ToHex(std::string_view bytes) {
  std::string hex;
  AppendHex(bytes, hex);
  return hex;
}

void AppendHex(std::string_view bytes, std::string& hex) {
  const size_t begin = hex.size();
  hex.resize(begin + 2 * bytes.size());
  char* to = hex.data() + begin;
  for (const char c : bytes) {
    std::memcpy(to, &kPairs[2 * size_t{static_cast<uint8_t>(c)}], 2);
    to += 2;
  }
}

std::optional<std::string> FromHex(std::string_view hex) {
  std::string bytes;
  if (!AppendFromHex(hex, bytes)) return std::nullopt;
  return bytes;
}

bool AppendFromHex(std::string_view hex, std::string& bytes) {
  if (hex.size() % 2 != 0) return false;
  const size_t begin = bytes.size();
  bytes.resize(begin + hex.size() / 2);
  uint8_t odd = 0;  // has a high bit as soon as one character is none
  char* to = bytes.data() + begin;
  for (size_t i = 0; i < hex.size(); i += 2) {
    const uint8_t high = Digit(hex[i]);
    const uint8_t low = Digit(hex[i + 1]);
    odd |= high | low;
    *to++ = static_cast<char>((high << 4) | low);
  }
  if (odd <= 15) return true;
  bytes.resize(begin);
  return false;
}

std::string ShortId(std::string_view id) { return ToHex(id.substr(0, kShortIdChars / 2)); }

bool IsHex(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return Digit(c) != kNoDigit; });
}

}  // namespace verbatim::base
