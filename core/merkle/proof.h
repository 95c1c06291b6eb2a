// SPDX-License-Identifier: Apache-2.0
// Roots and proofs as pure functions over perfect subtrees (RFC 6962, section 2.1; the checks are
// those of RFC 9162, section 2.1.3.2 and 2.1.4.2).
//
//   VB_ASSIGN_OR_RETURN(Proof proof, InclusionProof(leaf, size, reader));
//   VB_RETURN_IF_ERROR(CheckInclusion(leaf, size, LeafHash(header), proof, root));
#ifndef VERBATIM_CORE_MERKLE_PROOF_H_
#define VERBATIM_CORE_MERKLE_PROOF_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/base/status.h"
#include "core/merkle/hash.h"

namespace verbatim::merkle {

// Root of the perfect subtree over leaves index * 2^height .. (index + 1) * 2^height.
using SubtreeReader = absl::FunctionRef<absl::StatusOr<Hash>(unsigned height, uint64_t index)>;

using Proof = std::vector<Hash>;

// Of the first `size` leaves.
absl::StatusOr<Hash> RootOf(uint64_t size, SubtreeReader reader);

// That the leaf (counted from 0) is in the tree of `size` leaves. kInvalidArgument: leaf >= size.
absl::StatusOr<Proof> InclusionProof(uint64_t leaf, uint64_t size, SubtreeReader reader);
// That the tree of `size` leaves begins with that of `old_size`. kInvalidArgument: old_size > size.
// Empty when they are equal or the old one is empty.
absl::StatusOr<Proof> ConsistencyProof(uint64_t old_size, uint64_t size, SubtreeReader reader);

// OK: proved. kInvalidArgument: the proof doesn't fit the sizes, or gives another root.
absl::Status CheckInclusion(uint64_t leaf, uint64_t size, const Hash& leaf_hash, const Proof& proof,
                            const Hash& root);
absl::Status CheckConsistency(uint64_t old_size, uint64_t size, const Hash& old_root,
                              const Hash& root, const Proof& proof);

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_PROOF_H_
