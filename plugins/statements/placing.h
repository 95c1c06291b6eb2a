// SPDX-License-Identifier: Apache-2.0
// How strongly a statement is linked to a group (a thread of its speaker, a matter of its side) by
// its likeness to the members, and how strong that must be to join.
#ifndef VERBATIM_PLUGINS_STATEMENTS_PLACING_H_
#define VERBATIM_PLUGINS_STATEMENTS_PLACING_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace verbatim::statements {

// Least link to join a thread, and to join a matter. Chosen on half of a set of dated
// statements of politicians that were grouped by claim, the second
// so that statements of two speakers need a phrase in common, or most of the words of one.
inline constexpr uint32_t kThreadLink = 260;
inline constexpr uint32_t kMatterLink = 480;

// The link of a statement to a group: the mean of its three greatest likenesses to members. The
// greatest alone chains groups together; the mean over all of them shuts long threads.
class Link {
 public:
  void Add(uint32_t likeness);
  bool empty() const { return count_ == 0; }
  // Of a group of so many members, those that were not added being unlike: 0 to 1000; 0 when
  // nothing was added.
  uint32_t Strength(size_t members) const;

 private:
  std::array<uint32_t, 3> best_{};  // descending
  size_t count_ = 0;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_PLACING_H_
