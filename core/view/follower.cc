// SPDX-License-Identifier: Apache-2.0
#include "core/view/follower.h"

#include <algorithm>

namespace verbatim::view {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

uint64_t MsUntil(steady_clock::time_point time) {
  const auto left = std::chrono::ceil<milliseconds>(time - steady_clock::now()).count();
  return left > 0 ? static_cast<uint64_t>(left) : 0;
}

}  // namespace

Follower::Follower(const log::EventLog& log, Folder& folder, FollowBounds bounds)
    : log_(log), folder_(folder), bounds_(bounds) {}

absl::StatusOr<std::optional<FoldResult>> Follower::Follow(uint64_t timeout_ms) {
  const Time end = steady_clock::now() + milliseconds(timeout_ms);
  VB_ASSIGN_OR_RETURN(uint64_t head, log_.WaitPast(followed_, timeout_ms));
  if (head <= followed_) return std::optional<FoldResult>();
  if (committed_at_) {
    const Time due = *committed_at_ + milliseconds(bounds_.ms);
    const uint64_t enough = followed_ + std::max<uint64_t>(bounds_.events, 1) - 1;
    if (head <= enough && MsUntil(due) > 0) {
      VB_ASSIGN_OR_RETURN(head, log_.WaitPast(enough, MsUntil(std::min(due, end))));
      if (head <= enough && MsUntil(due) > 0) return std::optional<FoldResult>();
    }
  }
  VB_ASSIGN_OR_RETURN(FoldResult result, folder_.FoldTo(head));
  followed_ = head;
  committed_at_ = steady_clock::now();
  return std::optional<FoldResult>(std::move(result));
}

}  // namespace verbatim::view
