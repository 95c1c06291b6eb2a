// SPDX-License-Identifier: Apache-2.0
// The events that an entry of an ingest becomes.
#ifndef VERBATIM_CORE_ARCHIVE_INGEST_UNIT_H_
#define VERBATIM_CORE_ARCHIVE_INGEST_UNIT_H_

#include <vector>

#include "core/annotate/annotate.h"
#include "core/archive/archive.h"
#include "core/archive/ingest_entry.h"
#include "core/base/status.h"

namespace verbatim::archive {

// Fills in the unit of an entry that was decided to be an article or a revision: its source, its
// content, its links, the cursor of its document; with `annotates` what the annotators propose, and
// the entry's runs. May be asked again after a conflict. On any thread, with annotators of its own.
absl::Status BuildUnit(const Archive& archive, bool annotates,
                       const std::vector<annotate::Annotator>& annotators, Entry& entry);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_INGEST_UNIT_H_
