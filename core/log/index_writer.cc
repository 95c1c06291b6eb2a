// SPDX-License-Identifier: Apache-2.0
#include "core/log/index_writer.h"

#include <utility>
#include <vector>

#include "core/log/log_keys.h"
#include "core/store/keys.h"

namespace verbatim::log {
namespace {

// `list` holds articles of 16 bytes each; the first is the one that was there first.
bool HasArticle(std::string_view list, std::string_view article) {
  for (size_t at = 0; at + article.size() <= list.size(); at += article.size()) {
    if (list.substr(at, article.size()) == article) return true;
  }
  return false;
}

std::string WithoutArticle(std::string_view list, std::string_view article) {
  std::string rest;
  for (size_t at = 0; at + article.size() <= list.size(); at += article.size()) {
    const std::string_view one = list.substr(at, article.size());
    if (one != article) rest.append(one);
  }
  return rest;
}

}  // namespace

absl::Status PutEntries(store::WriteTxn& txn, const LogDbs& dbs, const IndexEntries& entries,
                        uint64_t sequence) {
  if (!entries.content_key.empty()) {
    const std::string value = store::KeyWriter()
                                  .U8(static_cast<uint8_t>(kContentValue))
                                  .U32(entries.content_revision)
                                  .Take();
    VB_RETURN_IF_ERROR(txn.Put(dbs.digests, entries.content_key, value));
  }
  if (!entries.source_key.empty()) {
    const std::string value =
        store::KeyWriter().U8(static_cast<uint8_t>(kSourceValue)).U64(sequence).Take();
    const absl::Status first = txn.Insert(dbs.digests, entries.source_key, value);
    if (!first.ok() && !absl::IsAlreadyExists(first)) return first;
  }
  for (const std::string& key : entries.refused_keys) {
    const std::string value =
        store::KeyWriter().U8(static_cast<uint8_t>(kRefusedValue)).U64(sequence).Take();
    VB_RETURN_IF_ERROR(txn.Put(dbs.digests, key, value));
  }
  if (!entries.url_key.empty()) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> there,
                        txn.Find(dbs.urls, entries.url_key));
    std::string list(there.value_or(std::string_view()));
    if (!HasArticle(list, entries.article)) {
      VB_RETURN_IF_ERROR(txn.Put(dbs.urls, entries.url_key, list.append(entries.article)));
    }
  }
  if (!entries.sketch.empty()) {
    VB_RETURN_IF_ERROR(txn.Put(dbs.sketches, store::U64Key(sequence).view(), entries.sketch));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> NextStreamVersion(const store::Txn& txn, const LogDbs& dbs,
                                           std::string_view stream_key) {
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn.OpenCursor(dbs.streams));
  VB_ASSIGN_OR_RETURN(const bool there,
                      cursor.SeekBefore(StreamVersionKey(stream_key, UINT32_MAX)));
  const std::string_view key = there ? cursor.entry().key : std::string_view();
  if (key.substr(0, kStreamKeyBytes) != stream_key) return uint64_t{0};
  const std::optional<uint32_t> last = store::ReadU32(key.substr(kStreamKeyBytes));
  if (!last) return absl::DataLossError("a key of `streams` has a wrong length");
  return uint64_t{*last} + 1;
}

absl::Status PutLeaf(store::WriteTxn& txn, const LogDbs& dbs, const merkle::Hash& leaf,
                     merkle::Frontier& frontier, merkle::TileBuilder& tiles) {
  const auto stored = [&](merkle::TileId id) { return txn.Find(dbs.tiles, TileKey(id)); };
  frontier.Append(leaf);
  VB_ASSIGN_OR_RETURN(const std::vector<merkle::TileBuilder::Tile> full,
                      tiles.Append(leaf, stored));
  for (const merkle::TileBuilder::Tile& tile : full) {
    VB_RETURN_IF_ERROR(txn.Insert(dbs.tiles, TileKey(tile.id), tile.bytes));
  }
  return absl::OkStatus();
}

// A cursor that has appended believes itself at the end for ever, wherever an insertion has taken
// it since: so an older id goes in by another way, and the cursor is opened anew.
absl::Status PutId(store::WriteTxn& txn, const LogDbs& dbs, std::string_view id,
                   std::string_view sequence, std::optional<store::WriteCursor>& appender,
                   std::string& greatest) {
  if (id > greatest) {
    greatest = id;
    return appender->PutAppend(id, sequence);
  }
  appender.reset();
  VB_RETURN_IF_ERROR(txn.Insert(dbs.ids, id, sequence));
  VB_ASSIGN_OR_RETURN(store::WriteCursor again, txn.OpenWriter(dbs.ids));
  appender.emplace(std::move(again));
  return absl::OkStatus();
}

absl::Status RemoveBodyEntries(store::WriteTxn& txn, const LogDbs& dbs,
                               const IndexEntries& entries) {
  for (const std::string* digest : {&entries.content_key, &entries.source_key}) {
    if (!digest->empty()) VB_RETURN_IF_ERROR(txn.Delete(dbs.digests, *digest).status());
  }
  if (!entries.url_key.empty()) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> list,
                        txn.Find(dbs.urls, entries.url_key));
    const std::string rest = WithoutArticle(list.value_or(std::string_view()), entries.article);
    VB_RETURN_IF_ERROR(rest.empty() ? txn.Delete(dbs.urls, entries.url_key).status()
                                    : txn.Put(dbs.urls, entries.url_key, rest));
  }
  return absl::OkStatus();
}

}  // namespace verbatim::log
