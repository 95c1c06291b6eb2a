// SPDX-License-Identifier: Apache-2.0
// The three greatest of a stream, kept in order.
#include "placing.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace verbatim::statements {

void Link::Add(uint32_t likeness) {
  for (uint32_t& best : best_) {
    if (likeness > best) std::swap(likeness, best);
  }
  count_ = std::min(count_ + 1, best_.size());
}

uint32_t Link::Strength(size_t members) const {
  if (count_ == 0) return 0;
  const size_t of = std::clamp(members, count_, best_.size());
  return std::accumulate(best_.begin(), best_.end(), 0u) / static_cast<uint32_t>(of);
}

}  // namespace verbatim::statements
