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
