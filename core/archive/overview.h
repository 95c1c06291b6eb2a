// SPDX-License-Identifier: Apache-2.0
// What `verbatim status` tells of an archive as a whole. Reads headers only, and starts no worker.
#ifndef VERBATIM_CORE_ARCHIVE_OVERVIEW_H_
#define VERBATIM_CORE_ARCHIVE_OVERVIEW_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/views.h"
#include "core/audit/totals.h"
#include "core/store/env.h"

namespace verbatim::archive {

struct Overview {
  audit::Totals totals;
  std::string last_recorded_at;  // RFC 3339; empty in an empty log
  store::EnvUse log;
  uint64_t view_bytes = 0;  // on disk
  std::vector<ViewState> views;
  std::vector<std::string> trouble;  // lines for a person: what is wrong and the way out
};

absl::StatusOr<Overview> Survey(Archive& archive);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_OVERVIEW_H_
