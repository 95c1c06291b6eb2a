// SPDX-License-Identifier: Apache-2.0
// The bytes of a generation: keys and values of its databases, and the digest of a version.
// README.md has the tables. Private to core/view.
#ifndef VERBATIM_CORE_VIEW_ROW_FORMAT_H_
#define VERBATIM_CORE_VIEW_ROW_FORMAT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/sha256.h"
#include "core/base/status.h"

namespace verbatim::view {

inline constexpr std::string_view kRowsDb = "rows";
inline constexpr std::string_view kHistoryDb = "history";
inline constexpr std::string_view kMetaDb = "meta";
inline constexpr std::string_view kMetaFormat = "format";
inline constexpr std::string_view kMetaBuild = "build";
inline constexpr std::string_view kMetaCheckpoint = "checkpoint";
inline constexpr std::string_view kFormat = "1";

// rows: table (1 byte), key.
std::string RowKey(uint32_t table, std::string_view key);

// history: table (1 byte), key with 00 as 00 FF, 00 00, inverted since (8 bytes): newest first.
std::string HistoryKey(uint32_t table, std::string_view key, uint64_t since);
// Where the versions of a key begin, and of all keys from it on.
std::string HistoryBegin(uint32_t table, std::string_view key);
// Greater than every version of the key, smaller than every version of the next.
std::string HistoryEnd(uint32_t table, std::string_view key);

struct HistoryName {
  std::string key;
  uint64_t since = 0;
};
// Nothing when the bytes are no key of the history.
std::optional<HistoryName> ParseHistoryKey(std::string_view bytes);

// A value of `rows`: since (8 bytes, big-endian), row.
std::string RowValue(uint64_t since, std::string_view row);
struct StoredRow {
  uint64_t since = 0;
  std::string_view row;
};
std::optional<StoredRow> ParseRowValue(std::string_view bytes);

// A value of `history`: 01, row; or 00: erased.
std::string HistoryValue(std::optional<std::string_view> row);
struct StoredVersion {
  bool erased = false;
  std::string_view row;
};
std::optional<StoredVersion> ParseHistoryValue(std::string_view bytes);

absl::Status Damaged(std::string_view what);

// SHA-256 of table (1 byte), length of the key (1 byte), key, since (8 bytes), 01 and row, or 00.
base::Digest VersionDigest(uint32_t table, std::string_view key, uint64_t since,
                           std::optional<std::string_view> row);

// A sum of digests as 256-bit numbers, modulo 2^256: the order of adding doesn't show.
class DigestSum {
 public:
  DigestSum() = default;
  // From 32 bytes; empty is zero.
  explicit DigestSum(std::string_view bytes);
  void Add(const base::Digest& digest);
  void Subtract(const base::Digest& digest);
  std::string bytes() const { return base::ToString(sum_); }

 private:
  base::Digest sum_{};
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_ROW_FORMAT_H_
