// SPDX-License-Identifier: Apache-2.0
#include "core/archive/archive.h"

#include <fstream>

#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;

TEST_F(ArchiveFixture, IsMadeWholeWithTheBuiltInPluginsPinned) {
  EXPECT_EQ(archive_->catalog().plugins().size(), 4u);
  EXPECT_THAT(archive_->catalog().ViewNames(),
              ::testing::IsSupersetOf({"quotes", "statements", "timeline"}));
  EXPECT_TRUE(archive_->catalog().registered_types().contains("verbatim.v1.Quote"));
  size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) beside += entry.exists();
  EXPECT_EQ(beside, 1u) << "nothing half-made may be left beside the archive";
}

TEST_F(ArchiveFixture, IsNotMadeOverSomethingElse) {
  EXPECT_TRUE(
      absl::IsAlreadyExists(Archive::Create(folder_.path() / "archive", options_).status()));
  fs::create_directory(folder_.path() / "empty");
  EXPECT_TRUE(Archive::Create(folder_.path() / "empty", options_).ok());
}

TEST_F(ArchiveFixture, AFailedCreationLeavesNothing) {
  Options wrong = options_;
  wrong.builtin_plugins = folder_.path() / "nowhere";
  EXPECT_FALSE(Archive::Create(folder_.path() / "other", wrong).ok());
  EXPECT_FALSE(fs::exists(folder_.path() / "other"));
  size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) beside += entry.exists();
  EXPECT_EQ(beside, 1u);
}

TEST_F(ArchiveFixture, WhatIsNoArchiveSaysSo) {
  const auto missing = Archive::Open(folder_.path() / "missing", options_);
  EXPECT_TRUE(absl::IsNotFound(missing.status()));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("verbatim init -C"));
  EXPECT_TRUE(absl::IsNotFound(Archive::Open(folder_.path(), options_).status()));
  fs::create_directory(folder_.path() / "later");
  std::ofstream(folder_.path() / "later/verbatim") << "verbatim archive, format 9\n";
  const auto later = Archive::Open(folder_.path() / "later", options_);
  EXPECT_TRUE(absl::IsFailedPrecondition(later.status()));
  EXPECT_THAT(std::string(later.status().message()), HasSubstr("format 9"));
}

}  // namespace
}  // namespace verbatim::archive
