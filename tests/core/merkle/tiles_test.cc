// SPDX-License-Identifier: Apache-2.0
// Tiles: cut where C2SP tlog-tiles cuts, whole trees read back from them.
#include "core/merkle/tiles.h"

#include <gtest/gtest.h>

#include <map>

#include "core/merkle/frontier.h"
#include "tests/core/merkle/naive_tree.h"

namespace verbatim::merkle {
namespace {

class TilesTest : public ::testing::Test {
 protected:
  using Stored = std::map<std::pair<unsigned, uint64_t>, std::string>;

  auto Reader() {
    return [this](TileId id) -> absl::StatusOr<std::optional<std::string_view>> {
      const auto tile = stored_.find({id.level, id.number});
      if (tile == stored_.end()) return std::nullopt;
      return std::optional<std::string_view>(tile->second);
    };
  }
  auto LeafHashes() {
    return [this](uint64_t leaf) -> absl::StatusOr<Hash> {
      ++leaves_read_;
      return leaves_.at(leaf);
    };
  }
  void Append(TileBuilder& builder) {
    leaves_.push_back(LeafHash(std::to_string(leaves_.size())));
    frontier_.Append(leaves_.back());
    const auto full = builder.Append(leaves_.back(), Reader());
    ASSERT_TRUE(full.ok()) << full.status();
    for (const TileBuilder::Tile& tile : *full) {
      EXPECT_EQ(tile.bytes.size(), kTileBytes);
      const bool is_new = stored_.insert({{tile.id.level, tile.id.number}, tile.bytes}).second;
      EXPECT_TRUE(is_new);
    }
  }
  absl::StatusOr<Hash> Root(uint64_t size) {
    const auto tiles = Reader();
    const auto leaves = LeafHashes();
    const TiledTree tree(tiles, leaves);
    return RootOf(size, [&](unsigned height, uint64_t i) { return tree.Subtree(height, i); });
  }

  Hash PerfectRoot(uint64_t first, unsigned height) const {
    if (height == 0) return leaves_[first];
    const uint64_t half = uint64_t{1} << (height - 1);
    return NodeHash(PerfectRoot(first, height - 1), PerfectRoot(first + half, height - 1));
  }

  Stored stored_;
  std::vector<Hash> leaves_;
  Frontier frontier_;
  int leaves_read_ = 0;
};

TEST_F(TilesTest, ATileIsTheHashesOfItsLeaves) {
  TileBuilder builder;
  for (int i = 0; i < 256; ++i) Append(builder);
  ASSERT_EQ(stored_.size(), 1u);
  std::string expected;
  for (const Hash& leaf : leaves_) expected.append(base::AsView(leaf));
  EXPECT_EQ(stored_.begin()->second, expected);
  EXPECT_EQ(TileNode(expected, 0, kTileHeight), frontier_.Root());
}

TEST_F(TilesTest, EveryRootComesFromTilesAndFewLeaves) {
  TileBuilder builder;
  std::vector<Hash> roots = {EmptyRoot()};
  for (int i = 0; i < 1000; ++i) {
    Append(builder);
    roots.push_back(frontier_.Root());
  }
  for (uint64_t size = 0; size <= 1000; size += 7) {
    leaves_read_ = 0;
    EXPECT_EQ(Root(size).value(), roots[size]) << size;
    EXPECT_LT(leaves_read_, 256);
  }
}

TEST_F(TilesTest, ABuilderMadeAnewFillsTheLevelsAbove) {
  TileBuilder builder;
  // One tile of level 1 takes 65,536 leaves; the builder is made anew all along.
  for (int i = 0; i < 65'536 + 300; ++i) {
    if (i % 5000 == 0) {
      const size_t pending = leaves_.size() % kTileWidth;
      builder =
          TileBuilder(leaves_.size(), {leaves_.end() - static_cast<long>(pending), leaves_.end()});
    }
    Append(builder);
  }
  EXPECT_EQ(stored_.size(), 257u + 1u);
  EXPECT_EQ(stored_.count({1, 0}), 1u);
  leaves_read_ = 0;
  EXPECT_EQ(Root(leaves_.size()).value(), frontier_.Root());
  EXPECT_LT(leaves_read_, 256);
}

// The layout's own arithmetic: floor(size / 256^(level + 1)) full tiles at a level, each hash the
// root of 256^level leaves.
TEST_F(TilesTest, AreThoseOfTheLayout) {
  TileBuilder builder;
  for (int i = 0; i < 70'000; ++i) Append(builder);
  size_t level_0 = 0;
  for (const auto& [id, tile] : stored_) level_0 += id.first == 0 ? 1 : 0;
  EXPECT_EQ(level_0, 273u);
  EXPECT_EQ(stored_.size() - level_0, 1u);
  EXPECT_EQ(leaves_.size() % kTileWidth, 112u);  // in the partial tile, which isn't kept
  const std::string& above = stored_.at({1, 0});
  for (uint64_t entry = 0; entry < kTileWidth; entry += 51) {
    EXPECT_EQ(HashFrom(std::string_view(above).substr(entry * kHashBytes, kHashBytes)),
              PerfectRoot(entry * kTileWidth, kTileHeight));
  }
}

TEST_F(TilesTest, ACutTileIsDataLoss) {
  TileBuilder builder;
  for (int i = 0; i < 300; ++i) Append(builder);
  stored_.begin()->second.pop_back();
  EXPECT_TRUE(absl::IsDataLoss(Root(300).status()));
}

}  // namespace
}  // namespace verbatim::merkle
