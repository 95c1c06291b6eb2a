// SPDX-License-Identifier: Apache-2.0
// Keeps the latest text of every article in a private table, and compares it with the next.
#include "revisions_view.h"

#include <optional>
#include <string>

#include "revisions.h"
#include "verbatim/keys.h"
#include "verbatim/statements/v1/statements.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::statements {
namespace {

using verbatim::v1::ArticleContent;

// The number of each table in manifest.textproto.
enum TableNumber : uint32_t { kRevisions, kLatest };

constexpr size_t kDayBytes = 10;

v1::Latest LatestOf(const ArticleContent& content, uint32_t revision) {
  v1::Latest latest;
  latest.set_text(content.text());
  latest.set_revision(revision);
  latest.set_title(content.metadata().title());
  latest.set_published(content.metadata().published().value().substr(0, kDayBytes));
  return latest;
}

void PutChanges(const std::string& article, const v1::Latest& before, const v1::Latest& after,
                Store& store) {
  uint32_t number = 0;
  for (const SentenceChange& change : CompareRevisions(before.text(), after.text())) {
    v1::Revision row;
    row.set_article(article);
    row.set_from_revision(before.revision());
    row.set_to_revision(after.revision());
    row.set_kind(static_cast<v1::Revision::Kind>(change.kind));
    row.set_sentence_from(change.from);
    row.set_sentence_to(change.to);
    row.set_diff(change.diff);
    for (const std::string& label : change.labels) row.add_labels(label);
    row.set_in_quote(change.in_quote);
    row.set_title(after.title());
    row.set_published(after.published());
    store.PutMessage(kRevisions,
                     KeyWriter().Bytes(article).U32(after.revision()).U32(number++).Take(), row);
  }
}

}  // namespace

void RevisionsView::Apply(std::string_view event_bytes, Store& store) {
  const auto event = Parse<verbatim::v1::ViewEvent>(event_bytes);
  if (event.type() == "verbatim.v1.ArticleIngested") {
    const auto body = Parse<verbatim::v1::ArticleIngested>(event.body());
    store.PutMessage(kLatest, body.article(), LatestOf(body.content(), 0));
  } else if (event.type() == "verbatim.v1.ArticleReextracted") {
    // Another reading of the same bytes: nobody changed a word.
    const auto body = Parse<verbatim::v1::ArticleReextracted>(event.body());
    store.PutMessage(kLatest, body.article(), LatestOf(body.content(), body.revision()));
  } else if (event.type() == "verbatim.v1.ArticleRevised") {
    const auto body = Parse<verbatim::v1::ArticleRevised>(event.body());
    const v1::Latest after = LatestOf(body.content(), body.revision());
    const std::optional<v1::Latest> before = store.GetMessage<v1::Latest>(kLatest, body.article());
    if (before) PutChanges(body.article(), *before, after, store);
    store.PutMessage(kLatest, body.article(), after);
  }
}

}  // namespace verbatim::statements
