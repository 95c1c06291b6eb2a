// SPDX-License-Identifier: Apache-2.0
#include "core/archive/views.h"

#include "core/archive/plugins.h"
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

TEST_F(ViewsOfAnArchive, AnUnknownViewSaysWhichThereAre) {
  const auto opened = Views(*archive_).Open("quots");
  EXPECT_TRUE(absl::IsNotFound(opened.status()));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("quotes, "));
}

}  // namespace
}  // namespace verbatim::archive
