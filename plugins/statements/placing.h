// SPDX-License-Identifier: Apache-2.0
// Where a new statement belongs: the group (a thread of its speaker, a matter of its side) whose
// members it is most like. The same rule serves the view and evaluation.
#ifndef VERBATIM_PLUGINS_STATEMENTS_PLACING_H_
#define VERBATIM_PLUGINS_STATEMENTS_PLACING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "terms.h"

namespace verbatim::statements {

// Least link, 0 to 1000, to join a thread, and to join a matter. Chosen on half of a set of dated
// statements of politicians that were grouped by claim.
inline constexpr uint32_t kThreadLink = 260;
inline constexpr uint32_t kMatterLink = 240;

// The link of a statement to a group: the mean of its three greatest likenesses to members. The
// greatest alone chains groups together; the mean over all of them shuts long threads.
class Link {
 public:
  void Add(uint32_t likeness);
  // 0 to 1000; 0 when nothing was added.
  uint32_t Strength() const;

 private:
  std::array<uint32_t, 3> best_{};  // descending
  size_t count_ = 0;
};

// Collects the links of one statement to the groups that Group names.
template <class Group>
class Links {
 public:
  void Add(const Group& group, uint32_t likeness) { links_[group].Add(likeness); }

  // The group of the strongest link of at least `least`; of equal ones, the one that comes first.
  std::optional<Group> Best(uint32_t least) const {
    std::optional<Group> best;
    uint32_t strength = 0;
    for (const auto& [group, link] : links_) {
      const uint32_t s = link.Strength();
      if (s < least || (best && s <= strength)) continue;
      best = group;
      strength = s;
    }
    return best;
  }

 private:
  std::map<Group, Link> links_;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_PLACING_H_
