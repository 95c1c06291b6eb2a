// SPDX-License-Identifier: Apache-2.0
// Placing, taking out, and moving between sides.
#include "fold.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "chain.h"
#include "relation.h"
#include "segments.h"
#include "verbatim/keys.h"

namespace verbatim::statements {
namespace {

constexpr size_t kNameBytesMax = 80;

std::string SidePrefix(const std::string& side) {
  return KeyWriter().ShortText(side, kNameBytesMax).Take();
}

std::string SpeakerPrefix(const std::string& side, const std::string& speaker_key) {
  return KeyWriter(SidePrefix(side)).ShortText(speaker_key, kNameBytesMax).Take();
}

std::string MemberKey(const std::string& side, const std::string& speaker_key,
                      const std::string& annotation, uint32_t segment) {
  return KeyWriter(SpeakerPrefix(side, speaker_key)).Bytes(annotation).U32(segment).Take();
}

// Of a speaker whom no article puts on a side. No name begins so.
std::string OwnSide(const std::string& speaker_key) { return "=" + speaker_key; }

bool IsOwnSide(const std::string& side) { return !side.empty() && side.front() == '='; }

std::string Shown(const std::string& side, const std::string& speaker) {
  return IsOwnSide(side) ? speaker : side;
}

auto OrderOf(const Quotation& q) {
  return std::tie(q.said_on, q.basis, q.article, q.begin_byte, q.kind);
}

}  // namespace

Neighbourhood& Fold::Load(const std::string& side) {
  const auto it = sides_.find(side);
  if (it != sides_.end()) return it->second;
  if (cached_ > kCachedMembersMax) {
    sides_.clear();
    cached_ = 0;
  }
  Neighbourhood& loaded = sides_[side];
  tables_.members->Scan(
      SidePrefix(side), {}, Order::kForward, [&loaded](std::string_view key, const Member& member) {
        loaded.Add(std::string(key), {member.speaker_key, member.thread, member.matter},
                   MakeTerms(member.terms));
        return true;
      });
  cached_ += loaded.size();
  return loaded;
}

void Fold::Put(const Quotation& quotation, uint64_t sequence, const Resolve& resolve) {
  const Identity speaker =
      quotation.speaker_key.empty() ? Identity{} : resolve(quotation.speaker_key);
  if (speaker.key.empty() || Segments(quotation.text).empty()) return Remove(quotation.annotation);
  const std::optional<Source> source = tables_.sources->Get(quotation.annotation);
  if (source && source->speaker_key == speaker.key && source->quotation.text == quotation.text) {
    return Refresh(*source, quotation, speaker);
  }
  if (source) Remove(quotation.annotation);
  Place(quotation, source ? source->placed : sequence, speaker);
}

void Fold::Remove(std::string_view annotation) {
  const std::optional<Source> source = tables_.sources->Get(annotation);
  if (!source) return;
  for (const Source::Place& place : source->places) {
    const std::optional<Statement> row = tables_.statements->Get(place.key);
    if (!row) continue;
    tables_.statements->Erase(place.key);
    Rechain(ThreadPrefix(row->matter, row->thread), place.key, *tables_.statements);
    tables_.members->Erase(place.member_key);
    for (auto& [name, side] : sides_) {
      if (side.Remove(place.member_key)) --cached_;
    }
  }
  tables_.sources->Erase(annotation);
}

void Fold::ResolveAnew(const std::vector<std::string>& keys, const Resolve& resolve) {
  const std::unordered_set<std::string> changed(keys.begin(), keys.end());
  std::vector<Source> sources;
  tables_.sources->Scan({}, {}, Order::kForward, [&](std::string_view, const Source& source) {
    if (changed.count(source.quotation.speaker_key) != 0) sources.push_back(source);
    return true;
  });
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
    return std::tie(a.placed, a.quotation.annotation) < std::tie(b.placed, b.quotation.annotation);
  });
  for (const Source& source : sources) {
    if (resolve(source.quotation.speaker_key).key != source.speaker_key)
      Remove(source.quotation.annotation);
  }
  for (const Source& source : sources) Put(source.quotation, source.placed, resolve);
}

// The side is a property of the speaker: the first one that an article gives stays, and takes along
// what was placed before it was known.
std::string Fold::SideOf(const Quotation& quotation, const std::string& speaker_key) {
  const std::string key = KeyWriter().ShortText(speaker_key, 2 * kNameBytesMax).Take();
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
    std::optional<Source> source = tables_.sources->Get(member.annotation);
    if (!source) continue;
    for (Source::Place& place : source->places) {
      if (place.member_key != key) continue;
      place.member_key = MemberKey(to, speaker_key, member.annotation, place.segment);
      tables_.members->Erase(key);
      tables_.members->Put(place.member_key, member);
      std::optional<Statement> row = tables_.statements->Get(place.key);
      if (!row) continue;
      row->quotation.side = Shown(to, row->quotation.speaker);
      tables_.statements->Put(place.key, *row);
    }
    tables_.sources->Put(member.annotation, *source);
  }
  sides_.clear();
  cached_ = 0;
}

std::string Fold::NewId(const std::string& annotation, const std::vector<Segment>& own) const {
  std::string id = annotation;
  for (uint32_t n = 0;; ++n) {
    for (size_t byte = 0; byte < 4 && byte < id.size(); ++byte) {
      id[id.size() - 1 - byte] =
          static_cast<char>(static_cast<unsigned char>(annotation[id.size() - 1 - byte]) ^
                            ((n >> (8 * byte)) & 0xFFu));
    }
    const bool taken =
        std::any_of(own.begin(), own.end(), [&](const Segment& s) { return s.thread == id; });
    if (!taken && !tables_.threads->Get(id)) return id;
  }
}

// A segment sees the ones before it as if they were placed. Neighbouring segments of one thread
// come back as one.
std::vector<Fold::Segment> Fold::Choose(const Quotation& quotation, const std::string& speaker_key,
                                        Neighbourhood* side) {
  std::vector<Segment> chosen;
  const auto key = [&](size_t n) { return quotation.annotation + std::to_string(n); };
  for (const text::Range& range : Segments(quotation.text)) {
    Segment segment{range, TermsOf(In(quotation.text, range)), "", "",
                    static_cast<uint32_t>(chosen.size())};
    const Neighbourhood::Found found = side->Find(speaker_key, segment.terms);
    segment.thread = found.thread ? *found.thread : NewId(quotation.annotation, chosen);
    segment.matter = found.matter.value_or(segment.thread);
    side->Add(key(chosen.size()), {speaker_key, segment.thread, segment.matter}, segment.terms);
    chosen.push_back(std::move(segment));
  }
  std::vector<Segment> joined;
  for (size_t n = 0; n < chosen.size(); ++n) {
    side->Remove(key(n));
    if (!joined.empty() && joined.back().thread == chosen[n].thread) {
      joined.back().range.end = chosen[n].range.end;
    } else {
      joined.push_back(std::move(chosen[n]));
    }
  }
  return joined;
}

void Fold::Place(const Quotation& quotation, uint64_t sequence, const Identity& speaker) {
  const std::string side = SideOf(quotation, speaker.key);
  const std::vector<Segment> segments = Choose(quotation, speaker.key, &Load(side));
  Source source{quotation, speaker.key, sequence, {}};
  Statement statement;
  statement.quotation = quotation;
  statement.quotation.speaker_key = speaker.key;
  if (!speaker.name.empty()) statement.quotation.speaker = speaker.name;
  statement.quotation.side = Shown(side, statement.quotation.speaker);
  for (const Segment& segment : segments) Keep(segment, side, statement, &source);
  tables_.sources->Put(quotation.annotation, source);
}

void Fold::Keep(const Segment& segment, const std::string& side, Statement statement,
                Source* source) {
  statement.matter = segment.matter;
  statement.thread = segment.thread;
  statement.segment = segment.number;
  statement.quotation.text = std::string(In(source->quotation.text, segment.range));
  std::optional<Thread> founder = tables_.threads->Get(segment.matter);
  if (!tables_.threads->Get(segment.thread)) {
    const Thread thread{segment.matter, Topic(statement.quotation.text)};
    tables_.threads->Put(segment.thread, thread);
    if (!founder) founder = thread;
  }
  statement.topic = founder ? founder->topic : "";
  ClearComparison(&statement);

  const std::string& annotation = statement.quotation.annotation;
  const std::string& speaker_key = statement.quotation.speaker_key;
  Source::Place place{segment.number, RowKey(statement),
                      MemberKey(side, speaker_key, annotation, segment.number)};
  tables_.statements->Put(place.key, statement);
  Rechain(ThreadPrefix(statement.matter, statement.thread), place.key, *tables_.statements);
  const Terms terms = TermsOf(statement.quotation.text);
  tables_.members->Put(place.member_key,
                       {speaker_key, annotation, segment.thread, segment.matter, terms.ids});
  Load(side).Add(place.member_key, {speaker_key, segment.thread, segment.matter}, terms);
  ++cached_;
  source->places.push_back(std::move(place));
}

// Speaker and words are the same: the threads are too. A row moves only when what orders it
// changed.
void Fold::Refresh(Source source, const Quotation& quotation, const Identity& speaker) {
  const bool moves = OrderOf(source.quotation) != OrderOf(quotation);
  SideOf(quotation, speaker.key);
  source = tables_.sources->Get(quotation.annotation).value_or(source);
  source.quotation = quotation;
  for (Source::Place& place : source.places) {
    std::optional<Statement> row = tables_.statements->Get(place.key);
    if (!row) continue;
    const Quotation was = std::exchange(row->quotation, quotation);
    row->quotation.text = was.text;
    row->quotation.speaker_key = was.speaker_key;
    row->quotation.side = was.side;
    if (!speaker.name.empty()) row->quotation.speaker = speaker.name;
    if (!moves) {
      tables_.statements->Put(place.key, *row);
      continue;
    }
    const std::string prefix = ThreadPrefix(row->matter, row->thread);
    tables_.statements->Erase(place.key);
    Rechain(prefix, place.key, *tables_.statements);
    ClearComparison(&*row);
    place.key = RowKey(*row);
    tables_.statements->Put(place.key, *row);
    Rechain(prefix, place.key, *tables_.statements);
  }
  tables_.sources->Put(quotation.annotation, source);
}

}  // namespace verbatim::statements
