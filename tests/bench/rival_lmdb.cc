// SPDX-License-Identifier: Apache-2.0
#include <lmdb.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/store/keys.h"
#include "tests/bench/rivals.h"

namespace verbatim::bench {
namespace {

MDB_val Val(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }

std::string_view View(const MDB_val& val) {
  return {static_cast<const char*>(val.mv_data), val.mv_size};
}

void Must(int code) { VB_CHECK(code == 0, mdb_strerror(code)); }

class Lmdb final : public Rival {
 public:
  Lmdb(const std::filesystem::path& folder, Flush flush) {
    std::filesystem::create_directories(folder);
    Must(mdb_env_create(&env_));
    Must(mdb_env_set_mapsize(env_, size_t{64} << 30));
    Must(mdb_env_set_maxdbs(env_, 2));
    const unsigned flags = MDB_NOTLS | (flush == Flush::kNever ? MDB_NOSYNC : 0U);
    Must(mdb_env_open(env_, folder.c_str(), flags, 0644));
    MDB_txn* txn = nullptr;
    Must(mdb_txn_begin(env_, nullptr, 0, &txn));
    Must(mdb_dbi_open(txn, "events", MDB_CREATE, &db_));
    Must(mdb_txn_commit(txn));
  }
  ~Lmdb() override { mdb_env_close(env_); }

  void Append(const Blobs& blobs) override {
    MDB_txn* txn = nullptr;
    Must(mdb_txn_begin(env_, nullptr, 0, &txn));
    for (const std::string& blob : blobs) {
      const store::U64Key number(++last_);
      MDB_val key = Val(number.view());
      MDB_val value = Val(blob);
      Must(mdb_put(txn, db_, &key, &value, MDB_APPEND));
    }
    Must(mdb_txn_commit(txn));
  }

  uint64_t Scan() override {
    MDB_txn* txn = nullptr;
    MDB_cursor* cursor = nullptr;
    Must(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn));
    Must(mdb_cursor_open(txn, db_, &cursor));
    uint64_t sum = 0;
    MDB_val key;
    MDB_val value;
    while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) sum += Touch(View(value));
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
    return sum;
  }

  uint64_t Read(uint64_t number) override {
    MDB_txn* txn = nullptr;
    Must(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn));
    const store::U64Key at(number);
    MDB_val key = Val(at.view());
    MDB_val value;
    Must(mdb_get(txn, db_, &key, &value));
    const uint64_t sum = Touch(View(value));
    mdb_txn_abort(txn);
    return sum;
  }

  void Put(const Rows& rows, bool read_first) override { PutWith(rows, 0, read_first); }

  void PutWith(const Rows& rows, unsigned flags, bool read_first) {
    MDB_txn* txn = nullptr;
    Must(mdb_txn_begin(env_, nullptr, 0, &txn));
    for (const auto& [row_key, row] : rows) {
      MDB_val key = Val(row_key);
      MDB_val value;
      if (read_first && mdb_get(txn, db_, &key, &value) == 0) seen_ += Touch(View(value));
      value = Val(row);
      Must(mdb_put(txn, db_, &key, &value, flags));
    }
    Must(mdb_txn_commit(txn));
  }

  void FlushAll() { Must(mdb_env_sync(env_, 1)); }

 private:
  MDB_env* env_ = nullptr;
  MDB_dbi db_ = 0;
  uint64_t last_ = 0;
  uint64_t seen_ = 0;
};

}  // namespace

std::unique_ptr<Rival> MakeLmdb(const std::filesystem::path& folder, Flush flush) {
  return std::make_unique<Lmdb>(folder, flush);
}

void SortAndAppend(const std::filesystem::path& folder, Rows rows) {
  std::sort(rows.begin(), rows.end());
  Lmdb lmdb(folder, Flush::kNever);
  lmdb.PutWith(rows, MDB_APPEND, false);
  lmdb.FlushAll();
}

}  // namespace verbatim::bench
