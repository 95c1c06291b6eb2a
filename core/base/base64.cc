// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace verbatim::base {
namespace {

// OpenSSL counts in int: longer inputs go through it piece by piece, at borders of whole groups.
constexpr size_t kPieceBytes = size_t{3} << 20;
constexpr size_t kPieceChars = kPieceBytes / 3 * 4;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string ToBase64(std::string_view bytes) {
  // EVP_EncodeBlock ends what it writes with a zero byte.
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  size_t size = 0;
  for (size_t begin = 0; begin < bytes.size(); begin += kPieceBytes) {
    const std::string_view piece = bytes.substr(begin, kPieceBytes);
    size +=
        static_cast<size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data() + size),
                                            Bytes(piece), static_cast<int>(piece.size())));
  }
  text.resize(size);
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  size_t size = 0;
  for (size_t begin = 0; begin < text.size(); begin += kPieceChars) {
    const std::string_view piece = text.substr(begin, kPieceChars);
    const int read = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data() + size),
                                     Bytes(piece), static_cast<int>(piece.size()));
    if (read < 0) return std::nullopt;
    size += static_cast<size_t>(read);
  }
  const auto padding = static_cast<size_t>(
      std::find_if(text.rbegin(), text.rend(), [](char c) { return c != '='; }) - text.rbegin());
  if (padding > 2 || padding > size) return std::nullopt;
  bytes.resize(size - padding);
  // OpenSSL passes over blanks at the ends and over spare bits: only the same text again will do.
  if (ToBase64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace verbatim::base
