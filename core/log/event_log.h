// SPDX-License-Identifier: Apache-2.0
// The append-only log of an archive. Sequences are contiguous and start at 1. An Append that
// returned OK is on disk; a unit is there whole or not at all; appending the same unit again gives
// the old sequences. README.md beside this file is the format.
//
//   VB_ASSIGN_OR_RETURN(auto log, EventLog::Open(folder, {.clock = &clock, .random = &random}));
//   Unit unit;
//   unit.events.push_back({.id = base::NewEventId(clock, random), .stream = "archive",
//                          .type = "verbatim.v1.SettingChanged", .actor = actor, .body = body});
//   VB_ASSIGN_OR_RETURN(std::vector<uint64_t> sequences, log->Append(std::move(unit)));
//   VB_ASSIGN_OR_RETURN(Snapshot snapshot, log->Read());
//   VB_ASSIGN_OR_RETURN(std::optional<std::string> body, snapshot.Body(sequences[0]));
//
// Threads: everything here may be called from several at once. Several processes may write too.
#ifndef VERBATIM_CORE_LOG_EVENT_LOG_H_
#define VERBATIM_CORE_LOG_EVENT_LOG_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/log/prepare.h"
#include "core/log/snapshot.h"
#include "core/log/unit.h"
#include "core/store/env.h"

namespace verbatim::log {

// The format that this program writes. Readers refuse a larger one.
inline constexpr uint32_t kFormat = 1;
// The layout of what is derived (ids, streams, annotations, digests, urls, tiles). A later one may
// be made from the record without another format.
inline constexpr uint32_t kIndexLayout = 3;

struct LogOptions {
  store::Mode mode = store::Mode::kReadWrite;
  // Both must outlive the log; needed to write, unused in a read-only mode.
  base::Clock* clock = nullptr;
  base::Random* random = nullptr;
  size_t map_bytes = 0;  // 0: limits::kLogMapBytes for a writer
};

class EventLog {
 public:
  // A new, empty log in `folder` (made when absent; kAlreadyExists when a log is there), written
  // under `archive_id` (16 bytes).
  static absl::StatusOr<std::unique_ptr<EventLog>> Create(const std::filesystem::path& folder,
                                                          std::string archive_id,
                                                          const LogOptions& options);
  // kNotFound when there is no log, kFailedPrecondition when it is of a later format. Indexes of an
  // earlier layout are made anew, which takes a while; in a read-only mode kFailedPrecondition.
  static absl::StatusOr<std::unique_ptr<EventLog>> Open(const std::filesystem::path& folder,
                                                        const LogOptions& options);
  ~EventLog();

  // Appends one unit and returns its events' sequences when they are durable. Calls from several
  // threads share a commit.
  //   kInvalidArgument     an event is malformed; the message names which
  //   kAborted             another version of a stream than expected: fold again, then retry
  //   kAlreadyExists       an event id is there with another content
  //   kResourceExhausted   disk or map full; nothing was appended
  absl::StatusOr<std::vector<uint64_t>> Append(Unit unit);

  // Several units in as few commits as the limits allow, each atomic: one that fails its checks
  // leaves nothing and does no harm to the others; a later one sees the earlier ones. One result a
  // unit, in order.
  std::vector<absl::StatusOr<std::vector<uint64_t>>> AppendBatch(std::vector<Unit> units);

  // The two halves of an append. Prepare checks, digests and compresses, in the caller's thread and
  // without a transaction, so that it may go on while others commit; what it gives belongs to this
  // log and is appended once. Errors of both are those of Append.
  absl::StatusOr<PreparedUnit> Prepare(Unit unit) const;
  std::vector<absl::StatusOr<std::vector<uint64_t>>> AppendPrepared(
      std::vector<PreparedUnit> units);

  // Keeps the signed note of a checkpoint of that size; one kept before is replaced. Durable when
  // it returns. kInvalidArgument when the log has not so many events.
  absl::Status KeepCheckpoint(uint64_t size, std::string_view note);

  // A picture of the log as it is now. Hold it shortly, or Renew it.
  absl::StatusOr<Snapshot> Read() const;

  // The picture that a transaction of env() reads (verify has looked at its pages).
  absl::StatusOr<Snapshot> SnapshotOf(store::ReadTxn txn) const;

  // The head when it has passed `sequence`, by whatever process, or after `timeout_ms`.
  absl::StatusOr<uint64_t> WaitPast(uint64_t sequence, uint64_t timeout_ms) const;

  // kReadOnly when kReadWrite was asked for on a read-only medium.
  store::Mode mode() const;
  const std::string& archive_id() const;  // 16 bytes
  uint32_t format() const;
  // Its environment: sizes, readers, flush, compact copy.
  store::Env& env() const;

 private:
  class Committer;
  EventLog(std::unique_ptr<store::Env> env, const LogDbs& dbs);

  std::unique_ptr<store::Env> env_;
  LogDbs dbs_;
  std::string archive_id_;
  uint32_t format_ = 0;
  std::unique_ptr<Committer> committer_;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_EVENT_LOG_H_
