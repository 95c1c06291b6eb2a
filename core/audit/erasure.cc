// SPDX-License-Identifier: Apache-2.0
#include "core/audit/erasure.h"

#include <algorithm>
#include <vector>

#include "core/base/time_point.h"
#include "core/log/last_erasure.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::audit {

absl::StatusOr<std::optional<Erasure>> ErasureOf(const log::Snapshot& snapshot,
                                                 std::string_view stream, uint64_t sequence) {
  VB_ASSIGN_OR_RETURN(const uint64_t last, log::LastErasure(snapshot));
  if (last == 0) return std::optional<Erasure>();
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences, snapshot.StreamSequences(stream));
  for (auto at = sequences.rbegin(); at != sequences.rend() && *at > sequence; ++at) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(*at));
    if (header.type != "verbatim.v1.ContentErased") continue;
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(*at, header));
    v1::ContentErased erased;
    if (!body || !erased.ParseFromString(*body)) continue;
    const auto& gone = erased.erased();
    if (sequence != 0 && std::find(gone.begin(), gone.end(), sequence) == gone.end()) continue;
    return std::optional<Erasure>(Erasure{*at, header.recorded_at_us, erased.reason_code(),
                                          erased.authority(),
                                          static_cast<uint64_t>(erased.erased_size())});
  }
  return std::optional<Erasure>();
}

std::string ErasureText(const Erasure& erasure) {
  return erasure.authority.empty() ? erasure.reason_code
                                   : erasure.reason_code + ", " + erasure.authority;
}

schema::Record ErasureRecord(const Erasure& erasure) {
  schema::Record record;
  record.Add("sequence", erasure.sequence);
  record.Add("recorded_at", base::FormatTime(erasure.recorded_at_us));
  record.Add("reason_code", erasure.reason_code).Add("authority", erasure.authority);
  return record;
}

}  // namespace verbatim::audit
