// SPDX-License-Identifier: Apache-2.0
// kill -9: of a writer and a view builder at random moments, and of one of several writers while it
// holds the lock of the log. What was acknowledged stands, what was not is there whole or not at
// all, the view is the fold of the log, and the others go on.
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "tests/faults/harness.h"

namespace verbatim::faults {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// A commit lasts three times as long, one flush and two halves of a meta page.
constexpr uint32_t kFlushUs = 700;
constexpr uint64_t kUnitsAlways = 1'000'000;
constexpr milliseconds kPatience(60'000);
constexpr auto kNoHang = std::chrono::seconds(3);

class KillTest : public ::testing::Test {
 protected:
  KillTest() : folder_(scratch_.path() / "archive") { std::filesystem::create_directory(folder_); }

  Scratch scratch_;
  std::filesystem::path folder_;
};

// One archive, killed again and again.
class Killing {
 public:
  Killing(const std::filesystem::path& folder, std::mt19937_64& random)
      : folder_(folder),
        random_(random),
        writer_control_(folder / "w"),
        view_control_(folder / "v") {
    Watch(writer_control_);
    Watch(view_control_);
    MakeLog(folder);
  }

  // Both are killed; what was told by then is added to what must stand. A writer that acknowledges
  // too early is wrong on purpose.
  void Round(bool early = false) {
    Prepare(writer_control_);
    Prepare(view_control_);
    const std::string next = std::to_string(next_);
    const std::string always = std::to_string(kUnitsAlways);
    std::vector<std::string> right = {"append", folder_.string(), "0", next, always};
    right.push_back(std::to_string(1 + random_() % 3));
    const std::vector<std::string> wrong = {"early", folder_.string(), next, always};
    Child writer(early ? wrong : right, writer_control_);
    Child view({"view", folder_.string(), always}, view_control_);
    EXPECT_TRUE(writer.Listen(kPatience, [](const Said& said) { return !said.appended.empty(); }));
    EXPECT_TRUE(view.Listen(kPatience, [](const Said& said) { return said.folded > 0; }));
    // Over some commits of each, and a rebuild now and then.
    std::this_thread::sleep_for(microseconds(random_() % 40'000));
    writer.Kill();
    std::this_thread::sleep_for(microseconds(random_() % 3'000));
    view.Kill();
    writer.Wait();
    view.Wait();
    kills_ += 2;
    inside_ += writer_control_->phase[kLogEnvironment] != Phase::kOutside ? 1 : 0;
    inside_ += view_control_->phase[kViewEnvironment] != Phase::kOutside ? 1 : 0;
    Remember(writer.said(), view.said());
  }

  std::string Trouble() const {
    const Reopened reopened(folder_);
    if (!reopened.status().ok()) return std::string(reopened.status().message());
    std::string trouble = TroubleOfLog(reopened.log(), 0, appended_, 0, next_ + 3);
    return trouble.empty() ? TroubleOfView(reopened.log(), folder_, folded_) : trouble;
  }

  uint64_t kills() const { return kills_; }
  uint64_t inside() const { return inside_; }
  uint64_t acknowledged() const { return appended_.size(); }

 private:
  void Watch(const ControlPage& control) const {
    const std::string watched = folder_.string();
    watched.copy(control->folder, sizeof control->folder - 1);
    control->folder[watched.size()] = '\0';
  }
  void Prepare(ControlPage& control) const {
    control.Reset();
    control->flush_delay_us = kFlushUs;
  }
  void Remember(const Said& writer, const Said& view) {
    EXPECT_TRUE(writer.errors.empty()) << writer.errors.front();
    EXPECT_TRUE(view.errors.empty()) << view.errors.front();
    appended_.insert(appended_.end(), writer.appended.begin(), writer.appended.end());
    next_ = appended_.empty() ? 0 : appended_.back().number + 1;
    folded_ = view.rebuilding ? 0 : view.folded;
  }

  std::filesystem::path folder_;
  std::mt19937_64& random_;
  ControlPage writer_control_;
  ControlPage view_control_;
  std::vector<Said::Unit> appended_;
  uint64_t next_ = 0;
  uint64_t folded_ = 0;
  uint64_t kills_ = 0;
  uint64_t inside_ = 0;
};

TEST_F(KillTest, KilledWritersAndViewBuildersLoseNothing) {
  std::mt19937_64 random(Seed("kill"));
  const uint64_t kills_wanted = Times(200, 5'000);
  constexpr uint64_t kRoundsAnArchive = 10;
  uint64_t kills = 0;
  uint64_t inside = 0;
  uint64_t acknowledged = 0;
  while (kills < kills_wanted && !HasFailure()) {
    scratch_.Clear();
    std::filesystem::create_directory(folder_);
    Killing killing(folder_, random);
    for (uint64_t i = 0; i < kRoundsAnArchive && kills + killing.kills() < kills_wanted; ++i) {
      killing.Round();
      ASSERT_EQ(killing.Trouble(), "");
    }
    kills += killing.kills();
    inside += killing.inside();
    acknowledged += killing.acknowledged();
  }
  std::printf("kill -9: %lu kills, %lu inside a commit, %lu units acknowledged, 0 lost\n", kills,
              inside, acknowledged);
  EXPECT_GE(inside * 2, kills);
}

TEST_F(KillTest, AWriterThatAcknowledgesTooEarlyIsCaught) {
  std::mt19937_64 random(Seed("kill"));
  constexpr int kRounds = 20;  // most kills are inside a commit, and each of those is enough
  Killing killing(folder_, random);
  std::string trouble;
  for (int i = 0; i < kRounds && trouble.empty(); ++i) {
    killing.Round(true);
    trouble = killing.Trouble();
  }
  EXPECT_NE(trouble.find("is not in the log"), std::string::npos) << trouble;
}

TEST_F(KillTest, AViewThatHasNotFoldedWhatItSaidIsCaught) {
  std::mt19937_64 random(Seed("kill"));
  Killing killing(folder_, random);
  killing.Round();
  const Reopened reopened(folder_);
  EXPECT_NE(TroubleOfView(reopened.log(), folder_, kUnitsAlways), "");
}

// Several writers of one log; one is killed while it writes, the others must go on at once.
class Crowd {
 public:
  Crowd(const std::filesystem::path& folder, uint32_t writers)
      : folder_(folder), writers_(writers) {
    for (uint32_t i = 0; i < writers_; ++i) {
      controls_.push_back(std::make_unique<ControlPage>(folder / std::to_string(i)));
      children_.push_back(nullptr);
      appended_.emplace_back();
      Start(i);
    }
  }

  // How long the slowest survivor took to append again.
  Clock::duration Hit(uint32_t victim, int signal, microseconds later) {
    const auto end = Clock::now() + kPatience;
    const ControlPage& control = *controls_[victim];
    while (control->phase[kLogEnvironment] == Phase::kOutside && Clock::now() < end) {
    }
    const auto until = Clock::now() + later;
    while (Clock::now() < until) {
    }
    children_[victim]->Signal(signal);
    const auto hit = Clock::now();
    Clock::duration longest{};
    for (uint32_t i = 0; i < writers_; ++i) {
      if (i != victim) longest = std::max(longest, Progress(i, hit));
    }
    return longest;
  }

  // Another writer takes the place of the one that was killed. Was that one inside a commit?
  bool Replace(uint32_t victim) {
    children_[victim]->Kill();
    children_[victim]->Wait();
    const bool inside = (*controls_[victim])->phase[kLogEnvironment] != Phase::kOutside;
    Collect(victim);
    Start(victim);
    return inside;
  }

  void StopAll() {
    for (auto& child : children_) child->Kill();
    for (uint32_t i = 0; i < writers_; ++i) {
      children_[i]->Wait();
      Collect(i);
    }
  }

  std::string Trouble() const {
    const Reopened reopened(folder_);
    if (!reopened.status().ok()) return std::string(reopened.status().message());
    for (uint32_t i = 0; i < writers_; ++i) {
      const uint64_t next = appended_[i].empty() ? 0 : appended_[i].back().number + 1;
      std::string trouble = TroubleOfLog(reopened.log(), i, appended_[i], 0, next + 1);
      if (!trouble.empty()) return trouble;
    }
    return "";
  }

 private:
  void Start(uint32_t i) {
    ControlPage& control = *controls_[i];
    control.Reset();
    folder_.string().copy(control->folder, sizeof control->folder - 1);
    control->folder[folder_.string().size()] = '\0';
    control->flush_delay_us = kFlushUs;
    const uint64_t next = appended_[i].empty() ? 0 : appended_[i].back().number + 1;
    children_[i] = std::make_unique<Child>(
        std::vector<std::string>{"append", folder_.string(), std::to_string(i),
                                 std::to_string(next), std::to_string(kUnitsAlways)},
        control);
    const size_t before = children_[i]->said().appended.size();
    children_[i]->Listen(kPatience,
                         [&](const Said& said) { return said.appended.size() > before; });
  }

  // Until it has appended twice since: once may have been under way.
  Clock::duration Progress(uint32_t i, Clock::time_point hit) {
    Child& child = *children_[i];
    child.Drain();
    const size_t before = child.said().appended.size();
    child.Listen(std::chrono::duration_cast<milliseconds>(2 * kNoHang),
                 [&](const Said& said) { return said.appended.size() > before + 1; });
    return Clock::now() - hit;
  }

  void Collect(uint32_t i) {
    const Said& said = children_[i]->said();
    EXPECT_TRUE(said.errors.empty()) << said.errors.front();
    appended_[i].insert(appended_[i].end(), said.appended.begin(), said.appended.end());
  }

  std::filesystem::path folder_;
  uint32_t writers_;
  std::vector<std::unique_ptr<ControlPage>> controls_;
  std::vector<std::unique_ptr<Child>> children_;
  std::vector<std::vector<Said::Unit>> appended_;
};

TEST_F(KillTest, SurvivorsGoOnWhenAWriterDiesInMidTransaction) {
  std::mt19937_64 random(Seed("writers"));
  const uint64_t kills = Times(100, 1'000);
  constexpr uint32_t kWriters = 3;
  constexpr uint64_t kKillsAnArchive = 50;
  uint64_t inside = 0;
  Clock::duration longest{};
  for (uint64_t done = 0; done < kills && !HasFailure();) {
    scratch_.Clear();
    std::filesystem::create_directory(folder_);
    MakeLog(folder_);
    Crowd crowd(folder_, kWriters);
    for (uint64_t i = 0; i < kKillsAnArchive && done < kills; ++i, ++done) {
      const auto victim = static_cast<uint32_t>(random() % kWriters);
      const microseconds later(random() % (2 * kFlushUs));
      longest = std::max(longest, crowd.Hit(victim, SIGKILL, later));
      inside += crowd.Replace(victim) ? 1 : 0;
      ASSERT_LT(longest, kNoHang);
    }
    crowd.StopAll();
    ASSERT_EQ(crowd.Trouble(), "");
  }
  std::printf(
      "several writers: %lu killed, %lu inside a commit, a survivor waited %.0f ms at most\n",
      kills, inside, std::chrono::duration<double, std::milli>(longest).count());
  EXPECT_GE(inside * 2, kills);
}

// Stopped and not killed, it keeps the lock: what a hang looks like.
TEST_F(KillTest, AHangIsCaught) {
  MakeLog(folder_);
  Crowd crowd(folder_, 2);
  EXPECT_GE(crowd.Hit(0, SIGSTOP, microseconds(0)), kNoHang);
  EXPECT_TRUE(crowd.Replace(0));
  crowd.StopAll();
  EXPECT_EQ(crowd.Trouble(), "");
}

}  // namespace
}  // namespace verbatim::faults
