// SPDX-License-Identifier: Apache-2.0
// Erasure on demand: bodies leave the log with a ContentErased that says so, in one transaction;
// what depends on them goes with them; the views are built again without it. Headers, tree and
// proofs stay. README.md says what goes with what, and what stays.
//
//   VB_ASSIGN_OR_RETURN(ErasurePlan plan, PlanErasure(*archive, {.article = id}, why));
//   ... show plan.events, ask ...
//   VB_ASSIGN_OR_RETURN(uint64_t sequence, Erase(*archive, target, why, maker));
//   VB_ASSIGN_OR_RETURN(auto notes, RebuildWithoutErased(*archive));
#ifndef VERBATIM_CORE_ARCHIVE_ERASING_H_
#define VERBATIM_CORE_ARCHIVE_ERASING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/views.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::archive {

// One event by its sequence, or a whole article.
struct ErasureTarget {
  uint64_t sequence = 0;
  std::string article = {};  // 16 bytes; empty: the event
};

struct ErasureReason {
  std::string code;       // [a-z0-9-]{1,32}
  std::string authority;  // who demands it: a decision, an office. Stays for ever: name no victim
  // Of an article: leaves marks, by which its text is refused under another URL (refusals.h).
  bool marks = true;
};

struct ErasurePlan {
  v1::ContentErased event;
  std::string stream;                       // that it goes to
  std::optional<uint64_t> seen_version;     // of that stream
  std::vector<uint64_t> events = {};        // whose bodies go, in order
  std::vector<std::string> same_text = {};  // other articles (16 bytes) that have a text of it
};

// What would go. kInvalidArgument: it must not go, and why; kNotFound: there is no such thing, or
// nothing is left of it.
absl::StatusOr<ErasurePlan> PlanErasure(const Archive& archive, const ErasureTarget& target,
                                        const ErasureReason& reason);

struct Erased {
  uint64_t sequence = 0;  // of the ContentErased
  ErasurePlan plan;
};

// Appends the ContentErased and deletes the bodies, in one transaction. `event_id`: of the
// ContentErased, when it repeats one that another copy of the archive holds; empty: a new one.
// kAborted when others keep changing the stream.
absl::StatusOr<Erased> Erase(Archive& archive, const ErasureTarget& target,
                             const ErasureReason& reason, const article::EventMaker& maker,
                             const std::string& event_id = {});

// Builds every view that was built anew, and removes each generation that may hold something
// erased. Returns what a person should know: a view that can't be built now is gone all the same.
absl::StatusOr<std::vector<std::string>> RebuildWithoutErased(Archive& archive,
                                                              ViewProgress progress = {});

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ERASING_H_
