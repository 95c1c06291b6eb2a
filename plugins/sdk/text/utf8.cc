// SPDX-License-Identifier: Apache-2.0
// ASCII is the common case and goes eight or thirty-two bytes at a time; the rest goes character by
// character.
#include "verbatim/text/utf8.h"

#include <algorithm>
#include <cstring>

namespace verbatim::text {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080u;
constexpr char32_t kReplacement = 0xFFFD;

// The first byte is the lowest.
uint64_t Load8(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

uint32_t PopCount(uint64_t word) { return static_cast<uint32_t>(__builtin_popcountll(word)); }

// The first byte at or after `at` that is not ASCII, or the size.
size_t SkipAscii(std::string_view text, size_t at) {
  const char* p = text.data();
  while (at + 32 <= text.size()) {
    const uint64_t any =
        Load8(p + at) | Load8(p + at + 8) | Load8(p + at + 16) | Load8(p + at + 24);
    if ((any & kHighBits) != 0) break;
    at += 32;
  }
  while (at + 8 <= text.size() && (Load8(p + at) & kHighBits) == 0) at += 8;
  while (at < text.size() && static_cast<unsigned char>(p[at]) < 0x80) ++at;
  return at;
}

unsigned ByteAt(std::string_view text, size_t at) { return static_cast<unsigned char>(text[at]); }

// How many bytes the lead byte asks for and what its first continuation byte may be (Unicode 15,
// table 3-7).
struct Form {
  uint32_t size;  // 0: not a lead byte
  unsigned low;
  unsigned high;
};

Form FormOf(unsigned lead) {
  if (lead < 0x80) return {1, 0, 0};
  if (lead < 0xC2) return {0, 0, 0};
  if (lead < 0xE0) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead < 0xF0) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead < 0xF4) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// Size of the well-formed character at `at`; 0 when there is none.
uint32_t WellFormedSize(std::string_view text, size_t at) {
  const Form form = FormOf(ByteAt(text, at));
  if (form.size <= 1) return form.size;
  if (text.size() - at < form.size) return 0;
  const unsigned second = ByteAt(text, at + 1);
  if (second < form.low || second > form.high) return 0;
  for (uint32_t n = 2; n < form.size; ++n) {
    if (IsLeadByte(text[at + n])) return 0;
  }
  return form.size;
}

// Bit n: byte n of eight starts a character. The multiplication gathers the low bit of each byte
// into the top one.
uint64_t LeadBits8(uint64_t word) {
  const uint64_t continuation = (word >> 7) & ~(word >> 6);
  const uint64_t lead = ~continuation & 0x0101010101010101u;
  return (lead * 0x0102040810204080u) >> 56;
}

// Bit n: byte n of the (at most 64) bytes starts a character.
uint64_t LeadMask(const char* p, size_t size) {
  uint64_t mask = 0;
  size_t at = 0;
  for (; at + 8 <= size; at += 8) mask |= LeadBits8(Load8(p + at)) << at;
  for (; at < size; ++at) mask |= uint64_t{IsLeadByte(p[at])} << at;
  return mask;
}

}  // namespace

size_t FirstInvalidByte(std::string_view text) {
  size_t at = SkipAscii(text, 0);
  while (at < text.size()) {
    const uint32_t size = WellFormedSize(text, at);
    if (size == 0) return at;
    at += size;
    if (at < text.size() && ByteAt(text, at) < 0x80) at = SkipAscii(text, at);
  }
  return kNoByte;
}

bool IsAscii(std::string_view text) { return SkipAscii(text, 0) == text.size(); }

Decoded DecodeAt(std::string_view text, size_t byte) {
  const unsigned lead = ByteAt(text, byte);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1};
  const uint32_t size = WellFormedSize(text, byte);
  if (size == 0) return {kReplacement, 1};
  char32_t code_point = lead & (0xFFu >> (size + 1));
  for (uint32_t n = 1; n < size; ++n) {
    code_point = (code_point << 6) | (ByteAt(text, byte + n) & 0x3Fu);
  }
  return {code_point, size};
}

uint32_t PreviousChar(std::string_view text, uint32_t byte) {
  const uint32_t first = byte > 4 ? byte - 4 : 0;
  uint32_t at = byte - 1;
  while (at > first && !IsLeadByte(text[at])) --at;
  // Ill-formed bytes stand alone, as they do going forward.
  return at + DecodeAt(text, at).size == byte ? at : byte - 1;
}

void AppendUtf8(char32_t code_point, std::string* out) {
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  const char32_t c = surrogate || code_point > 0x10FFFF ? kReplacement : code_point;
  const auto tail = [out](char32_t bits) {
    out->push_back(static_cast<char>(0x80 | (bits & 0x3F)));
  };
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (c >> 6)));
    tail(c);
  } else if (c < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | (c >> 12)));
    tail(c >> 6);
    tail(c);
  } else {
    out->push_back(static_cast<char>(0xF0 | (c >> 18)));
    tail(c >> 12);
    tail(c >> 6);
    tail(c);
  }
}

uint32_t CountChars(std::string_view text) {
  size_t count = 0;
  for (const char byte : text) count += IsLeadByte(byte) ? 1 : 0;
  return static_cast<uint32_t>(count);
}

CharMap::CharMap(std::string_view text) : bytes_(static_cast<uint32_t>(text.size())) {
  if (IsAscii(text)) {
    chars_ = bytes_;
    return;
  }
  blocks_.reserve(text.size() / 64 + 1);
  for (size_t at = 0; at < text.size(); at += 64) {
    const size_t size = std::min<size_t>(64, text.size() - at);
    const uint64_t leads = LeadMask(text.data() + at, size);
    blocks_.push_back({leads, chars_});
    chars_ += PopCount(leads);
  }
}

uint32_t CharMap::CharOf(uint32_t byte) const {
  if (byte >= bytes_) return chars_;
  if (blocks_.empty()) return byte;
  const Block& block = blocks_[byte / 64];
  return block.before + PopCount(block.leads & ((uint64_t{1} << (byte % 64)) - 1));
}

uint32_t CharMap::ByteOf(uint32_t ch) const {
  if (ch >= chars_) return bytes_;
  if (blocks_.empty()) return ch;
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), ch,
                                      [](uint32_t c, const Block& b) { return c < b.before; });
  const auto block = after - 1;
  uint64_t leads = block->leads;
  for (uint32_t skip = ch - block->before; skip > 0; --skip) leads &= leads - 1;
  const auto in_block = static_cast<uint32_t>(__builtin_ctzll(leads));
  return static_cast<uint32_t>(block - blocks_.begin()) * 64 + in_block;
}

bool CharMap::AtBorder(uint32_t byte) const {
  if (byte >= bytes_) return byte == bytes_;
  return blocks_.empty() || ((blocks_[byte / 64].leads >> (byte % 64)) & 1) != 0;
}

Span MakeSpan(std::string_view text, const CharMap& map, uint32_t begin_byte, uint32_t end_byte) {
  return {begin_byte, end_byte, map.CharOf(begin_byte), map.CharOf(end_byte),
          std::string(text.substr(begin_byte, end_byte - begin_byte))};
}

}  // namespace verbatim::text
