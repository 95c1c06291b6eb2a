// SPDX-License-Identifier: Apache-2.0
#include "core/schema/json_text.h"

#include <array>
#include <cstdint>

#include "core/schema/control.h"
#include "verbatim/text/utf8.h"

namespace verbatim::schema {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// What has to be looked at before it may stand in quotation marks, by its first byte.
enum class Care : uint8_t { kNone, kEscape, kDecode };

// Two bytes begin what is no ASCII and steers a terminal: C2 all of C1, E2 the marks of direction.
constexpr std::array<Care, 256> MakeCares() {
  std::array<Care, 256> cares{};
  for (size_t c = 0; c < 0x80; ++c) {
    if (SteersTerminal(static_cast<char32_t>(c))) cares[c] = Care::kEscape;
  }
  cares['"'] = cares['\\'] = Care::kEscape;
  cares[0xC2] = cares[0xE2] = Care::kDecode;
  return cares;
}
constexpr std::array<Care, 256> kCares = MakeCares();

void AppendEscape(char32_t c, std::string* out) {
  switch (c) {
    case '"':
      out->append("\\\"");
      return;
    case '\\':
      out->append("\\\\");
      return;
    case '\n':
      out->append("\\n");
      return;
    case '\r':
      out->append("\\r");
      return;
    case '\t':
      out->append("\\t");
      return;
    case '\b':
      out->append("\\b");
      return;
    case '\f':
      out->append("\\f");
      return;
    default:
      AppendCodePoint(c, out);
  }
}

void AppendWellFormed(std::string_view text, std::string* out) {
  size_t begin = 0;  // of what needs no escape
  for (size_t i = 0; i < text.size();) {
    const Care care = kCares[static_cast<unsigned char>(text[i])];
    if (care == Care::kNone) {
      ++i;
      continue;
    }
    const text::Decoded c = text::DecodeAt(text, i);
    if (care == Care::kEscape || SteersTerminal(c.code_point)) {
      out->append(text, begin, i - begin);
      AppendEscape(c.code_point, out);
      begin = i + c.size;
    }
    i += c.size;
  }
  out->append(text, begin, text.size() - begin);
}

}  // namespace

void AppendCodePoint(char32_t c, std::string* out) {
  out->append("\\u");
  for (int shift = 12; shift >= 0; shift -= 4) out->push_back(kHexDigits[(c >> shift) & 0xF]);
}

void AppendQuoted(std::string_view text, std::string* out) {
  out->push_back('"');
  for (size_t invalid = text::FirstInvalidByte(text); invalid != text::kNoByte;
       invalid = text::FirstInvalidByte(text)) {
    AppendWellFormed(text.substr(0, invalid), out);
    text::AppendUtf8(0xFFFD, out);
    text.remove_prefix(invalid + 1);
  }
  AppendWellFormed(text, out);
  out->push_back('"');
}

void AppendLineEnd(int depth, std::string* out) {
  out->push_back('\n');
  out->append(static_cast<size_t>(depth) * 2, ' ');
}

}  // namespace verbatim::schema
