// SPDX-License-Identifier: Apache-2.0
#include "core/log/verify_indexes.h"

#include <algorithm>

#include "core/base/ids.h"
#include "core/log/last_erasure.h"
#include "core/log/log_keys.h"
#include "core/store/keys.h"
#include "fmt/format.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::log {
namespace {

constexpr std::string_view kRebuild = "`verbatim doctor --rebuild-indexes` makes it again";
constexpr std::string_view kRestore = "restore a backup (`verbatim restore DIR`)";
constexpr std::string_view kArchiveCreated = "verbatim.v1.ArchiveCreated";

Finding BadIndex(uint64_t sequence, std::string_view db) {
  return {sequence, fmt::format("`{}` does not lead to event {}", db, sequence),
          std::string(kRebuild), /*derived=*/true};
}

std::string_view ValueOf(const absl::StatusOr<std::optional<std::string_view>>& found) {
  return found.ok() ? found->value_or(std::string_view()) : std::string_view();
}

uint64_t Short(std::string_view db, std::string_view key, std::string_view value) {
  const base::Digest digest = base::Sha256({db, key, value});
  return *store::ReadU64(base::AsView(digest).substr(0, 8));
}

}  // namespace

std::vector<Finding> IndexCheck::OfHeader(uint64_t sequence, const HeaderView& header) {
  Findings findings;
  const store::ReadTxn& txn = snapshot_.txn();
  const LogDbs& dbs = snapshot_.dbs();
  const store::U64Key value(sequence);
  if (ValueOf(txn.Find(dbs.ids, header.event_id)) != value.view()) {
    findings.push_back(BadIndex(sequence, "ids"));
  }
  const std::string stream_key = StreamKey(header.stream);
  const std::string key = StreamVersionKey(stream_key, header.stream_version);
  absl::StatusOr<store::Cursor> cursor = txn.OpenCursor(dbs.streams);
  const bool there = cursor.ok() && cursor->Find(key).value_or(false);
  if (!there || cursor->entry().value != value.view() || header.stream_version > UINT32_MAX) {
    findings.push_back(BadIndex(sequence, "streams"));
  } else {
    // Versions have no gaps when every one but the first has its predecessor.
    const bool before = cursor->Previous().value_or(false) &&
                        cursor->entry().key.substr(0, kStreamKeyBytes) == stream_key;
    const bool next_to =
        before && cursor->entry().key == StreamVersionKey(stream_key, header.stream_version - 1);
    if (header.stream_version == 0 ? before : !next_to) {
      findings.push_back({sequence,
                          fmt::format("event {} has version {} of its stream, and the one before "
                                      "it is missing",
                                      sequence, header.stream_version),
                          std::string(kRestore)});
    }
  }
  if (header.type == kContentErased) last_erasure_ = sequence;
  const IndexEntries entries = EntriesOfHeader(header.event_id, header.type);
  const auto missing = runs_.Event(sequence, entries.annotation);
  if (!missing.ok() || !missing->empty()) {
    findings.push_back(BadIndex(missing.ok() ? missing->front() : sequence, "annotations"));
  }
  return findings;
}

std::vector<Finding> IndexCheck::OfBody(uint64_t sequence, const HeaderView& header,
                                        const std::optional<std::string>& body) {
  Findings findings;
  if (!bodies_) return findings;
  if (!body) {
    absences_.Absent(sequence);
    return findings;
  }
  const auto entries = EntriesOf(header.event_id, header.stream, header.type, *body);
  if (!entries.ok()) {
    findings.push_back(
        {sequence, fmt::format("event {}: {}", sequence, std::string(entries.status().message())),
         std::string(kRestore)});
    return findings;
  }
  Entries(sequence, *entries, findings);
  if (header.type == kContentErased) {
    v1::ContentErased erased;
    if (erased.ParseFromString(*body)) {
      for (const uint64_t gone : erased.erased()) absences_.Erased(gone);
    }
  } else if (header.type == kArchiveCreated && archive_id_.empty()) {
    v1::ArchiveCreated created;
    if (created.ParseFromString(*body)) archive_id_ = created.archive_id();
  }
  return findings;
}

// An entry may be what a later (revision, erasure) or earlier (source) event of the same content
// wrote: then that one vouches for it.
void IndexCheck::Entries(uint64_t sequence, const IndexEntries& entries, Findings& findings) {
  const store::ReadTxn& txn = snapshot_.txn();
  const LogDbs& dbs = snapshot_.dbs();
  if (!entries.content_key.empty()) {
    const std::string_view value = ValueOf(txn.Find(dbs.digests, entries.content_key));
    const auto revision = value.empty() ? std::nullopt : store::ReadU32(value.substr(1));
    if (!revision || value[0] != kContentValue) {
      findings.push_back(BadIndex(sequence, "digests"));
    } else if (*revision == entries.content_revision) {
      Vouch("digests", entries.content_key, value);
    }
  }
  if (!entries.source_key.empty()) {
    const std::string_view value = ValueOf(txn.Find(dbs.digests, entries.source_key));
    const auto first = value.empty() ? std::nullopt : store::ReadU64(value.substr(1));
    if (!first || value[0] != kSourceValue || *first > sequence) {
      findings.push_back(BadIndex(sequence, "digests"));
    } else if (*first == sequence) {
      Vouch("digests", entries.source_key, value);
    }
  }
  for (const std::string& refused : entries.refused_keys) {
    const std::string_view value = ValueOf(txn.Find(dbs.digests, refused));
    const auto last = value.empty() ? std::nullopt : store::ReadU64(value.substr(1));
    if (!last || value[0] != kRefusedValue || *last < sequence) {
      findings.push_back(BadIndex(sequence, "digests"));
    } else if (*last == sequence) {
      Vouch("digests", refused, value);
    }
  }
  if (!entries.sketch.empty()) {
    const store::U64Key key(sequence);
    if (ValueOf(txn.Find(dbs.sketches, key.view())) != entries.sketch) {
      findings.push_back(BadIndex(sequence, "sketches"));
    }
    Vouch("sketches", key.view(), entries.sketch);
  }
  if (!entries.url_key.empty()) {
    const std::string_view list = ValueOf(txn.Find(dbs.urls, entries.url_key));
    bool listed = false;
    for (size_t at = 0; at + base::kIdBytes <= list.size(); at += base::kIdBytes) {
      listed = listed || list.substr(at, base::kIdBytes) == entries.article;
    }
    if (!listed) findings.push_back(BadIndex(sequence, "urls"));
    Vouch("urls", entries.url_key, entries.article);
  }
}

void IndexCheck::Vouch(std::string_view db, std::string_view key, std::string_view value) {
  vouched_.push_back(Short(db, key, value));
}

bool IndexCheck::Vouched(std::string_view db, std::string_view key, std::string_view value) const {
  return std::binary_search(vouched_.begin(), vouched_.end(), Short(db, key, value));
}

std::vector<Finding> IndexCheck::AtTheEnd() {
  Findings findings;
  std::sort(vouched_.begin(), vouched_.end());
  MissingBodies(findings);
  UnvouchedEntries(findings);
  Settings(findings);
  return findings;
}

void IndexCheck::MissingBodies(Findings& findings) {
  if (const uint64_t sequence = absences_.FirstUnexplained(); sequence != 0) {
    // Derived: the ContentErased that names it may be the event that was altered.
    findings.push_back(
        {sequence,
         fmt::format("the body of event {} is missing, and no ContentErased names it", sequence),
         std::string(kRestore), true});
    return;
  }
  const auto bodies = snapshot_.txn().Count(snapshot_.dbs().bodies);
  if (!bodies.ok() || *bodies + absences_.absent() != snapshot_.head()) {
    findings.push_back({0, "`bodies` has an entry without an event", std::string(kRestore)});
  }
}

void IndexCheck::UnvouchedEntries(Findings& findings) {
  const store::ReadTxn& txn = snapshot_.txn();
  const LogDbs& dbs = snapshot_.dbs();
  const auto annotations = txn.Count(dbs.annotations);
  bool good = annotations.ok() && *annotations == runs_.parts();
  if (!good) findings.push_back({0, "`annotations` has an odd entry", std::string(kRebuild)});

  good = true;
  absl::Status read = txn.Scan(dbs.digests, "", std::nullopt, [&](const store::Entry& entry) {
    return good = Vouched("digests", entry.key, entry.value);
  });
  if (!good || !read.ok()) {
    findings.push_back({0, "`digests` has an entry without an event", std::string(kRebuild)});
  }
  good = true;
  read = txn.Scan(dbs.sketches, "", std::nullopt, [&](const store::Entry& entry) {
    return good = Vouched("sketches", entry.key, entry.value);
  });
  if (!good || !read.ok()) {
    findings.push_back({0, "`sketches` has an entry without an event", std::string(kRebuild)});
  }
  good = true;
  read = txn.Scan(dbs.urls, "", std::nullopt, [&](const store::Entry& entry) {
    good = !entry.value.empty() && entry.value.size() % base::kIdBytes == 0;
    for (size_t at = 0; good && at < entry.value.size(); at += base::kIdBytes) {
      good = Vouched("urls", entry.key, entry.value.substr(at, base::kIdBytes));
    }
    return good;
  });
  if (!good || !read.ok()) {
    findings.push_back({0, "`urls` has an entry without an event", std::string(kRebuild)});
  }
  good = true;
  read = txn.Scan(dbs.cursors, "", std::nullopt, [&](const store::Entry& entry) {
    return good = entry.key.size() == base::kIdBytes &&
                  OpenCursorValue(entry.key, entry.value).has_value();
  });
  if (!good || !read.ok()) {
    findings.push_back({0, "`cursors` has a damaged entry",
                        "ingest its input again: what is there is recognised"});
  }
}

void IndexCheck::Settings(Findings& findings) {
  if (const auto last = LastErasure(snapshot_); !last.ok() || *last != last_erasure_) {
    findings.push_back(
        {last_erasure_, "`meta` does not name the last erasure", std::string(kRebuild), true});
  }
  const auto id = snapshot_.txn().Find(snapshot_.dbs().meta, kMetaArchive);
  if (archive_id_.empty() || ValueOf(id) == archive_id_) return;
  findings.push_back(
      {0, "`meta` has another archive id than the event ArchiveCreated", std::string(kRebuild)});
}

}  // namespace verbatim::log
