// SPDX-License-Identifier: Apache-2.0
// One LMDB environment: a folder with data.mdb and lock.mdb. This room is the only one that knows
// LMDB; what the library does silently wrong when misused is refused here with a message.
//
//   VB_ASSIGN_OR_RETURN(std::unique_ptr<Env> env, Env::Open(folder, {.sync = Sync::kNoMetaSync}));
//   VB_ASSIGN_OR_RETURN(Db rows, env->OpenDb("rows"));
//   VB_ASSIGN_OR_RETURN(WriteTxn txn, env->BeginWrite());
//   VB_RETURN_IF_ERROR(txn.Put(rows, "key", "value"));
//   VB_RETURN_IF_ERROR(txn.Commit());
//
// Statuses: kResourceExhausted (disk full, map full), kDataLoss (damaged), kFailedPrecondition
// (opened twice, no right to write, network file system, foreign file), kUnavailable (locked,
// busy). Each message names the way out.
//
// Threads: an Env may be used from several; a transaction and its cursors from one at a time, a
// WriteTxn only from the one that began it. Not usable in a child after fork.
#ifndef VERBATIM_CORE_STORE_ENV_H_
#define VERBATIM_CORE_STORE_ENV_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/store/txn.h"

namespace verbatim::store {

struct EnvState;

enum class PageDepth {
  kRoots,  // the list of databases, and the first page of each: microseconds
  kAll,    // every page in use: order of keys, bounds, counts, nothing used twice or free as well
};

enum class Mode {
  kReadWrite,
  kReadOnly,        // takes a reader's place in lock.mdb, unless the medium is read-only
  kReadOnlyNoLock,  // touches no lock: another process must hold a read transaction meanwhile
};

// What a commit waits for.
enum class Sync {
  kFull,        // data and meta page flushed: an OK is on disk
  kNoMetaSync,  // one flush: a power cut may undo the last commit, never tear it
  kNoSync,      // none, until Env::Flush: only for what can be built again
};

struct EnvOptions {
  Mode mode = Mode::kReadWrite;
  Sync sync = Sync::kFull;
  // Address space, not disk. 0: limits::kGenerationMapBytes for a writer, the file's size and some
  // for a reader. Halved on ENOMEM down to what the file needs.
  size_t map_bytes = 0;
  unsigned dbs_max = 64;
  bool create = true;  // kReadWrite only: make folder and file when absent
};

struct EnvUse {
  uint64_t file_bytes = 0;  // on disk as the file's length
  uint64_t used_bytes = 0;  // pages in use or once used
  uint64_t map_bytes = 0;
  uint64_t last_txn = 0;
  unsigned readers = 0;  // places taken in lock.mdb
};

class Env {
 public:
  static absl::StatusOr<std::unique_ptr<Env>> Open(const std::filesystem::path& folder,
                                                   const EnvOptions& options);
  ~Env();
  Env(const Env&) = delete;
  Env& operator=(const Env&) = delete;

  // kReadOnly when kReadWrite was asked for on a read-only medium.
  Mode mode() const { return options_.mode; }
  const std::filesystem::path& folder() const { return folder_; }

  // A handle for the database of that name, made when absent and the mode allows. Handles live as
  // long as the Env; asking twice gives the same one. Not while this thread holds a WriteTxn.
  // kNotFound in a read-only mode when it is absent.
  absl::StatusOr<Db> OpenDb(std::string_view name);
  // Several in one transaction, in the order of `names`.
  absl::StatusOr<std::vector<Db>> OpenDbs(const std::vector<std::string>& names);

  // A picture of the last commit, which stays while others write. Hold it shortly: pages freed
  // after it began are not used again while it lives.
  absl::StatusOr<ReadTxn> BeginRead();
  // Waits for the writer of any process to end.
  absl::StatusOr<WriteTxn> BeginWrite();

  // Everything committed is on disk after OK, whatever the sync policy.
  absl::Status Flush();
  // Looks at the pages of the newest picture as page_check.h says; kDataLoss when they are damaged.
  // Every open looks at the roots.
  absl::Status CheckPages(PageDepth depth);
  // Of the picture that `txn` reads, which is renewed when it is too old.
  absl::Status CheckPages(ReadTxn& txn, PageDepth depth);
  // Frees the places of readers whose process died; returns how many.
  absl::StatusOr<int> ClearStaleReaders();
  // A copy of one picture, without free pages, as data.mdb in `folder` (made when absent, must hold
  // no data.mdb). Writers may go on meanwhile.
  absl::Status CopyCompact(const std::filesystem::path& folder);
  absl::StatusOr<EnvUse> Use();

 private:
  friend class Cursor;
  friend class Txn;
  friend class WriteCursor;
  friend class ReadTxn;
  friend class WriteTxn;

  Env(std::filesystem::path folder, const EnvOptions& options);
  // One attempt with a map of that size; LMDB's code.
  int OpenMapped(size_t map_bytes);
  absl::StatusOr<MDB_txn*> Begin(bool write);
  // Of a transaction that was reset.
  absl::Status RenewRead(MDB_txn* txn);
  // Another process made the file outgrow this map: a larger one, once no transaction is open here.
  absl::Status Grow();
  void Ended();
  absl::Status Error(int code, std::string_view what) const;

  std::filesystem::path folder_;
  EnvOptions options_;
  std::unique_ptr<EnvState> state_;
};

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_ENV_H_
