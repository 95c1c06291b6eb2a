// SPDX-License-Identifier: Apache-2.0
// Copies that are whole, made while others write, and archives made of them; and what doctor sees.
#include "core/archive/backup.h"

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/archive/doctor.h"
#include "core/archive/erasing.h"
#include "core/archive/views.h"
#include "core/article/load.h"
#include "core/base/hex.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::Not;

std::string AllBytes(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    if (entry.is_regular_file()) bytes << file.rdbuf();
    all += bytes.str();
  }
  return all;
}

class BackupTest : public ArchiveFixture {
 protected:
  const ErasureReason kReason = {"court-order", "District Court of Selis"};
  const ActorOf kTester = [](const Archive&) { return article::PersonActor("tester"); };
  fs::path Place(const char* name) const { return folder_.path() / name; }
  // What is at a place: nothing, or something whole.
  size_t Entries() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
};

std::string Wrong(const std::vector<Diagnosis>& rows) {
  std::string text;
  for (const Diagnosis& row : rows) {
    if (row.health != Health::kGood) {
      text += row.check + " " + std::string(ToText(row.health)) + ": " + row.what + " -> " +
              row.way_out + "\n";
    }
  }
  return text;
}

TEST_F(BackupTest, IsWholeWhileOthersWrite) {
  Ingest({{kQuoted, {}}});
  std::atomic<bool> stop = false;
  std::atomic<uint64_t> written = 0;
  std::thread writer([&] {
    const article::EventMaker maker = archive_->Events();
    v1::SettingChanged setting;
    setting.set_key("user.name");
    while (!stop) {
      setting.set_value(std::string(500, 'a') + std::to_string(++written));
      log::Unit unit;
      unit.events.push_back(maker.Make(kArchiveStream, setting).value());
      EXPECT_TRUE(archive_->log().Append(std::move(unit)).ok());
    }
  });
  while (written < 20) std::this_thread::yield();
  for (const char* name : {"one", "two", "three"}) {
    const uint64_t before = Head();
    const auto report = Backup(*archive_, Place(name));
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_GE(report->log.events, before);
    EXPECT_EQ(report->log.root, base::ToString(*archive_->log().Read()->RootAt(report->log.events)))
        << "a beginning of the log, nothing torn";
  }
  stop = true;
  writer.join();
  const auto seen = InspectBackup(Place("two"));
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->plugins, 4u);
}

TEST_F(BackupTest, HoldsNoKeysAndNoViews) {
  Ingest({{kQuoted, {}}});
  ASSERT_TRUE(Views(*archive_).Open("quotes").ok());
  fs::create_directories(archive_->layout().keys());
  std::ofstream(archive_->layout().keys() / "some.key") << "very secret";
  ASSERT_TRUE(Backup(*archive_, Place("copy")).ok());
  EXPECT_THAT(AllBytes(Place("copy")), Not(HasSubstr("very secret")));
  EXPECT_TRUE(fs::is_empty(Layout(Place("copy")).views()));
}

TEST_F(BackupTest, AppearsWholeOrNotAtAll) {
  Ingest({{kQuoted, {}}});
  fs::create_directories(Place("taken"));
  std::ofstream(Place("taken") / "file") << "x";
  const auto taken = Backup(*archive_, Place("taken"));
  EXPECT_TRUE(absl::IsAlreadyExists(taken.status())) << taken.status();
  const fs::path plugin =
      archive_->layout().plugin(archive_->catalog().Plugin("quotes")->pin.file());
  std::ofstream(plugin, std::ios::app) << "altered";
  const size_t entries = Entries();
  const auto altered = Backup(*archive_, Place("copy"));
  EXPECT_THAT(std::string(altered.status().message()), HasSubstr("not the build that is pinned"));
  EXPECT_EQ(Entries(), entries);
  archive_.reset();
  EXPECT_THAT(Wrong(Examine(folder_.path() / "archive", options_, {})),
              HasSubstr("plugins wrong: plugin quotes"));
}

TEST_F(BackupTest, ARestoredArchiveIsTheOneThatWas) {
  const std::string article = Ingest({{kQuoted, {}}})[0].article;
  const std::string rows = Views(*archive_).Open("quotes")->generation->Checkpoint()->digest();
  ASSERT_TRUE(Backup(*archive_, Place("copy")).ok());
  const auto report = Restore(Place("copy"), Place("again"), {}, options_, kTester);
  ASSERT_TRUE(report.ok()) << report.status();
  const auto again = Archive::Open(Place("again"), options_);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(Views(**again).Open("quotes")->generation->Checkpoint()->digest(), rows);
  EXPECT_TRUE(absl::IsAlreadyExists(
      Restore(Place("copy"), Place("again"), {}, options_, kTester).status()));
  EXPECT_FALSE(Restore(folder_.path(), Place("other"), {}, options_, kTester).ok());
  EXPECT_FALSE(fs::exists(Place("other")));
}

TEST_F(BackupTest, ARestoreMakesLaterErasuresAgainAndTheirBytesAreGone) {
  const std::string article = Ingest({{kQuoted, {}}})[0].article;
  ASSERT_TRUE(Backup(*archive_, Place("copy")).ok());
  ASSERT_THAT(AllBytes(Place("copy")), HasSubstr("Tove Aldren"));
  ASSERT_TRUE(Erase(*archive_, {0, article}, kReason, archive_->Events()).ok());
  const auto erasures = ErasuresOf(archive_->log());
  ASSERT_TRUE(erasures.ok());
  const auto report = Restore(Place("copy"), Place("again"), *erasures, options_, kTester);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->erasures.applied, 1u);
  EXPECT_THAT(AllBytes(Place("again")), Not(HasSubstr("Tove Aldren")));
  const auto again = Archive::Open(Place("again"), options_);
  EXPECT_TRUE(article::Load(*(*again)->log().Read(), article)->erased());
  auto others = *erasures;
  others[0].archive_id = std::string(16, 'x');
  EXPECT_TRUE(absl::IsInvalidArgument(
      Restore(Place("copy"), Place("third"), others, options_, kTester).status()));
  EXPECT_FALSE(fs::exists(Place("third")));
}

TEST_F(BackupTest, DoctorFindsNothingInASoundArchive) {
  Ingest({{kQuoted, {}}});
  for (const std::string& name : archive_->catalog().ViewNames()) {
    ASSERT_TRUE(Views(*archive_).Open(name).ok());
  }
  archive_.reset();
  auto rows = Examine(folder_.path() / "archive", options_, {});
  EXPECT_GT(rows.size(), 8u);
  // What the machine has of a sandbox is not the archive's health.
  std::erase_if(rows, [](const Diagnosis& row) { return row.check == "sandbox"; });
  EXPECT_EQ(Wrong(rows), "");
}

TEST_F(BackupTest, DoctorNamesWhatIsWrongAndTheWayOut) {
  Ingest({{kQuoted, {}}});
  ASSERT_TRUE(Views(*archive_).Open("quotes").ok());
  const Layout layout = archive_->layout();
  archive_.reset();
  fs::create_directories(layout.keys());
  std::ofstream(layout.keys() / "some.key") << "secret";
  fs::permissions(layout.keys() / "some.key", fs::perms(0644));
  fs::create_directories(layout.view("quotes") / "0123456789abcdef.building");
  fs::create_directories(layout.log() / "compacting");
  std::ofstream(layout.root() / "verbatim.2147480000.new") << "half";
  const std::string wrong = Wrong(Examine(layout.root(), options_, {}));
  EXPECT_THAT(wrong, HasSubstr("keys wrong"));
  EXPECT_THAT(wrong, HasSubstr("chmod 600"));
  EXPECT_THAT(wrong, HasSubstr(".building was left"));
  EXPECT_THAT(wrong, HasSubstr("compacting was left"));
  EXPECT_THAT(wrong, HasSubstr("verbatim.2147480000.new"));
  EXPECT_TRUE(fs::exists(layout.log() / "compacting")) << "it changes nothing unless told so";
  const std::string fixed =
      Wrong(Examine(layout.root(), options_, {.rebuild_indexes = true, .remove_leftovers = true}));
  EXPECT_THAT(fixed, HasSubstr("indexes fixed"));
  EXPECT_THAT(fixed, HasSubstr("leftovers fixed"));
  EXPECT_FALSE(fs::exists(layout.log() / "compacting"));
}

TEST_F(BackupTest, DoctorWorksOnWhatCanNotBeOpened) {
  const Layout layout = archive_->layout();
  archive_.reset();
  fs::resize_file(layout.log() / "data.mdb", 5000);
  const std::string wrong = Wrong(Examine(layout.root(), options_, {}));
  EXPECT_THAT(wrong, HasSubstr("log grave"));
  EXPECT_THAT(wrong, HasSubstr("restore"));
}

}  // namespace
}  // namespace verbatim::archive
