// SPDX-License-Identifier: Apache-2.0
#include "core/store/env.h"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/store/env_state.h"
#include "core/store/error.h"
#include "core/store/page_check.h"
#include "core/store/preflight.h"

namespace verbatim::store {
namespace {

constexpr size_t kMapGranuleBytes = 64 * limits::kKiB;
constexpr int kRenewalsMax = 10;

size_t RoundUp(size_t bytes) {
  return (bytes + kMapGranuleBytes - 1) / kMapGranuleBytes * kMapGranuleBytes;
}

unsigned Flags(const EnvOptions& options) {
  unsigned flags = MDB_NOTLS;
  if (options.mode != Mode::kReadWrite) flags |= MDB_RDONLY;
  if (options.mode == Mode::kReadOnlyNoLock) flags |= MDB_NOLOCK;
  if (options.sync == Sync::kNoMetaSync) flags |= MDB_NOMETASYNC;
  if (options.sync == Sync::kNoSync) flags |= MDB_NOSYNC;
  return flags;
}

size_t FirstMapBytes(const EnvOptions& options, uint64_t file_bytes) {
  if (options.map_bytes != 0) return RoundUp(std::max<size_t>(options.map_bytes, file_bytes));
  if (options.mode == Mode::kReadWrite) {
    return std::max<size_t>(limits::kGenerationMapBytes, RoundUp(file_bytes * 2));
  }
  return RoundUp(file_bytes + limits::kReaderMapRoomBytes);
}

// Does LMDB have the file open that was looked at, and that has the name still?
bool IsTheSameFile(MDB_env* env, const DataFile& file, const std::filesystem::path& folder) {
  mdb_filehandle_t fd = -1;
  struct stat opened;
  struct stat named;
  if (mdb_env_get_fd(env, &fd) != 0 || fstat(fd, &opened) != 0) return true;
  if (stat((folder / "data.mdb").c_str(), &named) != 0) return true;
  return opened.st_ino == file.inode && opened.st_dev == file.device &&
         named.st_ino == file.inode && named.st_dev == file.device;
}

}  // namespace

Env::Env(std::filesystem::path folder, const EnvOptions& options)
    : folder_(std::move(folder)), options_(options) {}

absl::StatusOr<std::unique_ptr<Env>> Env::Open(const std::filesystem::path& folder,
                                               const EnvOptions& options) {
  std::unique_ptr<Env> env(new Env(folder, options));
  const bool write = options.mode == Mode::kReadWrite;
  VB_ASSIGN_OR_RETURN(const DataFile file, PrepareDataFile(folder, write, write && options.create));
  if (write && file.read_only_medium) env->options_.mode = Mode::kReadOnly;
  std::optional<OpenClaim> claim = OpenClaim::Take(file.device, file.inode);
  if (!claim) {
    return absl::FailedPreconditionError(
        folder.string() + " is open in this process already: use the one that is open");
  }
  env->state_ = std::make_unique<EnvState>(*std::move(claim));
  if (options.mode != Mode::kReadOnlyNoLock) VB_RETURN_IF_ERROR(PrepareLockFile(folder));
  VB_RETURN_IF_ERROR(CheckMetaPages(folder));

  size_t map_bytes = FirstMapBytes(env->options_, file.bytes);
  int code = env->OpenMapped(map_bytes);
  while (code == ENOMEM && map_bytes / 2 > file.bytes + kMapGranuleBytes) {
    map_bytes = RoundUp(map_bytes / 2);
    code = env->OpenMapped(map_bytes);
  }
  if (code != 0) return env->Error(code, "open");
  if (!IsTheSameFile(env->state_->env, file, folder)) {
    // Another process put a rewritten file in its place while this one waited for the lock.
    env.reset();
    return Open(folder, options);
  }
  if (options.mode != Mode::kReadOnlyNoLock) VB_RETURN_IF_ERROR(env->ClearStaleReaders().status());
  if (file.bytes == 0 && env->mode() == Mode::kReadWrite) {
    // A power cut must not take the names of files whose contents are flushed.
    VB_RETURN_IF_ERROR(base::SyncFolder(folder));
    VB_RETURN_IF_ERROR(base::SyncFolder(std::filesystem::absolute(folder).parent_path()));
  }
  VB_RETURN_IF_ERROR(env->CheckPages(PageDepth::kRoots));
  return env;
}

absl::Status Env::CheckPages(PageDepth depth) {
  VB_ASSIGN_OR_RETURN(ReadTxn txn, BeginRead());
  return CheckPages(txn, depth);
}

absl::Status Env::CheckPages(ReadTxn& txn, PageDepth depth) {
  // Aborted: writers made two commits between the beginning of the picture and the first look.
  absl::Status status = store::CheckPages(folder_, txn, depth);
  for (int again = 0; again < kRenewalsMax && absl::IsAborted(status); ++again) {
    VB_RETURN_IF_ERROR(txn.Renew());
    status = store::CheckPages(folder_, txn, depth);
  }
  return status;
}

int Env::OpenMapped(size_t map_bytes) {
  MDB_env* opened = nullptr;
  int code = mdb_env_create(&opened);
  if (code != 0) return code;
  code = mdb_env_set_mapsize(opened, map_bytes);
  if (code == 0) code = mdb_env_set_maxdbs(opened, options_.dbs_max);
  if (code == 0) code = mdb_env_set_maxreaders(opened, kReadersMax);
  if (code == 0) code = mdb_env_open(opened, folder_.c_str(), Flags(options_), 0644);
  if (code != 0) {
    mdb_env_close(opened);
    return code;
  }
  state_->env = opened;
  state_->map_bytes = map_bytes;
  return 0;
}

Env::~Env() {
  if (state_ == nullptr || state_->env == nullptr) return;
  VB_CHECK(state_->transactions == 0, "transactions end before their environment");
  mdb_env_close(state_->env);
}

absl::Status Env::Error(int code, std::string_view what) const {
  return LmdbStatus(code, what, folder_);
}

absl::StatusOr<MDB_txn*> Env::Begin(bool write) {
  VB_CHECK(state_->process == getpid(), "an environment is not used in a child after fork");
  if (write && options_.mode != Mode::kReadWrite) {
    return absl::FailedPreconditionError(folder_.string() + " is open for reading only");
  }
  while (true) {
    {
      const std::lock_guard lock(state_->transactions_mutex);
      ++state_->transactions;
    }
    MDB_txn* txn = nullptr;
    const int code = mdb_txn_begin(state_->env, nullptr, write ? 0u : MDB_RDONLY, &txn);
    if (code == 0) return txn;
    Ended();
    if (code != MDB_MAP_RESIZED) return Error(code, write ? "begin to write" : "begin to read");
    VB_RETURN_IF_ERROR(Grow());
  }
}

absl::Status Env::RenewRead(MDB_txn* txn) {
  while (true) {
    {
      const std::lock_guard lock(state_->transactions_mutex);
      ++state_->transactions;
    }
    const int code = mdb_txn_renew(txn);
    if (code == 0) return absl::OkStatus();
    Ended();
    if (code != MDB_MAP_RESIZED) return Error(code, "renew a reader");
    VB_RETURN_IF_ERROR(Grow());
  }
}

void Env::Ended() {
  {
    const std::lock_guard lock(state_->transactions_mutex);
    --state_->transactions;
  }
  state_->ended.notify_all();
}

absl::Status Env::Grow() {
  // LMDB takes a new size while a transaction is open here, says OK, and the transaction then reads
  // memory that is no longer mapped.
  std::unique_lock lock(state_->transactions_mutex);
  const bool alone = state_->ended.wait_for(lock, std::chrono::milliseconds(limits::kMapGrowWaitMs),
                                            [this] { return state_->transactions == 0; });
  if (!alone) {
    return absl::UnavailableError(
        folder_.string() +
        " was made larger by another process, and transactions open here keep this one from "
        "following: end or renew them, then try again");
  }
  std::error_code error;
  const uint64_t file_bytes = std::filesystem::file_size(folder_ / "data.mdb", error);
  if (error) return Error(error.value(), "size of data.mdb");
  const size_t map_bytes =
      std::max(RoundUp(file_bytes * 2 + kMapGranuleBytes), state_->map_bytes * 2);
  const int code = mdb_env_set_mapsize(state_->env, map_bytes);
  if (code != 0) return Error(code, "follow a larger file");
  state_->map_bytes = map_bytes;
  return absl::OkStatus();
}

absl::StatusOr<ReadTxn> Env::BeginRead() {
  VB_ASSIGN_OR_RETURN(MDB_txn * txn, Begin(false));
  return ReadTxn(this, txn);
}

absl::StatusOr<WriteTxn> Env::BeginWrite() {
  VB_ASSIGN_OR_RETURN(MDB_txn * txn, Begin(true));
  return WriteTxn(this, txn);
}

absl::StatusOr<Db> Env::OpenDb(std::string_view name) {
  VB_ASSIGN_OR_RETURN(const std::vector<Db> dbs, OpenDbs({std::string(name)}));
  return dbs.front();
}

absl::StatusOr<std::vector<Db>> Env::OpenDbs(const std::vector<std::string>& names) {
  const std::lock_guard lock(state_->dbs_mutex);
  // First by reading: a verb that only looks never waits for a writer.
  for (const bool create : {false, true}) {
    std::vector<Db> dbs;
    std::vector<std::pair<std::string, Db>> opened;
    VB_ASSIGN_OR_RETURN(MDB_txn * txn, Begin(create));
    int code = 0;
    for (const std::string& name : names) {
      const auto known = state_->dbs.find(name);
      Db db;
      if (known != state_->dbs.end()) {
        db = known->second;
      } else {
        code = mdb_dbi_open(txn, name.c_str(), create ? MDB_CREATE : 0u, &db.handle);
        if (code != 0) break;
        opened.emplace_back(name, db);
      }
      dbs.push_back(db);
    }
    if (code == 0) {
      code = mdb_txn_commit(txn);
    } else {
      mdb_txn_abort(txn);
    }
    Ended();
    if (code == 0) {
      state_->dbs.insert(opened.begin(), opened.end());
      return dbs;
    }
    if (code == MDB_DBS_FULL) {
      return absl::ResourceExhaustedError(folder_.string() + ": more databases than dbs_max");
    }
    if (code == MDB_INCOMPATIBLE) {
      return absl::FailedPreconditionError(folder_.string() +
                                           ": a database has flags that verbatim does not use");
    }
    if (code != MDB_NOTFOUND || options_.mode != Mode::kReadWrite) {
      return Error(code, "open a database");
    }
  }
  return absl::InternalError("unreachable: creating finds no database absent");
}

absl::Status Env::Flush() {
  if (options_.mode != Mode::kReadWrite) return absl::OkStatus();
  return Error(mdb_env_sync(state_->env, 1), "flush");
}

absl::StatusOr<int> Env::ClearStaleReaders() {
  int dead = 0;
  if (const int code = mdb_reader_check(state_->env, &dead); code != 0) {
    return Error(code, "look for dead readers");
  }
  return dead;
}

absl::Status Env::CopyCompact(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return LmdbStatus(error.value(), "make folder", folder);
  const std::filesystem::path copy = folder / "data.mdb";
  if (std::filesystem::exists(copy, error)) {
    return absl::AlreadyExistsError(copy.string() + " is there already: copy into an empty folder");
  }
  if (const int code = mdb_env_copy2(state_->env, folder.c_str(), MDB_CP_COMPACT); code != 0) {
    return LmdbStatus(code, "copy " + folder_.string(), folder);
  }
  const base::Fd fd(open(copy.c_str(), O_RDWR | O_CLOEXEC));
  if (!fd.valid() || fsync(fd.get()) != 0) return LmdbStatus(errno, "flush the copy", folder);
  return base::SyncFolder(folder);
}

absl::StatusOr<EnvUse> Env::Use() {
  MDB_envinfo info;
  MDB_stat stat;
  int code = mdb_env_info(state_->env, &info);
  if (code == 0) code = mdb_env_stat(state_->env, &stat);
  if (code != 0) return Error(code, "sizes");
  std::error_code error;
  EnvUse use;
  use.file_bytes = std::filesystem::file_size(folder_ / "data.mdb", error);
  if (error) return Error(error.value(), "size of data.mdb");
  use.used_bytes = (info.me_last_pgno + 1) * stat.ms_psize;
  use.map_bytes = state_->map_bytes;
  use.last_txn = info.me_last_txnid;
  use.readers = info.me_numreaders;
  return use;
}

}  // namespace verbatim::store
