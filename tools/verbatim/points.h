// SPDX-License-Identifier: Apache-2.0
// Points in time and in the log, as typed, turned into sequences of one archive.
#ifndef VERBATIM_TOOLS_VERBATIM_POINTS_H_
#define VERBATIM_TOOLS_VERBATIM_POINTS_H_

#include <string_view>

#include "core/archive/archive.h"
#include "core/base/status.h"
#include "core/base/time_point.h"

namespace verbatim::tool {

// The last sequence at that point: of a day or month, the last within it. kOutOfRange beyond head.
absl::StatusOr<uint64_t> SequenceAt(const archive::Archive& archive, std::string_view point);

// The last sequence before that point: what --since starts after. A sequence stands for itself.
absl::StatusOr<uint64_t> SequenceBefore(const archive::Archive& archive, std::string_view point);

// For --as-of and the like: `fallback` when nothing was typed.
absl::StatusOr<uint64_t> SequenceAtOr(const archive::Archive& archive, std::string_view point,
                                      uint64_t fallback);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_POINTS_H_
