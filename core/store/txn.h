// SPDX-License-Identifier: Apache-2.0
// Transactions and cursors over the databases of one Env. Reading and writing are different types,
// so that a function says by its parameter what it may do: `const Txn&` reads in either.
//
// Every string_view that comes out points into the map: valid until the transaction ends, is
// renewed, or (in a WriteTxn) until its next Put or Delete.
#ifndef VERBATIM_CORE_STORE_TXN_H_
#define VERBATIM_CORE_STORE_TXN_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "core/base/status.h"

struct MDB_cursor;
struct MDB_txn;

namespace verbatim::store {

class Cursor;
class Env;
class WriteCursor;

// A named database of one Env.
struct Db {
  unsigned handle = 0;
};

struct Entry {
  std::string_view key;
  std::string_view value;
};

class Txn {
 public:
  Txn(const Txn&) = delete;
  Txn& operator=(const Txn&) = delete;

  // kNotFound when the key is absent. Prefer Find where absence is ordinary.
  absl::StatusOr<std::string_view> Get(Db db, std::string_view key) const;
  // Nothing when the key is absent; a failed read is an error.
  absl::StatusOr<std::optional<std::string_view>> Find(Db db, std::string_view key) const;
  // Cursors must not outlive a WriteTxn's end (checked) nor their Env.
  absl::StatusOr<Cursor> OpenCursor(Db db) const;
  // Every entry with from <= key < to, in key order, until `visit` says false. An absent `to`: to
  // the end. `visit` must not change the database.
  absl::Status Scan(Db db, std::string_view from, std::optional<std::string_view> to,
                    absl::FunctionRef<bool(const Entry&)> visit) const;
  // Every entry whose key begins with `prefix`.
  absl::Status ScanPrefix(Db db, std::string_view prefix,
                          absl::FunctionRef<bool(const Entry&)> visit) const;
  // Entries in the database.
  absl::StatusOr<uint64_t> Count(Db db) const;
  // Number of the commit that this transaction reads, or (writing) would make.
  uint64_t id() const;

 protected:
  friend class Cursor;
  Txn(Env* env, MDB_txn* txn, bool writes) : env_(env), txn_(txn), writes_(writes) {}
  Txn(Txn&& other) noexcept
      : env_(other.env_), txn_(std::exchange(other.txn_, nullptr)), writes_(other.writes_) {}
  ~Txn();
  absl::Status Error(int code, std::string_view what) const;

  Env* env_;
  MDB_txn* txn_;
  bool writes_;
};

class ReadTxn : public Txn {
 public:
  ReadTxn(ReadTxn&&) noexcept = default;
  ~ReadTxn() = default;
  // Lets go of the old picture and takes the newest. Cursors over it must be gone.
  absl::Status Renew();

 private:
  friend class Env;
  ReadTxn(Env* env, MDB_txn* txn) : Txn(env, txn, false) {}
};

class WriteTxn : public Txn {
 public:
  WriteTxn(WriteTxn&&) noexcept = default;
  // Leaves nothing behind unless Commit returned OK.
  ~WriteTxn() = default;

  // Replaces. Keys have 1 to 511 bytes.
  absl::Status Put(Db db, std::string_view key, std::string_view value);
  // kAlreadyExists when the key is there; its value stays.
  absl::Status Insert(Db db, std::string_view key, std::string_view value);
  // For a key greater than every key there (kFailedPrecondition else): pages get filled up.
  absl::Status PutAppend(Db db, std::string_view key, std::string_view value);
  // For many entries side by side: a place that the next one need not be searched from. It must not
  // outlive the transaction's end (checked), nor live while others write to its database.
  absl::StatusOr<WriteCursor> OpenWriter(Db db);
  // True when it was there.
  absl::StatusOr<bool> Delete(Db db, std::string_view key);
  // Empties a database; its handle stays good.
  absl::Status Clear(Db db);
  // Ends the transaction whatever it returns. OK: durable as the Env's sync policy says.
  absl::Status Commit();

 private:
  friend class Env;
  WriteTxn(Env* env, MDB_txn* txn) : Txn(env, txn, true) {}
  absl::Status PutWith(Db db, std::string_view key, std::string_view value, unsigned flags);
};

// A place in a database. After a call that returned false the place is undefined. Moves cost about
// 50 ns; the entry stays valid as Txn says.
class Cursor {
 public:
  Cursor(Cursor&& other) noexcept;
  Cursor& operator=(Cursor&&) = delete;
  Cursor(const Cursor&) = delete;
  ~Cursor();

  absl::StatusOr<bool> First();
  absl::StatusOr<bool> Last();
  // To the first key >= `key`.
  absl::StatusOr<bool> Seek(std::string_view key);
  // To exactly `key`.
  absl::StatusOr<bool> Find(std::string_view key);
  absl::StatusOr<bool> Next();
  absl::StatusOr<bool> Previous();
  // To the last key < `key`.
  absl::StatusOr<bool> SeekBefore(std::string_view key);

  const Entry& entry() const { return entry_; }

 private:
  friend class Txn;
  Cursor(Env* env, MDB_cursor* cursor, bool writes);
  absl::StatusOr<bool> Move(std::string_view key, int operation);

  Env* env_;
  MDB_cursor* cursor_;
  bool writes_;
  Entry entry_;
};

// Writes into one database, each entry next to the one before it if it can.
class WriteCursor {
 public:
  WriteCursor(WriteCursor&& other) noexcept;
  WriteCursor& operator=(WriteCursor&&) = delete;
  WriteCursor(const WriteCursor&) = delete;
  ~WriteCursor();

  // As WriteTxn's of these names.
  absl::Status Put(std::string_view key, std::string_view value);
  absl::Status Insert(std::string_view key, std::string_view value);
  absl::Status PutAppend(std::string_view key, std::string_view value);

 private:
  friend class WriteTxn;
  WriteCursor(Env* env, MDB_cursor* cursor);
  absl::Status PutWith(std::string_view key, std::string_view value, unsigned flags);

  Env* env_;
  MDB_cursor* cursor_;
};

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_TXN_H_
