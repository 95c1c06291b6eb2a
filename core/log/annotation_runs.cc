// SPDX-License-Identifier: Apache-2.0
#include "core/log/annotation_runs.h"

#include <endian.h>

#include <algorithm>
#include <cstring>

#include "core/base/sha256.h"
#include "core/store/keys.h"

namespace verbatim::log {
namespace {

constexpr uint64_t kFanOut = 16;
// A run of a million events is made within one commit; larger ones would hold that up for longer
// than they spare a reader.
constexpr unsigned kLevelMax = 3;

constexpr size_t kIdBytes = sizeof(AnnotationKey);
constexpr size_t kEntryBytes = kIdBytes + 4;  // how far its event stands from the run's first
constexpr size_t kKeyBytes = 1 + 8 + kIdBytes;
// A page of LMDB that holds one long value has 4,080 bytes for it.
constexpr size_t kPartEntries = 4080 / kEntryBytes;

// The first eight bytes, in order of bytes: digests are told apart by them.
uint64_t FirstHalf(const AnnotationKey& id) {
  uint64_t half = 0;
  std::memcpy(&half, id.data(), sizeof half);
  return be64toh(half);
}

bool IdBefore(const AnnotationEntry& a, const AnnotationEntry& b) {
  const uint64_t half_a = FirstHalf(a.id);
  const uint64_t half_b = FirstHalf(b.id);
  if (half_a != half_b) return half_a < half_b;
  return std::memcmp(a.id.data(), b.id.data(), kIdBytes) < 0;
}

std::string RunPrefix(RunId run) {
  return store::KeyWriter().U8(static_cast<uint8_t>(run.level)).U64(run.number).Take();
}

absl::Status Damaged() {
  return absl::DataLossError(
      "an entry of `annotations` is damaged; `verbatim doctor --rebuild-indexes` makes it again");
}

// The entries of one stored part.
class Part {
 public:
  static absl::StatusOr<Part> Of(RunId run, const store::Entry& entry) {
    if (entry.key.size() != kKeyBytes || entry.value.empty() ||
        entry.value.size() % kEntryBytes != 0) {
      return Damaged();
    }
    return Part(run, entry.value);
  }
  size_t size() const { return bytes_.size() / kEntryBytes; }
  AnnotationEntry At(size_t place) const {
    AnnotationEntry entry;
    const std::string_view bytes = bytes_.substr(place * kEntryBytes, kEntryBytes);
    std::memcpy(entry.id.data(), bytes.data(), kIdBytes);
    entry.sequence = run_.first_sequence() + *store::ReadU32(bytes.substr(kIdBytes));
    return entry;
  }
  // The first place whose id is not below `from`.
  size_t LowerBound(std::string_view from) const {
    size_t low = 0;
    for (size_t high = size(); low < high;) {
      const size_t middle = (low + high) / 2;
      const bool below = bytes_.substr(middle * kEntryBytes, kIdBytes) < from;
      (below ? low : high) = below ? middle + 1 : middle;
    }
    return low;
  }

 private:
  Part(RunId run, std::string_view bytes) : run_(run), bytes_(bytes) {}
  RunId run_;
  std::string_view bytes_;
};

}  // namespace

AnnotationKey AnnotationKeyOf(std::string_view event_id) {
  const base::Digest digest = base::Sha256(event_id);
  AnnotationKey id;
  std::memcpy(id.data(), digest.data(), id.size());
  return id;
}

uint64_t RunId::events() const {
  uint64_t events = kRunEvents;
  for (unsigned l = 0; l < level; ++l) events *= kFanOut;
  return events;
}

std::vector<RunId> RunsOf(uint64_t events) {
  std::vector<RunId> runs;
  uint64_t covered = 0;  // events
  for (unsigned level = kLevelMax + 1; level-- > 0;) {
    const uint64_t of_one = RunId{level, 0}.events();
    for (; covered + of_one <= events; covered += of_one) {
      runs.push_back({level, covered / of_one});
    }
  }
  return runs;
}

std::string RunKey(RunId run, std::string_view first_id) { return RunPrefix(run).append(first_id); }

RunParts PartsOf(RunId run, std::vector<AnnotationEntry> entries) {
  std::sort(entries.begin(), entries.end(), IdBefore);
  RunParts parts;
  for (size_t begin = 0; begin < entries.size(); begin += kPartEntries) {
    const size_t end = std::min(entries.size(), begin + kPartEntries);
    store::KeyWriter value;
    for (size_t i = begin; i < end; ++i) {
      value.Raw(IdView(entries[i].id))
          .U32(static_cast<uint32_t>(entries[i].sequence - run.first_sequence()));
    }
    parts.emplace_back(RunKey(run, IdView(entries[begin].id)), value.Take());
  }
  return parts;
}

absl::Status FindInRun(const store::Txn& txn, store::Db db, RunId run, std::string_view from,
                       absl::FunctionRef<bool(const AnnotationEntry&)> visit) {
  const std::string prefix = RunPrefix(run);
  const auto in_run = [&](const store::Cursor& cursor) {
    return cursor.entry().key.substr(0, prefix.size()) == prefix;
  };
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn.OpenCursor(db));
  // The part before the one that begins at `from` may reach beyond it.
  VB_ASSIGN_OR_RETURN(bool there, cursor.SeekBefore(RunKey(run, from)));
  if (!there || !in_run(cursor)) {
    VB_ASSIGN_OR_RETURN(there, cursor.Seek(prefix));
  }
  while (there && in_run(cursor)) {
    VB_ASSIGN_OR_RETURN(const Part part, Part::Of(run, cursor.entry()));
    for (size_t place = part.LowerBound(from); place < part.size(); ++place) {
      if (!visit(part.At(place))) return absl::OkStatus();
    }
    VB_ASSIGN_OR_RETURN(there, cursor.Next());
  }
  return absl::OkStatus();
}

absl::Status AnnotationRuns::Append(store::WriteTxn& txn, store::Db db,
                                    const std::optional<AnnotationKey>& id) {
  ++events_;
  if (id) pending_.push_back({*id, events_});
  return events_ % kRunEvents == 0 ? WriteRun(txn, db) : absl::OkStatus();
}

absl::Status AnnotationRuns::WriteRun(store::WriteTxn& txn, store::Db db) {
  const RunId run = RunsOf(events_).back();
  std::vector<AnnotationEntry> entries = std::move(pending_);
  pending_.clear();
  std::vector<std::string> merged;
  for (const RunId& old : RunsOf(events_ - 1)) {
    if (old.first_sequence() < run.first_sequence()) continue;
    absl::Status good;
    VB_RETURN_IF_ERROR(txn.ScanPrefix(db, RunPrefix(old), [&](const store::Entry& entry) {
      const absl::StatusOr<Part> part = Part::Of(old, entry);
      if (!part.ok()) good = part.status();
      for (size_t i = 0; part.ok() && i < part->size(); ++i) entries.push_back(part->At(i));
      merged.emplace_back(entry.key);
      return part.ok();
    }));
    VB_RETURN_IF_ERROR(good);
  }
  for (const std::string& key : merged) VB_RETURN_IF_ERROR(txn.Delete(db, key).status());
  for (const auto& [key, value] : PartsOf(run, std::move(entries))) {
    VB_RETURN_IF_ERROR(txn.Put(db, key, value));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint64_t>> RunCheck::Event(uint64_t sequence,
                                                      const std::optional<AnnotationKey>& id) {
  std::vector<uint64_t> missing;
  while (next_ < runs_.size() && runs_[next_].last_sequence() < sequence) ++next_;
  if (next_ == runs_.size() || runs_[next_].first_sequence() > sequence) return missing;
  const RunId run = runs_[next_];
  if (sequence == run.first_sequence()) {
    whole_ = true;
    entries_.clear();
  }
  if (id) entries_.push_back({*id, sequence});
  if (sequence != run.last_sequence() || !whole_) return missing;
  for (const auto& [key, value] : PartsOf(run, std::move(entries_))) {
    ++parts_;
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored, txn_.Find(db_, key));
    if (stored == std::string_view(value)) continue;
    const std::string_view other = stored.value_or(std::string_view());
    for (size_t at = 0; at < value.size(); at += kEntryBytes) {
      const std::string_view entry = std::string_view(value).substr(at, kEntryBytes);
      if (at < other.size() && other.substr(at, kEntryBytes) == entry) continue;
      missing.push_back(run.first_sequence() + *store::ReadU32(entry.substr(kIdBytes)));
    }
    if (missing.empty()) missing.push_back(run.first_sequence());  // longer than it should be
  }
  entries_.clear();
  std::sort(missing.begin(), missing.end());
  return missing;
}

}  // namespace verbatim::log
