// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace verbatim::base {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;

TEST(Files, WhatIsWrittenIsReadBackAndNothingElseIsLeft) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "settings";
  ASSERT_TRUE(WriteFileAtomically(path, "one").ok());
  ASSERT_TRUE(WriteFileAtomically(path, std::string("two\0", 4), 0600).ok());
  EXPECT_EQ(ReadFile(path, 100).value(), std::string("two\0", 4));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST(Files, AFailedWriteKeepsTheOldFile) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a" / "b";
  EXPECT_TRUE(absl::IsNotFound(WriteFileAtomically(path, "x")));
  EXPECT_FALSE(fs::exists(path));
}

TEST(Files, LimitsAndKindsAreKept) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "ten") << "0123456789";
  EXPECT_EQ(ReadFile(folder.path() / "ten", 10).value().size(), 10u);
  EXPECT_TRUE(absl::IsResourceExhausted(ReadFile(folder.path() / "ten", 9).status()));
  EXPECT_TRUE(absl::IsNotFound(ReadFile(folder.path() / "none", 9).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(ReadFile(folder.path(), 9).status()));
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_TRUE(absl::IsInvalidArgument(ReadFile(folder.path() / "pipe", 9).status()));
}

TEST(ErrnoStatus, NamesWhatFailedAndKnowsAFullDisk) {
  EXPECT_TRUE(absl::IsResourceExhausted(ErrnoStatus(ENOSPC, "write log")));
  EXPECT_THAT(std::string(ErrnoStatus(ENOENT, "open a").message()),
              HasSubstr("open a: No such file"));
}

TEST(WithContext, KeepsTheCode) {
  const absl::Status status = WithContext(absl::DataLossError("bits"), "event @7");
  EXPECT_TRUE(absl::IsDataLoss(status));
  EXPECT_EQ(status.message(), "event @7: bits");
  EXPECT_TRUE(WithContext(absl::OkStatus(), "x").ok());
}

}  // namespace
}  // namespace verbatim::base
