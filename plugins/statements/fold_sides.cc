// SPDX-License-Identifier: Apache-2.0
// The side of a speaker, and the placing by date of a side that is small.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "fold.h"
#include "fold_keys.h"

namespace verbatim::statements {

std::string Fold::SideKnown(const std::string& speaker_key) const {
  const std::optional<Speaker> known = tables_.speakers->Get(SpeakerKey(speaker_key));
  return known ? known->side : OwnSide(speaker_key);
}

// The side is a property of the speaker: the first one that an article gives stays, and takes along
// what was placed before it was known.
std::string Fold::SideOf(const Quotation& quotation, const std::string& speaker_key) {
  const std::string key = SpeakerKey(speaker_key);
  const std::optional<Speaker> known = tables_.speakers->Get(key);
  if (known) return known->side;
  if (quotation.side.empty()) return OwnSide(speaker_key);
  tables_.speakers->Put(key, {quotation.side});
  Move(speaker_key, OwnSide(speaker_key), quotation.side);
  return quotation.side;
}

void Fold::Move(const std::string& speaker_key, const std::string& from, const std::string& to) {
  std::vector<std::pair<std::string, Member>> moved;
  tables_.members->Scan(SpeakerPrefix(from, speaker_key), {}, Order::kForward,
                        [&](std::string_view key, const Member& member) {
                          moved.emplace_back(std::string(key), member);
                          return true;
                        });
  if (moved.empty()) return;
  for (const auto& [key, member] : moved) {
    std::optional<Source> source =
        tables_.sources->Get(SourceKey(member.article, member.annotation));
    if (!source) continue;
    for (Source::Place& place : source->places) {
      if (place.member_key != key) continue;
      place.member_key = MemberKey(to, speaker_key, member.annotation, place.segment);
      tables_.members->Erase(key);
      tables_.members->Put(place.member_key, member);
      MoveCached(from, key, to, place.member_key, member);
      std::optional<Statement> row = tables_.statements->Get(place.key);
      if (!row) continue;
      row->quotation.side = Shown(to, row->quotation.speaker);
      tables_.statements->Put(place.key, *row);
    }
    tables_.sources->Put(SourceKey(member.article, member.annotation), *source);
  }
  Settle(to, SmallSide(to));
}

void Fold::MoveCached(const std::string& from, const std::string& key, const std::string& to,
                      const std::string& new_key, const Member& member) {
  const auto left = sides_.find(from);
  if (left != sides_.end() && left->second.Remove(key)) --cached_;
  const auto joined = sides_.find(to);
  if (joined == sides_.end()) return;
  joined->second.Add(new_key, {member.speaker_key, member.thread, member.matter},
                     MakeTerms(member.terms));
  ++cached_;
}

// What stands on the side, where it is small; else none.
std::vector<Source> Fold::SmallSide(const std::string& side) {
  if (IsOwnSide(side) || Load(side).size() > kSmallSideMax) return {};
  std::set<std::string> keys;
  tables_.members->Scan(SidePrefix(side), {}, Order::kForward,
                        [&keys](std::string_view, const Member& member) {
                          keys.insert(SourceKey(member.article, member.annotation));
                          return true;
                        });
  std::vector<Source> sources;
  for (const std::string& key : keys) {
    std::optional<Source> source = tables_.sources->Get(key);
    if (source) sources.push_back(std::move(*source));
  }
  return sources;
}

// What stands on a small side and was said after `source`; all of it when a second speaker comes;
// nothing while there is but one.
std::vector<Source> Fold::ToSettleWith(const Source& source, const std::string& side) {
  std::vector<Source> sources = SmallSide(side);
  std::set<std::string> speakers;
  for (const Source& s : sources) speakers.insert(s.speaker_key);
  const bool second = speakers.size() == 1 && speakers.count(source.speaker_key) == 0;
  if (speakers.size() < 2 && !second) return {};
  const auto stays = [&](const Source& s) {
    return !second && WhenSaid(s.quotation) < WhenSaid(source.quotation);
  };
  sources.erase(std::remove_if(sources.begin(), sources.end(), stays), sources.end());
  return sources;
}

// Places them by date, after all others of their side.
void Fold::Settle(const std::string& side, std::vector<Source> sources) {
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    return WhenSaid(a.quotation) < WhenSaid(b.quotation);
  });
  for (auto it = sources.rbegin(); it != sources.rend(); ++it) TakeOut(&*it);
  for (Source& source : sources) Seat(side, std::move(source));
}

}  // namespace verbatim::statements
