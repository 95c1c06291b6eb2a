// SPDX-License-Identifier: Apache-2.0
// The half of Snapshot that reads the tree: roots, proofs, signed checkpoints, and the salts that
// bind bodies to it.
#include "core/log/body_value.h"
#include "core/log/log_keys.h"
#include "core/log/snapshot.h"
#include "core/log/stored_body.h"
#include "core/merkle/frontier.h"
#include "core/merkle/tiles.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

absl::Status NoSuchSize(uint64_t size, uint64_t head) {
  return absl::NotFoundError(fmt::format("the log has {} events, not {}", head, size));
}

absl::Status NoSize() {
  return absl::DataLossError("a stored checkpoint has no size; run `verbatim verify`");
}

}  // namespace

absl::StatusOr<merkle::Hash> Snapshot::Subtree(unsigned height, uint64_t index) const {
  const auto tiles = [this](merkle::TileId id) { return txn_.Find(dbs_.tiles, TileKey(id)); };
  const auto leaves = [this](uint64_t leaf) -> absl::StatusOr<merkle::Hash> {
    VB_ASSIGN_OR_RETURN(const std::string_view header, RawHeader(leaf + 1));
    return merkle::LeafHash(header);
  };
  return merkle::TiledTree(tiles, leaves).Subtree(height, index);
}

absl::StatusOr<base::Digest> Snapshot::RootAt(uint64_t size) const {
  if (size > head_) return NoSuchSize(size, head_);
  if (size == head_) {
    VB_ASSIGN_OR_RETURN(const std::string_view bytes, txn_.Get(dbs_.meta, kMetaFrontier));
    VB_ASSIGN_OR_RETURN(const merkle::Frontier frontier, merkle::Frontier::Parse(bytes));
    return frontier.Root();
  }
  return merkle::RootOf(size,
                        [this](unsigned height, uint64_t index) { return Subtree(height, index); });
}

absl::StatusOr<merkle::Proof> Snapshot::InclusionProof(uint64_t sequence, uint64_t size) const {
  if (size > head_) return NoSuchSize(size, head_);
  if (sequence == 0 || sequence > size) {
    return absl::NotFoundError(
        fmt::format("event {} is not among the first {} of the log", sequence, size));
  }
  return merkle::InclusionProof(sequence - 1, size, [this](unsigned height, uint64_t index) {
    return Subtree(height, index);
  });
}

absl::StatusOr<merkle::Proof> Snapshot::ConsistencyProof(uint64_t old_size, uint64_t size) const {
  if (size > head_) return NoSuchSize(size, head_);
  return merkle::ConsistencyProof(
      old_size, size, [this](unsigned height, uint64_t index) { return Subtree(height, index); });
}

absl::StatusOr<std::optional<SaltedBody>> Snapshot::BodyWithSalt(uint64_t sequence) const {
  VB_ASSIGN_OR_RETURN(const HeaderView header, View(sequence));
  VB_ASSIGN_OR_RETURN(std::optional<std::string> body, StoredBody(*this, sequence, header));
  if (!body) return std::optional<SaltedBody>();
  VB_ASSIGN_OR_RETURN(const std::string_view value,
                      txn_.Get(dbs_.bodies, store::U64Key(sequence).view()));
  return SaltedBody{std::string(SaltOf(value)), *std::move(body)};
}

absl::Status Snapshot::ScanCheckpoints(
    absl::FunctionRef<bool(uint64_t size, std::string_view note)> visit) const {
  absl::Status damaged;
  VB_RETURN_IF_ERROR(txn_.Scan(dbs_.checkpoints, {}, std::nullopt, [&](const store::Entry& entry) {
    const std::optional<uint64_t> size = store::ReadU64(entry.key);
    if (!size) damaged = NoSize();
    return size && visit(*size, entry.value);
  }));
  return damaged;
}

absl::StatusOr<std::optional<StoredCheckpoint>> Snapshot::LatestCheckpoint() const {
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(dbs_.checkpoints));
  VB_ASSIGN_OR_RETURN(const bool there, cursor.Last());
  if (!there) return std::optional<StoredCheckpoint>();
  const std::optional<uint64_t> size = store::ReadU64(cursor.entry().key);
  if (!size) return NoSize();
  return StoredCheckpoint{*size, std::string(cursor.entry().value)};
}

}  // namespace verbatim::log
