// SPDX-License-Identifier: Apache-2.0
#include "core/view/follower.h"

#include "tests/core/view/view_fixture.h"

namespace verbatim::view {
namespace {

// Longer than a test takes.
constexpr uint64_t kLongMs = 600'000;

class FollowerTest : public ::testing::Test {
 protected:
  // Where the view stands after it had `timeout_ms` to follow; nothing when it didn't fold.
  std::optional<uint64_t> Follow(Follower& follower, uint64_t timeout_ms = 0) {
    const auto folded = follower.Follow(timeout_ms);
    EXPECT_TRUE(folded.ok()) << folded.status();
    if (!folded.ok() || !*folded) return std::nullopt;
    return (*folded)->checkpoint.sequence();
  }

  World world_;
  std::unique_ptr<Generation> view_ = world_.NewGeneration();
  std::unique_ptr<Folder> folder_ =
      Folder::Make(world_.log(), *view_, ScriptView(), "", {}).value();
};

TEST_F(FollowerTest, FoldsAtOnceWhatComesAfterAPause) {
  Follower follower(world_.log(), *folder_, {.ms = 0, .events = 1000});
  EXPECT_EQ(Follow(follower), std::nullopt) << "nothing is there yet";
  for (uint64_t i = 1; i <= 3; ++i) {
    world_.Tell("put 0 6b 6" + std::to_string(i));
    EXPECT_EQ(Follow(follower), i);
    EXPECT_EQ(Follow(follower), std::nullopt);
  }
  EXPECT_EQ(Rows(*view_), "k=c@3 ");
}

TEST_F(FollowerTest, GathersCommitsOfTheLogUntilTheyAreMany) {
  Follower follower(world_.log(), *folder_, {.ms = kLongMs, .events = 4});
  world_.Tell("put 0 6b 60");
  EXPECT_EQ(Follow(follower), 1U);
  for (int i = 1; i <= 3; ++i) {
    world_.Tell("put 0 6b 6" + std::to_string(i));
    EXPECT_EQ(Follow(follower), std::nullopt) << "they may wait";
    EXPECT_EQ(view_->Checkpoint().value().sequence(), 1U);
  }
  world_.Tell("put 0 6b 64");
  EXPECT_EQ(Follow(follower, kLongMs), 5U) << "enough: no longer a matter of time";
  EXPECT_EQ(Rows(*view_), "k=d@5 ");
}

TEST_F(FollowerTest, GathersNoLongerThanItsBound) {
  Follower follower(world_.log(), *folder_, {.ms = 60, .events = 1000});
  world_.Tell("put 0 6b 61");
  EXPECT_EQ(Follow(follower), 1U);
  const auto before = std::chrono::steady_clock::now();
  world_.Tell("put 0 6b 62");
  EXPECT_EQ(Follow(follower, kLongMs), 2U) << "though no more came";
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(kLongMs / 10));
}

TEST_F(FollowerTest, WhoAsksForASequenceDoesNotWaitForIt) {
  Follower follower(world_.log(), *folder_, {.ms = kLongMs, .events = 1000});
  world_.Tell("put 0 6b 61");
  EXPECT_EQ(Follow(follower), 1U);
  world_.Tell("put 0 6b 62");
  EXPECT_EQ(Follow(follower), std::nullopt);
  EXPECT_EQ(world_.log().WaitPast(1, kLongMs).value(), 2U);
  EXPECT_EQ(world_.Fold(*view_, {}, 2).checkpoint.sequence(), 2U);
  // It takes up from where the other one went.
  world_.Tell("put 0 6b 63");
  EXPECT_EQ(folder_->FoldTo(kHead).value().scanned, 1U);
  EXPECT_EQ(Rows(*view_), "k=c@3 ");
}

TEST_F(FollowerTest, OneThatDiesLeavesWhatAFoldFromZeroGives) {
  {
    Follower follower(world_.log(), *folder_, {.ms = kLongMs, .events = 3});
    for (int i = 0; i < 8; ++i) {
      world_.Tell("put 0 6b 6" + std::to_string(i));
      Follow(follower);
    }
    folder_.reset();
  }
  EXPECT_LT(view_->Checkpoint().value().sequence(), 8U) << "some had been gathered";
  world_.Fold(*view_);
  const auto whole = world_.NewGeneration("whole");
  world_.Fold(*whole);
  EXPECT_EQ(view_->Checkpoint().value().SerializeAsString(),
            whole->Checkpoint().value().SerializeAsString());
}

TEST_F(FollowerTest, AStallIsTriedAgainWhenTheLogGrows) {
  Follower follower(world_.log(), *folder_, {.ms = 0, .events = 1000});
  world_.Tell("fail unreadable");
  EXPECT_TRUE(follower.Follow(0).value()->stalled);
  EXPECT_EQ(Follow(follower), std::nullopt) << "not for ever in a circle";
  world_.Tell("put 0 6b 61");
  EXPECT_TRUE(follower.Follow(0).value()->stalled);
}

}  // namespace
}  // namespace verbatim::view
