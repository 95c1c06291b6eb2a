// SPDX-License-Identifier: Apache-2.0
// The snapshot's look-ups by stream, id, URL and content.
#include <algorithm>

#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/annotation_runs.h"
#include "core/log/index_entries.h"
#include "core/log/log_keys.h"
#include "core/log/snapshot.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

absl::Status BadEntry(std::string_view db) {
  return absl::DataLossError(fmt::format(
      "an entry of `{}` is damaged; `verbatim doctor --rebuild-indexes` makes it again", db));
}

absl::StatusOr<uint64_t> SequenceOf(std::string_view value, std::string_view db) {
  const std::optional<uint64_t> sequence = store::ReadU64(value);
  if (!sequence) return BadEntry(db);
  return *sequence;
}

// Whole bytes of a prefix in hex, and the half byte that may follow.
struct HexPrefix {
  std::string bytes;
  std::string digits;  // lower-case
  bool Matches(std::string_view id) const {
    return base::ToHex(id).compare(0, digits.size(), digits) == 0;
  }
};

absl::StatusOr<HexPrefix> ReadPrefix(std::string_view hex) {
  if (!hex.empty() && !base::IsHex(hex)) {
    return absl::InvalidArgumentError(fmt::format("{} is no beginning of an id in hex", hex));
  }
  HexPrefix prefix;
  // The half byte padded with 0 is the smallest key that can match.
  std::string even(hex);
  if (even.size() % 2 != 0) even.push_back('0');
  prefix.bytes = base::FromHex(even).value_or(std::string());
  prefix.digits = base::ToHex(prefix.bytes).substr(0, hex.size());
  return prefix;
}

}  // namespace

absl::StatusOr<std::optional<uint64_t>> Snapshot::FindById(std::string_view event_id) const {
  if (event_id.size() != base::kIdBytes) {
    return absl::InvalidArgumentError("an event id has 16 bytes");
  }
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value, txn_.Find(dbs_.ids, event_id));
  if (!value) return std::optional<uint64_t>();
  VB_ASSIGN_OR_RETURN(const uint64_t sequence, SequenceOf(*value, "ids"));
  return std::optional<uint64_t>(sequence);
}

absl::StatusOr<std::optional<uint64_t>> Snapshot::StreamVersion(std::string_view stream) const {
  const std::string stream_key = StreamKey(stream);
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(dbs_.streams));
  VB_ASSIGN_OR_RETURN(const bool there,
                      cursor.SeekBefore(StreamVersionKey(stream_key, UINT32_MAX)));
  if (!there || cursor.entry().key.substr(0, kStreamKeyBytes) != stream_key) {
    return std::optional<uint64_t>();
  }
  const std::optional<uint32_t> version =
      store::ReadU32(cursor.entry().key.substr(kStreamKeyBytes));
  if (!version) return BadEntry("streams");
  return std::optional<uint64_t>(*version);
}

absl::StatusOr<std::vector<uint64_t>> Snapshot::StreamSequences(std::string_view stream,
                                                                uint64_t from_version) const {
  const std::string stream_key = StreamKey(stream);
  std::vector<uint64_t> sequences;
  if (from_version > UINT32_MAX) return sequences;
  bool good = true;
  VB_RETURN_IF_ERROR(txn_.Scan(dbs_.streams, StreamVersionKey(stream_key, from_version),
                               store::PrefixEnd(stream_key), [&](const store::Entry& entry) {
                                 const auto sequence = store::ReadU64(entry.value);
                                 good = sequence.has_value();
                                 if (good) sequences.push_back(*sequence);
                                 return good;
                               }));
  if (!good) return BadEntry("streams");
  return sequences;
}

absl::StatusOr<std::vector<AnnotationHit>> Snapshot::FindAnnotations(std::string_view hex_prefix,
                                                                     size_t limit) const {
  VB_ASSIGN_OR_RETURN(const HexPrefix prefix, ReadPrefix(hex_prefix));
  std::vector<AnnotationHit> hits;
  for (const RunId run : RunsOf(head_)) {
    size_t of_run = 0;
    VB_RETURN_IF_ERROR(
        FindInRun(txn_, dbs_.annotations, run, prefix.bytes, [&](const AnnotationEntry& entry) {
          if (of_run++ >= limit || !prefix.Matches(IdView(entry.id))) return false;
          hits.push_back({std::string(IdView(entry.id)), entry.sequence});
          return true;
        }));
  }
  VB_RETURN_IF_ERROR(ScanHeaders(
      head_ - head_ % kRunEvents + 1, head_, [&](uint64_t sequence, const HeaderView& header) {
        const IndexEntries entries = EntriesOfHeader(header.event_id, header.type);
        if (entries.annotation && prefix.Matches(IdView(*entries.annotation))) {
          hits.push_back({std::string(IdView(*entries.annotation)), sequence});
        }
        return true;
      }));
  std::sort(hits.begin(), hits.end(), [](const AnnotationHit& a, const AnnotationHit& b) {
    return a.annotation < b.annotation;
  });
  if (hits.size() > limit) hits.resize(limit);
  return hits;
}

absl::Status Snapshot::ScanArticles(
    absl::FunctionRef<bool(std::string_view, uint64_t)> visit) const {
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(dbs_.streams));
  std::string at(1, kArticleStream);
  while (true) {
    VB_ASSIGN_OR_RETURN(const bool there, cursor.Seek(at));
    if (!there || cursor.entry().key.front() != kArticleStream) return absl::OkStatus();
    if (cursor.entry().key.size() < kStreamKeyBytes) return BadEntry("streams");
    const std::string key(cursor.entry().key.substr(0, kStreamKeyBytes));
    VB_ASSIGN_OR_RETURN(const uint64_t first, SequenceOf(cursor.entry().value, "streams"));
    if (!visit(std::string_view(key).substr(1), first)) return absl::OkStatus();
    const std::optional<std::string> next = store::PrefixEnd(key);
    if (!next) return absl::OkStatus();
    at = *next;
  }
}

absl::StatusOr<std::vector<std::string>> Snapshot::FindArticles(std::string_view hex_prefix,
                                                                size_t limit) const {
  VB_ASSIGN_OR_RETURN(const HexPrefix prefix, ReadPrefix(hex_prefix));
  std::vector<std::string> articles;
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(dbs_.streams));
  std::optional<std::string> at = std::string(1, kArticleStream) + prefix.bytes;
  while (at && articles.size() < limit) {
    VB_ASSIGN_OR_RETURN(const bool there, cursor.Seek(*at));
    if (!there || cursor.entry().key.front() != kArticleStream) break;
    const std::string key(cursor.entry().key.substr(0, kStreamKeyBytes));
    if (key.size() < kStreamKeyBytes) return BadEntry("streams");
    if (!prefix.Matches(std::string_view(key).substr(1))) break;
    articles.push_back(key.substr(1));
    at = store::PrefixEnd(key);
  }
  return articles;
}

absl::StatusOr<std::optional<std::string>> Snapshot::FindByUrl(
    std::string_view canonical_url) const {
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value,
                      txn_.Find(dbs_.urls, ShortDigest(canonical_url)));
  if (!value) return std::optional<std::string>();
  if (value->size() < base::kIdBytes) return BadEntry("urls");
  return std::optional<std::string>(value->substr(0, base::kIdBytes));
}

absl::StatusOr<std::vector<ContentHit>> Snapshot::FindByContent(
    std::string_view content_key) const {
  std::vector<ContentHit> hits;
  if (content_key.size() < base::kIdBytes) {
    return absl::InvalidArgumentError("a content key has 32 bytes");
  }
  bool good = true;
  VB_RETURN_IF_ERROR(txn_.ScanPrefix(
      dbs_.digests, content_key.substr(0, base::kIdBytes), [&](const store::Entry& entry) {
        if (entry.value.substr(0, 1) != std::string_view(&kContentValue, 1)) return true;
        const auto revision = store::ReadU32(entry.value.substr(1));
        good = revision.has_value() && entry.key.size() == 2 * base::kIdBytes;
        if (good) hits.push_back({std::string(entry.key.substr(base::kIdBytes)), *revision});
        return good;
      }));
  if (!good) return BadEntry("digests");
  return hits;
}

absl::StatusOr<std::optional<uint64_t>> Snapshot::FindSource(
    std::string_view content_sha256) const {
  std::optional<uint64_t> first;
  if (content_sha256.size() < base::kIdBytes) {
    return absl::InvalidArgumentError("a SHA-256 has 32 bytes");
  }
  bool good = true;
  VB_RETURN_IF_ERROR(txn_.ScanPrefix(
      dbs_.digests, content_sha256.substr(0, base::kIdBytes), [&](const store::Entry& entry) {
        if (entry.value.substr(0, 1) != std::string_view(&kSourceValue, 1)) return true;
        const auto sequence = store::ReadU64(entry.value.substr(1));
        good = sequence.has_value();
        if (good && (!first || *sequence < *first)) first = sequence;
        return good;
      }));
  if (!good) return BadEntry("digests");
  return first;
}

absl::StatusOr<std::vector<RefusedHit>> Snapshot::FindRefused(std::string_view mark) const {
  std::vector<RefusedHit> hits;
  if (mark.size() != base::kIdBytes) {
    return absl::InvalidArgumentError("the mark of something erased has 16 bytes");
  }
  bool good = true;
  VB_RETURN_IF_ERROR(txn_.ScanPrefix(dbs_.digests, mark, [&](const store::Entry& entry) {
    if (entry.value.substr(0, 1) != std::string_view(&kRefusedValue, 1)) return true;
    const auto sequence = store::ReadU64(entry.value.substr(1));
    good = sequence.has_value() && entry.key.size() == 2 * base::kIdBytes;
    if (good) hits.push_back({std::string(entry.key.substr(base::kIdBytes)), *sequence});
    return good;
  }));
  if (!good) return BadEntry("digests");
  return hits;
}

absl::Status Snapshot::ScanSketches(absl::FunctionRef<bool(const SketchHit&)> visit) const {
  bool good = true;
  VB_RETURN_IF_ERROR(txn_.Scan(dbs_.sketches, "", std::nullopt, [&](const store::Entry& entry) {
    const std::optional<uint64_t> sequence = store::ReadU64(entry.key);
    const std::optional<SketchEntry> sketch = OpenSketch(entry.value);
    good = sequence.has_value() && sketch.has_value();
    return good && visit({*sequence, sketch->article, sketch->bands});
  }));
  return good ? absl::OkStatus() : BadEntry("sketches");
}

absl::StatusOr<std::optional<std::string>> Snapshot::Cursor(std::string_view input) const {
  const std::string key = ShortDigest(input);
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value, txn_.Find(dbs_.cursors, key));
  if (!value) return std::optional<std::string>();
  const std::optional<std::string_view> cursor = OpenCursorValue(key, *value);
  if (!cursor) {
    return absl::DataLossError(fmt::format(
        "how far {} was read is damaged: ingest it again, what is there is recognised", input));
  }
  return std::optional<std::string>(*cursor);
}

}  // namespace verbatim::log
