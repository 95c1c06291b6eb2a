// SPDX-License-Identifier: Apache-2.0
#include "core/view/row_format.h"

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/store/keys.h"
#include "verbatim/keys.h"

namespace verbatim::view {
namespace {

constexpr char kErased = 0;
constexpr char kRow = 1;

uint8_t TableByte(uint32_t table) {
  VB_CHECK(table < 256, "a table's number is one byte of its keys");
  return static_cast<uint8_t>(table);
}

}  // namespace

std::string RowKey(uint32_t table, std::string_view key) {
  std::string bytes;
  bytes.reserve(1 + key.size());
  bytes.push_back(static_cast<char>(TableByte(table)));
  bytes.append(key);
  return bytes;
}

std::string HistoryKey(uint32_t table, std::string_view key, uint64_t since) {
  return KeyWriter().U8(TableByte(table)).Text(key).U64Descending(since).Take();
}

std::string HistoryBegin(uint32_t table, std::string_view key) {
  return KeyWriter().U8(TableByte(table)).TextPrefix(key).Take();
}

std::string HistoryEnd(uint32_t table, std::string_view key) {
  std::string end = KeyWriter().U8(TableByte(table)).Text(key).Take();
  end.back() = '\x01';
  return end;
}

std::optional<HistoryName> ParseHistoryKey(std::string_view bytes) {
  KeyReader reader(bytes);
  reader.U8();
  std::optional<std::string> key = reader.Text();
  const std::optional<uint64_t> since = reader.U64Descending();
  if (!key || !since || !reader.AtEnd()) return std::nullopt;
  return HistoryName{*std::move(key), *since};
}

std::string RowValue(uint64_t since, std::string_view row) {
  std::string value;
  value.reserve(8 + row.size());
  value.append(store::U64Key(since).view());
  value.append(row);
  return value;
}

std::optional<StoredRow> ParseRowValue(std::string_view bytes) {
  const std::optional<uint64_t> since = store::ReadU64(bytes.substr(0, 8));
  if (!since) return std::nullopt;
  return StoredRow{*since, bytes.substr(8)};
}

std::string HistoryValue(std::optional<std::string_view> row) {
  if (!row) return {kErased};
  std::string value;
  value.reserve(1 + row->size());
  value.push_back(kRow);
  value.append(*row);
  return value;
}

std::optional<StoredVersion> ParseHistoryValue(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  if (bytes.front() == kRow) return StoredVersion{false, bytes.substr(1)};
  if (bytes.front() == kErased && bytes.size() == 1) return StoredVersion{true, {}};
  return std::nullopt;
}

absl::Status Damaged(std::string_view what) {
  return absl::DataLossError(
      fmt::format("a view's {} can't be read: build it again with `verbatim replay`", what));
}

base::Digest VersionDigest(uint32_t table, std::string_view key, uint64_t since,
                           std::optional<std::string_view> row) {
  const char head[2] = {static_cast<char>(TableByte(table)), static_cast<char>(key.size())};
  const store::U64Key at(since);
  const char kind = row ? kRow : kErased;
  return base::Sha256({std::string_view(head, sizeof head), key, at.view(),
                       std::string_view(&kind, 1), row.value_or(std::string_view())});
}

DigestSum::DigestSum(std::string_view bytes) {
  for (size_t i = 0; i < sum_.size() && i < bytes.size(); ++i) {
    sum_[i] = static_cast<uint8_t>(bytes[i]);
  }
}

void DigestSum::Add(const base::Digest& digest) {
  unsigned carry = 0;
  for (size_t i = sum_.size(); i-- > 0;) {
    const unsigned total = unsigned{sum_[i]} + digest[i] + carry;
    sum_[i] = static_cast<uint8_t>(total & 0xFF);
    carry = total >> 8;
  }
}

void DigestSum::Subtract(const base::Digest& digest) {
  unsigned borrow = 0;
  for (size_t i = sum_.size(); i-- > 0;) {
    const unsigned total = 256U + sum_[i] - digest[i] - borrow;
    sum_[i] = static_cast<uint8_t>(total & 0xFF);
    borrow = total < 256U ? 1 : 0;
  }
}

}  // namespace verbatim::view
