// SPDX-License-Identifier: Apache-2.0
// Puts the entries of one event into the indexes by content, and takes them out when its body is
// erased. Private to the room.
#ifndef VERBATIM_CORE_LOG_INDEX_WRITER_H_
#define VERBATIM_CORE_LOG_INDEX_WRITER_H_

#include <cstdint>
#include <string_view>

#include "core/base/status.h"
#include "core/log/index_entries.h"
#include "core/log/log_dbs.h"
#include "core/store/txn.h"

namespace verbatim::log {

// Those of `digests` and `urls`. To be called in order of sequence: of content the last revision
// stands, of a source the first event, of a URL every article in the order of its claim.
absl::Status PutEntries(store::WriteTxn& txn, const LogDbs& dbs, const IndexEntries& entries,
                        uint64_t sequence);

// The version of a stream's next event; 0 when it has none.
absl::StatusOr<uint64_t> NextStreamVersion(const store::Txn& txn, const LogDbs& dbs,
                                           std::string_view stream_key);

// What only the body gave: content, source, URL.
absl::Status RemoveBodyEntries(store::WriteTxn& txn, const LogDbs& dbs,
                               const IndexEntries& entries);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_INDEX_WRITER_H_
