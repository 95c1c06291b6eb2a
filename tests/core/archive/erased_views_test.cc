// SPDX-License-Identifier: Apache-2.0
// Views forget what was erased: their rows, their history, their files, and whatever crashed on the
// way.
#include "core/archive/erased_views.h"

#include "core/archive/plugins.h"
#include "core/log/compact.h"
#include "tests/core/archive/erasing_fixture.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using ErasedViews = ErasingTest;

TEST_F(ErasedViews, ForgetItAndSoDoTheirFiles) {
  const std::string article = IngestPrivate();
  Ingest({{kQuoted, {}}});
  BuildViews();
  const uint64_t before = Head();
  const uint64_t rows = RowsOf("quotes");
  ASSERT_THAT(AllBytes(archive_->layout().views()), HasSubstr("Aberforth"));
  EraseIt({0, article});
  const auto notes = RebuildWithoutErased(*archive_);
  ASSERT_TRUE(notes.ok()) << notes.status();
  EXPECT_THAT(*notes, IsEmpty());
  EXPECT_THAT(AllBytes(archive_->layout().views()), Not(HasSubstr("Aberforth")));
  EXPECT_LT(RowsOf("quotes"), rows);
  {
    const auto opened = Views(*archive_).Open("quotes");
    std::string then;
    ASSERT_TRUE(opened->generation->Read()
                    ->Scan(0, {.as_of = before},
                           [&](const view::RowView& row) {
                             then += row.row;
                             return true;
                           })
                    .ok());
    EXPECT_THAT(then, Not(HasSubstr("buoy")));
    EXPECT_THAT(then, HasSubstr("no time to lose"));
  }
  for (const std::string& name : archive_->catalog().ViewNames()) {
    const auto verified = Views(*archive_).Verify(name);
    ASSERT_TRUE(verified.ok()) << verified.status();
    EXPECT_TRUE(verified->agrees) << name << verified->what;
  }
  // The log's own file, raw and with every body unpacked.
  const fs::path log = archive_->layout().log();
  archive_.reset();
  ASSERT_TRUE(log::Compact(log, base::SystemClock(), base::SystemRandom()).ok());
  EXPECT_THAT(AllBytes(folder_.path() / "archive"), Not(HasSubstr("Aberforth")));
  ReopenArchive();
  EXPECT_THAT(BodiesText(), Not(HasSubstr("Aberforth")));
  ExpectVerified();
}

TEST_F(ErasedViews, ACrashAfterTheErasureIsHealedAtTheNextOpen) {
  const std::string article = IngestPrivate();
  BuildViews();
  EraseIt({0, article});  // and no more: the process died here
  EXPECT_EQ(*Views(*archive_).Peek("quotes"), nullptr);
  ReopenArchive();
  EXPECT_THAT(AllBytes(archive_->layout().views()), Not(HasSubstr("Aberforth")));
  EXPECT_EQ(RowsOf("quotes"), 0u);
  // What is built from then on is not thrown away at each open.
  const auto opened = Views(*archive_).Open("quotes")->generation->folder();
  ReopenArchive();
  EXPECT_TRUE(fs::exists(opened / "data.mdb"));
}

TEST_F(ErasedViews, AViewThatCanNotBeBuiltAgainIsGoneAllTheSame) {
  const std::string article = IngestPrivate();
  BuildViews();
  ASSERT_TRUE(ChangeState(*archive_, "quotes", v1::PluginStateChanged::STATE_DISABLED, "",
                          archive_->Events())
                  .ok());
  EraseIt({0, article});
  const auto before = Views(*archive_).Open("quotes");
  EXPECT_FALSE(before.ok()) << "a disabled plugin's view is served as it stands, but not this one";
  const auto notes = RebuildWithoutErased(*archive_);
  ASSERT_TRUE(notes.ok());
  EXPECT_THAT(*notes, Contains(HasSubstr("quotes")));
  EXPECT_THAT(AllBytes(archive_->layout().views()), Not(HasSubstr("Aberforth")));
}

}  // namespace
}  // namespace verbatim::archive
