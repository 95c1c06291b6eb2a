// SPDX-License-Identifier: Apache-2.0
#include "core/archive/views.h"

#include <algorithm>

#include "core/archive/erased_views.h"
#include "core/archive/plugin_config.h"
#include "core/archive/plugins.h"
#include "core/archive/view_gc.h"
#include "core/archive/view_trouble.h"
#include "core/view/home_lock.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ViewsOfAnArchive = ArchiveFixture;

TEST_F(ViewsOfAnArchive, ReadingBringsUpToHeadAndStartsNothingWhenItIsThere) {
  Ingest({{kQuoted, {}}});
  Views views(*archive_);
  {
    const auto opened = views.Open("quotes");
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_TRUE(opened->notes.empty());
    EXPECT_EQ(opened->generation->Checkpoint()->sequence(), Head());
  }
  ::setenv("VERBATIM_PLUGIN_HOST", "/bin/false", 1);
  EXPECT_TRUE(views.Open("quotes").ok());
  Ingest({});
  const auto behind = views.Open("timeline");
  EXPECT_FALSE(behind.ok()) << "never built, and no worker to build it";
}

TEST_F(ViewsOfAnArchive, AWorkerThatFailsLeavesWhatServes) {
  Ingest({{kQuoted, {}}});
  Views views(*archive_);
  ASSERT_TRUE(views.Open("quotes").ok());
  ASSERT_TRUE(ChangeState(*archive_, "dates", v1::PluginStateChanged::STATE_DISABLED, "",
                          archive_->Events())
                  .ok());
  ::setenv("VERBATIM_PLUGIN_HOST", "/bin/false", 1);
  const auto opened = views.Open("quotes");
  ASSERT_TRUE(opened.ok()) << opened.status();
  ASSERT_EQ(opened->notes.size(), 1u);
  EXPECT_THAT(opened->notes[0], HasSubstr("1 events behind"));
}

TEST_F(ViewsOfAnArchive, ADamagedGenerationIsBuiltAgain) {
  Ingest({{kQuoted, {}}});
  Views views(*archive_);
  fs::path folder;
  {
    const auto opened = views.Open("quotes");
    ASSERT_TRUE(opened.ok());
    folder = opened->generation->folder();
  }
  fs::resize_file(folder / "data.mdb", 100);
  const auto again = views.Open("quotes");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->generation->Checkpoint()->sequence(), Head());
}

TEST_F(ViewsOfAnArchive, VerifyingAgreesAndSeesAnAlteredDigest) {
  Ingest({{kQuoted, {}}});
  const uint64_t first = Head();
  Ingest(
      {{"Another day\n\n\"It rained again and nobody minded,\" Orla Brandvik said on Tuesday "
        "morning.\n",
        {}}});
  Views views(*archive_);
  for (const std::string& name : archive_->catalog().ViewNames()) {
    const auto now = views.Verify(name);
    ASSERT_TRUE(now.ok()) << now.status();
    EXPECT_TRUE(now->agrees) << name << ": " << now->what;
    const auto then = views.Verify(name, first);
    ASSERT_TRUE(then.ok()) << then.status();
    EXPECT_TRUE(then->agrees) << name << ": " << then->what;
  }
}

TEST_F(ViewsOfAnArchive, ARebuildServesTheSameRows) {
  Ingest({{kQuoted, {}}});
  Views views(*archive_);
  const std::string digest = views.Open("quotes")->generation->Checkpoint()->digest();
  const auto rebuilt = views.Rebuild("quotes");
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
  EXPECT_EQ(rebuilt->digest(), digest);
}

std::vector<std::string> States(const std::vector<CollectedGeneration>& generations) {
  std::vector<std::string> states;
  for (const CollectedGeneration& one : generations) states.push_back(one.state);
  std::sort(states.begin(), states.end());
  return states;
}

// A view of two builds: one that serves, and one that its configuration has made old.
class RebuiltViews : public ArchiveFixture {
 protected:
  void SetUp() override {
    ArchiveFixture::SetUp();
    Ingest({{kQuoted, {}}});
    ASSERT_TRUE(InstallPlugin(*archive_, VERBATIM_BINARY_DIR "/tests/plugins/good.so", false).ok());
    ASSERT_TRUE(Views(*archive_).Open("shout_counts")->notes.empty());
    ASSERT_TRUE(ConfigurePlugin(*archive_, "good", "letters_min: 4", archive_->Events()).value());
  }
};

TEST_F(RebuiltViews, ServeFromTheOldBuildWhileAnotherProcessMakesTheNewOne) {
  Views views(*archive_);
  const auto old_folder = views.Peek("shout_counts").value()->folder();
  {
    // Whoever builds holds the lock of the view; flock(2) doesn't ask in which process.
    const auto building = view::HomeLock::Take(archive_->layout().view("shout_counts"));
    ASSERT_TRUE(building.ok());
    const auto opened = views.Open("shout_counts");
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(opened->generation->folder(), old_folder);
    EXPECT_THAT(opened->notes.at(0), HasSubstr("another process builds it anew"));
    EXPECT_THAT(States(*CollectGenerations(*archive_, "shout_counts", false)),
                ::testing::ElementsAre("serves"));
  }
  uint64_t shown = 0;
  Views watched(*archive_, [&](std::string_view, uint64_t sequence, uint64_t target) {
    shown = sequence;
    EXPECT_EQ(target, Head());
  });
  {
    const auto opened = watched.Open("shout_counts");
    EXPECT_TRUE(opened->notes.empty());
    EXPECT_NE(opened->generation->folder(), old_folder);
    EXPECT_EQ(shown, Head()) << "progress is told";
  }
  EXPECT_TRUE(fs::exists(old_folder)) << "who was about to open it finds it";
  ASSERT_TRUE(views.Open("shout_counts").ok());
  EXPECT_FALSE(fs::exists(old_folder)) << "collected when the view is next brought up";
}

TEST_F(RebuiltViews, LeaveBuildsThatAreCollectedOnDemand) {
  ASSERT_TRUE(Views(*archive_).Open("shout_counts").ok());
  const auto listed = CollectGenerations(*archive_, "shout_counts", /*dry_run=*/true);
  ASSERT_TRUE(listed.ok());
  EXPECT_THAT(States(*listed), ::testing::ElementsAre("removable", "serves"));
  EXPECT_GT(listed->front().bytes, 0U);
  EXPECT_THAT(States(*CollectGenerations(*archive_, "", false)),
              ::testing::ElementsAre("removed", "serves"));
  EXPECT_THAT(States(*CollectGenerations(*archive_, "", false)), ::testing::ElementsAre("serves"));
  EXPECT_TRUE(absl::IsNotFound(CollectGenerations(*archive_, "shouts", false).status()));
  ASSERT_TRUE(
      ChangeState(*archive_, "good", v1::PluginStateChanged::STATE_REMOVED, "", archive_->Events())
          .ok());
  EXPECT_THAT(States(*CollectGenerations(*archive_, "", false)), ::testing::ElementsAre("removed"));
  EXPECT_FALSE(fs::exists(archive_->layout().view("shout_counts")));
}

TEST_F(RebuiltViews, ForgetTheWordsOfTroubleThatMayQuoteWhatWasErased) {
  const InstalledPlugin& good = *archive_->catalog().Plugin("good");
  const fs::path home = archive_->layout().view("shout_counts");
  ASSERT_TRUE(NoteTrouble(home, good, "no word for \"sea wall\"\nand more").ok());
  EXPECT_EQ(ReadTrouble(home, good).why, "no word for \"sea wall\"");
  InstalledPlugin another = good;
  another.config_sha256 = std::string(32, 'c');
  EXPECT_EQ(ReadTrouble(home, another).times, 0U) << "another build begins without trouble";
  ASSERT_TRUE(DropErased(archive_->layout(), Head(), OthersAtWork::kWait).ok());
  EXPECT_EQ(ReadTrouble(home, good).times, 0U);
}

TEST_F(ViewsOfAnArchive, AnUnknownViewSaysWhichThereAre) {
  const auto opened = Views(*archive_).Open("quots");
  EXPECT_TRUE(absl::IsNotFound(opened.status()));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("quotes, "));
}

}  // namespace
}  // namespace verbatim::archive
