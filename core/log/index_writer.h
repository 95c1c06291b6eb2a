// SPDX-License-Identifier: Apache-2.0
// Puts one event into the indexes and the tree, for all who write logs: the committer, a rebuild
// and a copy. Takes out again what only a body gave. Private to the room.
#ifndef VERBATIM_CORE_LOG_INDEX_WRITER_H_
#define VERBATIM_CORE_LOG_INDEX_WRITER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/log/index_entries.h"
#include "core/log/log_dbs.h"
#include "core/merkle/frontier.h"
#include "core/merkle/hash.h"
#include "core/merkle/tiles.h"
#include "core/store/txn.h"

namespace verbatim::log {

// Those of `digests` and `urls`. To be called in order of sequence: of content the last revision
// stands, of a source the first event, of a URL every article in the order of its claim.
absl::Status PutEntries(store::WriteTxn& txn, const LogDbs& dbs, const IndexEntries& entries,
                        uint64_t sequence);

// The version of a stream's next event; 0 when it has none.
absl::StatusOr<uint64_t> NextStreamVersion(const store::Txn& txn, const LogDbs& dbs,
                                           std::string_view stream_key);

// The next leaf: at the end of the frontier, and every tile that it fills.
absl::Status PutLeaf(store::WriteTxn& txn, const LogDbs& dbs, const merkle::Hash& leaf,
                     merkle::Frontier& frontier, merkle::TileBuilder& tiles);

// An event's id. `appender` is a writer of `ids` that has only ever appended, `greatest` the
// largest id so far; both are kept from one event to the next. kAlreadyExists: an event has it.
absl::Status PutId(store::WriteTxn& txn, const LogDbs& dbs, std::string_view id,
                   std::string_view sequence, std::optional<store::WriteCursor>& appender,
                   std::string& greatest);

// What only the body gave: content, source, URL.
absl::Status RemoveBodyEntries(store::WriteTxn& txn, const LogDbs& dbs,
                               const IndexEntries& entries);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_INDEX_WRITER_H_
