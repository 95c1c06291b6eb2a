// SPDX-License-Identifier: Apache-2.0
// Placing, taking out, and moving between sides.
#include "fold.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "chain.h"
#include "placing.h"
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

Fold::Side& Fold::Load(const std::string& side) {
  const auto it = sides_.find(side);
  if (it != sides_.end()) return it->second;
  if (cached_ > kCachedMembersMax) {
    sides_.clear();
    cached_ = 0;
  }
  Side& loaded = sides_[side];
  tables_.members->Scan(
      SidePrefix(side), {}, Order::kForward, [&](std::string_view key, const Member& member) {
        Pool::Numbers terms = loaded.pool.Add(MakeTerms(member.terms));
        loaded.known.emplace(std::string(key), Known{member.speaker_key, member.thread,
                                                     member.matter, std::move(terms)});
        return true;
      });
  cached_ += loaded.known.size();
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
      const auto known = side.known.find(place.member_key);
      if (known == side.known.end()) continue;
      side.pool.Remove(known->second.terms);
      side.known.erase(known);
      --cached_;
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

void Fold::ChooseOne(const Side& side, const std::string& speaker_key,
                     const std::string& annotation, const std::vector<Segment>& own,
                     Segment* segment) const {
  Links<std::string_view> threads;
  Links<std::string_view> matters;
  std::unordered_map<std::string_view, std::string_view> matter_of;
  const auto add = [&](std::string_view thread, std::string_view matter, const Pool::Numbers& terms,
                       bool same_speaker) {
    const uint32_t likeness = side.pool.Likeness(segment->terms, terms);
    matters.Add(matter, likeness);
    if (!same_speaker) return;
    threads.Add(thread, likeness);
    matter_of.emplace(thread, matter);
  };
  for (const auto& [key, known] : side.known) {
    add(known.thread, known.matter, known.terms, known.speaker_key == speaker_key);
  }
  for (const Segment& s : own) add(s.thread, s.matter, s.terms, true);
  if (const std::optional<std::string_view> thread = threads.Best(kThreadLink)) {
    segment->thread = std::string(*thread);
    segment->matter = std::string(matter_of[*thread]);
    return;
  }
  segment->thread = NewId(annotation, own);
  const std::optional<std::string_view> matter = matters.Best(kMatterLink);
  segment->matter = matter ? std::string(*matter) : segment->thread;
}

// Neighbouring segments of one thread come back as one.
std::vector<Fold::Segment> Fold::Choose(const Quotation& quotation, const std::string& speaker_key,
                                        Side* side) {
  std::vector<Segment> chosen;
  for (const text::Range& range : Segments(quotation.text)) {
    Segment segment{range, side->pool.Add(TermsOf(In(quotation.text, range))), "", "", 0};
    segment.number = static_cast<uint32_t>(chosen.size());
    ChooseOne(*side, speaker_key, quotation.annotation, chosen, &segment);
    chosen.push_back(std::move(segment));
  }
  std::vector<Segment> joined;
  for (Segment& segment : chosen) {
    side->pool.Remove(segment.terms);
    if (!joined.empty() && joined.back().thread == segment.thread) {
      joined.back().range.end = segment.range.end;
    } else {
      joined.push_back(std::move(segment));
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
  Side& loaded = Load(side);
  loaded.known[place.member_key] =
      Known{speaker_key, segment.thread, segment.matter, loaded.pool.Add(terms)};
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
