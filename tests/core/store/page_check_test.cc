// SPDX-License-Identifier: Apache-2.0
// The page check: silent on every file that LMDB wrote, and LMDB is safe on every file that it
// passes.
#include "core/store/page_check.h"

#include <signal.h>

#include <fstream>
#include <random>

#include "tests/core/store/store_fixture.h"

namespace verbatim::store {
namespace {

class PageCheckTest : public StoreTest {
 protected:
  // Puts, overwrites, long values and deletions, so that pages split, merge and become free.
  void Churn(Env& env, const std::vector<Db>& dbs, int commits) {
    for (int commit = 0; commit < commits; ++commit) {
      WriteTxn txn = env.BeginWrite().value();
      for (int i = 0; i < 60; ++i) {
        const Db db = dbs[random_() % dbs.size()];
        const std::string key = std::to_string(random_() % 3000) + std::string(random_() % 60, 'k');
        const size_t size = random_() % 10 == 0 ? random_() % 30'000 : random_() % 300;
        if (random_() % 3 == 0) {
          ASSERT_TRUE(txn.ScanPrefix(db, key.substr(0, 2),
                                     [&](const Entry& entry) {
                                       doomed_ = entry.key;
                                       return false;
                                     })
                          .ok());
          if (!doomed_.empty()) {
            ASSERT_TRUE(txn.Delete(db, doomed_).ok());
          }
        } else {
          ASSERT_TRUE(txn.Put(db, key, std::string(size, 'v')).ok());
        }
      }
      if (random_() % 40 == 0) {
        ASSERT_TRUE(txn.Clear(dbs.front()).ok());
      }
      ASSERT_TRUE(txn.Commit().ok());
    }
  }

  static std::string Dump(Env& env) {
    std::string all;
    const auto dbs = env.OpenDbs({"a", "b", "c"});
    if (!dbs.ok()) return all;
    const ReadTxn txn = env.BeginRead().value();
    for (const Db db : *dbs) {
      const absl::Status read = txn.Scan(db, "", std::nullopt, [&](const Entry& entry) {
        all.append(entry.key).append("=").append(entry.value).append("\n");
        return true;
      });
      all.append(read.ok() ? "--\n" : "unreadable\n");
    }
    return all;
  }

  std::mt19937_64 random_{7};
  std::string doomed_;
};

TEST_F(PageCheckTest, EveryFileThatLmdbWroteIsSound) {
  const auto env = Open({.sync = Sync::kNoSync});
  EXPECT_TRUE(env->CheckPages(PageDepth::kAll).ok());
  const std::vector<Db> dbs = env->OpenDbs({"a", "b", "c"}).value();
  for (int i = 0; i < 60; ++i) {
    Churn(*env, dbs, 5);
    const absl::Status sound = env->CheckPages(PageDepth::kAll);
    ASSERT_TRUE(sound.ok()) << sound;
  }
  ASSERT_TRUE(env->CopyCompact(temporary_.path() / "copy").ok());
  const auto copy = Env::Open(temporary_.path() / "copy", {}).value();
  EXPECT_TRUE(copy->CheckPages(PageDepth::kAll).ok());
  const Db db = copy->OpenDb("a").value();
  ASSERT_TRUE(PutOne(*copy, db, "k", "v").ok());
  EXPECT_TRUE(copy->CheckPages(PageDepth::kAll).ok());
}

TEST_F(PageCheckTest, AnOldPictureIsCheckedWhileOthersWrite) {
  const auto env = Open({.sync = Sync::kNoSync});
  const std::vector<Db> dbs = env->OpenDbs({"a", "b"}).value();
  ReadTxn old = env->BeginRead().value();
  Churn(*env, dbs, 10);
  EXPECT_EQ(CheckPages(folder(), old, PageDepth::kAll).code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(env->CheckPages(old, PageDepth::kAll).ok());  // renewed
}

TEST_F(PageCheckTest, OpeningWhileAnotherProcessWritesSeesNoDamage) {
  Open()->OpenDb("rows").value();
  const pid_t writer = fork();
  if (writer == 0) {
    auto env = Env::Open(folder(), {.sync = Sync::kNoSync});
    if (!env.ok()) _exit(1);
    const Db db = (*env)->OpenDb("rows").value();
    for (uint64_t i = 0;; ++i) {
      if (!PutOne(**env, db, std::to_string(i % 50), std::string(i % 3000, 'x')).ok()) _exit(1);
    }
  }
  for (int i = 0; i < 300; ++i) {
    auto env = Env::Open(folder(), {.mode = Mode::kReadOnly});
    ASSERT_TRUE(env.ok()) << env.status();
    const absl::Status sound = (*env)->CheckPages(PageDepth::kAll);
    ASSERT_TRUE(sound.ok()) << sound;
  }
  kill(writer, SIGKILL);
  int status = 0;
  waitpid(writer, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
}

TEST_F(PageCheckTest, LmdbIsSafeOnWhatPasses) {
  {
    const auto env = Open({.sync = Sync::kNoSync});
    Churn(*env, env->OpenDbs({"a", "b", "c"}).value(), 40);
  }
  const auto path = folder() / "data.mdb";
  const auto bytes = static_cast<uint64_t>(std::filesystem::file_size(path));
  std::string whole;
  {
    const auto env = Open({.mode = Mode::kReadOnly});
    whole = Dump(*env);
  }
  int refused = 0;
  for (int i = 0; i < 800; ++i) {
    // Most of the trouble sits in the first bytes of pages: heads and lists of nodes.
    uint64_t at = random_() % bytes;
    if (i % 2 == 0) at = at / 4096 * 4096 + random_() % 64;
    const auto flip = [&, mask = static_cast<char>(1 << random_() % 8)] {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<long>(at));
      const char old = static_cast<char>(file.get());
      file.seekp(static_cast<long>(at));
      file.put(static_cast<char>(old ^ mask));
    };
    flip();
    const auto env = Env::Open(folder(), {.mode = Mode::kReadOnly});
    if (env.ok() && (*env)->CheckPages(PageDepth::kAll).ok()) {
      Dump(**env);
    } else {
      ++refused;
    }
    flip();
  }
  EXPECT_GT(refused, 30);
  const auto env = Open({.mode = Mode::kReadOnly});
  EXPECT_EQ(Dump(*env), whole);
}

}  // namespace
}  // namespace verbatim::store
