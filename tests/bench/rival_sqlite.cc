// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include "core/base/check.h"
#include "tests/bench/rivals.h"

namespace verbatim::bench {
namespace {

class Sqlite final : public Rival {
 public:
  Sqlite(const std::filesystem::path& folder, Flush flush) {
    std::filesystem::create_directories(folder);
    Must(sqlite3_open((folder / "bench.sqlite").c_str(), &db_));
    Run("PRAGMA journal_mode=WAL");
    Run(flush == Flush::kNever ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL");
    Run("CREATE TABLE events (number INTEGER PRIMARY KEY, value BLOB)");
    Run("CREATE TABLE rows (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID");
    append_ = Prepare("INSERT INTO events (value) VALUES (?1)");
    scan_ = Prepare("SELECT value FROM events ORDER BY number");
    read_ = Prepare("SELECT value FROM events WHERE number = ?1");
    get_ = Prepare("SELECT value FROM rows WHERE key = ?1");
    put_ = Prepare("INSERT OR REPLACE INTO rows (key, value) VALUES (?1, ?2)");
  }
  ~Sqlite() override {
    for (sqlite3_stmt* statement : {append_, scan_, read_, get_, put_}) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }

  void Append(const Blobs& blobs) override {
    Run("BEGIN");
    for (const std::string& blob : blobs) {
      Bind(append_, 1, blob);
      Step(append_);
    }
    Run("COMMIT");
  }

  uint64_t Scan() override {
    uint64_t sum = 0;
    while (sqlite3_step(scan_) == SQLITE_ROW) sum += Touch(Column(scan_));
    Must(sqlite3_reset(scan_));
    return sum;
  }

  uint64_t Read(uint64_t number) override {
    Must(sqlite3_bind_int64(read_, 1, static_cast<sqlite3_int64>(number)));
    VB_CHECK(sqlite3_step(read_) == SQLITE_ROW, "the row is there");
    const uint64_t sum = Touch(Column(read_));
    Must(sqlite3_reset(read_));
    return sum;
  }

  void Put(const Rows& rows, bool read_first) override {
    Run("BEGIN");
    for (const auto& [key, row] : rows) {
      if (read_first) {
        Bind(get_, 1, key);
        if (sqlite3_step(get_) == SQLITE_ROW) seen_ += Touch(Column(get_));
        Must(sqlite3_reset(get_));
      }
      Bind(put_, 1, key);
      Bind(put_, 2, row);
      Step(put_);
    }
    Run("COMMIT");
  }

 private:
  void Must(int code) { VB_CHECK(code == SQLITE_OK, sqlite3_errmsg(db_)); }
  void Run(const char* sql) { Must(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    Must(sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr));
    return statement;
  }
  void Bind(sqlite3_stmt* statement, int place, const std::string& bytes) {
    Must(sqlite3_bind_blob(statement, place, bytes.data(), static_cast<int>(bytes.size()),
                           SQLITE_STATIC));
  }
  void Step(sqlite3_stmt* statement) {
    VB_CHECK(sqlite3_step(statement) == SQLITE_DONE, sqlite3_errmsg(db_));
    Must(sqlite3_reset(statement));
  }
  static std::string_view Column(sqlite3_stmt* statement) {
    return {static_cast<const char*>(sqlite3_column_blob(statement, 0)),
            static_cast<size_t>(sqlite3_column_bytes(statement, 0))};
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* append_ = nullptr;
  sqlite3_stmt* scan_ = nullptr;
  sqlite3_stmt* read_ = nullptr;
  sqlite3_stmt* get_ = nullptr;
  sqlite3_stmt* put_ = nullptr;
  uint64_t seen_ = 0;
};

}  // namespace

std::unique_ptr<Rival> MakeSqlite(const std::filesystem::path& folder, Flush flush) {
  return std::make_unique<Sqlite>(folder, flush);
}

}  // namespace verbatim::bench
