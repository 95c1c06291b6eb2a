// SPDX-License-Identifier: Apache-2.0
// The committer's part that puts one event into the databases.
#include <map>

#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/log/body_value.h"
#include "core/log/committer.h"
#include "core/log/header_codec.h"
#include "core/log/header_view.h"
#include "core/log/index_writer.h"
#include "core/log/log_keys.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

absl::Status Differs(uint64_t sequence) {
  return absl::AlreadyExistsError(
      fmt::format("an event with this id was appended as {}, with another content", sequence));
}

}  // namespace

absl::Status EventLog::Committer::CheckSame(const store::WriteTxn& txn, const NewEvent& event,
                                            uint64_t sequence) const {
  const store::U64Key key(sequence);
  VB_ASSIGN_OR_RETURN(const std::string_view bytes, txn.Get(dbs_.events, key.view()));
  VB_ASSIGN_OR_RETURN(const HeaderView header, HeaderView::Parse(bytes));
  if (header.stream != event.stream || header.type != event.type) {
    return Differs(sequence);
  }
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value,
                      txn.Find(dbs_.bodies, key.view()));
  if (!value) {
    return absl::AlreadyExistsError(
        fmt::format("this event was appended as {}, and its content erased since", sequence));
  }
  const base::Digest digest = BodyDigest(SaltOf(*value), event.body);
  return base::AsView(digest) == header.body_digest ? absl::OkStatus() : Differs(sequence);
}

absl::StatusOr<uint64_t*> EventLog::Committer::NextVersion(const store::WriteTxn& txn,
                                                           const std::string& stream_key) {
  const auto known = next_versions_.find(stream_key);
  if (known != next_versions_.end()) return &known->second;
  VB_ASSIGN_OR_RETURN(const uint64_t next, NextStreamVersion(txn, dbs_, stream_key));
  return &next_versions_.emplace(stream_key, next).first->second;
}

absl::StatusOr<EventLog::Committer::Writers> EventLog::Committer::OpenWriters(
    store::WriteTxn& txn) const {
  VB_ASSIGN_OR_RETURN(store::WriteCursor events, txn.OpenWriter(dbs_.events));
  VB_ASSIGN_OR_RETURN(store::WriteCursor bodies, txn.OpenWriter(dbs_.bodies));
  VB_ASSIGN_OR_RETURN(store::WriteCursor ids, txn.OpenWriter(dbs_.ids));
  VB_ASSIGN_OR_RETURN(store::WriteCursor streams, txn.OpenWriter(dbs_.streams));
  return Writers{std::move(events), std::move(bodies), std::move(ids), std::move(streams)};
}

absl::StatusOr<std::vector<uint64_t>> EventLog::Committer::WriteEvents(store::WriteTxn& txn,
                                                                       const PreparedUnit& unit) {
  std::vector<uint64_t*> next_versions;
  for (const std::string& stream_key : unit.stream_keys) {
    VB_ASSIGN_OR_RETURN(uint64_t* const next, NextVersion(txn, stream_key));
    next_versions.push_back(next);
  }
  VB_ASSIGN_OR_RETURN(Writers writers, OpenWriters(txn));
  std::vector<uint64_t> sequences;
  sequences.reserve(unit.prepared.size());
  const uint64_t now_us = clock_.NowUs();
  for (size_t i = 0; i < unit.prepared.size(); ++i) {
    const PreparedEvent& prepared = unit.prepared[i];
    uint64_t& next_version = *next_versions[prepared.stream];
    tail_.recorded_at_us = std::max(now_us, tail_.recorded_at_us + 1);
    VB_RETURN_IF_ERROR(WriteEvent(txn, writers, unit, i, next_version));
    ++next_version;
    const uint64_t sequence = tail_.frontier.size() + 1;
    VB_RETURN_IF_ERROR(PutEntries(txn, dbs_, prepared.entries, sequence));
    if (unit.unit.events[i].type == kContentErased) {
      VB_RETURN_IF_ERROR(txn.Put(dbs_.meta, kMetaErasure, store::U64Key(sequence).view()));
    }
    VB_RETURN_IF_ERROR(
        tail_.annotations.Append(txn, dbs_.annotations, prepared.entries.annotation));
    VB_RETURN_IF_ERROR(PutLeaf(txn, dbs_, merkle::LeafHash(header_), tail_.frontier, tail_.tiles));
    sequences.push_back(sequence);
  }
  return sequences;
}

absl::Status EventLog::Committer::WriteEvent(store::WriteTxn& txn, Writers& writers,
                                             const PreparedUnit& unit, size_t place,
                                             uint64_t version) {
  const NewEvent& event = unit.unit.events[place];
  const PreparedEvent& prepared = unit.prepared[place];
  VB_CHECK(version < UINT32_MAX, "a stream has fewer than 2^32 events");
  const store::U64Key key(tail_.frontier.size() + 1);
  HeaderFacts facts;
  facts.stream_version = version;
  facts.recorded_at_us = tail_.recorded_at_us;
  facts.body_digest = prepared.body_digest;
  facts.body_size = event.body.size();
  EncodeHeader(event, unit.actors[prepared.actor], facts, header_);
  VB_CHECK(header_.size() <= limits::kHeaderBytesMax, "a header's parts were checked");

  VB_RETURN_IF_ERROR(writers.events.PutAppend(key.view(), header_));
  VB_RETURN_IF_ERROR(writers.bodies.PutAppend(key.view(), unit.BodyValue(prepared)));
  VB_RETURN_IF_ERROR(PutId(txn, dbs_, event.id, key.view(), writers.ids, tail_.last_id));
  return writers.streams.Insert(StreamVersionKey(unit.stream_keys[prepared.stream], version),
                                key.view());
}

absl::Status EventLog::Committer::WriteCursors(store::WriteTxn& txn, const Unit& unit) {
  for (const CursorUpdate& cursor : unit.cursors) {
    const std::string key = ShortDigest(cursor.input);
    if (cursor.value.empty()) {
      VB_RETURN_IF_ERROR(txn.Delete(dbs_.cursors, key).status());
    } else {
      VB_RETURN_IF_ERROR(txn.Put(dbs_.cursors, key, SealCursor(key, cursor.value)));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<IndexEntries>> EventLog::Committer::EraseBody(store::WriteTxn& txn,
                                                                           uint64_t sequence) {
  const store::U64Key key(sequence);
  VB_ASSIGN_OR_RETURN(const std::string_view bytes, txn.Get(dbs_.events, key.view()));
  VB_ASSIGN_OR_RETURN(const HeaderView header, HeaderView::Parse(bytes));
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value,
                      txn.Find(dbs_.bodies, key.view()));
  if (!value) return std::optional<IndexEntries>();
  VB_ASSIGN_OR_RETURN(const std::string body,
                      OpenBody(*value, header.body_size, header.body_digest));
  VB_ASSIGN_OR_RETURN(IndexEntries entries,
                      EntriesOf(header.event_id, header.stream, header.type, body));
  VB_RETURN_IF_ERROR(txn.Delete(dbs_.bodies, key.view()).status());
  VB_RETURN_IF_ERROR(txn.Delete(dbs_.sketches, key.view()).status());
  return std::optional<IndexEntries>(std::move(entries));
}

absl::StatusOr<std::vector<std::pair<uint64_t, IndexEntries>>> EventLog::Committer::EntriesOfStream(
    const store::WriteTxn& txn, std::string_view stream_key) const {
  std::vector<std::pair<uint64_t, IndexEntries>> all;
  absl::Status status;
  VB_RETURN_IF_ERROR(txn.ScanPrefix(dbs_.streams, stream_key, [&](const store::Entry& entry) {
    status = [&]() -> absl::Status {
      const std::optional<uint64_t> sequence = store::ReadU64(entry.value);
      if (!sequence) return absl::DataLossError("an entry of `streams` has a wrong length");
      VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value,
                          txn.Find(dbs_.bodies, entry.value));
      if (!value) return absl::OkStatus();
      VB_ASSIGN_OR_RETURN(const std::string_view bytes, txn.Get(dbs_.events, entry.value));
      VB_ASSIGN_OR_RETURN(const HeaderView header, HeaderView::Parse(bytes));
      VB_ASSIGN_OR_RETURN(const std::string body,
                          OpenBody(*value, header.body_size, header.body_digest));
      VB_ASSIGN_OR_RETURN(IndexEntries entries,
                          EntriesOf(header.event_id, header.stream, header.type, body));
      all.emplace_back(*sequence, std::move(entries));
      return absl::OkStatus();
    }();
    return status.ok();
  }));
  VB_RETURN_IF_ERROR(status);
  return all;
}

absl::Status EventLog::Committer::EraseBodies(store::WriteTxn& txn,
                                              const std::vector<uint64_t>& sequences) {
  std::map<std::string, std::vector<IndexEntries>> gone;  // by article
  for (const uint64_t sequence : sequences) {
    VB_ASSIGN_OR_RETURN(std::optional<IndexEntries> entries, EraseBody(txn, sequence));
    if (entries && !entries->article.empty()) {
      gone[entries->article].push_back(*std::move(entries));
    }
  }
  for (auto& [article, erased] : gone) {
    VB_ASSIGN_OR_RETURN(const auto staying, EntriesOfStream(txn, kArticleStream + article));
    for (IndexEntries& entries : erased) {
      // Articles keep the order in which they claimed a URL.
      for (const auto& [sequence, stays] : staying) {
        if (stays.url_key == entries.url_key) entries.url_key.clear();
      }
      VB_RETURN_IF_ERROR(RemoveBodyEntries(txn, dbs_, entries));
    }
    for (const auto& [sequence, stays] : staying) {
      VB_RETURN_IF_ERROR(PutEntries(txn, dbs_, stays, sequence));
    }
  }
  return absl::OkStatus();
}

}  // namespace verbatim::log
