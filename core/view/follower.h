// SPDX-License-Identifier: Apache-2.0
// Keeps a view close behind a log that grows. What comes after a pause is folded at once; while
// more comes all the time, commits of the log are gathered, and one commit of the view speaks of
// them all: its flushes would else meet each of the log's on one disk. A crash costs a fold of what
// was gathered, as it always does after the last checkpoint.
//
//   Follower follower(*log, *folder);
//   while (!ended) VB_RETURN_IF_ERROR(follower.Follow(kWaitMs).status());
//   VB_RETURN_IF_ERROR(folder->FoldTo(kHead).status());  // whoever wants it at head now
#ifndef VERBATIM_CORE_VIEW_FOLLOWER_H_
#define VERBATIM_CORE_VIEW_FOLLOWER_H_

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/base/limits.h"
#include "core/base/status.h"
#include "core/log/event_log.h"
#include "core/view/folder.h"

namespace verbatim::view {

// How far behind a follower may stay while events keep coming.
struct FollowBounds {
  uint64_t ms = limits::kViewFollowMs;  // since the last commit of the view
  uint64_t events = limits::kViewSnapshotEvents;
};

// One thread. Log and folder must outlive it.
class Follower {
 public:
  Follower(const log::EventLog& log, Folder& folder, FollowBounds bounds = {});

  // Waits for something to fold, `timeout_ms` at most, and folds it. Nothing when there was nothing
  // new, or what there is may still wait. A view that stalls is tried again when the log has grown.
  absl::StatusOr<std::optional<FoldResult>> Follow(uint64_t timeout_ms);

 private:
  using Time = std::chrono::steady_clock::time_point;

  const log::EventLog& log_;
  Folder& folder_;
  const FollowBounds bounds_;
  uint64_t followed_ = 0;  // head of the log when it last folded
  std::optional<Time> committed_at_;
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_FOLLOWER_H_
