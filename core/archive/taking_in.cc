// SPDX-License-Identifier: Apache-2.0
#include "core/archive/taking_in.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/names.h"
#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/exchange/articles.h"
#include "core/exchange/placing.h"
#include "core/schema/read_message.h"

namespace verbatim::archive {
namespace {

using exchange::Found;
using exchange::FoundArticle;
using exchange::News;
using Kind = Decision::Kind;

std::string WordsOf(const Found& found) {
  std::string words;
  for (const exchange::FoundSpan& span : found.spans) {
    absl::StrAppend(&words, words.empty() ? "" : " ... ", span.exact);
  }
  return words;
}

// "120..135,150..162"
std::string CharsOf(const v1::Anchor& anchor) {
  std::string chars;
  for (const v1::TextSpan& span : anchor.spans()) {
    absl::StrAppend(&chars, chars.empty() ? "" : ",", span.begin_char(), "..", span.end_char());
  }
  return chars;
}

// The annotations of one article, worked out against its state.
class Taking {
 public:
  Taking(const Archive& archive, const article::ArticleState& state, const FoundArticle& file,
         const TakeInOptions& options)
      : archive_(archive),
        state_(state),
        file_(file),
        options_(options),
        placer_(state, file, archive.registry()) {}

  absl::Status One(Found found) {
    TakenIn row{.where = exchange::WhereOf(file_.file, found.line), .article = state_.id()};
    row.text = WordsOf(found);
    row.type = found.type;
    if (found.status == "REJECTED" || found.status == "RETRACTED") {
      row.taken = Taken::kGone;
      row.why = absl::StrCat("the file itself has it as ", found.status);
      return Tell(std::move(row));
    }
    const auto type = BodyTypeNamed(archive_, found.type);
    if (!type.ok()) return Fail(type.status(), std::move(row));
    found.type = *type;
    row.type = *type;
    auto place = placer_.Find(found);
    if (absl::IsNotFound(place.status())) {
      return SetAside(found, std::string(place.status().message()), std::move(row));
    }
    if (!place.ok()) return Fail(place.status(), std::move(row));
    const article::AnnotationPtr met = exchange::Meet(state_, found, place->anchor);
    const auto body = placer_.BodyOf(found, *place, met == nullptr ? nullptr : &met->value->body);
    if (!body.ok()) return Fail(body.status(), std::move(row));
    Decision decision{.kind = Kind::kAdd, .target = base::ToHex(state_.id())};
    decision.type = found.type;
    decision.place.chars = CharsOf(place->anchor);
    decision.body = *body;
    if (met == nullptr) {
      row.taken = Taken::kAdded;
      if (!fresh_.insert(absl::StrCat(found.type, decision.place.chars, body->value())).second) {
        row.taken = Taken::kSame;
        row.why = "the file says it twice";
        return Tell(std::move(row));
      }
      return Decided(std::move(decision), std::move(row));
    }
    row.annotation = met->id;
    return Known(*met, *place, std::move(decision), std::move(row));
  }

  std::vector<TakenIn>& rows() { return rows_; }
  // In the order of the rows that have one.
  const std::vector<Decision>& decisions() const { return decisions_; }
  const std::vector<size_t>& row_of() const { return row_of_; }

 private:
  absl::Status Tell(TakenIn row) {
    rows_.push_back(std::move(row));
    return absl::OkStatus();
  }
  absl::Status Fail(const absl::Status& why, TakenIn row) {
    row.taken = Taken::kFailed;
    row.why = std::string(why.message());
    return Tell(std::move(row));
  }
  absl::Status Decided(Decision decision, TakenIn row) {
    decision.reason = options_.reason.empty() ? "imported from " + row.where : options_.reason;
    decision.where = row.where;
    decisions_.push_back(std::move(decision));
    row_of_.push_back(rows_.size());
    return Tell(std::move(row));
  }

  absl::Status Known(const article::AnnotationState& met, const exchange::Place& place,
                     Decision decision, TakenIn row) {
    decision.target = base::ToHex(met.id);
    switch (exchange::NewsOf(met, place.anchor, *decision.body, archive_.registry())) {
      case News::kGone:
        row.taken = Taken::kGone;
        row.why = absl::StrCat("people here have it as ", article::StatusName(met.status),
                               ": 'verbatim confirm' brings it back");
        return Tell(std::move(row));
      case News::kHadOnce:
        row.taken = Taken::kOutdated;
        row.why = "it said so before, and has been changed since";
        return Tell(std::move(row));
      case News::kSame:
        if (!options_.confirm || met.human_held || !fresh_.insert(met.id).second) {
          row.taken = Taken::kSame;
          return Tell(std::move(row));
        }
        row.taken = Taken::kConfirmed;
        decision.kind = Kind::kConfirm;
        return Decided(std::move(decision), std::move(row));
      case News::kCorrection:
        break;
    }
    row.taken = Taken::kCorrected;
    if (!fresh_.insert(met.id).second) {
      return Fail(absl::InvalidArgumentError(
                      absl::StrCat("a second value for annotation ", base::ShortId(met.id),
                                   ", which the file has corrected already")),
                  std::move(row));
    }
    decision.kind = Kind::kCorrect;
    if (article::SameSpans(met.value->anchor, place.anchor)) decision.place = {};
    return Decided(std::move(decision), std::move(row));
  }

  absl::Status SetAside(const Found& found, std::string why, TakenIn row) {
    v1::AnnotationUnplaced unplaced;
    unplaced.set_article(state_.id());
    const auto body = placer_.BodyAsFound(found);
    if (!body.ok()) return Fail(body.status(), std::move(row));
    *unplaced.mutable_body() = *body;
    for (const exchange::FoundSpan& span : found.spans) unplaced.add_exact(span.exact);
    unplaced.set_prefix(found.prefix);
    unplaced.set_suffix(found.suffix);
    unplaced.set_source(row.where);
    unplaced.set_why(why);
    row.taken = Taken::kUnplaced;
    row.why = std::move(why);
    for (const article::Unplaced& waiting : state_.unplaced()) {
      const v1::AnnotationUnplaced& other = waiting.annotation;
      if (other.body().type() == body->type() && other.body().value() == body->value() &&
          std::equal(other.exact().begin(), other.exact().end(), unplaced.exact().begin(),
                     unplaced.exact().end())) {
        row.why += absl::StrCat("; waits already as @", waiting.sequence);
        return Tell(std::move(row));
      }
    }
    Decision decision{.kind = Kind::kSetAside, .target = base::ToHex(state_.id())};
    decision.unplaced = std::move(unplaced);
    return Decided(std::move(decision), std::move(row));
  }

  const Archive& archive_;
  const article::ArticleState& state_;
  const FoundArticle& file_;
  const TakeInOptions& options_;
  exchange::Placer placer_;
  std::set<std::string> fresh_;  // what this file has said already
  std::vector<TakenIn> rows_;
  std::vector<Decision> decisions_;
  std::vector<size_t> row_of_;
};

// What the decisions became, laid over their rows.
void LayOver(const DecideResult& done, const Taking& taking, std::vector<TakenIn>& rows) {
  for (size_t i = 0; i < done.decided.size(); ++i) {
    const archive::Decided& decided = done.decided[i];
    TakenIn& row = rows[taking.row_of()[i]];
    row.sequence = decided.sequence;
    if (decided.after != nullptr) row.annotation = decided.after->id;
    if (decided.before != nullptr) row.changes = decided.changes;
  }
}

}  // namespace

std::string_view ToText(Taken taken) {
  switch (taken) {
    case Taken::kAdded:
      return "added";
    case Taken::kCorrected:
      return "corrected";
    case Taken::kConfirmed:
      return "confirmed";
    case Taken::kSame:
      return "same";
    case Taken::kOutdated:
      return "outdated";
    case Taken::kGone:
      return "gone";
    case Taken::kUnplaced:
      return "unplaced";
    case Taken::kFailed:
      break;
  }
  return "failed";
}

// The articles that files speak of. All texts are read once, for the first file that neither an id
// nor a URL leads from: taking in makes no article.
class TakingIn::ArticleFinder {
 public:
  explicit ArticleFinder(const Archive& archive) : archive_(archive) {}

  // 16 bytes. kNotFound.
  absl::StatusOr<std::string> Find(const log::Snapshot& snapshot, const FoundArticle& found) {
    if (!found.id.empty()) {
      VB_ASSIGN_OR_RETURN(const auto articles, snapshot.FindArticles(base::ToHex(found.id), 1));
      if (!articles.empty()) return articles[0];
    }
    if (!found.url.empty()) {
      auto named = ArticleNamed(archive_, found.url);
      if (named.ok()) return named;
    }
    for (const Found& one : found.annotations) {
      if (one.id.empty()) continue;
      const auto article = audit::ArticleOf(snapshot, one.id);
      if (article.ok()) return article;
    }
    return ByTextOrName(snapshot, found);
  }

 private:
  absl::StatusOr<std::string> ByTextOrName(const log::Snapshot& snapshot,
                                           const FoundArticle& found) {
    if (!read_) VB_RETURN_IF_ERROR(ReadAll(snapshot));
    if (const auto at = by_text_.find(base::ToString(base::Sha256(found.text)));
        !found.text.empty() && at != by_text_.end()) {
      return at->second;
    }
    if (const auto at = by_name_.find(found.name); !found.name.empty() && at != by_name_.end()) {
      return at->second;
    }
    return absl::NotFoundError(
        "no article here has its text, id, URL or name: ingest the article first");
  }

  // What an export would call each article, and its text.
  absl::Status ReadAll(const log::Snapshot& snapshot) {
    const exchange::Source source{.snapshot = snapshot,
                                  .registry = archive_.registry(),
                                  .archive_id = archive_.log().archive_id(),
                                  .tool_version = VERBATIM_VERSION,
                                  .as_of = snapshot.head(),
                                  .articles = {},
                                  .views = {}};
    VB_RETURN_IF_ERROR(exchange::ForEachArticle(source, [&](const exchange::ArticleOut& article) {
      by_name_.emplace(article.name, article.state.id());
      by_text_.emplace(base::ToString(base::Sha256(article.revision().text())), article.state.id());
      return absl::OkStatus();
    }));
    read_ = true;
    return absl::OkStatus();
  }

  const Archive& archive_;
  bool read_ = false;
  std::map<std::string, std::string> by_name_;
  std::map<std::string, std::string> by_text_;  // by digest
};

TakingIn::TakingIn(Archive& archive, v1::Actor person, TakeInOptions options,
                   std::function<void(const TakenIn&)> on_row)
    : archive_(archive),
      person_(std::move(person)),
      options_(std::move(options)),
      on_row_(std::move(on_row)),
      finder_(std::make_unique<ArticleFinder>(archive)) {}

TakingIn::~TakingIn() = default;

absl::StatusOr<TakeInResult> TakingIn::Take(const exchange::FoundFile& file) {
  TakeInResult result;
  result.notes = file.notes;
  VB_ASSIGN_OR_RETURN(log::Snapshot snapshot, archive_.log().Read());
  for (const FoundArticle& found : file.articles) {
    const auto id = finder_->Find(snapshot, found);
    if (!id.ok() && !absl::IsNotFound(id.status())) return id.status();
    article::ArticleState state;
    if (id.ok()) {
      // What an article before this one appended may be about this one too.
      VB_RETURN_IF_ERROR(snapshot.Renew());
      VB_ASSIGN_OR_RETURN(state, article::Load(snapshot, *id));
    }
    if (!id.ok() || state.erased() || state.revisions().empty()) {
      TakenIn row{.taken = Taken::kFailed, .where = found.file};
      row.why = id.ok() ? "the article was erased" : std::string(id.status().message());
      row.text = absl::StrCat(found.annotations.size(), " annotations");
      on_row_(row);
      continue;
    }
    Taking taking(archive_, state, found, options_);
    for (const Found& one : found.annotations) VB_RETURN_IF_ERROR(taking.One(one));
    auto done = options_.dry_run ? Foresee(archive_, taking.decisions(), person_)
                                 : Decide(archive_, taking.decisions(), person_);
    if (absl::IsInvalidArgument(done.status()) || absl::IsNotFound(done.status())) {
      TakenIn row{.taken = Taken::kFailed, .where = found.file, .article = state.id()};
      row.why = absl::StrCat("nothing of this article was taken in: ",
                             std::string(done.status().message()));
      on_row_(row);
      continue;
    }
    VB_RETURN_IF_ERROR(done.status());
    LayOver(*done, taking, taking.rows());
    for (const TakenIn& row : taking.rows()) on_row_(row);
    for (AnnotateResult& run : done->runs) result.runs.push_back(std::move(run));
  }
  return result;
}

}  // namespace verbatim::archive
