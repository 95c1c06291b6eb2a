// SPDX-License-Identifier: Apache-2.0
// A statement is compared with all of its side: it goes where it is tied the most.
#include "neighbourhood.h"

#include <utility>

namespace verbatim::statements {

uint32_t Neighbourhood::Names::NumberOf(const std::string& name) {
  const auto [it, added] = numbers_.emplace(name, static_cast<uint32_t>(names_.size()));
  if (added) names_.push_back(name);
  return it->second;
}

void Neighbourhood::Add(const std::string& key, const Place& place, const Terms& terms) {
  Remove(key);
  index_.emplace(key, members_.size());
  members_.push_back({speakers_.NumberOf(place.speaker_key), threads_.NumberOf(place.thread),
                      matters_.NumberOf(place.matter), pool_.Add(terms), key});
}

bool Neighbourhood::Remove(const std::string& key) {
  const auto it = index_.find(key);
  if (it == index_.end()) return false;
  const size_t at = it->second;
  index_.erase(it);
  pool_.Remove(members_[at].terms);
  if (at + 1 != members_.size()) {
    members_[at] = std::move(members_.back());
    index_[members_[at].key] = at;
  }
  members_.pop_back();
  return true;
}

// Of equal links the group of the smallest name: numbers tell only who came first.
std::optional<uint32_t> Neighbourhood::Strongest(const std::vector<Link>& links, const Names& names,
                                                 uint32_t least) {
  std::optional<uint32_t> best;
  uint32_t strength = 0;
  for (uint32_t n = 0; n < links.size(); ++n) {
    const uint32_t s = links[n].Strength();
    if (s < least || s < strength) continue;
    if (best && s == strength && names[*best] < names[n]) continue;
    best = n;
    strength = s;
  }
  return best;
}

Neighbourhood::Found Neighbourhood::Find(const std::string& speaker_key, const Terms& terms) {
  const uint32_t speaker = speakers_.NumberOf(speaker_key);
  const Pool::Numbers numbers = pool_.Add(terms);
  const Pool::Against against(pool_, numbers);
  Found found;
  std::vector<Link> threads(threads_.size());
  std::vector<Link> matters(matters_.size());
  std::vector<uint32_t> matter_of(threads_.size());
  for (const Member& member : members_) {
    const uint32_t likeness = against.Likeness(member.terms);
    matters[member.matter].Add(likeness);
    if (member.speaker != speaker) continue;
    threads[member.thread].Add(likeness);
    matter_of[member.thread] = member.matter;
  }
  const auto thread = Strongest(threads, threads_, kThreadLink);
  const auto matter = Strongest(matters, matters_, kMatterLink);
  const bool elsewhere = thread && matter && *matter != matter_of[*thread] &&
                         matters[*matter].Strength() > threads[*thread].Strength();
  if (thread && !elsewhere) {
    found.thread = threads_[*thread];
    found.matter = matters_[matter_of[*thread]];
  } else if (matter) {
    found.matter = matters_[*matter];
  }
  pool_.Remove(numbers);
  return found;
}

}  // namespace verbatim::statements
