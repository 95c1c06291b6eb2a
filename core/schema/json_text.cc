// SPDX-License-Identifier: Apache-2.0
#include "core/schema/json_text.h"

#include "verbatim/text/utf8.h"

namespace verbatim::schema {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void AppendEscape(char c, std::string* out) {
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
      out->append("\\u00");
      out->push_back(kHexDigits[(static_cast<unsigned char>(c) >> 4) & 0xF]);
      out->push_back(kHexDigits[static_cast<unsigned char>(c) & 0xF]);
  }
}

void AppendWellFormed(std::string_view text, std::string* out) {
  size_t begin = 0;  // of what needs no escape
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
    out->append(text, begin, i - begin);
    AppendEscape(c, out);
    begin = i + 1;
  }
  out->append(text, begin, text.size() - begin);
}

}  // namespace

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

void AppendHex(std::string_view bytes, std::string* out) {
  for (const char c : bytes) {
    out->push_back(kHexDigits[(static_cast<unsigned char>(c) >> 4) & 0xF]);
    out->push_back(kHexDigits[static_cast<unsigned char>(c) & 0xF]);
  }
}

}  // namespace verbatim::schema
