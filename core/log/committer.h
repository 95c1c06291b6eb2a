// SPDX-License-Identifier: Apache-2.0
// Group commit. Writers queue prepared units; the one that finds nobody committing takes what is
// queued, writes it in one transaction, and wakes the others. Private to the room.
#ifndef VERBATIM_CORE_LOG_COMMITTER_H_
#define VERBATIM_CORE_LOG_COMMITTER_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/log/annotation_runs.h"
#include "core/log/event_log.h"
#include "core/log/prepare.h"
#include "core/merkle/frontier.h"
#include "core/merkle/tiles.h"

namespace verbatim::log {

class EventLog::Committer {
 public:
  using Result = absl::StatusOr<std::vector<uint64_t>>;

  Committer(store::Env& env, const LogDbs& dbs, base::Clock& clock, base::Random& random)
      : env_(env), dbs_(dbs), clock_(clock), random_(random) {}

  base::Random& random() { return random_; }

  // Returns when every unit is durable or refused; one result a unit, in order.
  std::vector<Result> Commit(std::vector<PreparedUnit> units);

 private:
  struct Waiting {
    const PreparedUnit* unit;
    Result result = std::vector<uint64_t>();
    bool done = false;
  };

  // What the last commit left, kept to spare reading it again. Another process may have written
  // since: the stored frontier says so.
  struct Tail {
    std::string frontier_bytes;
    merkle::Frontier frontier;
    merkle::TileBuilder tiles;
    AnnotationRuns annotations;
    uint64_t recorded_at_us = 0;
    std::string last_id;  // greatest key of `ids`
  };

  std::vector<Waiting*> TakeQueued();
  void CommitTogether(const std::vector<Waiting*>& batch);
  absl::Status WriteTogether(const std::vector<Waiting*>& batch);

  absl::Status LoadTail(const store::WriteTxn& txn);
  absl::Status SaveTail(store::WriteTxn& txn);

  // Writes the unit, or leaves the transaction as it was and says in `waiting` why. An error means
  // that the whole transaction is lost.
  absl::Status WriteUnit(store::WriteTxn& txn, Waiting& waiting);
  absl::StatusOr<std::vector<uint64_t>> KnownSequences(const store::WriteTxn& txn,
                                                       const PreparedUnit& unit) const;
  absl::Status CheckSame(const store::WriteTxn& txn, const NewEvent& event,
                         uint64_t sequence) const;
  // In next_versions_: of the stream's next event in this transaction.
  absl::StatusOr<uint64_t*> NextVersion(const store::WriteTxn& txn, const std::string& stream_key);
  absl::StatusOr<absl::Status> CheckExpects(const store::WriteTxn& txn, const PreparedUnit& unit);
  // Only bodies that are there to be erased, and never that of an erasure: verify asks it why
  // others are absent.
  absl::StatusOr<absl::Status> CheckErasures(const store::WriteTxn& txn, const PreparedUnit& unit);
  // The databases that every event is written to, each where the last one was.
  struct Writers {
    store::WriteCursor events;
    store::WriteCursor bodies;
    std::optional<store::WriteCursor> ids;  // appends only: see PutId
    store::WriteCursor streams;
  };
  absl::StatusOr<Writers> OpenWriters(store::WriteTxn& txn) const;
  absl::StatusOr<std::vector<uint64_t>> WriteEvents(store::WriteTxn& txn, const PreparedUnit& unit);
  absl::Status WriteEvent(store::WriteTxn& txn, Writers& writers, const PreparedUnit& unit,
                          size_t place, uint64_t version);
  absl::Status WriteCursors(store::WriteTxn& txn, const Unit& unit);
  // Index entries that a body which stays asks for as well, stay.
  absl::Status EraseBodies(store::WriteTxn& txn, const std::vector<uint64_t>& sequences);
  // What the body had put into the indexes; nothing when it was erased before.
  absl::StatusOr<std::optional<IndexEntries>> EraseBody(store::WriteTxn& txn, uint64_t sequence);
  // Of the stream's bodies that are there, in order.
  absl::StatusOr<std::vector<std::pair<uint64_t, IndexEntries>>> EntriesOfStream(
      const store::WriteTxn& txn, std::string_view stream_key) const;

  store::Env& env_;
  LogDbs dbs_;
  base::Clock& clock_;
  base::Random& random_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting*> queue_;
  bool committing_ = false;

  // Only the committing thread touches these.
  Tail tail_;
  std::unordered_map<std::string, uint64_t> next_versions_;  // of this transaction's streams
  std::string header_;                                       // memory used again
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_COMMITTER_H_
