// SPDX-License-Identifier: Apache-2.0
// One reading of every point in time or in the log that a person may type, and one writing of the
// archive's own.
//
//   @1043 or 1043   a sequence          2026-11-01, 2026-11   a day, a month (UTC)
//   2026-11-20T10:00Z                   an instant
//   yesterday, today, 3d, 12h           back from now
#ifndef VERBATIM_CORE_BASE_TIME_POINT_H_
#define VERBATIM_CORE_BASE_TIME_POINT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/status.h"

namespace verbatim::base {

struct Sequence {
  uint64_t value;
};

// Half open, microseconds since 1970, UTC. An instant has begin == end.
struct TimeRange {
  uint64_t begin_us;
  uint64_t end_us;
};

using PointInLog = std::variant<Sequence, TimeRange>;

// kInvalidArgument names the text and the forms that are understood.
absl::StatusOr<PointInLog> ParsePoint(std::string_view text, uint64_t now_us);

// A day as 2026-11-01, with the calendar checked; also from a month (its first day). "" when it is
// neither.
struct Days {
  std::string first;  // both inclusive, ISO days
  std::string last;
};
absl::StatusOr<Days> ParseDays(std::string_view text, uint64_t now_us);

// A publication time: a day, or an instant with its own offset. Returned as it will be stored.
absl::StatusOr<std::string> ParsePublished(std::string_view text);

// RFC 3339 in UTC: 2026-11-20T09:14:02.123456Z.
std::string FormatTime(uint64_t us);
// The same for people, to the second: "2026-11-20 09:14:02", or where this machine stands with its
// offset from UTC, "2026-11-20 12:14:02 +0300". What is no text of FormatTime comes back unchanged.
std::string ShowTime(std::string_view formatted, bool local);
// The day of it, UTC.
std::string FormatDay(uint64_t us);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_TIME_POINT_H_
