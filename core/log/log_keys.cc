// SPDX-License-Identifier: Apache-2.0
#include "core/log/log_keys.h"

#include <algorithm>

#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/store/keys.h"

namespace verbatim::log {
namespace {

constexpr size_t kCursorCheckBytes = 8;

}  // namespace

std::optional<std::string> ArticleOfStream(std::string_view stream) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (stream.size() != 2 * base::kIdBytes || !std::all_of(stream.begin(), stream.end(), is_digit)) {
    return std::nullopt;
  }
  return base::FromHex(stream);
}

std::string ShortDigest(std::string_view bytes) {
  return std::string(base::AsView(base::Sha256(bytes)).substr(0, base::kIdBytes));
}

std::string StreamKey(std::string_view stream) {
  const std::optional<std::string> article = ArticleOfStream(stream);
  std::string key(1, article ? kArticleStream : kNamedStream);
  key += article ? *article : ShortDigest(stream);
  return key;
}

std::string StreamVersionKey(std::string_view stream_key, uint64_t version) {
  return store::KeyWriter().Raw(stream_key).U32(static_cast<uint32_t>(version)).Take();
}

std::string TileKey(merkle::TileId id) {
  return store::KeyWriter().U8(static_cast<uint8_t>(id.level)).U64(id.number).Take();
}

std::string SealCursor(std::string_view key, std::string_view cursor) {
  const std::string sealed = std::string(key).append(cursor);
  return ShortDigest(sealed).substr(0, kCursorCheckBytes).append(cursor);
}

std::optional<std::string_view> OpenCursorValue(std::string_view key, std::string_view value) {
  if (value.size() < kCursorCheckBytes) return std::nullopt;
  const std::string_view cursor = value.substr(kCursorCheckBytes);
  if (SealCursor(key, cursor) != value) return std::nullopt;
  return cursor;
}

std::string SketchValue(std::string_view article, const text::SketchBands& bands) {
  std::string value(article);
  for (const uint16_t band : bands) {
    value.push_back(static_cast<char>(band >> 8));
    value.push_back(static_cast<char>(band & 0xFF));
  }
  return value;
}

std::optional<SketchEntry> OpenSketch(std::string_view value) {
  if (value.size() != base::kIdBytes + 2 * text::kSketchBands) return std::nullopt;
  SketchEntry entry = {value.substr(0, base::kIdBytes), {}};
  const char* at = value.data() + base::kIdBytes;
  for (uint16_t& band : entry.bands) {
    band = static_cast<uint16_t>(static_cast<unsigned char>(at[0]) << 8 |
                                 static_cast<unsigned char>(at[1]));
    at += 2;
  }
  return entry;
}

}  // namespace verbatim::log
