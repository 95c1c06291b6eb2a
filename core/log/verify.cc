// SPDX-License-Identifier: Apache-2.0
#include "core/log/verify.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "core/log/log_keys.h"
#include "core/log/stored_body.h"
#include "core/log/verify_checkpoints.h"
#include "core/log/verify_indexes.h"
#include "core/merkle/frontier.h"
#include "core/merkle/proof.h"
#include "core/merkle/tiles.h"
#include "core/store/keys.h"
#include "core/store/page_check.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

constexpr uint64_t kProgressEvents = 4096;
constexpr std::string_view kRestore =
    "restore a backup (`verbatim restore DIR`), or see `verbatim doctor`";
constexpr std::string_view kRebuild = "`verbatim doctor --rebuild-indexes` makes it again";

class Verifier {
 public:
  Verifier(Snapshot snapshot, const VerifyOptions& options)
      : snapshot_(std::move(snapshot)),
        options_(options),
        indexes_(snapshot_, options.level == VerifyLevel::kFull) {}

  VerifyReport Run() {
    const absl::Status status = Check();
    if (!status.ok()) Note({0, std::string(status.message()), std::string(kRestore)});
    return std::move(report_);
  }

 private:
  void Note(Finding finding) {
    // The first bad sequence of the record is what counts, then that of what is derived from it;
    // damage beyond one event is told only without them.
    const auto rank = std::tuple(finding.sequence == 0, finding.derived, finding.sequence);
    if (!report_.whole && rank >= told_) return;
    report_.whole = false;
    told_ = rank;
    report_.first_bad_sequence = finding.sequence;
    report_.what = std::move(finding.what);
    report_.way_out = std::move(finding.way_out);
  }

  absl::Status Check() {
    const LogDbs& dbs = snapshot_.dbs();
    VB_ASSIGN_OR_RETURN(const std::string_view bytes, snapshot_.txn().Get(dbs.meta, kMetaFrontier));
    VB_ASSIGN_OR_RETURN(stored_, merkle::Frontier::Parse(bytes));
    report_.root = base::ToString(stored_.Root());
    VB_RETURN_IF_ERROR(Counts());
    const uint64_t head = stored_.size();
    const uint64_t last_tile = head - head % merkle::kTileWidth;
    uint64_t first = options_.level == VerifyLevel::kQuick ? last_tile + 1 : options_.since;
    first = std::max<uint64_t>(first, 1);
    if (first > head) first = last_tile + 1;
    first -= (first - 1) % merkle::kTileWidth;  // whole tiles
    VB_RETURN_IF_ERROR(TakeTilesBefore(first));
    VB_RETURN_IF_ERROR(Events(first, head));
    VB_RETURN_IF_ERROR(Root(first));
    if (options_.level == VerifyLevel::kFull && first == 1) {
      for (Finding& finding : indexes_.AtTheEnd()) Note(std::move(finding));
    }
    return Checkpoints();
  }

  absl::Status Counts() {
    const LogDbs& dbs = snapshot_.dbs();
    const uint64_t head = stored_.size();
    uint64_t tiles = 0;
    for (uint64_t entries = head / merkle::kTileWidth; entries > 0; entries /= merkle::kTileWidth) {
      tiles += entries;
    }
    const struct {
      std::string_view name;
      store::Db db;
      uint64_t wanted;
      std::string_view way_out;
    } counts[] = {{"events", dbs.events, head, kRestore},
                  {"ids", dbs.ids, head, kRebuild},
                  {"streams", dbs.streams, head, kRebuild},
                  {"tiles", dbs.tiles, tiles, kRebuild}};
    for (const auto& count : counts) {
      VB_ASSIGN_OR_RETURN(const uint64_t found, snapshot_.txn().Count(count.db));
      if (found == count.wanted) continue;
      Note({0,
            fmt::format("`{}` has {} entries, and should have {}", count.name, found, count.wanted),
            std::string(count.way_out)});
    }
    return absl::OkStatus();
  }

  // Read after the tree: what it says of a damaged log is only told when nothing else is.
  absl::Status Checkpoints() {
    if (options_.level == VerifyLevel::kQuick || !report_.whole) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(std::vector<Finding> findings,
                        CheckCheckpoints(snapshot_, options_.level == VerifyLevel::kFull));
    for (Finding& finding : findings) Note(std::move(finding));
    return absl::OkStatus();
  }

  auto TileReader() const {
    return [this](merkle::TileId id) {
      return snapshot_.txn().Find(snapshot_.dbs().tiles, TileKey(id));
    };
  }

  // Leaves before `first` are believed to be what the tiles say.
  absl::Status TakeTilesBefore(uint64_t first) {
    const auto tiles = TileReader();
    for (uint64_t number = 0; number < (first - 1) / merkle::kTileWidth; ++number) {
      VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> tile, tiles({0, number}));
      if (!tile || tile->size() != merkle::kTileBytes) {
        return absl::DataLossError(fmt::format("tile {} of level 0 is missing or cut", number));
      }
      for (uint64_t entry = 0; entry < merkle::kTileWidth; ++entry) {
        computed_.Append(merkle::TileNode(*tile, entry, 0));
      }
    }
    builder_ = merkle::TileBuilder(computed_.size(), {});
    return absl::OkStatus();
  }

  absl::Status Events(uint64_t first, uint64_t head) {
    if (first > head) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(store::Cursor cursor, snapshot_.txn().OpenCursor(snapshot_.dbs().events));
    VB_ASSIGN_OR_RETURN(bool there, cursor.Seek(store::U64Key(first).view()));
    for (uint64_t sequence = first; sequence <= head; ++sequence) {
      if (!there || cursor.entry().key != store::U64Key(sequence).view()) {
        Note({sequence, fmt::format("the header of event {} is missing", sequence),
              std::string(kRestore)});
        return absl::OkStatus();
      }
      VB_RETURN_IF_ERROR(Event(sequence, cursor.entry().value));
      if (options_.progress && sequence % kProgressEvents == 0) options_.progress(sequence, head);
      VB_ASSIGN_OR_RETURN(there, cursor.Next());
    }
    return absl::OkStatus();
  }

  absl::Status Event(uint64_t sequence, std::string_view bytes) {
    ++report_.events;
    VB_RETURN_IF_ERROR(Leaf(sequence, merkle::LeafHash(bytes)));
    const absl::StatusOr<HeaderView> header = HeaderView::Parse(bytes);
    if (!header.ok()) {
      Note({sequence, fmt::format("event {}: {}", sequence, std::string(header.status().message())),
            std::string(kRestore)});
      return absl::OkStatus();
    }
    if (header->recorded_at_us <= recorded_at_us_) {
      Note({sequence, fmt::format("event {} was recorded before the one before it", sequence),
            std::string(kRestore)});
    }
    recorded_at_us_ = header->recorded_at_us;
    for (Finding& finding : indexes_.OfHeader(sequence, *header)) Note(std::move(finding));
    return options_.level == VerifyLevel::kTree ? absl::OkStatus() : Body(sequence, *header);
  }

  absl::Status Body(uint64_t sequence, const HeaderView& header) {
    const absl::StatusOr<std::optional<std::string>> body = StoredBody(snapshot_, sequence, header);
    if (!body.ok()) {
      Note({sequence, std::string(body.status().message()), std::string(kRestore)});
      return absl::OkStatus();
    }
    if (body->has_value()) {
      ++report_.bodies;
      report_.body_bytes += header.body_size;
    } else {
      ++report_.erased;
    }
    for (Finding& finding : indexes_.OfBody(sequence, header, *body)) Note(std::move(finding));
    return absl::OkStatus();
  }

  absl::Status Leaf(uint64_t sequence, const merkle::Hash& leaf) {
    const auto tiles = TileReader();
    computed_.Append(leaf);
    VB_ASSIGN_OR_RETURN(const std::vector<merkle::TileBuilder::Tile> full,
                        builder_.Append(leaf, tiles));
    for (const merkle::TileBuilder::Tile& tile : full) {
      VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored, tiles(tile.id));
      if (stored == std::string_view(tile.bytes) || odd_tile_) continue;
      odd_tile_ = tile.id;
      // Above level 0 a tile differs because one below it does, or by itself.
      const std::string_view other = stored.value_or(std::string_view());
      const auto differs =
          std::mismatch(tile.bytes.begin(), tile.bytes.end(), other.begin(), other.end());
      const auto entry =
          static_cast<uint64_t>(differs.first - tile.bytes.begin()) / merkle::kHashBytes;
      if (tile.id.level == 0) odd_event_ = sequence - merkle::kTileWidth + 1 + entry;
    }
    return absl::OkStatus();
  }

  // The root over the headers decides whether a header or what is derived from it was altered.
  absl::Status Root(uint64_t first) {
    if (computed_.size() != stored_.size()) return absl::OkStatus();  // told already
    if (computed_.Root() == stored_.Root()) {
      if (odd_tile_) {
        Note({0,
              fmt::format("tile {} of level {} is not what the headers give", odd_tile_->number,
                          odd_tile_->level),
              std::string(kRebuild)});
      }
      return absl::OkStatus();
    }
    if (odd_event_ != 0) {
      Note({odd_event_,
            fmt::format("the header of event {} was altered: the tree has another hash of it",
                        odd_event_),
            std::string(kRestore)});
      return absl::OkStatus();
    }
    const auto [begin, end] = OddSubtree();
    Note({std::max(begin, first),
          fmt::format("one of the headers {} to {} was altered, or the tree's frontier: the root "
                      "is another",
                      std::max(begin, first), end),
          std::string(kRestore)});
    return absl::OkStatus();
  }

  // Sequences under the first root of the frontier that differs.
  std::pair<uint64_t, uint64_t> OddSubtree() const {
    const std::string stored = stored_.Serialize();
    const std::string computed = computed_.Serialize();
    const auto differs = std::mismatch(stored.begin(), stored.end(), computed.begin());
    auto left = static_cast<uint64_t>(differs.first - stored.begin() - 8) / merkle::kHashBytes;
    uint64_t begin = 0;
    uint64_t size = stored_.size();
    for (uint64_t subtree = std::bit_floor(size);; subtree = std::bit_floor(size)) {
      if (left-- == 0) return {begin + 1, begin + subtree};
      begin += subtree;
      size -= subtree;
    }
  }

  Snapshot snapshot_;
  const VerifyOptions& options_;
  IndexCheck indexes_;
  VerifyReport report_;
  merkle::Frontier stored_;
  merkle::Frontier computed_;
  merkle::TileBuilder builder_;
  uint64_t recorded_at_us_ = 0;
  std::optional<merkle::TileId> odd_tile_;
  std::tuple<bool, bool, uint64_t> told_;  // rank of what the report says
  uint64_t odd_event_ = 0;                 // whose hash in a tile of level 0 differs first
};

VerifyReport Damaged(const absl::Status& status) {
  VerifyReport report;
  report.whole = false;
  report.what = std::string(status.message());
  report.way_out = kRestore;
  const auto where = store::WhereDamaged(status);
  if (where && (where->database == "events" || where->database == "bodies")) {
    // A key beyond 8 bytes: just after the last one that is sound.
    const uint64_t sequence = store::ReadU64(where->from_key.substr(0, 8)).value_or(1);
    report.first_bad_sequence = where->from_key.size() > 8 ? sequence + 1 : sequence;
  }
  return report;
}

}  // namespace

absl::StatusOr<VerifyReport> Verify(const EventLog& log, const VerifyOptions& options) {
  // The pages first: LMDB trusts them, and would crash on what this finds.
  VB_ASSIGN_OR_RETURN(store::ReadTxn pages, log.env().BeginRead());
  const absl::Status sound =
      log.env().CheckPages(pages, options.level == VerifyLevel::kQuick ? store::PageDepth::kRoots
                                                                       : store::PageDepth::kAll);
  if (absl::IsDataLoss(sound)) return Damaged(sound);
  VB_RETURN_IF_ERROR(sound);
  absl::StatusOr<Snapshot> snapshot = log.SnapshotOf(std::move(pages));
  if (absl::IsDataLoss(snapshot.status()) || absl::IsNotFound(snapshot.status())) {
    return Damaged(snapshot.status());
  }
  VB_RETURN_IF_ERROR(snapshot.status());
  return Verifier(*std::move(snapshot), options).Run();
}

}  // namespace verbatim::log
