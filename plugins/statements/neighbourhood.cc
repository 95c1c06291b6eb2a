// SPDX-License-Identifier: Apache-2.0
// A statement is compared with those of its side that share its words: it goes where it is tied the
// most.
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
  const Pool::Slot slot = pool_.Add(terms);
  if (slot == members_.size()) members_.emplace_back();
  members_[slot] = {speakers_.NumberOf(place.speaker_key), threads_.NumberOf(place.thread),
                    matters_.NumberOf(place.matter)};
  slots_.emplace(key, slot);
  thread_links_.Join(members_[slot].thread);
  matter_links_.Join(members_[slot].matter);
}

bool Neighbourhood::Remove(const std::string& key) {
  const auto it = slots_.find(key);
  if (it == slots_.end()) return false;
  const Pool::Slot slot = it->second;
  slots_.erase(it);
  pool_.Remove(slot);
  thread_links_.Leave(members_[slot].thread);
  matter_links_.Leave(members_[slot].matter);
  return true;
}

void Neighbourhood::Links::Join(uint32_t group) {
  if (group >= sizes_.size()) {
    sizes_.resize(group + 1);
    links_.resize(group + 1);
  }
  ++sizes_[group];
}

void Neighbourhood::Links::Add(uint32_t group, uint32_t likeness) {
  if (links_[group].empty()) touched_.push_back(group);
  links_[group].Add(likeness);
}

uint32_t Neighbourhood::Links::Strength(uint32_t group) const {
  return links_[group].Strength(sizes_[group]);
}

// Of equal links the group of the smallest name: numbers tell only who came first.
std::optional<uint32_t> Neighbourhood::Links::Strongest(const Names& names, uint32_t least) const {
  std::optional<uint32_t> best;
  uint32_t strength = 0;
  for (const uint32_t group : touched_) {
    const uint32_t s = Strength(group);
    if (s < least || s < strength) continue;
    if (best && s == strength && names[*best] < names[group]) continue;
    best = group;
    strength = s;
  }
  return best;
}

void Neighbourhood::Links::Clear() {
  for (const uint32_t group : touched_) links_[group] = Link();
  touched_.clear();
}

// First by what each pair shares at most: a group that cannot be linked strongly enough by that
// need not be looked at.
void Neighbourhood::Gather(uint32_t speaker, const Terms& terms) {
  const Pool::Comparison comparison(&pool_, terms);
  for (const Pool::Match& match : comparison.matches()) {
    const Member& member = members_[match.slot];
    matter_links_.Add(member.matter, match.at_most);
    if (member.speaker == speaker) thread_links_.Add(member.thread, match.at_most);
  }
  std::vector<Pool::Match> near;
  for (const Pool::Match& match : comparison.matches()) {
    const Member& member = members_[match.slot];
    if (matter_links_.Strength(member.matter) >= kMatterLink ||
        (member.speaker == speaker && thread_links_.Strength(member.thread) >= kThreadLink))
      near.push_back(match);
  }
  thread_links_.Clear();
  matter_links_.Clear();
  for (const Pool::Match& match : near) {
    const Member& member = members_[match.slot];
    const uint32_t likeness = comparison.Likeness(match);
    matter_links_.Add(member.matter, likeness);
    if (member.speaker != speaker) continue;
    thread_links_.Add(member.thread, likeness);
    matter_of_[member.thread] = member.matter;
  }
}

Neighbourhood::Found Neighbourhood::Find(const std::string& speaker_key, const Terms& terms) {
  const uint32_t speaker = speakers_.NumberOf(speaker_key);
  matter_of_.resize(threads_.size());
  Gather(speaker, terms);
  const auto thread = thread_links_.Strongest(threads_, kThreadLink);
  const auto matter = matter_links_.Strongest(matters_, kMatterLink);
  const bool elsewhere = thread && matter && *matter != matter_of_[*thread] &&
                         matter_links_.Strength(*matter) > thread_links_.Strength(*thread);
  Found found;
  if (thread && !elsewhere) {
    found.thread = threads_[*thread];
    found.matter = matters_[matter_of_[*thread]];
  } else if (matter) {
    found.matter = matters_[*matter];
  }
  thread_links_.Clear();
  matter_links_.Clear();
  return found;
}

}  // namespace verbatim::statements
