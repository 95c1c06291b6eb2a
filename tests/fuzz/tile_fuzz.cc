// SPDX-License-Identifier: Apache-2.0
// Tiles and frontiers of any bytes; and of leaves, that the tiles give the root of the frontier.
#include <map>
#include <optional>
#include <string>

#include "core/merkle/frontier.h"
#include "core/merkle/hash.h"
#include "core/merkle/proof.h"
#include "core/merkle/tiles.h"
#include "tests/fuzz/fuzz.h"

namespace verbatim::fuzz {
namespace {

// What is stored is what the input says, of whatever length.
void ForeignTiles(std::string_view bytes) {
  const uint64_t size = uint64_t{Take(bytes)} << 8 | Take(bytes);
  const bool whole = Take(bytes) % 2 == 0;
  std::string stored(bytes);
  if (whole) stored.resize(merkle::kTileBytes, 't');
  const auto tiles = [&](merkle::TileId) -> absl::StatusOr<std::optional<std::string_view>> {
    return std::optional<std::string_view>(stored);
  };
  const auto leaves = [&](uint64_t leaf) -> absl::StatusOr<merkle::Hash> {
    return merkle::LeafHash(std::to_string(leaf));
  };
  const merkle::TiledTree tree(tiles, leaves);
  merkle::RootOf(size, [&](unsigned height, uint64_t index) {
    return tree.Subtree(height, index);
  }).IgnoreError();
  merkle::TileBuilder builder(size, std::vector<merkle::Hash>(size % merkle::kTileWidth));
  for (int i = 0; i < 300; ++i) {
    if (!builder.Append(merkle::LeafHash("x"), tiles).ok()) break;
  }
}

void OwnTiles(std::string_view bytes) {
  const uint64_t size = (uint64_t{Take(bytes)} << 2) + Take(bytes);
  std::map<std::pair<unsigned, uint64_t>, std::string> kept;
  std::vector<merkle::Hash> hashes;
  const auto tiles = [&](merkle::TileId id) -> absl::StatusOr<std::optional<std::string_view>> {
    const auto found = kept.find({id.level, id.number});
    if (found == kept.end()) return std::optional<std::string_view>();
    return std::optional<std::string_view>(found->second);
  };
  const auto leaves = [&](uint64_t leaf) -> absl::StatusOr<merkle::Hash> { return hashes[leaf]; };
  merkle::TileBuilder builder;
  merkle::Frontier frontier;
  for (uint64_t i = 0; i < size; ++i) {
    hashes.push_back(merkle::LeafHash(std::string(bytes) + std::to_string(i)));
    const auto full = builder.Append(hashes.back(), tiles);
    VB_CHECK(full.ok(), "own tiles are sound");
    for (const auto& tile : *full) {
      kept[{tile.id.level, tile.id.number}] = tile.bytes;
    }
    frontier.Append(hashes.back());
  }
  const merkle::TiledTree tree(tiles, leaves);
  const auto root = merkle::RootOf(
      size, [&](unsigned height, uint64_t index) { return tree.Subtree(height, index); });
  VB_CHECK(*root == frontier.Root(), "tiles and frontier agree");
}

}  // namespace

void Run(std::string_view bytes) {
  if (const auto frontier = merkle::Frontier::Parse(bytes); frontier.ok()) {
    VB_CHECK(frontier->Serialize() == bytes, "one writing of a frontier");
    frontier->Root();
  }
  Take(bytes) % 4 == 0 ? OwnTiles(bytes) : ForeignTiles(bytes);
}

}  // namespace verbatim::fuzz
