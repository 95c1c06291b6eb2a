// SPDX-License-Identifier: Apache-2.0
// How much there is in an archive, for `status`: of articles and annotations what stands now, and
// beside it what was ever taken in.
#ifndef VERBATIM_CORE_AUDIT_TOTALS_H_
#define VERBATIM_CORE_AUDIT_TOTALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::audit {

struct Totals {
  uint64_t events = 0;
  uint64_t articles = 0;           // not erased
  uint64_t annotations = 0;        // that stand: not rejected, retracted, orphaned or erased
  uint64_t annotations_added = 0;  // ever
  uint64_t decisions = 0;          // by people
  // Of the last run of every annotator over every article, by outcome other than COMPLETED.
  struct Trouble {
    std::string plugin;
    std::string outcome;
    uint64_t articles = 0;
    std::string message;  // of one of them
  };
  std::vector<Trouble> trouble;
};

// Reads all headers, the bodies of runs, and the streams in which something may have ceased to
// stand.
absl::StatusOr<Totals> CountAll(const log::Snapshot& snapshot);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_TOTALS_H_
