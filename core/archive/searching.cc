// SPDX-License-Identifier: Apache-2.0
#include "core/archive/searching.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/views.h"
#include "core/audit/speakers.h"
#include "core/audit/view_rows.h"
#include "core/base/hex.h"
#include "core/log/last_erasure.h"
#include "core/view/query.h"
#include "verbatim/text/fold.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

std::string IndexName(uint64_t last_erasure) { return absl::StrCat(last_erasure, ".db"); }

absl::StatusOr<search::Index> UpToDate(const fs::path& file, const log::Snapshot& snapshot,
                                       const search::Index::Progress& progress) {
  VB_ASSIGN_OR_RETURN(search::Index index, search::Index::Open(file));
  VB_RETURN_IF_ERROR(index.Update(snapshot, progress));
  return index;
}

absl::StatusOr<search::Index> OpenIndex(const Layout& layout, const log::Snapshot& snapshot,
                                        const search::Index::Progress& progress) {
  VB_ASSIGN_OR_RETURN(const uint64_t last_erasure, log::LastErasure(snapshot));
  std::error_code error;
  fs::create_directories(layout.search(), error);
  const fs::path file = layout.search() / IndexName(last_erasure);
  auto index = UpToDate(file, snapshot, progress);
  if (absl::IsDataLoss(index.status())) {  // it is derived: another one is made
    fs::remove(file, error);
    index = UpToDate(file, snapshot, progress);
  }
  if (!absl::IsPermissionDenied(index.status())) return index;
  return UpToDate(":memory:", snapshot, progress);
}

bool HasAll(std::string_view text, const std::vector<search::Term>& terms) {
  const std::string folded = text::Fold(text);
  return std::all_of(terms.begin(), terms.end(), [&](const search::Term& term) {
    return folded.find(text::Fold(term.text)) != std::string::npos;
  });
}

// The rows of the view `statements` about these quotations, one hit each, in the order of theirs.
absl::StatusOr<search::Answer> Statements(Archive& archive, const search::Answer& quotes,
                                          const search::Query& query, size_t limit,
                                          std::vector<std::string>& notes) {
  VB_ASSIGN_OR_RETURN(OpenedView opened, Views(archive).Open("statements"));
  notes.insert(notes.end(), opened.notes.begin(), opened.notes.end());
  schema::Registry registry;
  VB_ASSIGN_OR_RETURN(const audit::ViewRows rows,
                      audit::ViewRows::Bind(*opened.generation, registry));
  view::Query every;
  if (query.as_of != search::kNow) every.as_of = query.as_of;
  VB_ASSIGN_OR_RETURN(const view::Answer all, view::Ask(*opened.generation, registry, every));
  std::multimap<std::string, std::string> texts;  // by annotation in hex
  for (const view::AnsweredRow& row : all.rows) {
    std::string text = rows.FieldOf(*row.message, "text");
    if (HasAll(text, query.terms)) {
      texts.emplace(rows.FieldOf(*row.message, "annotation"), std::move(text));
    }
  }
  search::Answer answer;
  answer.undated = quotes.undated;
  for (const search::Hit& quote : quotes.hits) {
    const auto [first, last] = texts.equal_range(base::ToHex(quote.annotation));
    for (auto text = first; text != last; ++text) {
      ++answer.matched;
      if (limit > 0 && answer.hits.size() >= limit) continue;
      search::Hit hit = quote;
      search::Hit::Line line;
      line.number = quote.lines.empty() ? 0 : quote.lines.front().number;
      line.text = text->second;
      hit.lines = {std::move(line)};
      answer.hits.push_back(std::move(hit));
    }
  }
  return answer;
}

}  // namespace

absl::StatusOr<SearchResult> Search(Archive& archive, const SearchRequest& request) {
  search::Query query;
  VB_ASSIGN_OR_RETURN(query.terms, search::ParseWords(request.words));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  query.kinds.clear();
  if (request.articles) query.kinds.push_back(search::Kind::kArticle);
  if (request.quotes || request.statements) query.kinds.push_back(search::Kind::kQuote);
  query.outlet = request.outlet;
  query.from_day = request.from_day;
  query.to_day = request.to_day;
  query.as_of = request.as_of.value_or(search::kNow);
  query.limit = request.statements ? 0 : request.limit;
  if (!request.speaker.empty()) {
    query.speaker = request.speaker;
    VB_ASSIGN_OR_RETURN(
        const audit::SpeakerBook book,
        audit::SpeakerBook::Read(snapshot, request.as_of.value_or(snapshot.head())));
    for (const std::string& key : book.KeysNamed(request.speaker)) {
      query.speaker_keys.push_back(key);
      for (std::string& merged : book.MergedInto(key)) {
        query.speaker_keys.push_back(std::move(merged));
      }
    }
  }
  VB_ASSIGN_OR_RETURN(search::Index index, OpenIndex(archive.layout(), snapshot, request.progress));
  SearchResult result;
  VB_ASSIGN_OR_RETURN(result.answer, index.Ask(query));
  if (request.statements) {
    VB_ASSIGN_OR_RETURN(result.answer,
                        Statements(archive, result.answer, query, request.limit, result.notes));
  }
  return result;
}

void DropErasedIndexes(const Layout& layout, uint64_t last_erasure) {
  std::error_code error;
  const std::string current = IndexName(last_erasure);
  for (fs::directory_iterator it(layout.search(), error), end; !error && it != end;
       it.increment(error)) {
    // Its journal's name begins as its own does.
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (!name.starts_with(current)) fs::remove(it->path(), ignored);
  }
}

}  // namespace verbatim::archive
