// SPDX-License-Identifier: Apache-2.0
// Keys of the log's databases. README.md has them as tables. Private to the room.
#ifndef VERBATIM_CORE_LOG_LOG_KEYS_H_
#define VERBATIM_CORE_LOG_LOG_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/merkle/tiles.h"
#include "verbatim/text/shingles.h"

namespace verbatim::log {

inline constexpr std::string_view kMetaFrontier = "frontier";
inline constexpr std::string_view kMetaFormat = "format";
inline constexpr std::string_view kMetaArchive = "archive";
inline constexpr std::string_view kMetaIndexes = "indexes";
inline constexpr std::string_view kMetaErasure = "erasure";  // absent before the first

// First byte of a key in `streams`: an article's 16 bytes follow as they are, so that short ids are
// found by a prefix; of any other stream's name the first 16 bytes of its SHA-256.
inline constexpr char kArticleStream = '\x01';
inline constexpr char kNamedStream = '\x02';
inline constexpr size_t kStreamKeyBytes = 17;

// The article's 16 bytes when `stream` is one's name (32 lower-case hex digits).
std::optional<std::string> ArticleOfStream(std::string_view stream);

// 17 bytes; the version follows as 4.
std::string StreamKey(std::string_view stream);
std::string StreamVersionKey(std::string_view stream_key, uint64_t version);

// First 16 bytes of SHA-256.
std::string ShortDigest(std::string_view bytes);

std::string TileKey(merkle::TileId id);

// A value of `cursors`, the only one that nothing else in the log vouches for: the first 8 bytes of
// SHA-256 over its key and itself, then itself. Nothing when they disagree.
std::string SealCursor(std::string_view key, std::string_view cursor);
std::optional<std::string_view> OpenCursorValue(std::string_view key, std::string_view value);

// A value of `sketches`: the article's 16 bytes, then its bands, 2 bytes each. Nothing when it has
// another length.
struct SketchEntry {
  std::string_view article;  // borrowed from the value
  text::SketchBands bands;
};
std::string SketchValue(std::string_view article, const text::SketchBands& bands);
std::optional<SketchEntry> OpenSketch(std::string_view value);

// Values of `digests` begin with what they are about.
inline constexpr char kContentValue = 'c';  // revision as 4 bytes
inline constexpr char kSourceValue = 's';   // sequence as 8 bytes
inline constexpr char kRefusedValue = 'e';  // sequence as 8 bytes

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_LOG_KEYS_H_
