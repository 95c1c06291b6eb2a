// SPDX-License-Identifier: Apache-2.0
// After an erasure: generations of views that may hold what was erased go, with their old versions
// of rows. Such a generation is never served again (Views::Peek); here it leaves the disk.
#ifndef VERBATIM_CORE_ARCHIVE_ERASED_VIEWS_H_
#define VERBATIM_CORE_ARCHIVE_ERASED_VIEWS_H_

#include <cstdint>
#include <filesystem>

#include "core/archive/layout.h"
#include "core/base/status.h"

namespace verbatim::archive {

// Notes in the folder of a generation, before anything is folded into it, the head that the log
// had: what was erased up to there it never saw.
absl::Status NoteLogHead(const std::filesystem::path& generation, uint64_t log_head);
// As noted; 0 when nothing is.
uint64_t NotedLogHead(const std::filesystem::path& generation);

enum class OthersAtWork {
  kWait,  // until they are done with a view
  kPass,  // theirs is left for the next open
};

// Removes every generation that was begun before `last_erasure` (log::LastErasure), half
// built ones too, of all views that the folder holds, of plugins long removed as well. Remembers
// when that was all, so that the next call costs one look at a file. True when none is left.
absl::StatusOr<bool> DropErased(const Layout& layout, uint64_t last_erasure, OthersAtWork others);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ERASED_VIEWS_H_
