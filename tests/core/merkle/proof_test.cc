// SPDX-License-Identifier: Apache-2.0
// Every proof of every small tree, against the naive tree; and nothing else is accepted.
#include "core/merkle/proof.h"

#include <gtest/gtest.h>

#include "tests/core/merkle/naive_tree.h"

namespace verbatim::merkle {
namespace {

constexpr size_t kLeaves = 40;

TEST(Proof, OfEveryLeafInEveryTreeIsThatOfTheRfcAndHolds) {
  const Leaves all = MakeLeaves(kLeaves);
  for (size_t size = 1; size <= kLeaves; ++size) {
    const Leaves leaves = Slice(all, 0, size);
    const Hash root = NaiveRoot(leaves);
    EXPECT_EQ(RootOf(size, NaiveReader(leaves)).value(), root);
    for (size_t leaf = 0; leaf < size; ++leaf) {
      const Proof proof = InclusionProof(leaf, size, NaiveReader(leaves)).value();
      EXPECT_EQ(proof, NaivePath(leaf, leaves));
      EXPECT_TRUE(CheckInclusion(leaf, size, LeafHash(leaves[leaf]), proof, root).ok());
    }
  }
}

TEST(Proof, OfEveryEarlierTreeIsThatOfTheRfcAndHolds) {
  const Leaves all = MakeLeaves(kLeaves);
  for (size_t size = 1; size <= kLeaves; ++size) {
    const Leaves leaves = Slice(all, 0, size);
    const Hash root = NaiveRoot(leaves);
    for (size_t old_size = 0; old_size <= size; ++old_size) {
      const Hash old_root = NaiveRoot(Slice(leaves, 0, old_size));
      const Proof proof = ConsistencyProof(old_size, size, NaiveReader(leaves)).value();
      if (old_size > 0) {
        EXPECT_EQ(proof, NaiveSubProof(old_size, leaves, true));
      }
      EXPECT_TRUE(CheckConsistency(old_size, size, old_root, root, proof).ok())
          << old_size << " of " << size;
    }
  }
}

constexpr size_t kManyLeaves = 400;

TEST(Proof, OfEveryLeafInEveryTreeToSomeHundredLeavesHolds) {
  const Leaves leaves = MakeLeaves(kManyLeaves);
  NaiveTree tree(leaves);
  const auto reader = [&tree](unsigned height, uint64_t i) { return tree.Subtree(height, i); };
  for (size_t size = 1; size <= kManyLeaves; ++size) {
    const Hash root = tree.Root(0, size);
    for (size_t leaf = 0; leaf < size; ++leaf) {
      const Proof proof = InclusionProof(leaf, size, reader).value();
      ASSERT_EQ(proof, tree.Path(leaf, 0, size)) << leaf << " of " << size;
      ASSERT_TRUE(CheckInclusion(leaf, size, LeafHash(leaves[leaf]), proof, root).ok())
          << leaf << " of " << size;
    }
  }
}

TEST(Proof, OfEveryEarlierTreeToSomeHundredLeavesHolds) {
  NaiveTree tree(MakeLeaves(kManyLeaves));
  const auto reader = [&tree](unsigned height, uint64_t i) { return tree.Subtree(height, i); };
  for (size_t size = 1; size <= kManyLeaves; ++size) {
    for (size_t old_size = 1; old_size <= size; ++old_size) {
      const Proof proof = ConsistencyProof(old_size, size, reader).value();
      ASSERT_EQ(proof, tree.SubProof(old_size, 0, size, true)) << old_size << " of " << size;
      ASSERT_TRUE(
          CheckConsistency(old_size, size, tree.Root(0, old_size), tree.Root(0, size), proof).ok())
          << old_size << " of " << size;
    }
  }
}

TEST(Proof, NoProofHoldsForAnotherPlaceOrSize) {
  constexpr size_t kSizes = 70;
  const Leaves leaves = MakeLeaves(kSizes);
  NaiveTree tree(leaves);
  const auto reader = [&tree](unsigned height, uint64_t i) { return tree.Subtree(height, i); };
  for (size_t size = 1; size <= kSizes; ++size) {
    const Hash root = tree.Root(0, size);
    for (size_t leaf = 0; leaf < size; ++leaf) {
      const Hash hash = LeafHash(leaves[leaf]);
      const Proof proof = InclusionProof(leaf, size, reader).value();
      for (size_t other = 0; other < size; ++other) {
        ASSERT_EQ(CheckInclusion(other, size, hash, proof, root).ok(), other == leaf);
      }
    }
  }
}

// The paths and the earlier-tree proofs that RFC 6962 draws for its tree of seven leaves (section
// 2.1.3), by the names that it gives the nodes.
TEST(Proof, TheTreeOfTheRfcHasItsProofs) {
  const Leaves leaves = MakeLeaves(7);
  NaiveTree tree(leaves);
  const auto reader = [&tree](unsigned height, uint64_t i) { return tree.Subtree(height, i); };
  const auto leaf = [&](size_t i) { return LeafHash(leaves[i]); };
  const Hash a = leaf(0), b = leaf(1), c = leaf(2), d = leaf(3), e = leaf(4), f = leaf(5);
  const Hash g = NodeHash(a, b), h = NodeHash(c, d), i = NodeHash(e, f), j = leaf(6);
  const Hash k = NodeHash(g, h), l = NodeHash(i, j);
  EXPECT_EQ(RootOf(7, reader).value(), NodeHash(k, l));
  EXPECT_EQ(InclusionProof(0, 7, reader).value(), (Proof{b, h, l}));
  EXPECT_EQ(InclusionProof(3, 7, reader).value(), (Proof{c, g, l}));
  EXPECT_EQ(InclusionProof(4, 7, reader).value(), (Proof{f, j, k}));
  EXPECT_EQ(InclusionProof(6, 7, reader).value(), (Proof{i, k}));
  EXPECT_EQ(ConsistencyProof(3, 7, reader).value(), (Proof{c, d, g, l}));
  EXPECT_EQ(ConsistencyProof(4, 7, reader).value(), (Proof{l}));
  EXPECT_EQ(ConsistencyProof(6, 7, reader).value(), (Proof{i, j, k}));
}

// A proof with each byte changed in turn, one hash more, and one less.
std::vector<Proof> Forgeries(const Proof& proof) {
  std::vector<Proof> forgeries;
  for (size_t i = 0; i < proof.size(); ++i) {
    for (const size_t byte : {0U, 13U, 31U}) {
      forgeries.push_back(proof);
      forgeries.back()[i][byte] ^= 0x40;
    }
  }
  forgeries.push_back(proof);
  forgeries.back().push_back(EmptyRoot());
  if (!proof.empty()) {
    forgeries.push_back(proof);
    forgeries.back().pop_back();
  }
  return forgeries;
}

TEST(Proof, ForgedInclusionIsRefused) {
  const Leaves leaves = MakeLeaves(21);
  const Hash root = NaiveRoot(leaves);
  for (size_t leaf = 0; leaf < leaves.size(); ++leaf) {
    const Hash hash = LeafHash(leaves[leaf]);
    const Proof proof = InclusionProof(leaf, leaves.size(), NaiveReader(leaves)).value();
    for (const Proof& forgery : Forgeries(proof)) {
      EXPECT_FALSE(CheckInclusion(leaf, leaves.size(), hash, forgery, root).ok());
    }
    EXPECT_FALSE(CheckInclusion(leaf, leaves.size(), LeafHash("other"), proof, root).ok());
    for (size_t other = 0; other < leaves.size() + 2; ++other) {
      EXPECT_EQ(CheckInclusion(other, leaves.size(), hash, proof, root).ok(), other == leaf);
    }
  }
}

TEST(Proof, ForgedConsistencyIsRefused) {
  const Leaves leaves = MakeLeaves(21);
  const Hash root = NaiveRoot(leaves);
  for (size_t old_size = 1; old_size <= leaves.size(); ++old_size) {
    const Hash old_root = NaiveRoot(Slice(leaves, 0, old_size));
    const Proof proof = ConsistencyProof(old_size, leaves.size(), NaiveReader(leaves)).value();
    for (const Proof& forgery : Forgeries(proof)) {
      EXPECT_FALSE(CheckConsistency(old_size, leaves.size(), old_root, root, forgery).ok());
    }
    EXPECT_FALSE(CheckConsistency(old_size, leaves.size(), LeafHash("x"), root, proof).ok());
    EXPECT_FALSE(CheckConsistency(old_size, leaves.size(), old_root, LeafHash("x"), proof).ok());
  }
}

TEST(Proof, OfWhatIsNotThereIsRefused) {
  const Leaves leaves = MakeLeaves(3);
  EXPECT_TRUE(absl::IsInvalidArgument(InclusionProof(3, 3, NaiveReader(leaves)).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(ConsistencyProof(4, 3, NaiveReader(leaves)).status()));
  EXPECT_EQ(RootOf(0, NaiveReader(leaves)).value(), EmptyRoot());
}

}  // namespace
}  // namespace verbatim::merkle
