// SPDX-License-Identifier: Apache-2.0
// The rows of a generation as a view sees them while it folds: what this event did, over what this
// batch did, over what is committed. An event's changes become versions only when it ends, so that
// several puts of one key leave one version, and a failed event leaves none. Private to core/view.
#ifndef VERBATIM_CORE_VIEW_OVERLAY_H_
#define VERBATIM_CORE_VIEW_OVERLAY_H_

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/store/txn.h"
#include "core/view/generation.h"
#include "core/view/row_format.h"
#include "verbatim/plugin_abi.h"

namespace verbatim::view {

// Table and key, as in the database `rows`. Keys and rows of the overlay lie in its memory, one
// after the other, until the batch is committed.
using TableKey = std::string_view;
using RowBytes = std::optional<std::string_view>;  // nothing: erased

struct ReplacedRow {
  uint64_t since = 0;
  RowBytes row;
};

// What the events of the batch left of one key.
struct BatchEntry {
  uint64_t since = 0;  // of `row`
  RowBytes row;
  bool committed = false;             // `rows` has the key
  std::vector<ReplacedRow> replaced;  // for the history, oldest first
};

class Overlay {
 public:
  using Batch = absl::flat_hash_map<TableKey, BatchEntry>;
  using Event = absl::btree_map<TableKey, RowBytes>;
  using Order = absl::btree_set<TableKey>;

  static absl::StatusOr<Overlay> Make(Generation& generation);
  Overlay(Overlay&&) = default;
  Overlay& operator=(const Overlay&) = delete;

  // The rows for one call of apply, by the contract of vb_store. Valid as long as this object.
  vb_store* store();

  // The event's changes become versions made at `sequence`, or are forgotten.
  absl::Status KeepEvent(uint64_t sequence);
  void DropEvent() { event_.clear(); }

  // Writes rows, history and checkpoint in one transaction, and starts an empty batch. `checkpoint`
  // says how far the fold is; digest and numbers are filled in here.
  absl::Status Commit(v1::ViewCheckpoint checkpoint);

  // What was committed last, with the numbers of this batch not yet in it.
  const v1::ViewCheckpoint& checkpoint() const { return checkpoint_; }
  // Held in memory, roughly.
  size_t bytes() const { return bytes_; }
  bool empty() const { return batch_.empty(); }
  // A read that failed inside a call from the view; the view only learnt VB_FAILED.
  const absl::Status& status() const { return status_; }

 private:
  explicit Overlay(Generation& generation, store::ReadTxn txn)
      : generation_(&generation),
        txn_(std::move(txn)),
        memory_(std::make_unique<std::pmr::monotonic_buffer_resource>()) {}

  static vb_status Get(void* self, uint32_t table, vb_bytes key, vb_sink* row);
  static vb_status Put(void* self, uint32_t table, vb_bytes key, vb_bytes row);
  static vb_status Erase(void* self, uint32_t table, vb_bytes key);
  static vb_status Scan(void* self, uint32_t table, vb_bytes prefix, vb_bytes from,
                        vb_direction direction, void* visitor,
                        int32_t (*visit)(void* visitor, vb_bytes key, vb_bytes row));

  bool Sound(uint32_t table, vb_bytes key) const;
  // Copied into the overlay's memory, the parts one after the other.
  std::string_view Keep(std::string_view head, std::string_view rest = {});
  // The row before this event; borrowed until the batch is committed.
  absl::StatusOr<RowBytes> Before(TableKey key) const;
  absl::StatusOr<std::optional<StoredRow>> Committed(TableKey key) const;
  absl::Status KeepChange(uint64_t sequence, TableKey key, RowBytes row);
  absl::Status ScanMerged(TableKey prefix, std::optional<TableKey> from, bool forward,
                          absl::FunctionRef<bool(std::string_view, std::string_view)> visit);
  const Order& Ordered();
  // The batch in key order.
  std::vector<const Batch::value_type*> Sorted() const;
  absl::Status WriteRows(store::WriteTxn* txn, const std::vector<const Batch::value_type*>& sorted);
  absl::Status WriteHistory(store::WriteTxn* txn,
                            const std::vector<const Batch::value_type*>& sorted);
  vb_status Fail(absl::Status status);

  Generation* generation_;
  store::ReadTxn txn_;
  v1::ViewCheckpoint checkpoint_;
  DigestSum digest_;
  uint64_t rows_ = 0;
  uint64_t versions_ = 0;
  std::vector<uint64_t> table_rows_;  // empty: what was committed before didn't count them
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  Batch batch_;
  std::optional<Order> order_;  // of the batch's keys, once somebody scanned
  Event event_;
  int scanning_ = 0;
  size_t bytes_ = 0;
  absl::Status status_;
  vb_store store_{};
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_OVERLAY_H_
