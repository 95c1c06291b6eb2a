// SPDX-License-Identifier: Apache-2.0
// A folder of CSV files: articles.csv, and one for each view with the rows that `verbatim view`
// prints as csv.
#include "absl/strings/str_cat.h"
#include "core/audit/show.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/exchange/out_file.h"
#include "core/exchange/view_contents.h"

namespace verbatim::exchange {
namespace {

namespace fs = std::filesystem;

absl::Status WriteArticles(const Source& source, const fs::path& place, Exported& done) {
  VB_ASSIGN_OR_RETURN(OutFile file, OutFile::Beside(place));
  schema::RowWriter rows(audit::ArticleColumns(), {.format = schema::Format::kCsv},
                         [&](std::string_view bytes) { file.Write(bytes); });
  VB_RETURN_IF_ERROR(ForEachArticle(source, [&](const ArticleOut& article) {
    rows.Write(audit::ArticleRow(article.state, article.state.Live().size()));
    ++done.articles;
    return absl::OkStatus();
  }));
  rows.Finish();
  ++done.files;
  return file.Finish();
}

absl::Status WriteView(const Source& source, const NamedView& view, const fs::path& place,
                       Exported& done) {
  VB_ASSIGN_OR_RETURN(const ViewContents contents, ContentsOf(source, view));
  VB_ASSIGN_OR_RETURN(std::vector<schema::Column> columns,
                      view::ColumnsOf(*view.generation, *view.registry, 0));
  for (schema::Column& name : contents.named.NameColumns()) columns.push_back(std::move(name));
  VB_ASSIGN_OR_RETURN(OutFile file, OutFile::Beside(place));
  schema::RowWriter rows(columns, {.format = schema::Format::kCsv, .registry = &source.registry},
                         [&](std::string_view bytes) { file.Write(bytes); });
  for (const view::AnsweredRow& row : contents.answer.rows) {
    rows.Write(contents.named.NameOf(row.key, row.since), *row.message);
  }
  rows.Finish();
  done.rows += contents.answer.rows.size();
  ++done.files;
  return file.Finish();
}

}  // namespace

absl::StatusOr<Exported> WriteCsv(const Source& source, const fs::path& folder) {
  Exported done;
  VB_RETURN_IF_ERROR(WriteArticles(source, folder / "articles.csv", done));
  for (const NamedView& view : source.views) {
    VB_RETURN_IF_ERROR(WriteView(source, view, folder / (view.name + ".csv"), done));
  }
  return done;
}

}  // namespace verbatim::exchange
