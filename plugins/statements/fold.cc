// SPDX-License-Identifier: Apache-2.0
// Placing, taking out, and moving between sides.
#include "fold.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "chain.h"
#include "fold_keys.h"
#include "relation.h"
#include "reports.h"
#include "segments.h"
#include "topic.h"
#include "verbatim/keys.h"

namespace verbatim::statements {
namespace {

auto OrderOf(const Quotation& q) {
  return std::tie(q.said_on, q.basis, q.article, q.begin_byte, q.kind);
}

void SortAsPlaced(std::vector<Source>* sources) {
  std::sort(sources->begin(), sources->end(), [](const Source& a, const Source& b) {
    return std::tie(a.placed, a.quotation.annotation) < std::tie(b.placed, b.quotation.annotation);
  });
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
  if (speaker.key.empty() || Segments(quotation.text).empty()) {
    return Remove(quotation.article, quotation.annotation);
  }
  const std::optional<Source> source = tables_.sources->Get(SourceKey(quotation));
  if (source && source->speaker_key == speaker.key && source->quotation.text == quotation.text) {
    return Refresh(*source, quotation, speaker);
  }
  if (source) Remove(quotation.article, quotation.annotation);
  Place(quotation, source ? source->placed : sequence, speaker);
}

void Fold::Remove(std::string_view article, std::string_view annotation) {
  std::optional<Source> source = tables_.sources->Get(SourceKey(article, annotation));
  if (!source) return;
  const bool stood = !source->places.empty();
  TakeOut(&*source);
  tables_.sources->Erase(SourceKey(article, annotation));
  std::optional<Report> report = ReportOf(*source);
  if (!report || !RemoveCopy(annotation, &*report)) return;
  if (report->copies.empty()) return tables_.reports->Erase(source->report);
  tables_.reports->Put(source->report, *report);
  if (!stood) return ShowReport(*report);
  const Report::Copy& next = report->copies.front();
  std::optional<Source> heir = tables_.sources->Get(SourceKey(next.article, next.annotation));
  if (heir) Stand(std::move(*heir));
}

// Its rows go; the source stays, without places.
void Fold::TakeOut(Source* source) {
  const auto side = sides_.find(SideKnown(source->speaker_key));
  for (const Source::Place& place : source->places) {
    const std::optional<Statement> row = tables_.statements->Get(place.key);
    if (!row) continue;
    tables_.statements->Erase(place.key);
    Rechain(ThreadPrefix(row->matter, row->thread), place.key, *tables_.statements);
    tables_.members->Erase(place.member_key);
    if (side != sides_.end() && side->second.Remove(place.member_key)) --cached_;
  }
  source->places.clear();
}

// None: its article is in no story.
std::optional<Report> Fold::ReportOf(const Source& source) const {
  if (source.report.empty()) return std::nullopt;
  return tables_.reports->Get(source.report);
}

std::vector<Source> Fold::SourcesOf(const std::vector<std::string>& articles) const {
  std::vector<Source> sources;
  for (const std::string& article : articles) {
    tables_.sources->Scan(article, {}, Order::kForward, [&](std::string_view, const Source& s) {
      sources.push_back(s);
      return true;
    });
  }
  SortAsPlaced(&sources);
  return sources;
}

// The article that names a story keeps its statements where they are, but for words that it has
// twice. Copies go before the one that stands for them, so that none takes its place in between.
void Fold::Link(const std::string& article, const std::string& other, const Resolve& resolve) {
  const std::optional<Stories::Joined> joined = stories_.Join(article, other);
  if (!joined) return;
  std::vector<Source> anew = SourcesOf(joined->moved);
  for (Source& source : joined->kept.empty() ? std::vector<Source>() : SourcesOf({joined->kept})) {
    const std::string key = ReportKey(joined->kept, source.speaker_key, source.quotation.text);
    if (tables_.reports->Get(key)) {
      anew.push_back(source);
      continue;
    }
    source.report = key;
    tables_.reports->Put(key, {{CopyOf(source.quotation, source.placed)}});
    tables_.sources->Put(SourceKey(source.quotation), source);
  }
  for (auto it = anew.rbegin(); it != anew.rend(); ++it) {
    Remove(it->quotation.article, it->quotation.annotation);
  }
  for (const Source& source : anew) Put(source.quotation, source.placed, resolve);
}

void Fold::ResolveAnew(const std::vector<std::string>& keys, const Resolve& resolve) {
  const std::unordered_set<std::string> changed(keys.begin(), keys.end());
  std::vector<Source> sources;
  tables_.sources->Scan({}, {}, Order::kForward, [&](std::string_view, const Source& source) {
    if (changed.count(source.quotation.speaker_key) != 0) sources.push_back(source);
    return true;
  });
  SortAsPlaced(&sources);
  for (auto it = sources.rbegin(); it != sources.rend(); ++it) {
    if (resolve(it->quotation.speaker_key).key != it->speaker_key)
      Remove(it->quotation.article, it->quotation.annotation);
  }
  for (const Source& source : sources) Put(source.quotation, source.placed, resolve);
}

// Nobody's, or that of a thread without statements: its founder is placed anew.
bool Fold::IsFree(const std::string& thread) const {
  const std::optional<Thread> known = tables_.threads->Get(thread);
  if (!known) return true;
  bool free = true;
  tables_.statements->Scan(ThreadPrefix(known->matter, thread), {}, Order::kForward,
                           [&free](std::string_view, const Statement&) { return free = false; });
  return free;
}

std::string Fold::NewId(const std::string& annotation, const std::vector<Segment>& own) const {
  // The first is the annotation's own; the others differ from it, and from each other, in their
  // first four bytes, so that short prefixes tell them apart.
  constexpr uint32_t kSpread = 0x9E3779B1u;
  std::string id = annotation;
  for (uint32_t n = 0;; ++n) {
    const uint32_t mark = n * kSpread;
    for (size_t byte = 0; byte < 4 && byte < id.size(); ++byte) {
      id[byte] = static_cast<char>(static_cast<unsigned char>(annotation[byte]) ^
                                   ((mark >> (24 - 8 * byte)) & 0xFFu));
    }
    const bool taken =
        std::any_of(own.begin(), own.end(), [&](const Segment& s) { return s.thread == id; });
    if (!taken && IsFree(id)) return id;
  }
}

// A segment sees the ones before it as if they were placed. Neighbouring segments of one thread
// come back as one.
std::vector<Fold::Segment> Fold::Choose(const Quotation& quotation, const std::string& speaker_key,
                                        Neighbourhood* side) {
  std::vector<Segment> chosen;
  const auto key = [&](size_t n) { return quotation.annotation + std::to_string(n); };
  for (const text::Range& range : Segments(quotation.text)) {
    Segment segment{range, TermsOf(In(quotation.text, range)),   "",
                    "",    static_cast<uint32_t>(chosen.size()), false};
    const Neighbourhood::Found found = side->Find(speaker_key, segment.terms);
    segment.founds = !found.thread;
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

// Words that another article of the story brought already are one report with them.
void Fold::Place(const Quotation& quotation, uint64_t sequence, const Identity& speaker) {
  Source source{quotation, speaker.key, sequence, {}, speaker.name, {}};
  source.quotation.story = stories_.Of(quotation.article);
  if (source.quotation.story.empty()) return Stand(std::move(source));
  source.report = ReportKey(source.quotation.story, speaker.key, quotation.text);
  std::optional<Report> known = ReportOf(source);
  Report report = known.value_or(Report());
  PutCopy(CopyOf(source.quotation, sequence), &report);
  tables_.reports->Put(source.report, report);
  if (!known) return Stand(std::move(source));
  SideOf(quotation, speaker.key);
  tables_.sources->Put(SourceKey(quotation), source);
  ShowReport(report);
}

// It becomes rows of its own: alone, or for a report. On a small side what was said after it is
// placed anew.
void Fold::Stand(Source source) {
  const std::string side = SideOf(source.quotation, source.speaker_key);
  std::vector<Source> later = ToSettleWith(source, side);
  later.push_back(std::move(source));
  Settle(side, std::move(later));
}

void Fold::Seat(const std::string& side, Source source) {
  const Report report = ReportOf(source).value_or(Report());
  const std::vector<Segment> segments = Choose(source.quotation, source.speaker_key, &Load(side));
  Statement statement;
  statement.quotation = WithBestDay(source.quotation, report);
  statement.quotation.speaker_key = source.speaker_key;
  if (!source.speaker_name.empty()) statement.quotation.speaker = source.speaker_name;
  statement.quotation.side = Shown(side, statement.quotation.speaker);
  NameSources(report, &statement);
  for (const Segment& segment : segments) Keep(segment, side, statement, &source);
  tables_.sources->Put(SourceKey(source.quotation), source);
}

void Fold::Keep(const Segment& segment, const std::string& side, Statement statement,
                Source* source) {
  statement.matter = segment.matter;
  statement.thread = segment.thread;
  statement.segment = segment.number;
  statement.quotation.text = std::string(In(source->quotation.text, segment.range));
  if (segment.founds) {
    tables_.threads->Put(segment.thread, {segment.matter, Topic(statement.quotation.text)});
  }
  const std::optional<Thread> founder = tables_.threads->Get(segment.matter);
  statement.topic = founder ? founder->topic : "";
  ClearComparison(&statement);

  const std::string& annotation = statement.quotation.annotation;
  const std::string& speaker_key = statement.quotation.speaker_key;
  Source::Place place{segment.number, RowKey(statement),
                      MemberKey(side, speaker_key, annotation, segment.number)};
  tables_.statements->Put(place.key, statement);
  Rechain(ThreadPrefix(statement.matter, statement.thread), place.key, *tables_.statements);
  const Terms terms = TermsOf(statement.quotation.text);
  tables_.members->Put(place.member_key, {speaker_key, statement.quotation.article, annotation,
                                          segment.thread, segment.matter, terms.ids});
  Load(side).Add(place.member_key, {speaker_key, segment.thread, segment.matter}, terms);
  ++cached_;
  source->places.push_back(std::move(place));
}

// The rows of the one that stands for a report say what the copies changed.
void Fold::ShowReport(const Report& report) {
  const Report::Copy& first = report.copies.front();
  std::optional<Source> source = tables_.sources->Get(SourceKey(first.article, first.annotation));
  if (!source) return;
  const Quotation quotation = source->quotation;
  ShowRows(&*source, quotation, report);
}

// Speaker and words are the same: the threads are too.
void Fold::Refresh(Source source, const Quotation& quotation, const Identity& speaker) {
  SideOf(quotation, speaker.key);
  source = tables_.sources->Get(SourceKey(quotation)).value_or(source);
  source.speaker_name = speaker.name;
  const std::string story = source.quotation.story;
  source.quotation = quotation;
  source.quotation.story = story;
  std::optional<Report> report = ReportOf(source);
  if (report) {
    PutCopy(CopyOf(source.quotation, source.placed), &*report);
    tables_.reports->Put(source.report, *report);
  }
  if (report && source.places.empty()) {
    tables_.sources->Put(SourceKey(quotation), source);
    return ShowReport(*report);
  }
  ShowRows(&source, source.quotation, report.value_or(Report()));
}

// A row moves only when what orders it changed.
void Fold::ShowRows(Source* source, const Quotation& quotation, const Report& report) {
  for (Source::Place& place : source->places) {
    std::optional<Statement> row = tables_.statements->Get(place.key);
    if (!row) continue;
    const Quotation was = std::exchange(row->quotation, WithBestDay(quotation, report));
    const bool moves = OrderOf(was) != OrderOf(row->quotation);
    row->quotation.text = was.text;
    row->quotation.speaker_key = was.speaker_key;
    row->quotation.side = was.side;
    if (!source->speaker_name.empty()) row->quotation.speaker = source->speaker_name;
    NameSources(report, &*row);
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
  tables_.sources->Put(SourceKey(quotation), *source);
}

}  // namespace verbatim::statements
