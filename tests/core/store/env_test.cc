// SPDX-License-Identifier: Apache-2.0
// Opening, handles, sizes, copies.
#include "core/store/env.h"

#include <fstream>

#include "tests/core/store/store_fixture.h"

namespace verbatim::store {
namespace {

using ::testing::HasSubstr;

class EnvTest : public StoreTest {};

TEST_F(EnvTest, HandlesAreTheSameWhenAskedForTwice) {
  const auto env = Open();
  const Db a = env->OpenDb("a").value();
  const std::vector<Db> both = env->OpenDbs({"b", "a"}).value();
  EXPECT_EQ(both[1].handle, a.handle);
  EXPECT_NE(both[0].handle, a.handle);
}

TEST_F(EnvTest, AReaderFindsNoDatabaseThatNobodyMade) {
  Open()->OpenDb("a").value();
  const auto env = Open({.mode = Mode::kReadOnly});
  EXPECT_TRUE(env->OpenDb("a").ok());
  EXPECT_EQ(env->OpenDb("b").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(env->BeginWrite().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(EnvTest, AReaderWithoutLocksLeavesNoLockFile) {
  Open()->OpenDb("a").value();
  std::filesystem::remove(folder() / "lock.mdb");
  const auto env = Open({.mode = Mode::kReadOnlyNoLock});
  EXPECT_TRUE(env->OpenDb("a").ok());
  EXPECT_FALSE(std::filesystem::exists(folder() / "lock.mdb"));
}

TEST_F(EnvTest, AnAbsentFolderIsNotMadeForAReader) {
  EXPECT_EQ(Env::Open(folder(), {.mode = Mode::kReadOnly}).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Env::Open(folder(), {.create = false}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(EnvTest, AForeignFileIsRefusedWithTheQuestionThatHelps) {
  std::filesystem::create_directories(folder());
  std::ofstream(folder() / "data.mdb") << std::string(20000, 'x');
  const auto env = Env::Open(folder(), {});
  EXPECT_EQ(env.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(env.status().message()), HasSubstr("right folder"));
}

TEST_F(EnvTest, ACompactCopyHoldsTheSameAndNotTwice) {
  const auto env = Open();
  const Db db = env->OpenDb("rows").value();
  ASSERT_TRUE(PutOne(*env, db, "k", std::string(1 << 20, 'x')).ok());
  ASSERT_TRUE(PutOne(*env, db, "k", "small").ok());
  const auto copy = temporary_.path() / "copy";
  ASSERT_TRUE(env->CopyCompact(copy).ok());
  EXPECT_EQ(env->CopyCompact(copy).code(), absl::StatusCode::kAlreadyExists);
  const auto other = Env::Open(copy, {.mode = Mode::kReadOnly}).value();
  const Db copied = other->OpenDb("rows").value();
  EXPECT_EQ(other->BeginRead()->Get(copied, "k").value(), "small");
  EXPECT_LT(other->Use()->file_bytes, env->Use()->file_bytes);
}

TEST_F(EnvTest, WhatWasWrittenWithoutFlushIsThereAfterFlush) {
  const auto env = Open({.sync = Sync::kNoSync});
  const Db db = env->OpenDb("rows").value();
  ASSERT_TRUE(PutOne(*env, db, "k", "v").ok());
  EXPECT_TRUE(env->Flush().ok());
}

}  // namespace
}  // namespace verbatim::store
