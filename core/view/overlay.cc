// SPDX-License-Identifier: Apache-2.0
#include "core/view/overlay.h"

#include <algorithm>
#include <cstring>

#include "core/base/check.h"
#include "core/store/keys.h"
#include "verbatim/keys.h"

namespace verbatim::view {
namespace {

// What a key and a replaced row cost in memory beyond their bytes: a slot of a table that is half
// full, a place in a list.
constexpr size_t kEntryBytes = 176;
constexpr size_t kVersionBytes = 48;

std::string_view View(vb_bytes bytes) {
  return bytes.size == 0 ? std::string_view()
                         : std::string_view(static_cast<const char*>(bytes.data), bytes.size);
}

uint32_t TableOf(TableKey key) { return static_cast<uint8_t>(key.front()); }
std::string_view KeyOf(TableKey key) { return key.substr(1); }

// Puts in key order. From the first key on that is greater than all there, every one is, and goes
// to the end without a search.
class OrderedPuts {
 public:
  static absl::StatusOr<OrderedPuts> Into(store::WriteTxn* txn, store::Db db) {
    OrderedPuts puts(txn, db);
    VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn->OpenCursor(db));
    VB_ASSIGN_OR_RETURN(const bool any, cursor.Last());
    if (any) puts.last_ = std::string(cursor.entry().key);
    puts.empty_ = !any;
    return puts;
  }

  absl::Status Put(std::string_view key, std::string_view value) {
    if (!at_end_ && (empty_ || key > last_)) {
      VB_ASSIGN_OR_RETURN(store::WriteCursor end, txn_->OpenWriter(db_));
      at_end_.emplace(std::move(end));
    }
    return at_end_ ? at_end_->PutAppend(key, value) : txn_->Put(db_, key, value);
  }

  // A key that is there, so before any that went to the end.
  absl::Status Delete(std::string_view key) { return txn_->Delete(db_, key).status(); }

 private:
  OrderedPuts(store::WriteTxn* txn, store::Db db) : txn_(txn), db_(db) {}
  store::WriteTxn* txn_;
  store::Db db_;
  std::string last_;
  bool empty_ = false;
  std::optional<store::WriteCursor> at_end_;
};

// The first bytes of a key as a number, so that most comparisons touch no string.
uint64_t Head(TableKey key) {
  uint64_t head = 0;
  for (size_t i = 0; i < sizeof head; ++i) {
    head = (head << 8) | (i < key.size() ? static_cast<uint8_t>(key[i]) : 0U);
  }
  return head;
}

}  // namespace

absl::StatusOr<Overlay> Overlay::Make(Generation& generation) {
  VB_ASSIGN_OR_RETURN(store::ReadTxn txn, generation.env_->BeginRead());
  Overlay overlay(generation, std::move(txn));
  VB_ASSIGN_OR_RETURN(overlay.checkpoint_, generation.ReadCheckpoint(overlay.txn_));
  overlay.digest_ = DigestSum(overlay.checkpoint_.digest());
  overlay.rows_ = overlay.checkpoint_.rows();
  overlay.versions_ = overlay.checkpoint_.versions();
  const auto& counted = overlay.checkpoint_.table_rows();
  if (overlay.rows_ == 0) {
    overlay.table_rows_.resize(generation.tables());
  } else if (static_cast<uint32_t>(counted.size()) == generation.tables()) {
    overlay.table_rows_.assign(counted.begin(), counted.end());
  }
  return overlay;
}

vb_store* Overlay::store() {
  store_.struct_size = sizeof(vb_store);
  store_.ctx = this;
  store_.get = &Overlay::Get;
  store_.put = &Overlay::Put;
  store_.erase = &Overlay::Erase;
  store_.scan = &Overlay::Scan;
  return &store_;
}

vb_status Overlay::Fail(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
  return VB_FAILED;
}

bool Overlay::Sound(uint32_t table, vb_bytes key) const {
  return table < generation_->tables() && key.size > 0 && key.size <= VB_KEY_BYTES_MAX;
}

std::string_view Overlay::Keep(std::string_view head, std::string_view rest) {
  const size_t size = head.size() + rest.size();
  if (size == 0) return {};
  auto* const kept = static_cast<char*>(memory_->allocate(size, 1));
  std::memcpy(kept, head.data(), head.size());
  if (!rest.empty()) std::memcpy(kept + head.size(), rest.data(), rest.size());
  bytes_ += size;
  return {kept, size};
}

absl::StatusOr<std::optional<StoredRow>> Overlay::Committed(TableKey key) const {
  if (checkpoint_.rows() == 0) return std::optional<StoredRow>();
  VB_ASSIGN_OR_RETURN(const auto value, txn_.Find(generation_->rows_, key));
  if (!value) return std::optional<StoredRow>();
  const auto stored = ParseRowValue(*value);
  if (!stored) return Damaged("rows");
  return stored;
}

absl::StatusOr<RowBytes> Overlay::Before(TableKey key) const {
  if (const auto entry = batch_.find(key); entry != batch_.end()) return entry->second.row;
  VB_ASSIGN_OR_RETURN(const auto stored, Committed(key));
  return stored ? RowBytes(stored->row) : RowBytes();
}

vb_status Overlay::Get(void* self, uint32_t table, vb_bytes key, vb_sink* row) {
  auto& overlay = *static_cast<Overlay*>(self);
  if (!overlay.Sound(table, key)) return VB_INVALID_ARGUMENT;
  const std::string at = RowKey(table, View(key));
  RowBytes found;
  if (const auto changed = overlay.event_.find(at); changed != overlay.event_.end()) {
    found = changed->second;
  } else {
    const auto before = overlay.Before(at);
    if (!before.ok()) return overlay.Fail(before.status());
    found = *before;
  }
  if (!found) return VB_NOT_FOUND;
  row->put(row->ctx, {found->data(), found->size()});
  return VB_OK;
}

vb_status Overlay::Put(void* self, uint32_t table, vb_bytes key, vb_bytes row) {
  auto& overlay = *static_cast<Overlay*>(self);
  if (!overlay.Sound(table, key) || overlay.scanning_ > 0) return VB_INVALID_ARGUMENT;
  const char of_table = static_cast<char>(table);
  const TableKey at = overlay.Keep({&of_table, 1}, View(key));
  overlay.event_.insert_or_assign(at, overlay.Keep(View(row)));
  return VB_OK;
}

vb_status Overlay::Erase(void* self, uint32_t table, vb_bytes key) {
  auto& overlay = *static_cast<Overlay*>(self);
  if (!overlay.Sound(table, key) || overlay.scanning_ > 0) return VB_INVALID_ARGUMENT;
  const char of_table = static_cast<char>(table);
  overlay.event_.insert_or_assign(overlay.Keep({&of_table, 1}, View(key)), std::nullopt);
  return VB_OK;
}

absl::Status Overlay::KeepEvent(uint64_t sequence) {
  for (const auto& [key, row] : event_) VB_RETURN_IF_ERROR(KeepChange(sequence, key, row));
  event_.clear();
  return absl::OkStatus();
}

absl::Status Overlay::KeepChange(uint64_t sequence, TableKey key, RowBytes row) {
  const auto [at, is_new] = batch_.try_emplace(key);
  BatchEntry& old = at->second;
  if (is_new) {
    VB_ASSIGN_OR_RETURN(const auto stored, Committed(key));
    if (stored) old = {stored->since, stored->row, true, {}};
    bytes_ += kEntryBytes;
    if (order_) order_->insert(key);
  }
  if (old.row == row) return absl::OkStatus();

  const uint32_t table = TableOf(key);
  const bool versioned = generation_->KeepsHistory(table);
  if (old.row && versioned) {
    old.replaced.push_back({old.since, old.row});
    ++versions_;
  } else if (old.row) {
    digest_.Subtract(VersionDigest(table, KeyOf(key), old.since, *old.row));
  }
  const bool counts = !table_rows_.empty();
  if (old.row) --rows_;
  if (old.row && counts) --table_rows_[table];
  if (row && counts) ++table_rows_[table];
  if (row) {
    digest_.Add(VersionDigest(table, KeyOf(key), sequence, *row));
    ++rows_;
  } else if (versioned) {
    digest_.Add(VersionDigest(table, KeyOf(key), sequence, std::nullopt));
    old.replaced.push_back({sequence, std::nullopt});
    ++versions_;
  }
  old.since = sequence;
  old.row = row;
  bytes_ += kVersionBytes;
  return absl::OkStatus();
}

absl::Status Overlay::WriteRows(store::WriteTxn* txn,
                                const std::vector<const Batch::value_type*>& sorted) {
  VB_ASSIGN_OR_RETURN(OrderedPuts puts, OrderedPuts::Into(txn, generation_->rows_));
  std::string value;
  for (const auto* entry : sorted) {
    const BatchEntry& change = entry->second;
    if (change.since <= checkpoint_.sequence()) continue;  // only looked at, or put as it was
    if (change.row) {
      value.assign(store::U64Key(change.since).view()).append(*change.row);
      VB_RETURN_IF_ERROR(puts.Put(entry->first, value));
    } else if (change.committed) {
      VB_RETURN_IF_ERROR(puts.Delete(entry->first));
    }
  }
  return absl::OkStatus();
}

absl::Status Overlay::WriteHistory(store::WriteTxn* txn,
                                   const std::vector<const Batch::value_type*>& sorted) {
  VB_ASSIGN_OR_RETURN(OrderedPuts puts, OrderedPuts::Into(txn, generation_->history_));
  for (const auto* entry : sorted) {
    const std::vector<ReplacedRow>& replaced = entry->second.replaced;
    for (auto version = replaced.rbegin(); version != replaced.rend(); ++version) {
      VB_RETURN_IF_ERROR(
          puts.Put(HistoryKey(TableOf(entry->first), KeyOf(entry->first), version->since),
                   HistoryValue(version->row)));
    }
  }
  return absl::OkStatus();
}

std::vector<const Overlay::Batch::value_type*> Overlay::Sorted() const {
  std::vector<std::pair<uint64_t, const Batch::value_type*>> heads;
  heads.reserve(batch_.size());
  for (const auto& entry : batch_) heads.emplace_back(Head(entry.first), &entry);
  std::sort(heads.begin(), heads.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->first < b.second->first;
  });
  std::vector<const Batch::value_type*> sorted;
  sorted.reserve(heads.size());
  for (const auto& [head, entry] : heads) sorted.push_back(entry);
  return sorted;
}

absl::Status Overlay::Commit(v1::ViewCheckpoint checkpoint) {
  VB_CHECK(event_.empty(), "a batch ends between events");
  checkpoint.set_fingerprint(generation_->build_.fingerprint());
  checkpoint.set_digest(digest_.bytes());
  checkpoint.set_rows(rows_);
  checkpoint.set_versions(versions_);
  checkpoint.mutable_table_rows()->Assign(table_rows_.begin(), table_rows_.end());

  const std::vector<const Batch::value_type*> sorted = Sorted();
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, generation_->env_->BeginWrite());
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint standing, generation_->ReadCheckpoint(txn));
  if (standing.sequence() != checkpoint_.sequence() || standing.digest() != checkpoint_.digest()) {
    return absl::AbortedError("another process folds this view at the same time");
  }
  VB_RETURN_IF_ERROR(WriteRows(&txn, sorted));
  VB_RETURN_IF_ERROR(WriteHistory(&txn, sorted));
  VB_RETURN_IF_ERROR(txn.Put(generation_->meta_, kMetaCheckpoint, checkpoint.SerializeAsString()));
  VB_RETURN_IF_ERROR(txn.Commit());

  order_.reset();
  batch_.clear();
  memory_->release();
  bytes_ = 0;
  checkpoint_ = std::move(checkpoint);
  return txn_.Renew();
}

}  // namespace verbatim::view
