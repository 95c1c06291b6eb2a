// SPDX-License-Identifier: Apache-2.0
// The view `duplicates`: links between articles, folded into stories. What links say is transitive:
// a story is all articles that links connect. Its name is the article that the archive had first,
// so that it changes only when a link joins two stories.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verbatim/duplicates/v1/duplicates.pb.h"
#include "verbatim/plugin.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::duplicates {
namespace {

using verbatim::v1::ArticleMetadata;

// The number of each table in manifest.textproto.
enum TableNumber : uint32_t { kDuplicates, kArticles };

constexpr size_t kDayBytes = 10;

void Correct(const v1::Article::Correction& correction, ArticleMetadata& metadata) {
  const ArticleMetadata& right = correction.metadata();
  const auto corrects = [&](std::string_view field) {
    if (correction.fields().empty()) return true;
    for (const std::string& name : correction.fields()) {
      if (name.substr(0, name.find('.')) == field) return true;
    }
    return false;
  };
  if (corrects("title")) metadata.set_title(right.title());
  if (corrects("outlet")) metadata.set_outlet(right.outlet());
  if (corrects("canonical_url")) metadata.set_canonical_url(right.canonical_url());
  if (corrects("published")) *metadata.mutable_published() = right.published();
}

// With the corrections that stand: a withdrawal may be withdrawn itself.
ArticleMetadata Corrected(const v1::Article& article) {
  std::vector<std::string> dropped;
  const auto is_dropped = [&](const std::string& id) {
    for (const std::string& one : dropped) {
      if (one == id) return true;
    }
    return false;
  };
  for (int i = article.withdrawals_size(); i-- > 0;) {
    const v1::Article::Withdrawal& withdrawal = article.withdrawals(i);
    if (!is_dropped(withdrawal.event_id())) dropped.push_back(withdrawal.target());
  }
  ArticleMetadata metadata = article.metadata();
  for (const v1::Article::Correction& correction : article.corrections()) {
    if (!is_dropped(correction.event_id())) Correct(correction, metadata);
  }
  return metadata;
}

// Undated articles come last, those of one day in the order in which they came.
bool IsEarlier(const v1::Duplicate& a, const v1::Duplicate& b) {
  const std::string day_a = a.published().substr(0, kDayBytes);
  const std::string day_b = b.published().substr(0, kDayBytes);
  if (day_a != day_b) return day_b.empty() || (!day_a.empty() && day_a < day_b);
  return a.arrived() < b.arrived();
}

class DuplicatesView : public View {
 public:
  DuplicatesView(Host, std::string_view) {}

  void Apply(std::string_view event_bytes, Store& store) override {
    const auto event = Parse<verbatim::v1::ViewEvent>(event_bytes);
    if (event.type() == "verbatim.v1.ArticleIngested") {
      const auto body = Parse<verbatim::v1::ArticleIngested>(event.body());
      TakeText(body.article(), body.content().metadata(), event.sequence(), store);
    } else if (event.type() == "verbatim.v1.ArticleRevised") {
      const auto body = Parse<verbatim::v1::ArticleRevised>(event.body());
      TakeText(body.article(), body.content().metadata(), event.sequence(), store);
    } else if (event.type() == "verbatim.v1.ArticleReextracted") {
      const auto body = Parse<verbatim::v1::ArticleReextracted>(event.body());
      TakeText(body.article(), body.content().metadata(), event.sequence(), store);
    } else if (event.type() == "verbatim.v1.ArticleMetadataCorrected") {
      TakeCorrection(event, store);
    } else if (event.type() == "verbatim.v1.DecisionWithdrawn") {
      TakeWithdrawal(event, store);
    } else if (event.type() == "verbatim.v1.ArticleLinked") {
      TakeLink(Parse<verbatim::v1::ArticleLinked>(event.body()), store);
    }
  }

 private:
  static v1::Article Get(const std::string& id, const Store& store) {
    return store.GetMessage<v1::Article>(kArticles, id).value_or(v1::Article());
  }

  void TakeText(const std::string& id, const ArticleMetadata& metadata, uint64_t sequence,
                Store& store) {
    v1::Article article = Get(id, store);
    if (article.arrived() == 0) article.set_arrived(sequence);
    ArticleMetadata* kept = article.mutable_metadata();
    kept->set_title(metadata.title());
    kept->set_outlet(metadata.outlet());
    kept->set_canonical_url(metadata.canonical_url());
    *kept->mutable_published() = metadata.published();
    Keep(id, article, store);
  }

  void TakeCorrection(const verbatim::v1::ViewEvent& event, Store& store) {
    const auto body = Parse<verbatim::v1::ArticleMetadataCorrected>(event.body());
    v1::Article article = Get(body.article(), store);
    v1::Article::Correction* correction = article.add_corrections();
    correction->set_event_id(event.header().event_id());
    *correction->mutable_metadata() = body.metadata();
    *correction->mutable_fields() = body.fields();
    Keep(body.article(), article, store);
  }

  // Of a correction, or of another withdrawal: what else is withdrawn is about annotations.
  void TakeWithdrawal(const verbatim::v1::ViewEvent& event, Store& store) {
    const auto body = Parse<verbatim::v1::DecisionWithdrawn>(event.body());
    if (!body.annotation().empty()) return;
    const std::optional<std::string> id = ArticleOf(event.header().stream());
    if (!id) return;
    v1::Article article = Get(*id, store);
    v1::Article::Withdrawal* withdrawal = article.add_withdrawals();
    withdrawal->set_event_id(event.header().event_id());
    withdrawal->set_target(body.target());
    Keep(*id, article, store);
  }

  // An article's stream is named by its id in hex.
  static std::optional<std::string> ArticleOf(std::string_view stream) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (stream.size() != 32) return std::nullopt;
    std::string id;
    for (size_t i = 0; i < stream.size(); i += 2) {
      const size_t high = kDigits.find(stream[i]);
      const size_t low = kDigits.find(stream[i + 1]);
      if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
      id.push_back(static_cast<char>(high << 4 | low));
    }
    return id;
  }

  void TakeLink(const verbatim::v1::ArticleLinked& link, Store& store) {
    v1::Article article = Get(link.article(), store);
    const v1::Article other = Get(link.other(), store);
    *article.mutable_link() = link;
    Keep(link.article(), article, store);
    const std::string mine = StoryOf(link.article(), article);
    const std::string theirs = StoryOf(link.other(), other);
    const bool mine_is_older = Arrived(mine, store) < Arrived(theirs, store);
    const std::string& story = mine_is_older ? mine : theirs;
    Move(link.article(), mine, story, store);
    Move(link.other(), theirs, story, store);
    Settle(story, store);
  }

  static std::string StoryOf(const std::string& id, const v1::Article& article) {
    return article.story().empty() ? id : article.story();
  }

  // What only a link names comes last.
  static uint64_t Arrived(const std::string& id, const Store& store) {
    return Get(id, store).arrived() - 1;
  }

  // The article, or all of the story that it belongs to, becomes part of `to`.
  static void Move(const std::string& id, const std::string& from, const std::string& to,
                   Store& store) {
    std::vector<std::string> members;
    if (Get(id, store).story().empty()) {
      members.push_back(id);
    } else if (from == to) {
      return;
    } else {
      store.Scan(kDuplicates, from, [&](std::string_view key, std::string_view) {
        members.emplace_back(key.substr(from.size()));
        return true;
      });
    }
    for (const std::string& member : members) {
      v1::Article article = Get(member, store);
      if (from != to) store.Erase(kDuplicates, from + member);
      article.set_story(to);
      store.PutMessage(kArticles, member, article);
      PutRow(member, article, store);
    }
  }

  static void PutRow(const std::string& id, const v1::Article& article, Store& store) {
    const ArticleMetadata metadata = Corrected(article);
    v1::Duplicate row;
    row.set_story(article.story());
    row.set_article(id);
    row.set_published(metadata.published().value());
    row.set_outlet(metadata.outlet());
    row.set_title(metadata.title());
    row.set_url(metadata.canonical_url());
    row.set_kind(article.link().kind());
    row.set_containment(article.link().containment());
    row.set_other(article.link().other());
    row.set_arrived(article.arrived());
    store.PutMessage(kDuplicates, article.story() + id, row);
  }

  static void Keep(const std::string& id, const v1::Article& article, Store& store) {
    store.PutMessage(kArticles, id, article);
    if (article.story().empty()) return;
    PutRow(id, article, store);
    Settle(article.story(), store);
  }

  // Marks the earliest of a story.
  static void Settle(const std::string& story, Store& store) {
    std::vector<v1::Duplicate> rows;
    store.Scan(kDuplicates, story, [&](std::string_view, std::string_view bytes) {
      rows.push_back(Parse<v1::Duplicate>(bytes));
      return true;
    });
    const v1::Duplicate* earliest = nullptr;
    for (const v1::Duplicate& row : rows) {
      if (earliest == nullptr || IsEarlier(row, *earliest)) earliest = &row;
    }
    for (const v1::Duplicate& row : rows) {
      if (row.earliest() == (&row == earliest)) continue;
      v1::Duplicate marked = row;
      marked.set_earliest(&row == earliest);
      store.PutMessage(kDuplicates, story + row.article(), marked);
    }
  }
};

}  // namespace
}  // namespace verbatim::duplicates

VERBATIM_PLUGIN(verbatim::ViewRole<verbatim::duplicates::DuplicatesView>("duplicates"));
