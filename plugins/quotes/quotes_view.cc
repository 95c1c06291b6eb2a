// SPDX-License-Identifier: Apache-2.0
#include "quotes_view.h"

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
enum TableNumber : uint32_t { kQuotes, kPlaces, kMembers, kSpeakers };

constexpr char kQuoteType[] = "verbatim.v1.Quote";
constexpr size_t kDayBytes = 10;
constexpr size_t kSaidOnBytesMax = 32;
constexpr size_t kSpeakerKeyBytesMax = 160;

using SpeakerLinks = Speakers<v1::SpeakerLink>;

std::string MemberKey(std::string_view speaker_key, std::string_view annotation) {
  return KeyWriter().ShortText(speaker_key, kSpeakerKeyBytesMax).Bytes(annotation).Take();
}

std::string RowKey(const v1::Quotation& row) {
  KeyWriter key;
  key.U8(row.said_on().empty() ? 1 : 0);
  key.ShortText(row.said_on(), kSaidOnBytesMax);
  key.U8(row.said_on_basis() == Quote::SAID_ON_ARTICLE_DATE ? 1 : 0);
  return key.Text(row.article()).U32(row.begin_byte()).Text(row.annotation()).Take();
}

// The day of an upper bound is the article's as it is known now.
void Date(const Quote& quote, const AnnotationChanged& change, v1::Quotation& row) {
  const std::string& published = change.article().published().value();
  row.set_published(published);
  const bool stated = quote.said_on_basis() == Quote::SAID_ON_STATED ||
                      quote.said_on_basis() == Quote::SAID_ON_INFERRED;
  if (stated && !quote.said_on().empty()) {
    row.set_said_on(quote.said_on());
    row.set_said_on_basis(quote.said_on_basis());
  } else if (!published.empty()) {
    row.set_said_on(published.substr(0, kDayBytes));
    row.set_said_on_basis(Quote::SAID_ON_ARTICLE_DATE);
  } else {
    row.set_said_on_basis(Quote::SAID_ON_UNKNOWN);
  }
}

void Name(const SpeakerLinks& speakers, const std::string& key, v1::Quotation& row) {
  row.set_speaker(row.speaker_in_article());
  row.set_speaker_key(key);
  if (key.empty()) return;
  const SpeakerLinks::Identity identity = speakers.Resolve(key);
  row.set_speaker_key(identity.key);
  if (!identity.name.empty()) row.set_speaker(identity.name);
}

v1::Quotation Row(const AnnotationChanged& change, const Quote& quote) {
  const verbatim::v1::Annotation& annotation = change.after();
  v1::Quotation row;
  row.set_speaker_in_article(quote.speaker());
  row.set_speaker_role(quote.speaker_role());
  row.set_speaker_type(quote.speaker_type());
  row.set_kind(quote.kind());
  std::string text;
  for (const verbatim::v1::TextSpan& span : annotation.anchor().spans()) {
    if (!text.empty()) text += ' ';
    text += span.exact();
  }
  row.set_text(text);
  if (annotation.anchor().spans_size() > 0) {
    row.set_begin_byte(annotation.anchor().spans(0).begin_byte());
  }
  row.set_article(annotation.anchor().article());
  row.set_title(change.article().title());
  row.set_outlet(change.article().outlet());
  row.set_annotation(annotation.annotation());
  row.set_status(annotation.status());
  row.set_confidence(annotation.confidence());
  row.set_cue(quote.cue_lemma());
  row.set_utterance(quote.utterance());
  row.set_segment(quote.segment());
  *row.mutable_flags() = quote.flags();
  Date(quote, change, row);
  return row;
}

// Removes the row of an annotation, wherever it stands.
void Remove(Store& store, const std::string& annotation) {
  const auto place = store.GetMessage<v1::Place>(kPlaces, annotation);
  if (!place) return;
  store.Erase(kQuotes, place->row_key());
  store.Erase(kMembers, MemberKey(place->speaker_key(), annotation));
  store.Erase(kPlaces, annotation);
}

void Change(const AnnotationChanged& change, Store& store) {
  if (!change.has_after() || change.after().body().type() != kQuoteType) {
    return Remove(store, change.before().annotation());
  }
  const std::string& annotation = change.after().annotation();
  const Quote quote = Parse<Quote>(change.after().body().value());
  v1::Quotation row = Row(change, quote);
  Name(SpeakerLinks(store, kSpeakers), quote.speaker_key(), row);
  const std::string key = RowKey(row);
  const auto before = store.GetMessage<v1::Place>(kPlaces, annotation);
  if (before && (before->row_key() != key || before->speaker_key() != quote.speaker_key())) {
    Remove(store, annotation);
  }
  v1::Place place;
  place.set_row_key(key);
  place.set_speaker_key(quote.speaker_key());
  v1::Member member;
  member.set_annotation(annotation);
  store.PutMessage(kQuotes, key, row);
  store.PutMessage(kPlaces, annotation, place);
  store.PutMessage(kMembers, MemberKey(quote.speaker_key(), annotation), member);
}

// Writes the rows of these keys again, as they are resolved now.
void Rename(const std::vector<std::string>& keys, Store& store) {
  const SpeakerLinks speakers(store, kSpeakers);
  for (const std::string& key : keys) {
    std::vector<std::string> annotations;
    store.Scan(kMembers, MemberKey(key, {}), [&](std::string_view, std::string_view row) {
      annotations.push_back(Parse<v1::Member>(row).annotation());
      return true;
    });
    for (const std::string& annotation : annotations) {
      const auto place = store.GetMessage<v1::Place>(kPlaces, annotation);
      if (!place) continue;
      auto row = store.GetMessage<v1::Quotation>(kQuotes, place->row_key());
      if (!row) continue;
      Name(speakers, key, *row);
      store.PutMessage(kQuotes, place->row_key(), *row);
    }
  }
}

template <class Strings>
std::vector<std::string> Copy(const Strings& strings) {
  return std::vector<std::string>(strings.begin(), strings.end());
}

}  // namespace

void QuotesView::Apply(std::string_view event_bytes, Store& store) {
  const auto event = Parse<verbatim::v1::ViewEvent>(event_bytes);
  SpeakerLinks speakers(store, kSpeakers);
  if (event.type() == "verbatim.v1.SpeakerAliased") {
    const auto aliased = Parse<verbatim::v1::SpeakerAliased>(event.body());
    Rename(speakers.Alias(aliased.speaker_key(), aliased.name(), aliased.alias_key()), store);
  } else if (event.type() == "verbatim.v1.SpeakersMerged") {
    const auto merged = Parse<verbatim::v1::SpeakersMerged>(event.body());
    Rename(speakers.Merge(merged.speaker_key(), Copy(merged.merged()), merged.name()), store);
  } else if (event.type() == "verbatim.v1.SpeakerSplit") {
    const auto split = Parse<verbatim::v1::SpeakerSplit>(event.body());
    Rename(speakers.Split(Copy(split.separated())), store);
  } else {
    Change(Parse<AnnotationChanged>(event.body()), store);
  }
}

}  // namespace verbatim::quotes
