// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/proof.h"

#include <bit>

#include "fmt/format.h"

namespace verbatim::merkle {
namespace {

// Leaves [begin, end): the largest power of two below their number goes left.
uint64_t Split(uint64_t leaves) { return std::bit_floor(leaves - 1); }

absl::StatusOr<Hash> RangeRoot(uint64_t begin, uint64_t end, SubtreeReader reader) {
  const uint64_t leaves = end - begin;
  // A range that begins where the splits put it and has a power of two leaves is perfect.
  if (std::has_single_bit(leaves)) {
    const auto height = static_cast<unsigned>(std::countr_zero(leaves));
    return reader(height, begin >> height);
  }
  const uint64_t middle = begin + Split(leaves);
  VB_ASSIGN_OR_RETURN(const Hash left, RangeRoot(begin, middle, reader));
  VB_ASSIGN_OR_RETURN(const Hash right, RangeRoot(middle, end, reader));
  return NodeHash(left, right);
}

absl::Status Path(uint64_t leaf, uint64_t begin, uint64_t end, SubtreeReader reader, Proof& proof) {
  if (end - begin == 1) return absl::OkStatus();
  const uint64_t middle = begin + Split(end - begin);
  const bool left = leaf < middle;
  VB_RETURN_IF_ERROR(left ? Path(leaf, begin, middle, reader, proof)
                          : Path(leaf, middle, end, reader, proof));
  VB_ASSIGN_OR_RETURN(const Hash sibling,
                      left ? RangeRoot(middle, end, reader) : RangeRoot(begin, middle, reader));
  proof.push_back(sibling);
  return absl::OkStatus();
}

// SUBPROOF of RFC 6962; `known`: the verifier has the old root, which is that of [begin, end).
absl::Status SubProof(uint64_t old_size, uint64_t begin, uint64_t end, bool known,
                      SubtreeReader reader, Proof& proof) {
  if (old_size == end) {
    if (known) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const Hash root, RangeRoot(begin, end, reader));
    proof.push_back(root);
    return absl::OkStatus();
  }
  const uint64_t middle = begin + Split(end - begin);
  const bool left = old_size <= middle;
  VB_RETURN_IF_ERROR(left ? SubProof(old_size, begin, middle, known, reader, proof)
                          : SubProof(old_size, middle, end, false, reader, proof));
  VB_ASSIGN_OR_RETURN(const Hash sibling,
                      left ? RangeRoot(middle, end, reader) : RangeRoot(begin, middle, reader));
  proof.push_back(sibling);
  return absl::OkStatus();
}

absl::Status Wrong(const char* why) {
  return absl::InvalidArgumentError(fmt::format("not proved: {}", why));
}

}  // namespace

absl::StatusOr<Hash> RootOf(uint64_t size, SubtreeReader reader) {
  if (size == 0) return EmptyRoot();
  return RangeRoot(0, size, reader);
}

absl::StatusOr<Proof> InclusionProof(uint64_t leaf, uint64_t size, SubtreeReader reader) {
  if (leaf >= size) {
    return absl::InvalidArgumentError(
        fmt::format("leaf {} is not among the {} leaves of the tree", leaf, size));
  }
  Proof proof;
  VB_RETURN_IF_ERROR(Path(leaf, 0, size, reader, proof));
  return proof;
}

absl::StatusOr<Proof> ConsistencyProof(uint64_t old_size, uint64_t size, SubtreeReader reader) {
  if (old_size > size) {
    return absl::InvalidArgumentError(
        fmt::format("a tree of {} leaves cannot begin with one of {}", size, old_size));
  }
  Proof proof;
  if (old_size == 0 || old_size == size) return proof;
  VB_RETURN_IF_ERROR(SubProof(old_size, 0, size, true, reader, proof));
  return proof;
}

absl::Status CheckInclusion(uint64_t leaf, uint64_t size, const Hash& leaf_hash, const Proof& proof,
                            const Hash& root) {
  if (leaf >= size) return Wrong("the leaf lies outside the tree");
  uint64_t node = leaf;
  uint64_t last = size - 1;
  Hash hash = leaf_hash;
  for (const Hash& sibling : proof) {
    if (last == 0) return Wrong("the proof is too long");
    if ((node & 1) != 0 || node == last) {
      hash = NodeHash(sibling, hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = NodeHash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return Wrong("the proof is too short");
  if (hash != root) return Wrong("the leaf and the proof give another root");
  return absl::OkStatus();
}

absl::Status CheckConsistency(uint64_t old_size, uint64_t size, const Hash& old_root,
                              const Hash& root, const Proof& proof) {
  if (old_size > size) return Wrong("the old tree is larger");
  if (old_size == size || old_size == 0) {
    if (!proof.empty()) return Wrong("the proof is too long");
    const bool same = old_size == 0 ? old_root == EmptyRoot() : old_root == root;
    return same ? absl::OkStatus() : Wrong("the roots differ");
  }
  // Where the old tree is perfect, its root is the first step, and not sent.
  Proof path;
  if (std::has_single_bit(old_size)) path.push_back(old_root);
  path.insert(path.end(), proof.begin(), proof.end());
  if (path.empty()) return Wrong("the proof is too short");
  uint64_t node = old_size - 1;
  uint64_t last = size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Hash old_hash = path.front();
  Hash hash = path.front();
  for (size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return Wrong("the proof is too long");
    if ((node & 1) != 0 || node == last) {
      old_hash = NodeHash(path[i], old_hash);
      hash = NodeHash(path[i], hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = NodeHash(hash, path[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return Wrong("the proof is too short");
  if (old_hash != old_root) return Wrong("the proof gives another old root");
  if (hash != root) return Wrong("the proof gives another root");
  return absl::OkStatus();
}

}  // namespace verbatim::merkle
