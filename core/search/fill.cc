// SPDX-License-Identifier: Apache-2.0
// The fold of the log into documents: what each article and quotation said, and from which sequence
// to which.
#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>

#include "core/article/article_state.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/search/index.h"
#include "verbatim/text/fold.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::search {
namespace {

constexpr std::string_view kQuoteType = "verbatim.v1.Quote";
constexpr size_t kDayBytes = 10;

struct Document {
  Kind kind = Kind::kArticle;
  uint32_t revision = 0;
  uint32_t line = 1;  // of the article's text on which it begins
  std::string day;
  std::string outlet;
  std::string speaker;
  std::string speaker_key;
  std::string title;
  std::string text;

  bool operator==(const Document&) const = default;
};

std::optional<Document> ArticleDocument(const article::ArticleState& state) {
  if (state.erased() || state.revisions().empty()) return std::nullopt;
  Document document;
  document.revision = state.latest()->number();
  document.day = state.metadata().published().value().substr(0, kDayBytes);
  document.outlet = state.metadata().outlet();
  document.title = state.metadata().title();
  document.text = state.latest()->text();
  return document;
}

std::optional<Document> QuoteDocument(const article::ArticleState& state,
                                      const article::AnnotationState& annotation) {
  if (state.erased() || annotation.type() != kQuoteType || !annotation.IsLive()) {
    return std::nullopt;
  }
  const v1::Anchor& anchor = annotation.value->anchor;
  v1::Quote quote;
  if (anchor.revision() >= state.revisions().size() || anchor.spans().empty() ||
      !quote.ParseFromString(annotation.value->body.value())) {
    return std::nullopt;
  }
  Document document;
  document.kind = Kind::kQuote;
  document.revision = anchor.revision();
  const std::string_view text = state.revisions()[anchor.revision()]->text();
  const std::string_view before = text.substr(0, anchor.spans(0).begin_byte());
  document.line = 1 + static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const std::string& published = state.metadata().published().value();
  document.day = (quote.said_on().empty() ? published : quote.said_on()).substr(0, kDayBytes);
  document.outlet = state.metadata().outlet();
  document.speaker = quote.speaker();
  document.speaker_key = quote.speaker_key();
  for (const v1::TextSpan& span : anchor.spans()) {
    document.text += (document.text.empty() ? "" : " ") + span.exact();
  }
  return document;
}

class Filler {
 public:
  static absl::StatusOr<Filler> Make(sqlite::Database& database) {
    VB_ASSIGN_OR_RETURN(
        sqlite::Statement close,
        database.Prepare("UPDATE docs SET until = ?3 WHERE article = ?1 AND annotation = ?2 "
                         "AND until = 9223372036854775807"));
    VB_ASSIGN_OR_RETURN(sqlite::Statement insert,
                        database.Prepare("INSERT INTO docs VALUES (NULL, ?1, ?2, ?3, ?4, "
                                         "9223372036854775807, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                                         "?13, ?14) RETURNING id"));
    VB_ASSIGN_OR_RETURN(
        sqlite::Statement words,
        database.Prepare("INSERT INTO words(rowid, title, text) VALUES (?1, ?2, ?3)"));
    return Filler(std::move(close), std::move(insert), std::move(words));
  }

  // The events of one article beyond `from`.
  absl::Status Article(const log::Snapshot& snapshot, const std::string& id, uint64_t from) {
    standing_.clear();
    article_ = id;
    article::ArticleState state;
    VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> stream,
                        snapshot.StreamSequences(base::ToHex(id)));
    bool begun = false;
    for (const uint64_t sequence : stream) {
      if (sequence > from && !std::exchange(begun, true)) Remember(state);
      VB_ASSIGN_OR_RETURN(const v1::EventHeader header, snapshot.Header(sequence));
      if (!article::ArticleState::MattersToViews(header.type())) continue;
      VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence));
      VB_ASSIGN_OR_RETURN(const article::Applied applied, state.Apply(sequence, header, body));
      if (sequence <= from) continue;
      if (applied.context_changed) VB_RETURN_IF_ERROR(All(state, sequence));
      if (applied.change) {
        const article::AnnotationState& after = *applied.change->after;
        VB_RETURN_IF_ERROR(Stand(after.id, QuoteDocument(state, after), sequence));
      }
    }
    return absl::OkStatus();
  }

 private:
  Filler(sqlite::Statement close, sqlite::Statement insert, sqlite::Statement words)
      : close_(std::move(close)), insert_(std::move(insert)), words_(std::move(words)) {}

  // What an earlier update wrote.
  void Remember(const article::ArticleState& state) {
    if (auto document = ArticleDocument(state)) standing_[""] = *std::move(document);
    for (const auto& [id, annotation] : state.annotations()) {
      if (auto document = QuoteDocument(state, *annotation)) standing_[id] = *std::move(document);
    }
  }

  absl::Status All(const article::ArticleState& state, uint64_t sequence) {
    VB_RETURN_IF_ERROR(Stand("", ArticleDocument(state), sequence));
    for (const auto& [id, annotation] : state.annotations()) {
      VB_RETURN_IF_ERROR(Stand(id, QuoteDocument(state, *annotation), sequence));
    }
    return absl::OkStatus();
  }

  // From this sequence on `document` is what there is; nothing: none.
  absl::Status Stand(const std::string& annotation, std::optional<Document> document,
                     uint64_t sequence) {
    const auto before = standing_.find(annotation);
    const bool stood = before != standing_.end();
    if (stood ? document == before->second : !document) return absl::OkStatus();
    if (stood) {
      VB_RETURN_IF_ERROR(close_.Bind(1, base::ToHex(article_))
                             .Bind(2, base::ToHex(annotation))
                             .Bind(3, static_cast<int64_t>(sequence))
                             .Finish());
      standing_.erase(before);
    }
    if (!document) return absl::OkStatus();
    VB_RETURN_IF_ERROR(Write(annotation, *document, sequence));
    standing_.emplace(annotation, *std::move(document));
    return absl::OkStatus();
  }

  absl::Status Write(const std::string& annotation, const Document& document, uint64_t sequence) {
    insert_.Bind(1, static_cast<int64_t>(document.kind))
        .Bind(2, base::ToHex(article_))
        .Bind(3, base::ToHex(annotation))
        .Bind(4, static_cast<int64_t>(sequence))
        .Bind(5, int64_t{document.revision})
        .Bind(6, int64_t{document.line})
        .Bind(7, document.day)
        .Bind(8, document.outlet)
        .Bind(9, text::Fold(document.outlet))
        .Bind(10, document.speaker)
        .Bind(11, text::Fold(document.speaker))
        .Bind(12, document.speaker_key)
        .Bind(13, document.title)
        .Bind(14, document.text);
    VB_ASSIGN_OR_RETURN(bool more, insert_.Next());
    const int64_t id = insert_.Number(0);
    while (more) {
      VB_ASSIGN_OR_RETURN(more, insert_.Next());
    }
    return words_.Bind(1, id).Bind(2, document.title).Bind(3, document.text).Finish();
  }

  sqlite::Statement close_;
  sqlite::Statement insert_;
  sqlite::Statement words_;
  std::string article_;
  std::map<std::string, Document> standing_;  // by annotation; "" is the article's text
};

// Articles with events beyond `from`, in the order in which they were touched first.
absl::StatusOr<std::vector<std::string>> Touched(const log::Snapshot& snapshot, uint64_t from) {
  std::vector<std::string> touched;
  std::unordered_set<std::string> seen;
  const auto visit = [&](uint64_t, const log::HeaderView& header) {
    if (!article::ArticleState::MattersToViews(header.type)) return true;
    std::optional<std::string> id = base::FromHex(header.stream);
    if (id && id->size() == base::kIdBytes && seen.insert(*id).second) {
      touched.push_back(*std::move(id));
    }
    return true;
  };
  if (from < snapshot.head()) {
    VB_RETURN_IF_ERROR(snapshot.ScanHeaders(from + 1, snapshot.head(), visit));
  }
  return touched;
}

}  // namespace

absl::Status Index::Fill(const log::Snapshot& snapshot, uint64_t from, const Progress& progress) {
  VB_ASSIGN_OR_RETURN(const std::vector<std::string> articles, Touched(snapshot, from));
  VB_ASSIGN_OR_RETURN(Filler filler, Filler::Make(database_));
  uint64_t done = 0;
  for (const std::string& article : articles) {
    VB_RETURN_IF_ERROR(
        base::WithContext(filler.Article(snapshot, article, from), base::ToHex(article)));
    if (progress) progress(++done, articles.size());
  }
  return absl::OkStatus();
}

}  // namespace verbatim::search
