// SPDX-License-Identifier: Apache-2.0
// The disk is full: of the kernel's own making on a small tmpfs, where this machine lets us mount
// one, and of the shim's. The log and a view say so, keep what they have, and go on when there is
// room again, without a restart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/view/folder.h"
#include "tests/core/view/script_view.h"
#include "tests/faults/harness.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr uint64_t kUnitsMax = 100'000;
constexpr char kSize[] = "size=6m";

// A file system of 6 MiB, gone at the end.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directory(folder_);
    mounted_ = ::mount("none", folder_.c_str(), "tmpfs", 0, kSize) == 0;
    if (!mounted_) why_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  const std::string& why() const { return why_; }
  const fs::path& path() const { return folder_; }
  fs::path Ballast() const { return folder_ / "ballast"; }
  void Fill(uint64_t bytes) const { std::ofstream(Ballast()) << std::string(bytes, 'b'); }

 private:
  fs::path folder_;
  bool mounted_ = false;
  std::string why_;
};

// Appends until it is refused; every unit that was taken is remembered.
absl::Status AppendUntilRefused(log::EventLog& log, std::vector<Said::Unit>& appended) {
  for (uint64_t i = 0; i < kUnitsMax; ++i) {
    const uint64_t number = appended.empty() ? 0 : appended.back().number + 1;
    const auto sequences = log.Append(UnitOf(0, number));
    if (!sequences.ok()) return sequences.status();
    appended.push_back({number, sequences->front(), sequences->back()});
  }
  return absl::OkStatus();
}

void ExpectDiskFull(const absl::Status& status) {
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("disk full"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("free some space"));
}

TEST(DiskFullTest, TheLogGoesOnWhenThereIsRoomAgain) {
  const Scratch scratch;
  const SmallDisk disk(scratch.path() / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "a tmpfs cannot be mounted here: " << disk.why();
  disk.Fill(3 << 20);
  MakeLog(disk.path());
  const Reopened reopened(disk.path());
  std::vector<Said::Unit> appended;
  uint64_t refusals = 0;
  for (; refusals < 3; ++refusals) ExpectDiskFull(AppendUntilRefused(reopened.log(), appended));
  ASSERT_GT(appended.size(), 10u);
  const uint64_t next = appended.size();
  EXPECT_EQ(TroubleOfLog(reopened.log(), 0, appended, 0, next + 1), "");
  fs::remove(disk.Ballast());
  ASSERT_TRUE(reopened.log().Append(UnitOf(0, next)).ok());
  EXPECT_EQ(TroubleOfLog(reopened.log(), 0, appended, 0, next + 1), "");
  const size_t before = appended.size();
  ExpectDiskFull(AppendUntilRefused(reopened.log(), appended));
  EXPECT_GT(appended.size(), before + 100);
  EXPECT_EQ(TroubleOfLog(reopened.log(), 0, appended, 0, appended.size() + 1), "");
  std::printf("disk full: %lu refusals, %zu units kept, goes on without a restart\n", refusals + 1,
              appended.size());
}

TEST(DiskFullTest, AViewGoesOnWhenThereIsRoomAgain) {
  const Scratch scratch;
  const SmallDisk disk(scratch.path() / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "a tmpfs cannot be mounted here: " << disk.why();
  MakeLog(scratch.path());
  const Reopened reopened(scratch.path());
  for (uint64_t i = 0; i < 200; ++i) ASSERT_TRUE(reopened.log().Append(UnitOf(0, i)).ok());
  const auto generation =
      view::Generation::Create(disk.path() / "view", view::ScriptBuild(), view::Durability::kLive)
          .value();
  disk.Fill((6 << 20) - (96 << 10));
  view::FoldOptions options;
  options.batch_events_max = 50;
  const auto folder =
      view::Folder::Make(reopened.log(), *generation, view::ScriptView(), "", std::move(options))
          .value();
  const auto refused = folder->FoldTo(view::kHead);
  ExpectDiskFull(refused.status());
  fs::remove(disk.Ballast());
  const auto folded = folder->FoldTo(view::kHead);
  ASSERT_TRUE(folded.ok()) << folded.status();
  EXPECT_EQ(folded->checkpoint.sequence(), reopened.log().Read()->head());
  EXPECT_EQ(generation->Read()->RecomputeDigest().value(), folded->checkpoint.digest());
}

// As a program meets it: every write is refused for a while, then none.
TEST(DiskFullTest, AProgramGoesOnWhenThereIsRoomAgain) {
  const Scratch scratch;
  const fs::path folder = scratch.path() / "archive";
  fs::create_directory(folder);
  MakeLog(folder);
  const ControlPage control(folder);
  Child child({"patient", folder.string(), "0", "400"}, control);
  ASSERT_TRUE(child.Listen(std::chrono::seconds(60),
                           [](const Said& said) { return said.appended.size() > 20; }));
  control->error_number = ENOSPC;
  control->fault = Fault::kErrno;
  control->disk_full = 1;
  control->sticky = 1;
  control->spare_meta = 1;
  control->fail_at = 1;
  control->armed = 1;
  ASSERT_TRUE(child.Listen(std::chrono::seconds(60),
                           [](const Said& said) { return said.errors.size() > 5; }));
  control->fail_at = 0;
  EXPECT_EQ(child.Wait(), 0);
  for (const std::string& error : child.said().errors) EXPECT_THAT(error, HasSubstr("disk full"));
  EXPECT_EQ(child.said().appended.size(), 400u);
  const Reopened reopened(folder);
  EXPECT_EQ(TroubleOfLog(reopened.log(), 0, child.said().appended, 0, 400), "");
}

}  // namespace
}  // namespace verbatim::faults
