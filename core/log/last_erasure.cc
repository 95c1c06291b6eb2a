// SPDX-License-Identifier: Apache-2.0
#include "core/log/last_erasure.h"

#include <optional>
#include <string_view>

#include "core/log/log_keys.h"
#include "core/store/keys.h"

namespace verbatim::log {

absl::StatusOr<uint64_t> LastErasure(const Snapshot& snapshot) {
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value,
                      snapshot.txn().Find(snapshot.dbs().meta, kMetaErasure));
  if (!value) return uint64_t{0};
  const std::optional<uint64_t> sequence = store::ReadU64(*value);
  if (!sequence) {
    return absl::DataLossError(
        "`meta` has a damaged entry: `verbatim doctor --rebuild-indexes` makes it again");
  }
  return *sequence;
}

}  // namespace verbatim::log
