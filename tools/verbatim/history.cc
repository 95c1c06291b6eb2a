// SPDX-License-Identifier: Apache-2.0
// verbatim history: every step of one annotation or article: who, what, when, why.
#include "core/audit/history.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string name;
  std::string as_of;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  const std::string& name = arguments.name;
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(*archive, name));
  if (thing.kind == audit::Kind::kEvent) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", name, "' is one event: 'verbatim show ", name,
                     "' prints it; history wants an annotation or an article"));
  }
  uint64_t at = std::numeric_limits<uint64_t>::max();
  if (!arguments.as_of.empty()) {
    VB_ASSIGN_OR_RETURN(at, SequenceAt(*archive, arguments.as_of));
  }
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
  const bool article = thing.kind == audit::Kind::kArticle;
  VB_ASSIGN_OR_RETURN(const std::vector<schema::Record> steps,
                      article
                          ? audit::ArticleHistory(snapshot, archive->registry(), thing.id, at)
                          : audit::AnnotationHistory(snapshot, archive->registry(), thing.id, at));
  const auto rows = cli.Rows(audit::HistoryColumns());
  for (const schema::Record& step : steps) rows->Write(step);
  rows->Finish();
  return kDone;
}

}  // namespace

void AddHistory(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "history", "Every step of one annotation or article: who, what, when, why",
              "verbatim history a91f");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("id", arguments->name,
                   "Id prefix of an annotation or article, URL, or file name")
      ->required();
  verb->add_option("--as-of", arguments->as_of, "Only what had happened by that sequence or time");
}

}  // namespace verbatim::tool
