// SPDX-License-Identifier: Apache-2.0
// RFC 6962, section 2.1, written down word for word over all leaves at once: the oracle.
#ifndef VERBATIM_TESTS_CORE_MERKLE_NAIVE_TREE_H_
#define VERBATIM_TESTS_CORE_MERKLE_NAIVE_TREE_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/hex.h"
#include "core/merkle/hash.h"
#include "core/merkle/proof.h"

namespace verbatim::merkle {

using Leaves = std::vector<std::string>;

inline Leaves Slice(const Leaves& leaves, size_t begin, size_t end) {
  return {leaves.begin() + static_cast<long>(begin), leaves.begin() + static_cast<long>(end)};
}

// k: the largest power of two smaller than n.
inline size_t SplitOf(size_t n) {
  size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

// MTH(D[n]).
inline Hash NaiveRoot(const Leaves& leaves) {
  if (leaves.empty()) return base::Sha256("");
  if (leaves.size() == 1) return base::Sha256({std::string_view("\0", 1), leaves[0]});
  const size_t k = SplitOf(leaves.size());
  const Hash left = NaiveRoot(Slice(leaves, 0, k));
  const Hash right = NaiveRoot(Slice(leaves, k, leaves.size()));
  return base::Sha256({"\x01", base::AsView(left), base::AsView(right)});
}

// PATH(m, D[n]).
inline Proof NaivePath(size_t m, const Leaves& leaves) {
  if (leaves.size() == 1) return {};
  const size_t k = SplitOf(leaves.size());
  const Leaves left = Slice(leaves, 0, k);
  const Leaves right = Slice(leaves, k, leaves.size());
  Proof path = m < k ? NaivePath(m, left) : NaivePath(m - k, right);
  path.push_back(NaiveRoot(m < k ? right : left));
  return path;
}

// SUBPROOF(m, D[n], b).
inline Proof NaiveSubProof(size_t m, const Leaves& leaves, bool b) {
  if (m == leaves.size()) return b ? Proof() : Proof{NaiveRoot(leaves)};
  const size_t k = SplitOf(leaves.size());
  const Leaves left = Slice(leaves, 0, k);
  const Leaves right = Slice(leaves, k, leaves.size());
  Proof proof = m <= k ? NaiveSubProof(m, left, b) : NaiveSubProof(m - k, right, false);
  proof.push_back(NaiveRoot(m <= k ? right : left));
  return proof;
}

// The same, each range of leaves hashed once: for trees of some hundred leaves.
class NaiveTree {
 public:
  explicit NaiveTree(Leaves leaves) : leaves_(std::move(leaves)) {}

  // MTH(D[begin:end]).
  const Hash& Root(size_t begin, size_t end) {
    const auto found = roots_.find({begin, end});
    if (found != roots_.end()) return found->second;
    Hash root;
    if (end - begin < 2) {
      root = NaiveRoot(Slice(leaves_, begin, end));
    } else {
      const size_t middle = begin + SplitOf(end - begin);
      root = base::Sha256(
          {"\x01", base::AsView(Root(begin, middle)), base::AsView(Root(middle, end))});
    }
    return roots_.emplace(std::make_pair(begin, end), root).first->second;
  }

  // PATH(m, D[begin:end]), m counted from the tree's first leaf.
  Proof Path(size_t m, size_t begin, size_t end) {
    if (end - begin == 1) return {};
    const size_t middle = begin + SplitOf(end - begin);
    Proof path = m < middle ? Path(m, begin, middle) : Path(m, middle, end);
    path.push_back(m < middle ? Root(middle, end) : Root(begin, middle));
    return path;
  }

  // SUBPROOF(m, D[begin:end], b), m counted from the tree's first leaf.
  Proof SubProof(size_t m, size_t begin, size_t end, bool b) {
    if (m == end) return b ? Proof() : Proof{Root(begin, end)};
    const size_t middle = begin + SplitOf(end - begin);
    Proof proof = m <= middle ? SubProof(m, begin, middle, b) : SubProof(m, middle, end, false);
    proof.push_back(m <= middle ? Root(middle, end) : Root(begin, middle));
    return proof;
  }

  // Any perfect subtree, as the proofs read it.
  absl::StatusOr<Hash> Subtree(unsigned height, uint64_t index) {
    return Root(index << height, (index + 1) << height);
  }

 private:
  Leaves leaves_;
  std::map<std::pair<size_t, size_t>, Hash> roots_;
};

// Any perfect subtree, from the leaves.
inline auto NaiveReader(const Leaves& leaves) {
  return [&leaves](unsigned height, uint64_t index) -> absl::StatusOr<Hash> {
    const size_t begin = index << height;
    const size_t end = begin + (size_t{1} << height);
    if (end > leaves.size())
      return absl::InternalError("a subtree beyond the leaves was asked for");
    return NaiveRoot(Slice(leaves, begin, end));
  };
}

inline Leaves MakeLeaves(size_t count) {
  Leaves leaves;
  for (size_t i = 0; i < count; ++i) leaves.push_back("leaf " + std::to_string(i));
  return leaves;
}

}  // namespace verbatim::merkle

#endif  // VERBATIM_TESTS_CORE_MERKLE_NAIVE_TREE_H_
