// SPDX-License-Identifier: Apache-2.0
// AnnotationChanged -> Quotation. Day and side are read here: the quotation's own day, else the day
// of its article as an upper bound; the side from role or name.
#include "statements_view.h"

#include <string>
#include <utility>
#include <vector>

#include "fold.h"
#include "messages.h"
#include "segments.h"
#include "sides.h"
#include "verbatim/speakers.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::statements {
namespace {

using verbatim::v1::Annotation;
using verbatim::v1::AnnotationChanged;
using verbatim::v1::Quote;

// The number of each table in manifest.textproto.
enum TableNumber : uint32_t {
  kStatements,
  kSources,
  kMembers,
  kThreads,
  kSpeakers,
  kLinks,
  kArticles,
  kReports
};

constexpr size_t kDayBytes = 10;

bool IsLive(const Annotation& annotation) {
  switch (annotation.status()) {
    case verbatim::v1::ANNOTATION_STATUS_PROPOSED:
    case verbatim::v1::ANNOTATION_STATUS_CONFIRMED:
    case verbatim::v1::ANNOTATION_STATUS_CORRECTED:
      return true;
    default:
      return false;
  }
}

// The role as the quotation has it, else what stands before the name in its own sentence.
std::string SideIn(const Quote& quote, const verbatim::v1::TextSpan& sentence) {
  if (quote.speaker_type() != Quote::SPEAKER_TYPE_PERSON) return SideOfBody(quote.speaker());
  if (!quote.speaker_role().empty()) return SideOfRole(quote.speaker_role());
  const verbatim::v1::TextSpan& name = quote.speaker_mention();
  if (name.begin_byte() <= sentence.begin_byte() || name.end_byte() > sentence.end_byte())
    return "";
  const std::string_view words = sentence.exact();
  return SideOfRole(RoleBefore(words.substr(0, name.begin_byte() - sentence.begin_byte())));
}

void Date(const Quote& quote, const std::string& published, Quotation* q) {
  q->said_on = quote.said_on();
  q->basis = static_cast<Basis>(quote.said_on_basis());
  const bool known = q->basis == Basis::kStated || q->basis == Basis::kInferred;
  if (known && !q->said_on.empty()) return;
  // The article's day as it is known now, not as it was when the quotation was read.
  if (!published.empty()) q->said_on = published.substr(0, kDayBytes);
  q->basis = q->said_on.empty() ? Basis::kUnknown : Basis::kArticleDate;
}

Quotation Read(const AnnotationChanged& change) {
  const Annotation& annotation = change.after();
  const Quote quote = Parse<Quote>(annotation.body().value());
  Quotation q;
  q.annotation = annotation.annotation();
  q.article = annotation.anchor().article();
  std::vector<std::string_view> spans;
  for (const verbatim::v1::TextSpan& span : annotation.anchor().spans()) {
    spans.push_back(span.exact());
  }
  q.text = JoinSpans(spans);
  if (annotation.anchor().spans_size() > 0)
    q.begin_byte = annotation.anchor().spans(0).begin_byte();
  q.kind = static_cast<QuoteKind>(quote.kind());
  q.speaker = quote.speaker();
  q.speaker_key = quote.speaker_key();
  q.side = SideIn(quote, change.sentence());
  q.utterance = quote.utterance();
  q.status = static_cast<uint32_t>(annotation.status());
  q.title = change.article().title();
  q.outlet = change.article().outlet();
  Date(quote, change.article().published().value(), &q);
  return q;
}

using SpeakerLinks = Speakers<v1::SpeakerLink>;

// The keys whose meaning a decision on speakers changed.
std::vector<std::string> Decide(const verbatim::v1::ViewEvent& event, SpeakerLinks* links) {
  if (event.type() == "verbatim.v1.SpeakerAliased") {
    const auto body = Parse<verbatim::v1::SpeakerAliased>(event.body());
    return links->Alias(body.speaker_key(), body.name(), body.alias_key());
  }
  if (event.type() == "verbatim.v1.SpeakersMerged") {
    const auto body = Parse<verbatim::v1::SpeakersMerged>(event.body());
    return links->Merge(body.speaker_key(), {body.merged().begin(), body.merged().end()},
                        body.name());
  }
  if (event.type() == "verbatim.v1.SpeakerSplit") {
    const auto body = Parse<verbatim::v1::SpeakerSplit>(event.body());
    return links->Split({body.separated().begin(), body.separated().end()});
  }
  return {};
}

void Dispatch(const verbatim::v1::ViewEvent& event, Store& store, Fold* fold) {
  SpeakerLinks links(store, kLinks);
  const auto resolve = [&links](std::string_view key) {
    const SpeakerLinks::Identity identity = links.Resolve(key);
    return Identity{identity.key, identity.name};
  };
  if (event.type() == "verbatim.v1.ArticleLinked") {
    const auto link = Parse<verbatim::v1::ArticleLinked>(event.body());
    fold->Link(link.article(), link.other(), resolve);
    return;
  }
  if (event.type() != "verbatim.v1.AnnotationChanged") {
    const std::vector<std::string> changed = Decide(event, &links);
    if (!changed.empty()) fold->ResolveAnew(changed, resolve);
    return;
  }
  const auto change = Parse<AnnotationChanged>(event.body());
  if (change.has_after() && IsLive(change.after())) {
    fold->Put(Read(change), event.sequence(), resolve);
  } else {
    const Annotation& gone = change.has_after() ? change.after() : change.before();
    fold->Remove(gone.anchor().article(), gone.annotation());
  }
}

}  // namespace

struct StatementsView::Machine {
  Store* store = nullptr;
  StoreTable<Statement, v1::Statement> statements{&store, kStatements};
  StoreTable<Source, v1::Source> sources{&store, kSources};
  StoreTable<Member, v1::Member> members{&store, kMembers};
  StoreTable<Thread, v1::Thread> threads{&store, kThreads};
  StoreTable<Speaker, v1::Speaker> speakers{&store, kSpeakers};
  StoreTable<Article, v1::Article> articles{&store, kArticles};
  StoreTable<Report, v1::Report> reports{&store, kReports};
  Fold fold{Tables{&statements, &sources, &members, &threads, &speakers, &articles, &reports}};
};

StatementsView::StatementsView(Host, std::string_view) {}

StatementsView::~StatementsView() = default;

void StatementsView::Apply(std::string_view event_bytes, Store& store) {
  // Whatever leaves this call by an exception has been undone in the store, not in the cache.
  std::unique_ptr<Machine> machine = machine_ ? std::move(machine_) : std::make_unique<Machine>();
  machine->store = &store;
  Dispatch(Parse<verbatim::v1::ViewEvent>(event_bytes), store, &machine->fold);
  machine_ = std::move(machine);
}

}  // namespace verbatim::statements
