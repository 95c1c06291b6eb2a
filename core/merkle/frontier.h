// SPDX-License-Identifier: Apache-2.0
// The right edge of a growing tree: the roots of its perfect subtrees, largest first, one for every
// bit of the size. All that an append needs, and enough to say the root.
#ifndef VERBATIM_CORE_MERKLE_FRONTIER_H_
#define VERBATIM_CORE_MERKLE_FRONTIER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/merkle/hash.h"

namespace verbatim::merkle {

class Frontier {
 public:
  // One node hash an append, amortised.
  void Append(const Hash& leaf);
  uint64_t size() const { return size_; }
  // EmptyRoot for size 0.
  Hash Root() const;

  // Size as 8 bytes, big-endian, then 32 bytes for every bit of it that is set.
  std::string Serialize() const;
  // kDataLoss when the length is not what the size asks for.
  static absl::StatusOr<Frontier> Parse(std::string_view bytes);

 private:
  uint64_t size_ = 0;
  std::vector<Hash> roots_;
};

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_FRONTIER_H_
