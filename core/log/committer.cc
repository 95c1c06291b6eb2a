// SPDX-License-Identifier: Apache-2.0
#include "core/log/committer.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/log/header_view.h"
#include "core/log/index_entries.h"
#include "core/log/log_keys.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

bool HasSameIdTwice(const std::vector<NewEvent>& events) {
  const auto not_after = [](const NewEvent& a, const NewEvent& b) { return a.id >= b.id; };
  if (std::adjacent_find(events.begin(), events.end(), not_after) == events.end()) return false;
  std::vector<std::string_view> ids;
  for (const NewEvent& event : events) ids.push_back(event.id);
  std::sort(ids.begin(), ids.end());
  return std::adjacent_find(ids.begin(), ids.end()) != ids.end();
}

}  // namespace

std::vector<EventLog::Committer::Result> EventLog::Committer::Commit(
    std::vector<PreparedUnit> units) {
  std::vector<Waiting> own;
  own.reserve(units.size());
  for (const PreparedUnit& unit : units) own.push_back({.unit = &unit});
  const auto all_done = [&own] {
    return std::all_of(own.begin(), own.end(), [](const Waiting& unit) { return unit.done; });
  };

  std::unique_lock lock(mutex_);
  for (Waiting& unit : own) queue_.push_back(&unit);
  while (!all_done()) {
    if (committing_) {
      changed_.wait(lock);
      continue;
    }
    committing_ = true;
    const std::vector<Waiting*> batch = TakeQueued();
    lock.unlock();
    CommitTogether(batch);
    lock.lock();
    for (Waiting* unit : batch) unit->done = true;
    committing_ = false;
    changed_.notify_all();
  }
  std::vector<Result> results;
  for (Waiting& unit : own) results.push_back(std::move(unit.result));
  return results;
}

std::vector<EventLog::Committer::Waiting*> EventLog::Committer::TakeQueued() {
  std::vector<Waiting*> batch;
  size_t events = 0;
  size_t bytes = 0;
  while (!queue_.empty()) {
    const PreparedUnit& next = *queue_.front()->unit;
    const bool full = events + next.prepared.size() > limits::kCommitEventsMax ||
                      bytes + next.bodies.size() > limits::kCommitBytesMax;
    if (full && !batch.empty()) break;
    events += next.prepared.size();
    bytes += next.bodies.size();
    batch.push_back(queue_.front());
    queue_.pop_front();
  }
  return batch;
}

void EventLog::Committer::CommitTogether(const std::vector<Waiting*>& batch) {
  const absl::Status status = WriteTogether(batch);
  if (status.ok()) return;
  // What is in memory ran ahead of the file: read it anew next time.
  tail_ = Tail();
  for (Waiting* unit : batch) {
    if (unit->result.ok()) unit->result = status;
  }
}

absl::Status EventLog::Committer::WriteTogether(const std::vector<Waiting*>& batch) {
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, env_.BeginWrite());
  VB_RETURN_IF_ERROR(LoadTail(txn));
  next_versions_.clear();
  for (Waiting* waiting : batch) VB_RETURN_IF_ERROR(WriteUnit(txn, *waiting));
  VB_RETURN_IF_ERROR(SaveTail(txn));
  return txn.Commit();
}

absl::Status EventLog::Committer::LoadTail(const store::WriteTxn& txn) {
  VB_ASSIGN_OR_RETURN(const std::string_view stored, txn.Get(dbs_.meta, kMetaFrontier));
  if (stored == tail_.frontier_bytes) return absl::OkStatus();
  tail_ = Tail();
  VB_ASSIGN_OR_RETURN(merkle::Frontier frontier, merkle::Frontier::Parse(stored));
  const uint64_t size = frontier.size();
  static_assert(kRunEvents == merkle::kTileWidth, "what is pending of both is in the same events");
  std::vector<merkle::Hash> leaves;
  std::vector<AnnotationEntry> annotations;
  Tail tail;
  // The sequence of leaf n is n + 1: headers of the tile that is being filled, and the last one.
  const uint64_t first = std::min(size, size - size % merkle::kTileWidth + 1);
  for (uint64_t sequence = std::max<uint64_t>(first, 1); sequence <= size; ++sequence) {
    VB_ASSIGN_OR_RETURN(const std::string_view header,
                        txn.Get(dbs_.events, store::U64Key(sequence).view()));
    VB_ASSIGN_OR_RETURN(const HeaderView view, HeaderView::Parse(header));
    if (sequence == size) tail.recorded_at_us = view.recorded_at_us;
    if (size % merkle::kTileWidth == 0) continue;
    leaves.push_back(merkle::LeafHash(header));
    const IndexEntries entries = EntriesOfHeader(view.event_id, view.type);
    if (entries.annotation) annotations.push_back({*entries.annotation, sequence});
  }
  {
    VB_ASSIGN_OR_RETURN(store::Cursor ids, txn.OpenCursor(dbs_.ids));
    VB_ASSIGN_OR_RETURN(const bool any, ids.Last());
    if (any) tail.last_id = ids.entry().key;
  }
  tail.frontier_bytes = stored;
  tail.frontier = std::move(frontier);
  tail.tiles = merkle::TileBuilder(size, std::move(leaves));
  tail.annotations = AnnotationRuns(size, std::move(annotations));
  tail_ = std::move(tail);
  return absl::OkStatus();
}

absl::Status EventLog::Committer::SaveTail(store::WriteTxn& txn) {
  std::string bytes = tail_.frontier.Serialize();
  if (bytes == tail_.frontier_bytes) return absl::OkStatus();
  VB_RETURN_IF_ERROR(txn.Put(dbs_.meta, kMetaFrontier, bytes));
  tail_.frontier_bytes = std::move(bytes);
  return absl::OkStatus();
}

absl::Status EventLog::Committer::WriteUnit(store::WriteTxn& txn, Waiting& waiting) {
  const PreparedUnit& unit = *waiting.unit;
  // All questions before the first write, so that a refused unit leaves nothing.
  absl::StatusOr<std::vector<uint64_t>> known = KnownSequences(txn, unit);
  if (!known.ok()) {
    waiting.result = known.status();
    return absl::OkStatus();
  }
  if (!known->empty()) {
    waiting.result = *std::move(known);
    return absl::OkStatus();
  }
  VB_ASSIGN_OR_RETURN(const absl::Status expected, CheckExpects(txn, unit));
  if (!expected.ok()) {
    waiting.result = expected;
    return absl::OkStatus();
  }
  VB_ASSIGN_OR_RETURN(const absl::Status erasable, CheckErasures(txn, unit));
  if (!erasable.ok()) {
    waiting.result = erasable;
    return absl::OkStatus();
  }
  VB_ASSIGN_OR_RETURN(std::vector<uint64_t> sequences, WriteEvents(txn, unit));
  VB_RETURN_IF_ERROR(WriteCursors(txn, unit.unit));
  VB_RETURN_IF_ERROR(EraseBodies(txn, unit.unit.erase));
  waiting.result = std::move(sequences);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint64_t>> EventLog::Committer::KnownSequences(
    const store::WriteTxn& txn, const PreparedUnit& unit) const {
  const std::vector<NewEvent>& events = unit.unit.events;
  if (HasSameIdTwice(events)) {
    return absl::InvalidArgumentError("two events of one unit have the same id");
  }
  std::vector<uint64_t> sequences;
  for (const NewEvent& event : events) {
    if (event.id > tail_.last_id) continue;  // time-ordered: the usual case needs no look-up
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> found, txn.Find(dbs_.ids, event.id));
    if (!found) continue;
    const std::optional<uint64_t> sequence = store::ReadU64(*found);
    if (!sequence) return absl::DataLossError("an entry of `ids` has a wrong length");
    VB_RETURN_IF_ERROR(CheckSame(txn, event, *sequence));
    sequences.push_back(*sequence);
  }
  if (!sequences.empty() && sequences.size() != events.size()) {
    return absl::AlreadyExistsError(fmt::format(
        "{} of this unit's {} events are in the log already, from {} on: append again exactly the "
        "unit that was appended, or give new events new ids",
        sequences.size(), events.size(), sequences.front()));
  }
  return sequences;
}

absl::StatusOr<absl::Status> EventLog::Committer::CheckExpects(const store::WriteTxn& txn,
                                                               const PreparedUnit& unit) {
  for (const Expect& expect : unit.unit.expects) {
    if (expect.kind == Expect::Kind::kAny) continue;
    VB_ASSIGN_OR_RETURN(const uint64_t* seen, NextVersion(txn, StreamKey(expect.stream)));
    const uint64_t next = *seen;
    const uint64_t wanted = expect.kind == Expect::Kind::kNone ? 0 : expect.version + 1;
    if (next == wanted) continue;
    const auto events = [](uint64_t count) { return fmt::format("{} events", count); };
    return absl::AbortedError(fmt::format(
        "stream {} has {}, the writer had seen {}: somebody else was faster; read it again",
        expect.stream, events(next), events(wanted)));
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::Status> EventLog::Committer::CheckErasures(const store::WriteTxn& txn,
                                                                const PreparedUnit& unit) {
  for (const uint64_t sequence : unit.unit.erase) {
    if (sequence == 0 || sequence > tail_.frontier.size()) {
      return absl::InvalidArgumentError(
          fmt::format("there is no event {} whose body could be erased", sequence));
    }
    VB_ASSIGN_OR_RETURN(const std::string_view bytes,
                        txn.Get(dbs_.events, store::U64Key(sequence).view()));
    VB_ASSIGN_OR_RETURN(const HeaderView header, HeaderView::Parse(bytes));
    if (header.type == kContentErased) {
      return absl::InvalidArgumentError(
          fmt::format("event {} is an erasure: its body says what is gone, and stays", sequence));
    }
  }
  return absl::OkStatus();
}

}  // namespace verbatim::log
