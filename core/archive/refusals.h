// SPDX-License-Identifier: Apache-2.0
// Articles that were erased are known when they come again, under another URL or without one: an
// erasure leaves a mark of each text and each source that went, salted with the archive's id. A
// mark can't be read back; who has the whole text, or the very bytes, sees that they were erased.
#ifndef VERBATIM_CORE_ARCHIVE_REFUSALS_H_
#define VERBATIM_CORE_ARCHIVE_REFUSALS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/article_state.h"
#include "core/base/status.h"
#include "core/ingest/draft.h"
#include "core/log/snapshot.h"

namespace verbatim::archive {

// For ContentErased.refused, in order, each once: of every text with its title, every text alone,
// every source.
std::vector<std::string> RefusalMarks(std::string_view archive_id,
                                      const article::ArticleState& state);

// The erased article that the draft's text or bytes were of; nothing when there is none, or it was
// taken in again on purpose. Without an erasure in the log one look-up.
absl::StatusOr<std::optional<log::RefusedHit>> FindRefusal(const log::Snapshot& snapshot,
                                                           std::string_view archive_id,
                                                           const ingest::Draft& draft);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_REFUSALS_H_
