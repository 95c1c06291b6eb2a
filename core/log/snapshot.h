// SPDX-License-Identifier: Apache-2.0
// One picture of the log, from which everything is read: headers, bodies, streams, and the indexes
// by id, URL and content. Later appends are not seen until Renew.
//
//   VB_RETURN_IF_ERROR(snapshot.ScanHeaders(1, snapshot.head(), [&](uint64_t sequence,
//                                                                   const HeaderView& header) {
//     if (header.type == wanted) sequences.push_back(sequence);
//     return true;
//   }));
//
// Threads: one at a time. Hold it shortly: pages freed by writers after it began stay in use.
#ifndef VERBATIM_CORE_LOG_SNAPSHOT_H_
#define VERBATIM_CORE_LOG_SNAPSHOT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/base/sha256.h"
#include "core/base/status.h"
#include "core/log/header_view.h"
#include "core/log/log_dbs.h"
#include "core/merkle/proof.h"
#include "core/store/txn.h"
#include "verbatim/text/shingles.h"
#include "verbatim/v1/event.pb.h"

namespace verbatim::log {

struct AnnotationHit {
  std::string annotation;  // 16 bytes
  uint64_t sequence;       // of its AnnotationAdded
};

struct ContentHit {
  std::string article;  // 16 bytes; its stream is base::ToHex of it
  uint32_t revision;    // the latest with this content
};

// An article that was erased with the wish that it isn't taken in again unasked.
struct RefusedHit {
  std::string article;  // 16 bytes
  uint64_t sequence;    // of its last ContentErased with this mark
};

struct SketchHit {
  uint64_t sequence;         // of the event that has the text
  std::string_view article;  // 16 bytes; valid during the visit
  text::SketchBands bands;
};

// What its header's digest is over.
struct SaltedBody {
  std::string salt;  // 16 bytes
  std::string body;
};

struct StoredCheckpoint {
  uint64_t size;     // of the tree
  std::string note;  // signed
};

class Snapshot {
 public:
  Snapshot(Snapshot&&) noexcept = default;

  // The newest state of the log; views handed out before are void.
  absl::Status Renew();

  // The last sequence; 0 when the log is empty.
  uint64_t head() const { return head_; }
  // Root of the tree over the first `size` headers. At head at once, else from tiles: milliseconds.
  // kNotFound when size > head.
  absl::StatusOr<base::Digest> RootAt(uint64_t size) const;
  // That the event is among the first `size`, and that the first `size` begin with the first
  // `old_size`. kNotFound when size > head, or the event is not among them.
  absl::StatusOr<merkle::Proof> InclusionProof(uint64_t sequence, uint64_t size) const;
  absl::StatusOr<merkle::Proof> ConsistencyProof(uint64_t old_size, uint64_t size) const;

  // Signed checkpoints kept with EventLog::KeepCheckpoint, by size, until `visit` says false.
  absl::Status ScanCheckpoints(
      absl::FunctionRef<bool(uint64_t size, std::string_view note)> visit) const;
  absl::StatusOr<std::optional<StoredCheckpoint>> LatestCheckpoint() const;

  // kNotFound when there is no such sequence, kDataLoss when the bytes are damaged. The bytes are
  // the leaf of the tree; they and the view live as long as the snapshot, until Renew.
  absl::StatusOr<std::string_view> RawHeader(uint64_t sequence) const;
  absl::StatusOr<HeaderView> View(uint64_t sequence) const;
  absl::StatusOr<v1::EventHeader> Header(uint64_t sequence) const;

  // The body, its digest checked. Nothing when it was erased.
  absl::StatusOr<std::optional<std::string>> Body(uint64_t sequence) const;
  // The same for a caller that has the header's view already: saves a look-up.
  absl::StatusOr<std::optional<std::string>> Body(uint64_t sequence,
                                                  const HeaderView& header) const;

  // With the salt, for a proof.
  absl::StatusOr<std::optional<SaltedBody>> BodyWithSalt(uint64_t sequence) const;

  // A body as it is stored; nothing when it was erased.
  absl::StatusOr<std::optional<std::string_view>> BodyValue(uint64_t sequence) const;

  // Every event with from <= sequence <= to, in order, until `visit` says false. The view passed is
  // valid until the snapshot ends.
  absl::Status ScanHeaders(uint64_t from, uint64_t to,
                           absl::FunctionRef<bool(uint64_t, const HeaderView&)> visit) const;

  // The sequence of the event with this id (16 bytes).
  absl::StatusOr<std::optional<uint64_t>> FindById(std::string_view event_id) const;
  // The last sequence recorded at or before `time_us`; 0 when there is none.
  absl::StatusOr<uint64_t> LastAtOrBefore(uint64_t time_us) const;

  // Version of the stream's last event; nothing when it has none.
  absl::StatusOr<std::optional<uint64_t>> StreamVersion(std::string_view stream) const;
  // Sequences of the stream's events from that version on, in order.
  absl::StatusOr<std::vector<uint64_t>> StreamSequences(std::string_view stream,
                                                        uint64_t from_version = 0) const;

  // Annotations and articles whose id in hex begins with `hex_prefix` (also of odd length), in
  // order of id, at most `limit`. kInvalidArgument when it is not hex.
  absl::StatusOr<std::vector<AnnotationHit>> FindAnnotations(std::string_view hex_prefix,
                                                             size_t limit) const;
  absl::StatusOr<std::vector<std::string>> FindArticles(std::string_view hex_prefix,
                                                        size_t limit) const;
  // Every article with the sequence of its stream's first event, in order of id.
  absl::Status ScanArticles(
      absl::FunctionRef<bool(std::string_view article, uint64_t first_sequence)> visit) const;

  // The article (16 bytes) that was first known under this canonical URL.
  absl::StatusOr<std::optional<std::string>> FindByUrl(std::string_view canonical_url) const;
  // Articles with a revision of this content key (32 bytes), in order of id.
  absl::StatusOr<std::vector<ContentHit>> FindByContent(std::string_view content_key) const;
  // The SourceCaptured that holds the original bytes with this SHA-256.
  absl::StatusOr<std::optional<uint64_t>> FindSource(std::string_view content_sha256) const;

  // Erased articles that left this mark (16 bytes, see ContentErased.refused), in order of id.
  absl::StatusOr<std::vector<RefusedHit>> FindRefused(std::string_view mark) const;

  // The sketch of every revision's text that is long enough for one, oldest first, until `visit`
  // says false: a sequential read of some 160 bytes each.
  absl::Status ScanSketches(absl::FunctionRef<bool(const SketchHit&)> visit) const;

  // Serialized verbatim.v1.IngestCursor of an input.
  absl::StatusOr<std::optional<std::string>> Cursor(std::string_view input) const;

  // For rooms that read the databases themselves (verify).
  const store::ReadTxn& txn() const { return txn_; }
  const LogDbs& dbs() const { return dbs_; }

 private:
  friend class EventLog;
  Snapshot(store::ReadTxn txn, const LogDbs& dbs) : txn_(std::move(txn)), dbs_(dbs) {}
  absl::Status LoadHead();
  absl::StatusOr<merkle::Hash> Subtree(unsigned height, uint64_t index) const;

  store::ReadTxn txn_;
  LogDbs dbs_;
  uint64_t head_ = 0;
  // Where the last body was: the next one mostly stands beside it.
  mutable std::optional<store::Cursor> body_place_;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_SNAPSHOT_H_
