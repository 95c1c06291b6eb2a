// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/tiles.h"

#include "core/base/check.h"
#include "fmt/format.h"

namespace verbatim::merkle {
namespace {

absl::Status CheckLength(TileId id, std::string_view tile) {
  if (tile.size() == kTileBytes) return absl::OkStatus();
  return absl::DataLossError(fmt::format("tile {} of level {} has {} bytes, not {}", id.number,
                                         id.level, tile.size(), kTileBytes));
}

}  // namespace

Hash TileNode(std::string_view tile, uint64_t begin, unsigned height) {
  VB_CHECK(height <= kTileHeight && (begin + (uint64_t{1} << height)) * kHashBytes <= tile.size(),
           "a node lies within its tile");
  if (height == 0) return HashFrom(tile.substr(begin * kHashBytes, kHashBytes));
  const uint64_t half = uint64_t{1} << (height - 1);
  return NodeHash(TileNode(tile, begin, height - 1), TileNode(tile, begin + half, height - 1));
}

absl::StatusOr<Hash> TiledTree::Subtree(unsigned height, uint64_t index) const {
  const unsigned above = height % kTileHeight;
  const uint64_t first = index << above;
  const TileId id{height / kTileHeight, first / kTileWidth};
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> tile, tiles_(id));
  if (tile) {
    VB_RETURN_IF_ERROR(CheckLength(id, *tile));
    return TileNode(*tile, first % kTileWidth, above);
  }
  if (height == 0) return leaves_(index);
  VB_ASSIGN_OR_RETURN(const Hash left, Subtree(height - 1, 2 * index));
  VB_ASSIGN_OR_RETURN(const Hash right, Subtree(height - 1, 2 * index + 1));
  return NodeHash(left, right);
}

TileBuilder::TileBuilder(uint64_t size, std::vector<Hash> pending_leaves) : size_(size) {
  VB_CHECK(pending_leaves.size() == size % kTileWidth, "the leaves right of the last full tile");
  for (const Hash& leaf : pending_leaves) pending_[0].append(base::AsView(leaf));
}

absl::Status TileBuilder::FillLevel(unsigned level, uint64_t entries, TileReader tiles) {
  if (pending_.size() <= level) pending_.resize(level + 1);
  const uint64_t wanted = entries % kTileWidth;
  if (pending_[level].size() == wanted * kHashBytes) return absl::OkStatus();
  pending_[level].clear();
  for (uint64_t number = entries - wanted; number < entries; ++number) {
    const TileId below{level - 1, number};
    VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> tile, tiles(below));
    if (!tile) {
      return absl::DataLossError(fmt::format("tile {} of level {} is missing", number, level - 1));
    }
    VB_RETURN_IF_ERROR(CheckLength(below, *tile));
    pending_[level].append(base::AsView(TileNode(*tile, 0, kTileHeight)));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<TileBuilder::Tile>> TileBuilder::Append(const Hash& leaf,
                                                                   TileReader tiles) {
  std::vector<Tile> full;
  uint64_t entries = ++size_;
  Hash hash = leaf;
  for (unsigned level = 0;; ++level) {
    if (level > 0) VB_RETURN_IF_ERROR(FillLevel(level, entries - 1, tiles));
    std::string& pending = pending_[level];
    pending.append(base::AsView(hash));
    if (entries % kTileWidth != 0) return full;
    entries /= kTileWidth;
    full.push_back({{level, entries - 1}, std::move(pending)});
    pending.clear();
    hash = TileNode(full.back().bytes, 0, kTileHeight);
  }
}

}  // namespace verbatim::merkle
