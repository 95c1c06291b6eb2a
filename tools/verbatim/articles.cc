// SPDX-License-Identifier: Apache-2.0
// verbatim articles, verbatim article: the list, and one with all that is known of it.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "core/article/load.h"
#include "core/audit/show.h"
#include "core/schema/control.h"
#include "core/schema/value.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/points.h"
#include "tools/verbatim/show.h"

namespace verbatim::tool {
namespace {

struct ListArguments {
  std::string as_of;
};

absl::StatusOr<Exit> List(const Cli& cli, const ListArguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const uint64_t as_of, SequenceAtOr(*archive, arguments.as_of, audit::kNow));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
  const auto rows = cli.Rows(audit::ArticleColumns());
  VB_RETURN_IF_ERROR(audit::Articles(
      snapshot, [&](const schema::Record& row) { rows->Write(row); }, as_of));
  rows->Finish();
  if (rows->rows() == 0) {
    cli.Say(as_of == audit::kNow ? "no articles yet: 'verbatim ingest' takes them in"
                                 : absl::StrCat("there was no article at @", as_of));
  }
  return kDone;
}

struct Arguments {
  std::string article;
  std::string as_of;
  bool text = false;
};

// Byte by byte as the log has it; a terminal gets nothing that it would obey.
absl::StatusOr<Exit> PrintText(const Cli& cli, const log::Snapshot& snapshot,
                               std::string_view article, uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, article, as_of));
  if (state.revisions().empty())
    return absl::NotFoundError("the article had no text then, or it was erased");
  std::string text = state.latest()->text();
  if (cli.OnTerminal()) text = schema::ForTerminal(text);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

absl::StatusOr<Exit> One(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const std::string article, ArticleNamed(*archive, arguments.article));
  VB_ASSIGN_OR_RETURN(const uint64_t as_of, SequenceAtOr(*archive, arguments.as_of, audit::kNow));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
  if (arguments.text) return PrintText(cli, snapshot, article, as_of);
  VB_ASSIGN_OR_RETURN(const schema::Record record, audit::ShowArticle(snapshot, article, as_of));
  PrintRecord(cli, record);
  return kDone;
}

}  // namespace

void AddArticles(CLI::App& app, Cli& cli) {
  CLI::App* list = AddVerb(app, "articles", "List the articles", "verbatim articles --format csv");
  auto listed = SetRun(list, cli, &List);
  list->add_option("--as-of", listed->as_of,
                   "Those of a sequence (1043) or time (2026-11-01, yesterday), as they were");
  CLI::App* verb =
      AddVerb(app, "article", "One article with its revisions and metadata, or its text",
              "verbatim article 3fa9 --text");
  auto arguments = SetRun(verb, cli, &One);
  verb->add_option("article", arguments->article, "ARTICLE: id prefix, URL or file name")
      ->required();
  verb->add_option("--as-of", arguments->as_of, "As it was at a sequence or time");
  verb->add_flag("--text", arguments->text,
                 "Print the text of its latest revision, and nothing else");
}

}  // namespace verbatim::tool
