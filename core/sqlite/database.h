// SPDX-License-Identifier: Apache-2.0
// SQLite with statuses and owners: for what is exported as a database, and for the index that
// search keeps. The only room that includes <sqlite3.h>.
//
//   VB_ASSIGN_OR_RETURN(Database database, Database::Open("index.db"));
//   VB_ASSIGN_OR_RETURN(Statement insert, database.Prepare("INSERT INTO t VALUES (?, ?)"));
//   VB_RETURN_IF_ERROR(insert.Bind(1, "a").Bind(2, int64_t{7}).Finish());
#ifndef VERBATIM_CORE_SQLITE_DATABASE_H_
#define VERBATIM_CORE_SQLITE_DATABASE_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/status.h"

struct sqlite3;
struct sqlite3_stmt;

namespace verbatim::sqlite {

// Lives no longer than its database. One thread at a time. Places count from 1 for what is bound,
// from 0 for what is read.
class Statement {
 public:
  Statement& Bind(int place, std::string_view text);
  Statement& Bind(int place, int64_t number);
  Statement& Bind(int place, double number);
  Statement& BindNull(int place);

  // To the next row; false: there is none, and the statement may be bound and run again.
  absl::StatusOr<bool> Next();
  // Runs a statement that gives no rows.
  absl::Status Finish();

  // Of the row; texts are borrowed until the next call of anything here.
  std::string_view Text(int column) const;
  int64_t Number(int column) const;
  double Real(int column) const;

 private:
  friend class Database;
  Statement(sqlite3* database, sqlite3_stmt* statement);
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
};

class Database {
 public:
  // Made when absent; ":memory:" is none. kPermissionDenied when it can't be written.
  static absl::StatusOr<Database> Open(const std::filesystem::path& place);

  // One statement or more, without results.
  absl::Status Run(const std::string& sql);
  absl::StatusOr<Statement> Prepare(const std::string& sql);

  // For this room.
  sqlite3* handle() const { return database_.get(); }

 private:
  explicit Database(sqlite3* database);
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> database_;
};

// An identifier in quotation marks.
std::string Quoted(std::string_view name);

}  // namespace verbatim::sqlite

#endif  // VERBATIM_CORE_SQLITE_DATABASE_H_
