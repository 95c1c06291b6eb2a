// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

#include "core/base/check.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/log/body.h"
#include "core/log/header_codec.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::bench {
namespace {

constexpr size_t kTextBytes = 2600;  // of a wire report
constexpr std::string_view kWords[] = {
    "the",       "of",        "to",       "and",       "in",       "a",        "that",
    "said",      "for",       "on",       "council",   "river",    "bridge",   "minister",
    "harbour",   "would",     "not",      "with",      "by",       "was",      "before",
    "winter",    "opened",    "talks",    "about",     "ferry",    "northern", "province",
    "budget",    "vote",      "agreed",   "delegates", "after",    "weeks",    "reporters",
    "asked",     "whether",   "could",    "again",     "nobody",   "doubted",  "engineers",
    "measured",  "water",     "levels",   "rose",      "villages", "along",    "coast",
    "fishing",   "quota",     "remains",  "unclear",   "office",   "declined", "comment",
    "spokesman", "statement", "evening",  "morning",   "signed",   "treaty",   "islands",
    "satellite", "launch",    "delayed",  "because",   "wind",     "railway",  "workers",
    "strike",    "ended",     "union",    "leaders",   "demanded", "wages",    "prices",
    "harvest",   "grain",     "exports",  "halted",    "border",   "crossing", "customs",
    "officers",  "inspected", "cargo",    "ships",     "insurers", "warned",   "losses",
    "court",     "ruled",     "appeal",   "lawyers",   "evidence", "witness",  "archive",
    "museum",    "restored",  "painting", "theatre",   "premiere", "audience", "critics",
    "praised",   "orchestra", "valley",   "glacier",   "survey",   "maps",     "published",
    "figures",   "growth",    "slowed",   "quarter",   "analysts", "expected", "recovery"};
constexpr std::string_view kGivenNames[] = {"Mara", "Ilan", "Tove", "Bero", "Sanna", "Odell"};
constexpr std::string_view kFamilyNames[] = {"Lind",     "Okaro",   "Vestring", "Halmo",
                                             "Perrault", "Dunmeer", "Sarkel",   "Tamsin"};

void SetSpan(const std::string& text, size_t begin, size_t size, v1::TextSpan* span) {
  span->set_begin_byte(static_cast<uint32_t>(begin));
  span->set_end_byte(static_cast<uint32_t>(begin + size));
  span->set_begin_char(span->begin_byte());
  span->set_end_char(span->end_byte());
  span->set_exact(text.substr(begin, size));
}

log::NewEvent Event(const Draft& draft, const std::string& id,
                    const google::protobuf::Message& body) {
  log::NewEvent event;
  event.id = id;
  event.stream = draft.stream;
  event.type = body.GetDescriptor()->full_name();
  event.actor.mutable_tool()->set_name("verbatim");
  event.actor.mutable_tool()->set_version("0.1.0");
  event.correlation = draft.ids.front();
  event.body = log::EncodeBody(body).value();
  return event;
}

}  // namespace

std::string Workload::Text(size_t bytes) {
  std::string text;
  text.reserve(bytes + 16);
  while (text.size() < bytes) {
    // Short words first in the list, and drawn more often, as in any language.
    const double draw = static_cast<double>(Below(1'000'000)) / 1e6;
    const auto rank = static_cast<size_t>(draw * draw * static_cast<double>(std::size(kWords)));
    text.append(kWords[rank]).append(Below(12) == 0 ? ". " : " ");
  }
  text.resize(bytes);
  return text;
}

std::string Workload::Name() {
  return fmt::format("{} {}", kGivenNames[Below(std::size(kGivenNames))],
                     kFamilyNames[Below(std::size(kFamilyNames))]);
}

v1::AnnotationAdded Workload::Quotation(const Draft& draft, const std::string& id) {
  const std::string& text = draft.ingested.content().text();
  const size_t size = 40 + Below(80);
  const size_t begin = 40 + Below(text.size() - size - 80);
  v1::Quote quote;
  quote.set_kind(v1::Quote::KIND_DIRECT);
  quote.set_cue_lemma("say");
  SetSpan(text, begin - 20, 10, quote.mutable_speaker_mention());
  quote.set_speaker(Name());
  quote.set_speaker_key(quote.speaker());
  quote.set_speaker_type(v1::Quote::SPEAKER_TYPE_PERSON);
  quote.set_said_on(fmt::format("2026-{:02}-{:02}", 1 + Below(12), 1 + Below(28)));
  quote.set_said_on_basis(v1::Quote::SAID_ON_STATED);

  v1::AnnotationAdded added;
  added.set_annotation(base::AnnotationIdOf(id));
  SetSpan(text, begin, size, added.mutable_anchor()->add_spans());
  added.mutable_anchor()->set_article(draft.ingested.article());
  added.mutable_anchor()->set_text_sha256(draft.ingested.content().text_sha256());
  added.mutable_anchor()->set_prefix(text.substr(begin - 32, 32));
  added.mutable_anchor()->set_suffix(text.substr(begin + size, 32));
  added.mutable_body()->set_type("verbatim.v1.Quote");
  added.mutable_body()->set_value(quote.SerializeAsString());
  added.set_confidence(0.9F);
  added.set_claim_key(base::ToString(base::Sha256(id)));
  return added;
}

Draft Workload::Article(std::string text, std::string title) {
  const std::string url = fmt::format("https://news.example/{}/{}", random_(), ++articles_);
  Draft draft;
  draft.ids.push_back(base::NewEventId(base::SystemClock(), base::SystemRandom()));
  const std::string article = base::ArticleIdOfUrl(url);
  draft.stream = base::ToHex(article);
  draft.ingested.set_article(article);
  v1::ArticleContent& content = *draft.ingested.mutable_content();
  content.set_text(std::move(text));
  content.set_text_sha256(base::ToString(base::Sha256(content.text())));
  content.set_content_key(base::ToString(base::Sha256({url, content.text()})));
  content.mutable_metadata()->set_canonical_url(url);
  content.mutable_metadata()->set_title(std::move(title));
  content.mutable_metadata()->set_outlet("The Example Courier");
  content.mutable_metadata()->mutable_published()->set_value("2026-11-02");
  return draft;
}

Draft Workload::Next() {
  std::string text = Text(kTextBytes);
  Draft draft = Article(std::move(text), Text(60));
  for (size_t i = 0; i < kAnnotationsOfArticle; ++i) {
    draft.ids.push_back(base::NewEventId(base::SystemClock(), base::SystemRandom()));
    draft.added.push_back(Quotation(draft, draft.ids.back()));
  }
  return draft;
}

std::vector<Draft> Workload::Events(size_t events) {
  std::vector<Draft> drafts;
  for (size_t count = 0; count < events; count += 1 + drafts.back().added.size()) {
    drafts.push_back(Next());
    const size_t left = events - count - 1;
    if (drafts.back().added.size() > left) drafts.back().added.resize(left);
  }
  return drafts;
}

log::Unit Encode(const Draft& draft) {
  log::Unit unit;
  unit.events.reserve(1 + draft.added.size());
  unit.events.push_back(Event(draft, draft.ids.front(), draft.ingested));
  for (size_t i = 0; i < draft.added.size(); ++i) {
    unit.events.push_back(Event(draft, draft.ids[i + 1], draft.added[i]));
  }
  return unit;
}

std::vector<log::Unit> Encode(const std::vector<Draft>& drafts) {
  std::vector<log::Unit> units;
  units.reserve(drafts.size());
  for (const Draft& draft : drafts) units.push_back(Encode(draft));
  return units;
}

std::vector<log::PreparedUnit> Prepare(const log::EventLog& log, const std::vector<Draft>& drafts) {
  std::vector<log::PreparedUnit> prepared;
  prepared.reserve(drafts.size());
  for (const Draft& draft : drafts) prepared.push_back(log.Prepare(Encode(draft)).value());
  return prepared;
}

std::vector<std::string> BlobsOf(const std::vector<Draft>& drafts) {
  std::vector<std::string> blobs;
  for (const Draft& draft : drafts) {
    for (const log::NewEvent& event : Encode(draft).events) {
      std::string blob;
      log::EncodeHeader(event, log::EncodeActor(event.actor),
                        {3, 1'800'000'000'000'000, {}, event.body.size()}, blob);
      blobs.push_back(blob + event.body);
    }
  }
  return blobs;
}

uint64_t BytesOf(const std::vector<std::string>& blobs) {
  uint64_t bytes = 0;
  for (const std::string& blob : blobs) bytes += blob.size();
  return bytes;
}

log::LogOptions WriterOptions() {
  log::LogOptions options;
  options.clock = &base::SystemClock();
  options.random = &base::SystemRandom();
  return options;
}

std::unique_ptr<log::EventLog> NewLog(const std::filesystem::path& folder) {
  return log::EventLog::Create(folder, std::string(16, 'a'), WriterOptions()).value();
}

void AppendAll(log::EventLog& log, std::vector<log::Unit> units) {
  for (const auto& result : log.AppendBatch(std::move(units))) {
    VB_CHECK(result.ok(), "the log appends");
  }
}

void AppendAll(log::EventLog& log, std::vector<log::PreparedUnit> units) {
  for (const auto& result : log.AppendPrepared(std::move(units))) {
    VB_CHECK(result.ok(), "the log appends");
  }
}

void Fill(log::EventLog& log, Workload& workload, size_t events) {
  constexpr size_t kCommit = 10'000;
  for (size_t done = 0; done < events; done += kCommit) {
    AppendAll(log, Encode(workload.Events(std::min(kCommit, events - done))));
  }
}

}  // namespace verbatim::bench
