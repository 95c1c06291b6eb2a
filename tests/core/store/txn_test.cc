// SPDX-License-Identifier: Apache-2.0
// Transactions and cursors against a std::map.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/core/store/store_fixture.h"

namespace verbatim::store {
namespace {

class TxnTest : public StoreTest {};

TEST_F(TxnTest, AWriterThatDoesNotCommitLeavesNothing) {
  const auto env = Open();
  const Db db = env->OpenDb("rows").value();
  {
    WriteTxn txn = env->BeginWrite().value();
    ASSERT_TRUE(txn.Put(db, "k", "v").ok());
    EXPECT_EQ(txn.Get(db, "k").value(), "v");
  }
  EXPECT_EQ(env->BeginRead()->Find(db, "k").value(), std::nullopt);
  EXPECT_EQ(env->BeginRead()->Get(db, "k").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(TxnTest, AReaderKeepsItsPictureUntilItIsRenewed) {
  const auto env = Open();
  const Db db = env->OpenDb("rows").value();
  ASSERT_TRUE(PutOne(*env, db, "k", "1").ok());
  ReadTxn reader = env->BeginRead().value();
  ASSERT_TRUE(PutOne(*env, db, "k", "2").ok());
  EXPECT_EQ(reader.Get(db, "k").value(), "1");
  ASSERT_TRUE(reader.Renew().ok());
  EXPECT_EQ(reader.Get(db, "k").value(), "2");
}

TEST_F(TxnTest, InsertAndAppendKeepWhatIsThere) {
  const auto env = Open();
  const Db db = env->OpenDb("rows").value();
  WriteTxn txn = env->BeginWrite().value();
  ASSERT_TRUE(txn.PutAppend(db, "b", "1").ok());
  EXPECT_EQ(txn.Insert(db, "b", "2").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(txn.PutAppend(db, "a", "2").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(txn.PutAppend(db, "b", "2").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(txn.Get(db, "b").value(), "1");
  EXPECT_EQ(txn.Put(db, "", "x").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(txn.Put(db, std::string(512, 'k'), "x").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(txn.Put(db, std::string(511, 'k'), "x").ok());
  EXPECT_EQ(txn.Delete(db, "zz").value(), false);
  EXPECT_EQ(txn.Delete(db, "b").value(), true);
  ASSERT_TRUE(txn.Clear(db).ok());
  EXPECT_EQ(txn.Count(db).value(), 0u);
}

TEST_F(TxnTest, OneCommitSpansDatabases) {
  const auto env = Open();
  const std::vector<Db> dbs = env->OpenDbs({"a", "b"}).value();
  WriteTxn txn = env->BeginWrite().value();
  ASSERT_TRUE(txn.Put(dbs[0], "k", "1").ok());
  ASSERT_TRUE(txn.Put(dbs[1], "k", "2").ok());
  ASSERT_TRUE(txn.Commit().ok());
  const ReadTxn reader = env->BeginRead().value();
  EXPECT_EQ(reader.Get(dbs[0], "k").value(), "1");
  EXPECT_EQ(reader.Get(dbs[1], "k").value(), "2");
}

using Rows = std::map<std::string, std::string>;

// Keys of few letters, so that operations meet.
rc::Gen<std::string> Key() {
  return rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'd')));
}

void ExpectSame(const Txn& txn, Db db, const Rows& rows, const std::string& at) {
  Rows seen;
  RC_ASSERT(txn.Scan(db, "", std::nullopt,
                     [&](const Entry& entry) {
                       seen.emplace(entry.key, entry.value);
                       return true;
                     })
                .ok());
  RC_ASSERT(seen == rows);
  Cursor cursor = txn.OpenCursor(db).value();
  const auto from = rows.lower_bound(at);
  RC_ASSERT(cursor.Seek(at).value() == (from != rows.end()));
  if (from != rows.end()) RC_ASSERT(cursor.entry().key == from->first);
  RC_ASSERT(cursor.SeekBefore(at).value() == (from != rows.begin()));
  if (from != rows.begin()) RC_ASSERT(cursor.entry().key == std::prev(from)->first);
  size_t with_prefix = 0;
  for (const auto& [key, value] : rows) with_prefix += key.compare(0, at.size(), at) == 0;
  size_t found = 0;
  RC_ASSERT(txn.ScanPrefix(db, at, [&](const Entry&) { return ++found > 0; }).ok());
  RC_ASSERT(found == with_prefix);
  RC_ASSERT(txn.Count(db).value() == rows.size());
}

RC_GTEST_PROP(Txn, BehavesLikeAMap, ()) {
  const base::TemporaryFolder temporary;
  const auto env = Env::Open(temporary.path(), {.sync = Sync::kNoSync}).value();
  const Db db = env->OpenDb("rows").value();
  Rows committed;
  for (int round = 0; round < 5; ++round) {
    Rows rows = committed;
    WriteTxn txn = env->BeginWrite().value();
    const int steps = *rc::gen::inRange(0, 30);
    for (int step = 0; step < steps; ++step) {
      const std::string key = *Key();
      if (*rc::gen::inRange(0, 3) == 0) {
        RC_ASSERT(txn.Delete(db, key).value() == (rows.erase(key) == 1));
      } else {
        const std::string value = *rc::gen::arbitrary<std::string>();
        RC_ASSERT(txn.Put(db, key, value).ok());
        rows[key] = value;
      }
    }
    ExpectSame(txn, db, rows, *Key());
    if (*rc::gen::arbitrary<bool>()) {
      RC_ASSERT(txn.Commit().ok());
      committed = rows;
    }
  }
  ExpectSame(*env->BeginRead(), db, committed, *Key());
}

}  // namespace
}  // namespace verbatim::store
