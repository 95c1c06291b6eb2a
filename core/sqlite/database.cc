// SPDX-License-Identifier: Apache-2.0
#include "core/sqlite/database.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"

namespace verbatim::sqlite {
namespace {

// Another process that is at work on the same index finishes within this.
constexpr int kBusyMs = 60'000;

absl::Status Error(sqlite3* database, std::string_view what) {
  const std::string message =
      absl::StrCat("sqlite: ", std::string(what), ": ", sqlite3_errmsg(database));
  switch (sqlite3_errcode(database)) {
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(message);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return absl::PermissionDeniedError(message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(message);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(message);
    default:
      return absl::InternalError(message);
  }
}

}  // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement)
    : database_(database), statement_(statement, &sqlite3_finalize) {}

Statement& Statement::Bind(int place, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), place, text.data() == nullptr ? "" : text.data(),
                      text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::Bind(int place, int64_t number) {
  sqlite3_bind_int64(statement_.get(), place, number);
  return *this;
}

Statement& Statement::Bind(int place, double number) {
  sqlite3_bind_double(statement_.get(), place, number);
  return *this;
}

Statement& Statement::BindNull(int place) {
  sqlite3_bind_null(statement_.get(), place);
  return *this;
}

absl::StatusOr<bool> Statement::Next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  const absl::Status status =
      code == SQLITE_DONE ? absl::OkStatus() : Error(database_, sqlite3_sql(statement_.get()));
  sqlite3_reset(statement_.get());
  VB_RETURN_IF_ERROR(status);
  return false;
}

absl::Status Statement::Finish() {
  VB_ASSIGN_OR_RETURN(bool more, Next());
  while (more) {
    VB_ASSIGN_OR_RETURN(more, Next());
  }
  return absl::OkStatus();
}

std::string_view Statement::Text(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes), size);
}

int64_t Statement::Number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::Real(int column) const { return sqlite3_column_double(statement_.get(), column); }

Database::Database(sqlite3* database) : database_(database, &sqlite3_close) {}

absl::StatusOr<Database> Database::Open(const std::filesystem::path& place) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open(place.c_str(), &raw);
  Database database(raw);
  if (code != SQLITE_OK) return Error(raw, "open " + place.string());
  sqlite3_busy_timeout(raw, kBusyMs);
  return database;
}

absl::Status Database::Run(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) {
    return absl::OkStatus();
  }
  return Error(database_.get(), sql);
}

absl::StatusOr<Statement> Database::Prepare(const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &raw, nullptr);
  Statement statement(database_.get(), raw);
  if (code != SQLITE_OK) return Error(database_.get(), sql);
  return statement;
}

std::string Quoted(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

}  // namespace verbatim::sqlite
