// SPDX-License-Identifier: Apache-2.0
// Hashes of the Merkle tree, RFC 6962, section 2.1: leaves and nodes are told apart by a first
// byte, so that neither can pass for the other.
#ifndef VERBATIM_CORE_MERKLE_HASH_H_
#define VERBATIM_CORE_MERKLE_HASH_H_

#include <string_view>

#include "core/base/sha256.h"

namespace verbatim::merkle {

using Hash = base::Digest;

inline constexpr size_t kHashBytes = 32;

// SHA-256(00 || leaf).
Hash LeafHash(std::string_view leaf);
// SHA-256(01 || left || right).
Hash NodeHash(const Hash& left, const Hash& right);
// SHA-256 of nothing: the root of a tree without leaves.
Hash EmptyRoot();

// Exactly 32 bytes.
Hash HashFrom(std::string_view bytes);

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_HASH_H_
