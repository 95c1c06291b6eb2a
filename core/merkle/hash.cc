// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/hash.h"

#include <cstring>

#include "core/base/check.h"

namespace verbatim::merkle {

Hash LeafHash(std::string_view leaf) { return base::Sha256({std::string_view("\x00", 1), leaf}); }

Hash NodeHash(const Hash& left, const Hash& right) {
  char node[1 + 2 * kHashBytes];
  node[0] = '\x01';
  std::memcpy(node + 1, left.data(), kHashBytes);
  std::memcpy(node + 1 + kHashBytes, right.data(), kHashBytes);
  return base::Sha256(std::string_view(node, sizeof node));
}

Hash EmptyRoot() { return base::Sha256(std::string_view()); }

Hash HashFrom(std::string_view bytes) {
  VB_CHECK(bytes.size() == kHashBytes, "a hash has 32 bytes");
  Hash hash;
  std::memcpy(hash.data(), bytes.data(), kHashBytes);
  return hash;
}

}  // namespace verbatim::merkle
