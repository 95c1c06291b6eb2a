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

// A table, and not a comparison for each digit.
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

// Most of an export or import of a log is hex, so it is made sixteen bytes at once: types that g++
// and clang turn into whatever the processor has for them. Each lane compares to 0 or -1.
using Lanes = int8_t __attribute__((vector_size(16)));
using Bytes = uint8_t __attribute__((vector_size(16)));
using Pairs = uint16_t __attribute__((vector_size(16)));
constexpr size_t kLanes = sizeof(Lanes);

template <class To, class From>
To SameBits(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

template <class Vector>
Vector Load(const char* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

// Of values below 16.
Bytes DigitsOf(Bytes values) {
  const Lanes letters = SameBits<Lanes>(values) > 9;
  return values + '0' + (SameBits<Bytes>(letters) & ('a' - '0' - 10));
}

void SixteenToHex(const char* bytes, char* hex) {
  const auto pairs = Load<Pairs>(bytes);
  // Each pair of bytes AB CD as A- C- and B- D-, which belong side by side.
  const Bytes high = DigitsOf(SameBits<Bytes>((pairs >> 4) & 0x0f0f));
  const Bytes low = DigitsOf(SameBits<Bytes>(pairs & 0x0f0f));
  const Bytes first =
      __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const Bytes second = __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
                                               29, 14, 30, 15, 31);
  std::memcpy(hex, &first, kLanes);
  std::memcpy(hex + kLanes, &second, kLanes);
}

// The values of sixteen digits; a lane of `bad` gets bits where a character is none.
Bytes ValuesOf(Bytes digits, Bytes& bad) {
  const Bytes decimal = digits - '0';
  const Bytes letter = (digits | 0x20) - 'a';
  const Bytes is_decimal = SameBits<Bytes>(decimal < 10);
  const Bytes is_letter = SameBits<Bytes>(letter < 6);
  bad |= ~(is_decimal | is_letter);
  return (decimal & is_decimal) | ((letter + 10) & is_letter);
}

void SixteenFromHex(const char* hex, char* bytes, Bytes& bad) {
  const Bytes first = ValuesOf(Load<Bytes>(hex), bad);
  const Bytes second = ValuesOf(Load<Bytes>(hex + kLanes), bad);
  const Bytes high = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20,
                                             22, 24, 26, 28, 30);
  const Bytes low = __builtin_shufflevector(first, second, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21,
                                            23, 25, 27, 29, 31);
  const Bytes both = (high << 4) | low;
  std::memcpy(bytes, &both, kLanes);
}

bool AnyBit(Bytes lanes) {
  uint64_t halves[2];
  std::memcpy(halves, &lanes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

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
  for (; bytes.size() >= kLanes; bytes.remove_prefix(kLanes)) {
    SixteenToHex(bytes.data(), to);
    to += 2 * kLanes;
  }
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
  char* to = bytes.data() + begin;
  Bytes bad = {};
  for (; hex.size() >= 2 * kLanes; hex.remove_prefix(2 * kLanes)) {
    SixteenFromHex(hex.data(), to, bad);
    to += kLanes;
  }
  uint8_t odd = AnyBit(bad) ? kNoDigit : 0;  // has a high bit as soon as one character is none
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
