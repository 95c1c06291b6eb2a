// SPDX-License-Identifier: Apache-2.0
// verbatim blame: each annotated span of an article with the events that made it what it is.
#include "core/audit/blame.h"

#include <CLI/CLI.hpp>
#include <limits>

#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/pager.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string article;
  std::string type;
  std::string as_of;
  bool all = false;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const std::string article, ArticleNamed(*archive, arguments.article));
  audit::BlameOptions options;
  VB_ASSIGN_OR_RETURN(options.as_of, SequenceAtOr(*archive, arguments.as_of, options.as_of));
  options.type = arguments.type;
  options.all = arguments.all;
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
  VB_ASSIGN_OR_RETURN(const std::vector<audit::Blamed> blamed,
                      audit::BlameArticle(snapshot, archive->registry(), article, options));
  const Pager pager(cli);
  const bool table = cli.Format() == schema::Format::kTable;
  const auto rows = cli.Rows(table ? audit::BlameLineColumns() : audit::BlameColumns());
  for (const audit::Blamed& one : blamed) {
    if (table) {
      rows->Write(audit::BlameLine(one));
      continue;
    }
    for (const schema::Record& row : audit::BlameRows(one)) rows->Write(row);
  }
  rows->Finish();
  return kDone;
}

}  // namespace

void AddBlame(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "blame", "Each annotated span of an article with the events that made it",
              "verbatim blame 3fa9 --type Quote --as-of yesterday");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("article", arguments->article, "ARTICLE: id prefix, URL or file name")
      ->required();
  verb->add_option("--type", arguments->type,
                   "Only this type: verbatim.v1.Quote, or its last part");
  verb->add_option("--as-of", arguments->as_of, "As it was at a sequence or time");
  verb->add_flag("--all", arguments->all, "Rejected and retracted ones too");
}

}  // namespace verbatim::tool
