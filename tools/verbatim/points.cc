// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/points.h"

#include <variant>

#include "absl/strings/str_cat.h"

namespace verbatim::tool {
namespace {

absl::StatusOr<uint64_t> Resolve(const archive::Archive& archive, std::string_view point,
                                 bool before) {
  VB_ASSIGN_OR_RETURN(const base::PointInLog parsed, base::ParsePoint(point, archive.NowUs()));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  if (const auto* sequence = std::get_if<base::Sequence>(&parsed)) {
    if (sequence->value <= snapshot.head()) return sequence->value;
    return absl::OutOfRangeError(
        absl::StrCat("@", sequence->value, " is beyond the head of the log, @", snapshot.head()));
  }
  const auto& range = std::get<base::TimeRange>(parsed);
  if (before) return snapshot.LastAtOrBefore(range.begin_us == 0 ? 0 : range.begin_us - 1);
  // Of a stretch of time its last microsecond; an instant stands for itself.
  return snapshot.LastAtOrBefore(range.end_us > range.begin_us ? range.end_us - 1 : range.end_us);
}

}  // namespace

absl::StatusOr<uint64_t> SequenceAt(const archive::Archive& archive, std::string_view point) {
  return Resolve(archive, point, /*before=*/false);
}

absl::StatusOr<uint64_t> SequenceAtOr(const archive::Archive& archive, std::string_view point,
                                      uint64_t fallback) {
  return point.empty() ? absl::StatusOr<uint64_t>(fallback) : SequenceAt(archive, point);
}

absl::StatusOr<uint64_t> SequenceBefore(const archive::Archive& archive, std::string_view point) {
  return Resolve(archive, point, /*before=*/true);
}

}  // namespace verbatim::tool
