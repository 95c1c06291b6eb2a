// SPDX-License-Identifier: Apache-2.0
// Tiles, as C2SP tlog-tiles cuts the tree: a tile holds 256 hashes of one level, and its root is
// one hash of the tile above. Only full tiles are kept; what stands right of them is recomputed
// from the leaves, of which there are at most 255.
#ifndef VERBATIM_CORE_MERKLE_TILES_H_
#define VERBATIM_CORE_MERKLE_TILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/base/status.h"
#include "core/merkle/hash.h"
#include "core/merkle/proof.h"

namespace verbatim::merkle {

inline constexpr unsigned kTileHeight = 8;
inline constexpr uint64_t kTileWidth = uint64_t{1} << kTileHeight;
inline constexpr size_t kTileBytes = kTileWidth * kHashBytes;

struct TileId {
  unsigned level = 0;   // 0: leaf hashes
  uint64_t number = 0;  // from the left
  friend bool operator==(const TileId&, const TileId&) = default;
};

// Root of the perfect subtree over the tile's entries begin .. begin + 2^height.
Hash TileNode(std::string_view tile, uint64_t begin, unsigned height);

// The bytes of a full tile, or nothing when it isn't there (yet). Views live until the next call.
using TileReader = absl::FunctionRef<absl::StatusOr<std::optional<std::string_view>>(TileId)>;
using LeafReader = absl::FunctionRef<absl::StatusOr<Hash>(uint64_t leaf)>;

// Reads any perfect subtree from full tiles, and from leaves where there is none. kDataLoss when a
// tile has a wrong length. The readers must outlive it.
class TiledTree {
 public:
  TiledTree(TileReader tiles, LeafReader leaves) : tiles_(tiles), leaves_(leaves) {}
  absl::StatusOr<Hash> Subtree(unsigned height, uint64_t index) const;

 private:
  TileReader tiles_;
  LeafReader leaves_;
};

// Collects leaf hashes and gives out tiles as they fill up.
class TileBuilder {
 public:
  struct Tile {
    TileId id;
    std::string bytes;
  };

  TileBuilder() = default;
  // Over a tree that has `size` leaves, of which these are the last size % 256.
  TileBuilder(uint64_t size, std::vector<Hash> pending_leaves);

  // The tiles that this leaf fills: none, or the one at level 0, or also those above it. `tiles`
  // reads tiles given out earlier, needed once after a builder was made over an existing tree.
  absl::StatusOr<std::vector<Tile>> Append(const Hash& leaf, TileReader tiles);

 private:
  absl::Status FillLevel(unsigned level, uint64_t entries, TileReader tiles);

  uint64_t size_ = 0;
  // Hashes of the tile that is being filled, a level each. Levels above 0 may lack hashes from
  // before this builder was made, until FillLevel reads them.
  std::vector<std::string> pending_ = {std::string()};
};

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_TILES_H_
