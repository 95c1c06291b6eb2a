// SPDX-License-Identifier: Apache-2.0
#include "core/log/rebuild.h"

#include <optional>
#include <string>
#include <vector>

#include "core/log/annotation_runs.h"
#include "core/log/body_value.h"
#include "core/log/header_view.h"
#include "core/log/index_writer.h"
#include "core/log/log_keys.h"
#include "core/merkle/frontier.h"
#include "core/merkle/tiles.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

class Rebuild {
 public:
  Rebuild(store::WriteTxn& txn, const LogDbs& dbs) : txn_(txn), dbs_(dbs) {}

  absl::Status Run() {
    VB_ASSIGN_OR_RETURN(const std::string_view bytes, txn_.Get(dbs_.meta, kMetaFrontier));
    VB_ASSIGN_OR_RETURN(const merkle::Frontier stored, merkle::Frontier::Parse(bytes));
    for (const store::Db db : {dbs_.ids, dbs_.streams, dbs_.annotations, dbs_.digests, dbs_.urls,
                               dbs_.sketches, dbs_.tiles}) {
      VB_RETURN_IF_ERROR(txn_.Clear(db));
    }
    for (uint64_t sequence = 1; sequence <= stored.size(); ++sequence) {
      const absl::Status status = Event(sequence);
      if (!status.ok()) return base::WithContext(status, fmt::format("event {}", sequence));
    }
    VB_RETURN_IF_ERROR(last_erasure_ == 0 ? txn_.Delete(dbs_.meta, kMetaErasure).status()
                                          : txn_.Put(dbs_.meta, kMetaErasure,
                                                     store::U64Key(last_erasure_).view()));
    if (frontier_.Root() == stored.Root()) {
      return txn_.Put(dbs_.meta, kMetaIndexes, store::KeyWriter().U32(kIndexLayout).key());
    }
    return absl::DataLossError(
        "the headers don't give the root that the log has: one of them was altered. Restore a "
        "backup; indexes made from them would hide it");
  }

 private:
  absl::Status Event(uint64_t sequence) {
    const store::U64Key key(sequence);
    // Copied: what is read in a transaction that writes lasts until the next write.
    VB_ASSIGN_OR_RETURN(const std::string_view stored, txn_.Get(dbs_.events, key.view()));
    const std::string bytes(stored);
    VB_ASSIGN_OR_RETURN(const HeaderView header, HeaderView::Parse(bytes));
    VB_ASSIGN_OR_RETURN(const IndexEntries entries, Entries(header, key.view()));
    VB_RETURN_IF_ERROR(txn_.Insert(dbs_.ids, header.event_id, key.view()));
    VB_RETURN_IF_ERROR(
        txn_.Insert(dbs_.streams, StreamVersionKey(StreamKey(header.stream), header.stream_version),
                    key.view()));
    VB_RETURN_IF_ERROR(PutEntries(txn_, dbs_, entries, sequence));
    if (header.type == kContentErased) last_erasure_ = sequence;
    VB_RETURN_IF_ERROR(annotations_.Append(txn_, dbs_.annotations, entries.annotation));
    return PutLeaf(txn_, dbs_, merkle::LeafHash(bytes), frontier_, builder_);
  }

  absl::StatusOr<IndexEntries> Entries(const HeaderView& header, std::string_view key) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value, txn_.Find(dbs_.bodies, key));
    if (!value) return EntriesOfHeader(header.event_id, header.type);
    VB_ASSIGN_OR_RETURN(const std::string body,
                        OpenBody(*value, header.body_size, header.body_digest));
    return EntriesOf(header.event_id, header.stream, header.type, body);
  }

  store::WriteTxn& txn_;
  const LogDbs& dbs_;
  merkle::Frontier frontier_;
  merkle::TileBuilder builder_;
  uint64_t last_erasure_ = 0;
  AnnotationRuns annotations_;
};

}  // namespace

absl::Status RebuildIndexes(EventLog& log) {
  VB_ASSIGN_OR_RETURN(const LogDbs dbs, LogDbs::Open(log.env()));
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, log.env().BeginWrite());
  VB_RETURN_IF_ERROR(Rebuild(txn, dbs).Run());
  return txn.Commit();
}

}  // namespace verbatim::log
