// SPDX-License-Identifier: Apache-2.0
// UTF-8: validity, decoding, and the map between bytes and characters.
// A character is a Unicode code point everywhere in verbatim. Texts are shorter than 4 GiB.
//
//   CharMap map(text);
//   Span span = MakeSpan(text, map, 10, 25);   // both units and the text between them
#ifndef VERBATIM_TEXT_UTF8_H_
#define VERBATIM_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

inline constexpr size_t kNoByte = std::string_view::npos;

// The first byte that doesn't belong to a well-formed character; kNoByte when there is none.
// Overlong forms, surrogates, values above U+10FFFF and a character cut off by the end are
// ill-formed (Unicode 15, table 3-7).
size_t FirstInvalidByte(std::string_view text);

inline bool IsValidUtf8(std::string_view text) { return FirstInvalidByte(text) == kNoByte; }

bool IsAscii(std::string_view text);

// True for every byte but a continuation byte (10xxxxxx).
inline bool IsLeadByte(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; }

struct Decoded {
  char32_t code_point;  // U+FFFD for an ill-formed byte
  uint32_t size;        // bytes taken: 1 to 4, and 1 for an ill-formed byte
};

// The character that starts at `byte` (< text.size()). Never reads beyond the text; ill-formed
// input is safe.
Decoded DecodeAt(std::string_view text, size_t byte);

// The first byte of the character that ends just before `byte` (> 0).
uint32_t PreviousChar(std::string_view text, uint32_t byte);

// Appends one character; anything that is not a scalar value is appended as U+FFFD.
void AppendUtf8(char32_t code_point, std::string* out);

// Characters of well-formed text; lead bytes otherwise.
uint32_t CountChars(std::string_view text);

// Byte <-> character numbers of one text. Keeps no reference to the text. O(1) from byte to
// character, O(log n) back; both are the identity, at no memory, where the text is ASCII.
class CharMap {
 public:
  CharMap() = default;
  explicit CharMap(std::string_view text);

  // Number of characters that start before `byte`. Beyond the end: chars().
  uint32_t CharOf(uint32_t byte) const;

  // First byte of character number `ch`. Beyond the end: bytes().
  uint32_t ByteOf(uint32_t ch) const;

  // Does a character start at `byte`, or the text end there? A span may begin and end only at such
  // bytes.
  bool AtBorder(uint32_t byte) const;

  uint32_t chars() const { return chars_; }
  uint32_t bytes() const { return bytes_; }

 private:
  struct Block {
    uint64_t leads;   // bit n: byte n of these 64 starts a character
    uint32_t before;  // characters that start before the block
  };
  std::vector<Block> blocks_;  // empty when all is ASCII
  uint32_t bytes_ = 0;
  uint32_t chars_ = 0;
};

// Half open, in bytes and in characters, with the text between: the plain twin of
// verbatim.v1.TextSpan.
struct Span {
  uint32_t begin_byte = 0;
  uint32_t end_byte = 0;
  uint32_t begin_char = 0;
  uint32_t end_char = 0;
  std::string exact;
};

// Wants begin_byte <= end_byte <= text.size(), both at borders of characters, and the map of that
// text.
Span MakeSpan(std::string_view text, const CharMap& map, uint32_t begin_byte, uint32_t end_byte);

// Half-open range of bytes.
struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
};
inline bool operator==(const Range& a, const Range& b) {
  return a.begin == b.begin && a.end == b.end;
}
inline bool operator!=(const Range& a, const Range& b) { return !(a == b); }

// The bytes of a range. Borrows from `text`.
inline std::string_view In(std::string_view text, const Range& range) {
  return text.substr(range.begin, range.end - range.begin);
}

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_UTF8_H_
