// SPDX-License-Identifier: Apache-2.0
#include "core/log/event_log.h"

#include <chrono>
#include <thread>
#include <utility>

#include "core/base/check.h"
#include "core/base/ids.h"
#include "core/base/limits.h"
#include "core/log/body_value.h"
#include "core/log/committer.h"
#include "core/log/log_keys.h"
#include "core/log/prepare.h"
#include "core/log/rebuild.h"
#include "core/merkle/frontier.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

constexpr std::chrono::milliseconds kPollInterval(20);

absl::StatusOr<std::unique_ptr<store::Env>> OpenEnv(const std::filesystem::path& folder,
                                                    const LogOptions& options, bool create) {
  if (options.mode == store::Mode::kReadWrite &&
      (options.clock == nullptr || options.random == nullptr)) {
    return absl::InvalidArgumentError("a log that is written needs a clock and randomness");
  }
  store::EnvOptions env;
  env.mode = options.mode;
  env.sync = store::Sync::kFull;
  env.map_bytes = options.map_bytes;
  if (env.map_bytes == 0 && options.mode == store::Mode::kReadWrite) {
    env.map_bytes = limits::kLogMapBytes;
  }
  env.create = create;
  return store::Env::Open(folder, env);
}

absl::Status NoLog(const std::filesystem::path& folder) {
  return absl::NotFoundError(
      fmt::format("there is no log in {}: make an archive with `verbatim init`", folder.string()));
}

absl::Status OlderIndexes(const std::filesystem::path& folder) {
  return absl::FailedPreconditionError(
      fmt::format("the indexes of the log in {} are of an earlier verbatim: open it once where it "
                  "may be written, and they are made anew",
                  folder.string()));
}

absl::Status ReadOnly() {
  return absl::FailedPreconditionError(
      "the log is open for reading only, or on a read-only medium");
}

absl::Status WriteFirst(store::Env& env, const LogDbs& dbs, std::string_view archive_id,
                        const std::filesystem::path& folder) {
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, env.BeginWrite());
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> format,
                      txn.Find(dbs.meta, kMetaFormat));
  if (format) {
    return absl::AlreadyExistsError(fmt::format("there is a log in {} already", folder.string()));
  }
  VB_RETURN_IF_ERROR(txn.Put(dbs.meta, kMetaFormat, store::KeyWriter().U32(kFormat).key()));
  VB_RETURN_IF_ERROR(txn.Put(dbs.meta, kMetaIndexes, store::KeyWriter().U32(kIndexLayout).key()));
  VB_RETURN_IF_ERROR(txn.Put(dbs.meta, kMetaArchive, archive_id));
  VB_RETURN_IF_ERROR(txn.Put(dbs.meta, kMetaFrontier, merkle::Frontier().Serialize()));
  return txn.Commit();
}

}  // namespace

EventLog::EventLog(std::unique_ptr<store::Env> env, const LogDbs& dbs)
    : env_(std::move(env)), dbs_(dbs) {}

EventLog::~EventLog() = default;

absl::StatusOr<std::unique_ptr<EventLog>> EventLog::Create(const std::filesystem::path& folder,
                                                           std::string archive_id,
                                                           const LogOptions& options) {
  if (archive_id.size() != base::kIdBytes) {
    return absl::InvalidArgumentError("an archive's id has 16 bytes");
  }
  if (options.mode != store::Mode::kReadWrite) {
    return absl::InvalidArgumentError("a log is made for writing");
  }
  {
    VB_ASSIGN_OR_RETURN(const std::unique_ptr<store::Env> env, OpenEnv(folder, options, true));
    if (env->mode() != store::Mode::kReadWrite) {
      return absl::FailedPreconditionError(folder.string() + " lies on a read-only medium");
    }
    VB_ASSIGN_OR_RETURN(const LogDbs dbs, LogDbs::Open(*env));
    VB_RETURN_IF_ERROR(WriteFirst(*env, dbs, archive_id, folder));
  }
  return Open(folder, options);
}

absl::StatusOr<std::unique_ptr<EventLog>> EventLog::Open(const std::filesystem::path& folder,
                                                         const LogOptions& options) {
  absl::StatusOr<std::unique_ptr<store::Env>> env = OpenEnv(folder, options, false);
  if (absl::IsNotFound(env.status())) return NoLog(folder);
  VB_RETURN_IF_ERROR(env.status());
  absl::StatusOr<LogDbs> dbs = LogDbs::Open(**env);
  if (absl::IsNotFound(dbs.status())) {
    // A database of a later layout may be what is missing, and only a writer can make it.
    return (*env)->OpenDbs({"meta"}).ok() ? OlderIndexes(folder) : NoLog(folder);
  }
  VB_RETURN_IF_ERROR(dbs.status());

  std::unique_ptr<EventLog> log(new EventLog(*std::move(env), *dbs));
  bool older_indexes = false;
  {
    VB_ASSIGN_OR_RETURN(const store::ReadTxn txn, log->env_->BeginRead());
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> format,
                        txn.Find(dbs->meta, kMetaFormat));
    if (!format) return NoLog(folder);
    const std::optional<uint32_t> number = store::ReadU32(*format);
    if (!number || *number == 0) {
      return absl::DataLossError(fmt::format(
          "the format of the log in {} cannot be read; restore a backup", folder.string()));
    }
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> indexes,
                        txn.Find(dbs->meta, kMetaIndexes));
    const uint32_t layout = store::ReadU32(indexes.value_or(std::string_view())).value_or(0);
    if (*number > kFormat || layout > kIndexLayout) {
      return absl::FailedPreconditionError(fmt::format(
          "the log in {} has format {} and index layout {}, this verbatim knows {} and {}: use a "
          "later verbatim",
          folder.string(), *number, layout, kFormat, kIndexLayout));
    }
    older_indexes = layout < kIndexLayout;
    VB_ASSIGN_OR_RETURN(const std::string_view id, txn.Get(dbs->meta, kMetaArchive));
    log->format_ = *number;
    log->archive_id_ = id;
  }
  if (older_indexes) {
    if (log->mode() != store::Mode::kReadWrite) {
      return OlderIndexes(folder);
    }
    VB_RETURN_IF_ERROR(RebuildIndexes(*log));
  }
  if (log->mode() == store::Mode::kReadWrite) {
    log->committer_ =
        std::make_unique<Committer>(*log->env_, log->dbs_, *options.clock, *options.random);
  }
  return log;
}

store::Mode EventLog::mode() const { return env_->mode(); }
const std::string& EventLog::archive_id() const { return archive_id_; }
uint32_t EventLog::format() const { return format_; }
store::Env& EventLog::env() const { return *env_; }

absl::StatusOr<std::vector<uint64_t>> EventLog::Append(Unit unit) {
  std::vector<Unit> units;
  units.push_back(std::move(unit));
  return std::move(AppendBatch(std::move(units)).front());
}

std::vector<absl::StatusOr<std::vector<uint64_t>>> EventLog::AppendBatch(std::vector<Unit> units) {
  std::vector<Committer::Result> results(units.size(), std::vector<uint64_t>());
  std::vector<PreparedUnit> prepared;
  std::vector<size_t> places;  // in `results`, of the prepared ones
  prepared.reserve(units.size());
  for (size_t i = 0; i < units.size(); ++i) {
    absl::StatusOr<PreparedUnit> unit = Prepare(std::move(units[i]));
    if (!unit.ok()) {
      results[i] = unit.status();
      continue;
    }
    prepared.push_back(*std::move(unit));
    places.push_back(i);
  }
  std::vector<Committer::Result> committed = AppendPrepared(std::move(prepared));
  for (size_t i = 0; i < places.size(); ++i) results[places[i]] = std::move(committed[i]);
  return results;
}

absl::Status EventLog::KeepCheckpoint(uint64_t size, std::string_view note) {
  if (committer_ == nullptr) return ReadOnly();
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, env_->BeginWrite());
  VB_ASSIGN_OR_RETURN(const std::string_view bytes, txn.Get(dbs_.meta, kMetaFrontier));
  VB_ASSIGN_OR_RETURN(const merkle::Frontier frontier, merkle::Frontier::Parse(bytes));
  if (size > frontier.size()) {
    return absl::InvalidArgumentError(
        fmt::format("a checkpoint of {} events, and the log has {}", size, frontier.size()));
  }
  VB_RETURN_IF_ERROR(txn.Put(dbs_.checkpoints, store::U64Key(size).view(), note));
  return txn.Commit();
}

absl::StatusOr<PreparedUnit> EventLog::Prepare(Unit unit) const {
  if (committer_ == nullptr) return ReadOnly();
  const std::string salts = committer_->random().Bytes(unit.events.size() * kSaltBytes);
  return PrepareUnit(std::move(unit), salts);
}

std::vector<absl::StatusOr<std::vector<uint64_t>>> EventLog::AppendPrepared(
    std::vector<PreparedUnit> units) {
  if (units.empty()) return {};
  VB_CHECK(committer_ != nullptr, "only a log that is written prepares");
  return committer_->Commit(std::move(units));
}

absl::StatusOr<Snapshot> EventLog::Read() const {
  VB_ASSIGN_OR_RETURN(store::ReadTxn txn, env_->BeginRead());
  return SnapshotOf(std::move(txn));
}

absl::StatusOr<Snapshot> EventLog::SnapshotOf(store::ReadTxn txn) const {
  Snapshot snapshot(std::move(txn), dbs_);
  VB_RETURN_IF_ERROR(snapshot.LoadHead());
  return snapshot;
}

absl::StatusOr<uint64_t> EventLog::WaitPast(uint64_t sequence, uint64_t timeout_ms) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  while (true) {
    uint64_t head = 0;
    {
      VB_ASSIGN_OR_RETURN(const Snapshot snapshot, Read());
      head = snapshot.head();
    }
    if (head > sequence || std::chrono::steady_clock::now() >= end) return head;
    std::this_thread::sleep_for(kPollInterval);
  }
}

}  // namespace verbatim::log
