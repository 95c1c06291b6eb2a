// SPDX-License-Identifier: Apache-2.0
#include "core/log/copy_writer.h"

#include <utility>

#include "core/base/limits.h"
#include "core/log/index_writer.h"
#include "core/log/log_keys.h"
#include "core/log/verify_checkpoints.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

absl::Status NotWhole(const Finding& finding) {
  return absl::DataLossError(fmt::format(
      "what was copied is no whole log{}: {}",
      finding.sequence == 0 ? "" : fmt::format(", at @{}", finding.sequence), finding.what));
}

}  // namespace

absl::StatusOr<std::unique_ptr<CopyWriter>> CopyWriter::Begin(const std::filesystem::path& folder,
                                                              std::string_view archive_id,
                                                              const LogOptions& options) {
  VB_RETURN_IF_ERROR(EventLog::Create(folder, std::string(archive_id), options).status());
  std::unique_ptr<CopyWriter> writer(new CopyWriter(folder, archive_id, options));
  store::EnvOptions env;
  env.sync = store::Sync::kNoSync;
  env.map_bytes = options.map_bytes == 0 ? limits::kLogMapBytes : options.map_bytes;
  env.create = false;
  VB_ASSIGN_OR_RETURN(writer->env_, store::Env::Open(folder, env));
  VB_ASSIGN_OR_RETURN(writer->dbs_, LogDbs::Open(*writer->env_));
  return writer;
}

absl::Status CopyWriter::Add(absl::Span<const CopyBatch> batches) {
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, env_->BeginWrite());
  next_versions_.clear();
  for (const CopyBatch& batch : batches) {
    const uint64_t before = frontier_.size();
    VB_RETURN_IF_ERROR(WriteEvents(txn, batch));
    for (const auto& [events, note] : batch.checkpoints_) {
      VB_RETURN_IF_ERROR(txn.Put(dbs_.checkpoints, store::U64Key(before + events).view(), note));
    }
  }
  VB_RETURN_IF_ERROR(txn.Put(dbs_.meta, kMetaFrontier, frontier_.Serialize()));
  return txn.Commit();
}

absl::Status CopyWriter::WriteEvents(store::WriteTxn& txn, const CopyBatch& batch) {
  VB_ASSIGN_OR_RETURN(store::WriteCursor events, txn.OpenWriter(dbs_.events));
  VB_ASSIGN_OR_RETURN(store::WriteCursor bodies, txn.OpenWriter(dbs_.bodies));
  VB_ASSIGN_OR_RETURN(store::WriteCursor ids, txn.OpenWriter(dbs_.ids));
  VB_ASSIGN_OR_RETURN(store::WriteCursor streams, txn.OpenWriter(dbs_.streams));
  Writers writers{std::move(events), std::move(bodies), std::move(ids), std::move(streams)};
  for (const CopyBatch::Event& event : batch.events_) {
    const std::string_view stored =
        std::string_view(batch.bytes_).substr(event.begin, event.header_bytes + event.body_bytes);
    VB_RETURN_IF_ERROR(base::WithContext(WriteEvent(txn, writers, stored, event),
                                         fmt::format("event {}", frontier_.size() + 1)));
  }
  return absl::OkStatus();
}

absl::Status CopyWriter::WriteEvent(store::WriteTxn& txn, Writers& writers, std::string_view stored,
                                    const CopyBatch::Event& event) {
  const uint64_t sequence = frontier_.size() + 1;
  const store::U64Key key(sequence);
  VB_ASSIGN_OR_RETURN(const HeaderView header,
                      HeaderView::Parse(stored.substr(0, event.header_bytes)));
  VB_RETURN_IF_ERROR(CheckFollows(header, event));
  VB_RETURN_IF_ERROR(writers.events.PutAppend(key.view(), header.bytes));
  if (event.body_bytes > 0) {
    VB_RETURN_IF_ERROR(writers.bodies.PutAppend(key.view(), stored.substr(event.header_bytes)));
    ++report_.bodies;
    report_.body_bytes += header.body_size;
  } else {
    absences_.Absent(sequence);
  }
  for (const uint64_t gone : event.erases) absences_.Erased(gone);
  const absl::Status id = PutId(txn, dbs_, header.event_id, key.view(), writers.ids, last_id_);
  if (absl::IsAlreadyExists(id)) return absl::DataLossError("an event before it has the same id");
  VB_RETURN_IF_ERROR(id);
  VB_RETURN_IF_ERROR(WriteStream(txn, writers, header, key.view()));
  VB_RETURN_IF_ERROR(PutEntries(txn, dbs_, event.entries, sequence));
  if (header.type == kContentErased) {
    VB_RETURN_IF_ERROR(txn.Put(dbs_.meta, kMetaErasure, key.view()));
  }
  VB_RETURN_IF_ERROR(annotations_.Append(txn, dbs_.annotations, event.entries.annotation));
  return PutLeaf(txn, dbs_, event.leaf, frontier_, tiles_);
}

absl::Status CopyWriter::CheckFollows(const HeaderView& header, const CopyBatch::Event& event) {
  if (header.recorded_at_us <= recorded_at_us_) {
    return absl::DataLossError("it was recorded before the one before it");
  }
  recorded_at_us_ = header.recorded_at_us;
  if (event.archive_id.empty() || event.archive_id == archive_id_) return absl::OkStatus();
  return absl::DataLossError("it makes an archive of another id than the one that is copied");
}

absl::Status CopyWriter::WriteStream(store::WriteTxn& txn, Writers& writers,
                                     const HeaderView& header, std::string_view sequence) {
  const auto [next, first_here] = next_versions_.try_emplace(StreamKey(header.stream), 0);
  if (first_here) {
    VB_ASSIGN_OR_RETURN(next->second, NextStreamVersion(txn, dbs_, next->first));
  }
  if (header.stream_version != next->second || next->second >= UINT32_MAX) {
    return absl::DataLossError(fmt::format("it has version {} of its stream, and {} is the next",
                                           header.stream_version, next->second));
  }
  return writers.streams.Insert(StreamVersionKey(next->first, next->second++), sequence);
}

absl::StatusOr<VerifyReport> CopyWriter::Finish() {
  if (const uint64_t sequence = absences_.FirstUnexplained(); sequence != 0) {
    return NotWhole(
        {sequence,
         fmt::format("the body of event {} is missing, and no ContentErased names it", sequence),
         {}});
  }
  VB_RETURN_IF_ERROR(env_->Flush());
  env_.reset();  // one process opens an environment once
  VB_ASSIGN_OR_RETURN(const std::unique_ptr<EventLog> log, EventLog::Open(folder_, options_));
  VerifyOptions quick;
  quick.level = VerifyLevel::kQuick;
  // What no event says: pages, counts, the frontier, and the signed notes.
  VB_ASSIGN_OR_RETURN(const VerifyReport read, Verify(*log, quick));
  if (!read.whole) return NotWhole({read.first_bad_sequence, read.what, read.way_out});
  VB_ASSIGN_OR_RETURN(const Snapshot snapshot, log->Read());
  VB_ASSIGN_OR_RETURN(const std::vector<Finding> findings, CheckCheckpoints(snapshot, true));
  if (!findings.empty()) return NotWhole(findings.front());
  report_.events = frontier_.size();
  report_.erased = absences_.absent();
  report_.root = base::ToString(frontier_.Root());
  if (read.root == report_.root) return report_;
  return NotWhole({0, "what was written has another root than what was read", {}});
}

}  // namespace verbatim::log
