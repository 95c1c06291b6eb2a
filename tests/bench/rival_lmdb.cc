// SPDX-License-Identifier: Apache-2.0
#include <lmdb.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/base/sha256.h"
#include "core/store/keys.h"
#include "tests/bench/rivals.h"

namespace verbatim::bench {
namespace {

MDB_val Val(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }

std::string_view View(const MDB_val& val) {
  return {static_cast<const char*>(val.mv_data), val.mv_size};
}

void Must(int code) { VB_CHECK(code == 0, mdb_strerror(code)); }

MDB_env* OpenEnv(const std::filesystem::path& folder, Flush flush) {
  std::filesystem::create_directories(folder);
  MDB_env* env = nullptr;
  Must(mdb_env_create(&env));
  Must(mdb_env_set_mapsize(env, size_t{64} << 30));
  Must(mdb_env_set_maxdbs(env, 4));
  const unsigned flags = MDB_NOTLS | (flush == Flush::kNever ? MDB_NOSYNC : 0U);
  Must(mdb_env_open(env, folder.c_str(), flags, 0644));
  return env;
}

MDB_dbi OpenDb(MDB_env* env, const char* name) {
  MDB_txn* txn = nullptr;
  MDB_dbi db = 0;
  Must(mdb_txn_begin(env, nullptr, 0, &txn));
  Must(mdb_dbi_open(txn, name, MDB_CREATE, &db));
  Must(mdb_txn_commit(txn));
  return db;
}

class Lmdb final : public Rival {
 public:
  Lmdb(const std::filesystem::path& folder, Flush flush)
      : env_(OpenEnv(folder, flush)), db_(OpenDb(env_, "events")) {}
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
  MDB_env* env_;
  MDB_dbi db_;
  uint64_t last_ = 0;
  uint64_t seen_ = 0;
};

class Floor final : public Rival {
 public:
  Floor(const std::filesystem::path& folder, Flush flush)
      : env_(OpenEnv(folder, flush)),
        events_(OpenDb(env_, "events")),
        bodies_(OpenDb(env_, "bodies")),
        ids_(OpenDb(env_, "ids")),
        streams_(OpenDb(env_, "streams")) {}
  ~Floor() override { mdb_env_close(env_); }

  void Append(const Blobs& blobs) override {
    MDB_txn* txn = nullptr;
    Must(mdb_txn_begin(env_, nullptr, 0, &txn));
    const Writer events(txn, events_);
    const Writer bodies(txn, bodies_);
    const Writer ids(txn, ids_);
    const Writer streams(txn, streams_);
    for (const std::string& blob : blobs) {
      const store::U64Key number(++last_);
      const std::string_view header = std::string_view(blob).substr(0, kHeaderBytes);
      const std::string_view body = std::string_view(blob).substr(header.size());
      const base::Digest digest = base::Sha256(body);
      node_ = base::Sha256({base::AsView(node_), base::AsView(base::Sha256(header))});
      events.Put(number.view(), header, MDB_APPEND);
      bodies.Put(number.view(), body, MDB_APPEND);
      ids.Put(std::string(8, '\0').append(number.view()), number.view(), MDB_APPEND);
      // Streams are spread over all keys, the events of one stand side by side.
      if (last_ % kStreamEvents == 1) stream_ = base::AsView(digest).substr(0, 16);
      streams.Put(stream_ + std::string(number.view().substr(4)), number.view(), MDB_NOOVERWRITE);
    }
    Must(mdb_txn_commit(txn));
  }

  uint64_t Scan() override { return 0; }
  uint64_t Read(uint64_t) override { return 0; }
  void Put(const Rows&, bool) override {}

 private:
  static constexpr size_t kHeaderBytes = 190;
  static constexpr uint64_t kStreamEvents = 31;

  class Writer {
   public:
    Writer(MDB_txn* txn, MDB_dbi db) { Must(mdb_cursor_open(txn, db, &cursor_)); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    void Put(std::string_view key, std::string_view value, unsigned flags) const {
      MDB_val at = Val(key);
      MDB_val bytes = Val(value);
      Must(mdb_cursor_put(cursor_, &at, &bytes, flags));
    }

   private:
    MDB_cursor* cursor_ = nullptr;  // closed with its transaction
  };

  MDB_env* env_;
  MDB_dbi events_;
  MDB_dbi bodies_;
  MDB_dbi ids_;
  MDB_dbi streams_;
  uint64_t last_ = 0;
  std::string stream_;
  base::Digest node_{};
};

}  // namespace

std::unique_ptr<Rival> MakeFloor(const std::filesystem::path& folder, Flush flush) {
  return std::make_unique<Floor>(folder, flush);
}

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
