// SPDX-License-Identifier: Apache-2.0
#include "speakers_view.h"

#include <algorithm>
#include <string>
#include <vector>

#include "verbatim/keys.h"
#include "verbatim/quotes/v1/quotes.pb.h"
#include "verbatim/speakers.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::quotes {
namespace {

using verbatim::v1::AnnotationChanged;
using verbatim::v1::Quote;

// The number of each table in manifest.textproto.
enum TableNumber : uint32_t { kSpeakers, kCounted, kMembers, kDays, kLinks };

constexpr char kQuoteType[] = "verbatim.v1.Quote";
constexpr size_t kDayBytes = 10;
constexpr size_t kSpeakerKeyBytesMax = 160;
constexpr int kAliasesMax = 64;  // spellings of one speaker that a row keeps

using SpeakerLinks = Speakers<v1::SpeakerLink>;

std::string KeyOf(std::string_view speaker) {
  return KeyWriter().ShortText(speaker, kSpeakerKeyBytesMax).Take();
}
std::string MemberKey(std::string_view speaker, std::string_view annotation) {
  return KeyWriter().ShortText(speaker, kSpeakerKeyBytesMax).Bytes(annotation).Take();
}
std::string DayKey(std::string_view speaker, std::string_view day) {
  return KeyWriter().ShortText(speaker, kSpeakerKeyBytesMax).ShortText(day, kDayBytes).Take();
}

// One more, or one less, quotation of this speaker on this day.
void CountDay(const v1::Counted& counted, int step, Store& store) {
  if (counted.said_on().empty()) return;
  const std::string key = DayKey(counted.speaker_key(), counted.said_on());
  v1::Day day = store.GetMessage<v1::Day>(kDays, key).value_or(v1::Day());
  day.set_said_on(counted.said_on());
  day.set_quotations(static_cast<uint32_t>(static_cast<int>(day.quotations()) + step));
  if (day.quotations() == 0) {
    store.Erase(kDays, key);
  } else {
    store.PutMessage(kDays, key, day);
  }
}

void CountName(const std::string& name, int step, v1::Speaker& row) {
  auto* aliases = row.mutable_counts();
  for (int n = 0; n < aliases->size(); ++n) {
    if (aliases->Get(n).name() != name) continue;
    v1::NameCount* count = aliases->Mutable(n);
    count->set_quotations(static_cast<uint32_t>(static_cast<int>(count->quotations()) + step));
    if (count->quotations() == 0) aliases->DeleteSubrange(n, 1);
    return;
  }
  if (step < 0 || aliases->size() >= kAliasesMax) return;
  v1::NameCount* count = aliases->Add();
  count->set_name(name);
  count->set_quotations(1);
}

// Name, aliases and days as they follow from what is counted; the row goes with its last quotation.
void Settle(const std::string& speaker, v1::Speaker row, Store& store) {
  if (row.quotations() == 0) {
    store.Erase(kSpeakers, KeyOf(speaker));
    return;
  }
  std::vector<v1::NameCount> counts(row.counts().begin(), row.counts().end());
  std::sort(counts.begin(), counts.end(), [](const v1::NameCount& a, const v1::NameCount& b) {
    return a.quotations() != b.quotations() ? a.quotations() > b.quotations() : a.name() < b.name();
  });
  const std::string decided = SpeakerLinks(store, kLinks).Resolve(speaker).name;
  row.set_speaker(!decided.empty() ? decided : counts.empty() ? speaker : counts.front().name());
  row.set_speaker_key(speaker);
  row.clear_aliases();
  for (const v1::NameCount& count : counts) {
    if (count.name() != row.speaker()) row.add_aliases(count.name());
  }
  row.clear_first();
  row.clear_last();
  const auto day = [&](Store::Direction direction) {
    std::string found;
    store.ScanFrom(kDays, KeyOf(speaker), {}, direction, [&](std::string_view, std::string_view r) {
      found = Parse<v1::Day>(r).said_on();
      return false;
    });
    return found;
  };
  row.set_first(day(Store::Direction::kForward));
  row.set_last(day(Store::Direction::kBackward));
  store.PutMessage(kSpeakers, KeyOf(speaker), row);
}

// Adds what is counted to its speaker's row, or takes it away.
void Count(const v1::Counted& counted, int step, Store& store) {
  CountDay(counted, step, store);
  v1::Speaker row = store.GetMessage<v1::Speaker>(kSpeakers, KeyOf(counted.speaker_key()))
                        .value_or(v1::Speaker());
  row.set_quotations(static_cast<uint32_t>(static_cast<int>(row.quotations()) + step));
  CountName(counted.name(), step, row);
  Settle(counted.speaker_key(), std::move(row), store);
}

void Forget(const std::string& annotation, Store& store) {
  const auto counted = store.GetMessage<v1::Counted>(kCounted, annotation);
  if (!counted) return;
  store.Erase(kCounted, annotation);
  store.Erase(kMembers, MemberKey(counted->carried_key(), annotation));
  Count(*counted, -1, store);
}

// The day of an upper bound is the article's as it is known now.
std::string DayOf(const Quote& quote, const AnnotationChanged& change) {
  const bool stated = quote.said_on_basis() == Quote::SAID_ON_STATED ||
                      quote.said_on_basis() == Quote::SAID_ON_INFERRED;
  if (stated && !quote.said_on().empty()) return quote.said_on().substr(0, kDayBytes);
  return change.article().published().value().substr(0, kDayBytes);
}

void Change(const AnnotationChanged& change, Store& store) {
  const verbatim::v1::Annotation& after = change.after();
  const bool counts = change.has_after() && after.body().type() == kQuoteType &&
                      after.status() != verbatim::v1::ANNOTATION_STATUS_REJECTED &&
                      after.status() != verbatim::v1::ANNOTATION_STATUS_RETRACTED;
  const std::string& annotation =
      change.has_after() ? after.annotation() : change.before().annotation();
  if (!counts) return Forget(annotation, store);
  const Quote quote = Parse<Quote>(after.body().value());
  if (quote.speaker_key().empty()) return Forget(annotation, store);
  v1::Counted counted;
  counted.set_carried_key(quote.speaker_key());
  counted.set_speaker_key(SpeakerLinks(store, kLinks).Resolve(quote.speaker_key()).key);
  counted.set_name(quote.speaker());
  counted.set_said_on(DayOf(quote, change));
  const auto before = store.GetMessage<v1::Counted>(kCounted, annotation);
  if (before && before->SerializeAsString() == counted.SerializeAsString()) return;
  Forget(annotation, store);
  v1::Member member;
  member.set_annotation(annotation);
  store.PutMessage(kCounted, annotation, counted);
  store.PutMessage(kMembers, MemberKey(counted.carried_key(), annotation), member);
  Count(counted, 1, store);
}

// Counts the quotations that carry these keys for whom the keys mean now.
void Recount(const std::vector<std::string>& keys, Store& store) {
  const SpeakerLinks links(store, kLinks);
  for (const std::string& key : keys) {
    std::vector<std::string> annotations;
    store.Scan(kMembers, KeyOf(key), [&](std::string_view, std::string_view row) {
      annotations.push_back(Parse<v1::Member>(row).annotation());
      return true;
    });
    const std::string now = links.Resolve(key).key;
    for (const std::string& annotation : annotations) {
      auto counted = store.GetMessage<v1::Counted>(kCounted, annotation);
      if (!counted) continue;
      Count(*counted, -1, store);
      counted->set_speaker_key(now);
      store.PutMessage(kCounted, annotation, *counted);
      Count(*counted, 1, store);
    }
  }
}

template <class Strings>
std::vector<std::string> Copy(const Strings& strings) {
  return std::vector<std::string>(strings.begin(), strings.end());
}

}  // namespace

void SpeakersView::Apply(std::string_view event_bytes, Store& store) {
  const auto event = Parse<verbatim::v1::ViewEvent>(event_bytes);
  SpeakerLinks links(store, kLinks);
  if (event.type() == "verbatim.v1.SpeakerAliased") {
    const auto aliased = Parse<verbatim::v1::SpeakerAliased>(event.body());
    Recount(links.Alias(aliased.speaker_key(), aliased.name(), aliased.alias_key()), store);
  } else if (event.type() == "verbatim.v1.SpeakersMerged") {
    const auto merged = Parse<verbatim::v1::SpeakersMerged>(event.body());
    Recount(links.Merge(merged.speaker_key(), Copy(merged.merged()), merged.name()), store);
  } else if (event.type() == "verbatim.v1.SpeakerSplit") {
    const auto split = Parse<verbatim::v1::SpeakerSplit>(event.body());
    Recount(links.Split(Copy(split.separated())), store);
  } else {
    Change(Parse<AnnotationChanged>(event.body()), store);
  }
}

}  // namespace verbatim::quotes
