// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/frontier.h"

#include <bit>

#include "fmt/format.h"

namespace verbatim::merkle {
namespace {

constexpr size_t kSizeBytes = 8;

}  // namespace

void Frontier::Append(const Hash& leaf) {
  Hash root = leaf;
  // A carry in binary addition: every trailing one of the size closes a subtree.
  for (uint64_t bits = size_; bits & 1; bits >>= 1) {
    root = NodeHash(roots_.back(), root);
    roots_.pop_back();
  }
  roots_.push_back(root);
  ++size_;
}

Hash Frontier::Root() const {
  if (roots_.empty()) return EmptyRoot();
  Hash root = roots_.back();
  for (size_t i = roots_.size() - 1; i-- > 0;) root = NodeHash(roots_[i], root);
  return root;
}

std::string Frontier::Serialize() const {
  std::string bytes;
  bytes.reserve(kSizeBytes + roots_.size() * kHashBytes);
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((size_ >> shift) & 0xff));
  }
  for (const Hash& root : roots_) bytes.append(base::AsView(root));
  return bytes;
}

absl::StatusOr<Frontier> Frontier::Parse(std::string_view bytes) {
  Frontier frontier;
  if (bytes.size() < kSizeBytes) return absl::DataLossError("the frontier is cut short");
  for (const char byte : bytes.substr(0, kSizeBytes)) {
    frontier.size_ = (frontier.size_ << 8) | static_cast<unsigned char>(byte);
  }
  bytes.remove_prefix(kSizeBytes);
  const size_t roots = static_cast<size_t>(std::popcount(frontier.size_));
  if (bytes.size() != roots * kHashBytes) {
    return absl::DataLossError(fmt::format("a frontier of {} leaves has {} bytes of roots, not {}",
                                           frontier.size_, roots * kHashBytes, bytes.size()));
  }
  for (size_t i = 0; i < roots; ++i) {
    frontier.roots_.push_back(HashFrom(bytes.substr(i * kHashBytes, kHashBytes)));
  }
  return frontier;
}

}  // namespace verbatim::merkle
