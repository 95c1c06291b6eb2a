// SPDX-License-Identifier: Apache-2.0
// What LMDB does silently wrong, or says in words that help nobody, and what this room makes of it.
// A test that needs root or its own mounts skips by name where it cannot have them.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>

#include "core/base/limits.h"
#include "core/store/preflight.h"
#include "tests/core/store/store_fixture.h"

namespace verbatim::store {
namespace {

using ::testing::HasSubstr;

constexpr int kSkipped = 77;

class LmdbRules : public StoreTest {
 protected:
  // Fills `db` in commits of 64 KiB until one fails; the number that were kept.
  static int Fill(Env& env, Db db, absl::Status& failure) {
    for (int i = 0; i < 10'000; ++i) {
      failure = PutOne(env, db, "fill" + std::to_string(i), std::string(64 << 10, 'x'));
      if (!failure.ok()) return i;
    }
    return 10'000;
  }
};

TEST_F(LmdbRules, AFullMapIsSaidAndLosesNothing) {
  const auto env = Open({.map_bytes = 1 << 20});
  const Db db = env->OpenDb("rows").value();
  ASSERT_TRUE(PutOne(*env, db, "first", "kept").ok());
  absl::Status failure;
  const int kept = Fill(*env, db, failure);
  EXPECT_GT(kept, 0);
  EXPECT_EQ(failure.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(failure.message()), HasSubstr("map is full"));
  const ReadTxn reader = env->BeginRead().value();
  EXPECT_EQ(reader.Get(db, "first").value(), "kept");
  EXPECT_EQ(reader.Count(db).value(), static_cast<uint64_t>(kept) + 1);
}

// Another process, with a larger map, makes the file outgrow ours.
bool OutgrowElsewhere(const std::filesystem::path& folder) {
  return InChild([&] {
           auto env = Env::Open(folder, {.map_bytes = 64 << 20});
           if (!env.ok()) return false;
           const auto db = (*env)->OpenDb("rows");
           return db.ok() && PutOne(**env, *db, "big", std::string(8 << 20, 'x')).ok();
         }) == 0;
}

TEST_F(LmdbRules, AMapResizedByAnotherProcessIsFollowed) {
  Open()->OpenDb("rows").value();
  for (const Mode mode : {Mode::kReadOnly, Mode::kReadWrite}) {
    const auto env = Open({.mode = mode, .map_bytes = 1 << 20});
    const Db db = env->OpenDb("rows").value();
    ReadTxn renewed = env->BeginRead().value();
    ASSERT_TRUE(OutgrowElsewhere(folder()));
    ASSERT_TRUE(renewed.Renew().ok());
    EXPECT_EQ(renewed.Get(db, "big")->size(), size_t{8} << 20);
    if (mode == Mode::kReadWrite) {
      EXPECT_TRUE(PutOne(*env, db, "more", "x").ok());
    }
    EXPECT_GT(env->Use()->map_bytes, size_t{8} << 20);
  }
}

TEST_F(LmdbRules, AMapIsNotResizedUnderATransactionOfOurOwn) {
  Open()->OpenDb("rows").value();
  const auto env = Open({.mode = Mode::kReadOnly, .map_bytes = 1 << 20});
  const Db db = env->OpenDb("rows").value();
  const ReadTxn old = env->BeginRead().value();
  ASSERT_TRUE(OutgrowElsewhere(folder()));
  const auto refused = env->BeginRead();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("end or renew"));
  EXPECT_EQ(old.Find(db, "big").value(), std::nullopt);
}

TEST_F(LmdbRules, ASecondOpenInOneProcessIsRefused) {
  {
    const auto env = Open();
    for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly, Mode::kReadOnlyNoLock}) {
      const auto second = Env::Open(folder(), {.mode = mode});
      EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
      EXPECT_THAT(std::string(second.status().message()), HasSubstr("open in this process"));
    }
    std::filesystem::create_directory_symlink(folder(), temporary_.path() / "other-name");
    EXPECT_FALSE(Env::Open(temporary_.path() / "other-name", {}).ok());
    EXPECT_EQ(InChild([&] { return Env::Open(folder(), {}).ok(); }), 0);
  }
  EXPECT_TRUE(Env::Open(folder(), {}).ok());
}

TEST_F(LmdbRules, ADeadReadersPlaceIsCleared) {
  Open()->OpenDb("rows").value();
  const auto die_reading = [&] {
    return InChild([&] {
      auto env = Env::Open(folder(), {.mode = Mode::kReadOnly});
      if (!env.ok()) return false;
      auto txn = (*env)->BeginRead();
      return txn.ok() && raise(SIGKILL) == 0;
    });
  };
  ASSERT_EQ(die_reading(), -1);
  {
    const auto env = Open();  // clears what it finds
    EXPECT_EQ(env->ClearStaleReaders().value(), 0);
    ASSERT_EQ(die_reading(), -1);
    EXPECT_EQ(env->ClearStaleReaders().value(), 1);
    EXPECT_EQ(env->ClearStaleReaders().value(), 0);
  }
}

TEST_F(LmdbRules, AnUnwritableLockFileNamesTheWayOut) {
  Open()->OpenDb("rows").value();
  // A folder in its place cannot be written by anybody, root included.
  std::filesystem::remove(folder() / "lock.mdb");
  std::filesystem::create_directory(folder() / "lock.mdb");
  for (const Mode mode : {Mode::kReadWrite, Mode::kReadOnly}) {
    const auto env = Env::Open(folder(), {.mode = mode});
    EXPECT_EQ(env.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(env.status().message()), HasSubstr("lock.mdb cannot be written"));
    EXPECT_THAT(std::string(env.status().message()), HasSubstr("chmod"));
  }
}

TEST_F(LmdbRules, AnotherUsersArchiveNamesTheWayOut) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to be another user";
  Open()->OpenDb("rows").value();
  const int exit = InChild([&] {
    if (chmod(temporary_.path().c_str(), 0755) != 0 || seteuid(65534) != 0) return false;
    const auto write = Env::Open(folder(), {});
    const auto read = Env::Open(folder(), {.mode = Mode::kReadOnly});
    return absl::IsFailedPrecondition(write.status()) &&
           absl::IsFailedPrecondition(read.status()) &&
           read.status().message().find("lock.mdb cannot be written") != std::string::npos;
  });
  EXPECT_EQ(exit, 0);
}

TEST_F(LmdbRules, TheLockFileHasItsBlocksBeforeItIsMapped) {
  Open();
  struct stat entry;
  ASSERT_EQ(stat((folder() / "lock.mdb").c_str(), &entry), 0);
  EXPECT_GE(entry.st_size, 254 * 64);
  EXPECT_GE(entry.st_blocks * 512, entry.st_size);
}

TEST_F(LmdbRules, AMapTooLargeForTheAddressSpaceIsHalved) {
#ifdef VERBATIM_SANITIZED
  GTEST_SKIP() << "sanitizers need the address space themselves";
#endif
  const int exit = InChild([&] {
    const rlimit limit = {size_t{8} << 30, size_t{8} << 30};
    if (setrlimit(RLIMIT_AS, &limit) != 0) return false;
    auto env = Env::Open(folder(), {.map_bytes = size_t{1} << 40});
    if (!env.ok()) return false;
    const auto db = (*env)->OpenDb("rows");
    return db.ok() && PutOne(**env, *db, "k", "v").ok() &&
           (*env)->Use()->map_bytes < limit.rlim_cur;
  });
  EXPECT_EQ(exit, 0);
}

TEST_F(LmdbRules, NetworkFileSystemsAreKnown) {
  for (const uint64_t type : {0x6969ull, 0xff534d42ull, 0xfe534d42ull, 0x01021997ull}) {
    EXPECT_TRUE(IsNetworkFileSystem(type));
  }
  for (const uint64_t type : {0xef53ull, 0x01021994ull, 0x9123683eull, 0x58465342ull}) {
    EXPECT_FALSE(IsNetworkFileSystem(type));  // ext4, tmpfs, btrfs, xfs
  }
}

// Runs `work` in a child on a file system of 2 MiB of its own.
int OnSmallDisk(const std::filesystem::path& mount_point, const std::function<bool()>& work) {
  std::filesystem::create_directories(mount_point);
  const pid_t child = fork();
  if (child == 0) {
    if (unshare(CLONE_NEWNS) != 0 || mount("", "/", "", MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=2m") != 0) {
      _exit(kSkipped);
    }
    _exit(work() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(LmdbRules, AFullDiskIsSaidLosesNothingAndIsOverWhenThereIsRoom) {
  const auto disk = temporary_.path() / "disk";
  const int exit = OnSmallDisk(disk, [&] {
    std::ofstream(disk / "ballast") << std::string(1 << 20, 'x');
    auto env = Env::Open(disk / "env", {});
    if (!env.ok()) return false;
    const Db db = (*env)->OpenDb("rows").value();
    absl::Status failure;
    const int kept = Fill(**env, db, failure);
    const bool said = absl::IsResourceExhausted(failure) &&
                      failure.message().find("disk full") != std::string::npos;
    const bool there = (*env)->BeginRead()->Count(db).value() == static_cast<uint64_t>(kept);
    std::filesystem::remove(disk / "ballast");
    return said && kept > 0 && there && PutOne(**env, db, "after", std::string(64 << 10, 'y')).ok();
  });
  if (exit == kSkipped) GTEST_SKIP() << "needs the right to mount a tmpfs";
  EXPECT_EQ(exit, 0);
}

TEST_F(LmdbRules, ADiskTooFullForALockFileIsAStatusNotASignal) {
  const auto disk = temporary_.path() / "disk";
  const int exit = OnSmallDisk(disk, [&] {
    std::filesystem::create_directories(disk / "env");
    std::ofstream(disk / "ballast") << std::string(4 << 20, 'x');  // as much as fits
    const auto env = Env::Open(disk / "env", {});
    return absl::IsResourceExhausted(env.status()) &&
           env.status().message().find("disk full") != std::string::npos;
  });
  if (exit == kSkipped) GTEST_SKIP() << "needs the right to mount a tmpfs";
  EXPECT_EQ(exit, 0);
}

TEST_F(LmdbRules, AReadOnlyMediumIsRead) {
  const auto disk = temporary_.path() / "disk";
  const int exit = OnSmallDisk(disk, [&] {
    {
      auto env = Env::Open(disk / "env", {});
      if (!env.ok() || !PutOne(**env, (*env)->OpenDb("rows").value(), "k", "v").ok()) return false;
    }
    for (const bool with_lock_file : {true, false}) {
      if (!with_lock_file) {
        mount("", disk.c_str(), "", MS_REMOUNT, nullptr);
        std::filesystem::remove(disk / "env" / "lock.mdb");
      }
      if (mount("", disk.c_str(), "", MS_REMOUNT | MS_RDONLY, nullptr) != 0) return false;
      auto env = Env::Open(disk / "env", {});
      if (!env.ok() || (*env)->mode() != Mode::kReadOnly) return false;
      const auto db = (*env)->OpenDb("rows");
      if (!db.ok() || (*env)->BeginRead()->Get(*db, "k").value() != "v") return false;
    }
    return true;
  });
  if (exit == kSkipped) GTEST_SKIP() << "needs the right to mount a tmpfs";
  EXPECT_EQ(exit, 0);
}

}  // namespace
}  // namespace verbatim::store
