// SPDX-License-Identifier: Apache-2.0
#include "core/store/txn.h"

#include <lmdb.h>

#include "core/base/check.h"
#include "core/store/env.h"
#include "core/store/env_state.h"

namespace verbatim::store {
namespace {

// LMDB takes keys and values by a pointer that it does not write through.
MDB_val Val(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }

std::string_view View(const MDB_val& val) {
  return {static_cast<const char*>(val.mv_data), val.mv_size};
}

// LMDB has one code for a key that is there and for one that is not beyond the last.
absl::Status AsAppend(absl::Status status) {
  if (!absl::IsAlreadyExists(status)) return status;
  return absl::FailedPreconditionError(std::string(status.message()));
}

}  // namespace

Txn::~Txn() {
  if (txn_ == nullptr) return;
  VB_CHECK(!writes_ || env_->state_->write_cursors == 0,
           "cursors close before their WriteTxn ends");
  mdb_txn_abort(txn_);
  env_->Ended();
}

absl::Status Txn::Error(int code, std::string_view what) const { return env_->Error(code, what); }

absl::StatusOr<std::optional<std::string_view>> Txn::Find(Db db, std::string_view key) const {
  MDB_val k = Val(key);
  MDB_val v;
  const int code = mdb_get(txn_, db.handle, &k, &v);
  if (code == MDB_NOTFOUND) return std::optional<std::string_view>();
  if (code != 0) return Error(code, "read");
  return std::optional<std::string_view>(View(v));
}

absl::StatusOr<std::string_view> Txn::Get(Db db, std::string_view key) const {
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value, Find(db, key));
  if (!value) return Error(MDB_NOTFOUND, "read");
  return *value;
}

absl::StatusOr<Cursor> Txn::OpenCursor(Db db) const {
  MDB_cursor* cursor = nullptr;
  if (const int code = mdb_cursor_open(txn_, db.handle, &cursor); code != 0) {
    return Error(code, "open a cursor");
  }
  return Cursor(env_, cursor, writes_);
}

absl::Status Txn::Scan(Db db, std::string_view from, std::optional<std::string_view> to,
                       absl::FunctionRef<bool(const Entry&)> visit) const {
  VB_ASSIGN_OR_RETURN(Cursor cursor, OpenCursor(db));
  VB_ASSIGN_OR_RETURN(bool there, from.empty() ? cursor.First() : cursor.Seek(from));
  while (there && (!to || cursor.entry().key < *to) && visit(cursor.entry())) {
    VB_ASSIGN_OR_RETURN(there, cursor.Next());
  }
  return absl::OkStatus();
}

absl::Status Txn::ScanPrefix(Db db, std::string_view prefix,
                             absl::FunctionRef<bool(const Entry&)> visit) const {
  return Scan(db, prefix, std::nullopt, [&](const Entry& entry) {
    return entry.key.substr(0, prefix.size()) == prefix && visit(entry);
  });
}

absl::StatusOr<uint64_t> Txn::Count(Db db) const {
  MDB_stat stat;
  if (const int code = mdb_stat(txn_, db.handle, &stat); code != 0) return Error(code, "count");
  return stat.ms_entries;
}

uint64_t Txn::id() const { return mdb_txn_id(txn_); }

absl::Status ReadTxn::Renew() {
  mdb_txn_reset(txn_);
  env_->Ended();
  const absl::Status status = env_->RenewRead(txn_);
  if (!status.ok()) {
    mdb_txn_abort(std::exchange(txn_, nullptr));
  }
  return status;
}

absl::Status WriteTxn::PutWith(Db db, std::string_view key, std::string_view value,
                               unsigned flags) {
  VB_CHECK(txn_ != nullptr, "a transaction that ended writes nothing");
  MDB_val k = Val(key);
  MDB_val v = Val(value);
  const int code = mdb_put(txn_, db.handle, &k, &v, flags);
  return code == 0 ? absl::OkStatus() : Error(code, "write");
}

absl::Status WriteTxn::Put(Db db, std::string_view key, std::string_view value) {
  return PutWith(db, key, value, 0);
}

absl::Status WriteTxn::Insert(Db db, std::string_view key, std::string_view value) {
  return PutWith(db, key, value, MDB_NOOVERWRITE);
}

absl::Status WriteTxn::PutAppend(Db db, std::string_view key, std::string_view value) {
  return AsAppend(PutWith(db, key, value, MDB_APPEND));
}

absl::StatusOr<WriteCursor> WriteTxn::OpenWriter(Db db) {
  VB_CHECK(txn_ != nullptr, "a transaction that ended writes nothing");
  MDB_cursor* cursor = nullptr;
  if (const int code = mdb_cursor_open(txn_, db.handle, &cursor); code != 0) {
    return Error(code, "open a cursor");
  }
  return WriteCursor(env_, cursor);
}

absl::StatusOr<bool> WriteTxn::Delete(Db db, std::string_view key) {
  VB_CHECK(txn_ != nullptr, "a transaction that ended deletes nothing");
  MDB_val k = Val(key);
  const int code = mdb_del(txn_, db.handle, &k, nullptr);
  if (code == MDB_NOTFOUND) return false;
  if (code != 0) return Error(code, "delete");
  return true;
}

absl::Status WriteTxn::Clear(Db db) {
  VB_CHECK(txn_ != nullptr, "a transaction that ended clears nothing");
  const int code = mdb_drop(txn_, db.handle, 0);
  return code == 0 ? absl::OkStatus() : Error(code, "clear");
}

absl::Status WriteTxn::Commit() {
  VB_CHECK(txn_ != nullptr, "a transaction commits once");
  VB_CHECK(env_->state_->write_cursors == 0, "cursors close before their WriteTxn ends");
  const int code = mdb_txn_commit(std::exchange(txn_, nullptr));
  env_->Ended();
  return code == 0 ? absl::OkStatus() : Error(code, "commit");
}

Cursor::Cursor(Env* env, MDB_cursor* cursor, bool writes)
    : env_(env), cursor_(cursor), writes_(writes) {
  if (writes_) ++env_->state_->write_cursors;
}

Cursor::Cursor(Cursor&& other) noexcept
    : env_(other.env_),
      cursor_(std::exchange(other.cursor_, nullptr)),
      writes_(other.writes_),
      entry_(other.entry_) {}

Cursor::~Cursor() {
  if (cursor_ == nullptr) return;
  mdb_cursor_close(cursor_);
  if (writes_) --env_->state_->write_cursors;
}

absl::StatusOr<bool> Cursor::Move(std::string_view key, int operation) {
  MDB_val k = Val(key);
  MDB_val v;
  const int code = mdb_cursor_get(cursor_, &k, &v, static_cast<MDB_cursor_op>(operation));
  if (code == MDB_NOTFOUND) return false;
  if (code != 0) return env_->Error(code, "read");
  entry_ = {View(k), View(v)};
  return true;
}

absl::StatusOr<bool> Cursor::First() { return Move({}, MDB_FIRST); }
absl::StatusOr<bool> Cursor::Last() { return Move({}, MDB_LAST); }
absl::StatusOr<bool> Cursor::Seek(std::string_view key) { return Move(key, MDB_SET_RANGE); }
absl::StatusOr<bool> Cursor::Find(std::string_view key) { return Move(key, MDB_SET_KEY); }
absl::StatusOr<bool> Cursor::Next() { return Move({}, MDB_NEXT); }
absl::StatusOr<bool> Cursor::Previous() { return Move({}, MDB_PREV); }

WriteCursor::WriteCursor(Env* env, MDB_cursor* cursor) : env_(env), cursor_(cursor) {
  ++env_->state_->write_cursors;
}

WriteCursor::WriteCursor(WriteCursor&& other) noexcept
    : env_(other.env_), cursor_(std::exchange(other.cursor_, nullptr)) {}

WriteCursor::~WriteCursor() {
  if (cursor_ == nullptr) return;
  mdb_cursor_close(cursor_);
  --env_->state_->write_cursors;
}

absl::Status WriteCursor::PutWith(std::string_view key, std::string_view value, unsigned flags) {
  MDB_val k = Val(key);
  MDB_val v = Val(value);
  const int code = mdb_cursor_put(cursor_, &k, &v, flags);
  return code == 0 ? absl::OkStatus() : env_->Error(code, "write");
}

absl::Status WriteCursor::Put(std::string_view key, std::string_view value) {
  return PutWith(key, value, 0);
}

absl::Status WriteCursor::Insert(std::string_view key, std::string_view value) {
  return PutWith(key, value, MDB_NOOVERWRITE);
}

absl::Status WriteCursor::PutAppend(std::string_view key, std::string_view value) {
  return AsAppend(PutWith(key, value, MDB_APPEND));
}

absl::StatusOr<bool> Cursor::SeekBefore(std::string_view key) {
  VB_ASSIGN_OR_RETURN(const bool there, Seek(key));
  return there ? Previous() : Last();
}

}  // namespace verbatim::store
