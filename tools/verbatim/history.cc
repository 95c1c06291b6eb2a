// SPDX-License-Identifier: Apache-2.0
// verbatim history: every step of one annotation or article: who, what, when, why.
#include "core/audit/history.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/audit/show.h"
#include "core/base/hex.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/opened_rows.h"
#include "tools/verbatim/pager.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string name;
  std::string as_of;
};

absl::Status PrintAll(const Cli& cli, std::vector<schema::Column> columns,
                      const std::vector<schema::Record>& steps) {
  const Pager pager(cli);
  const auto rows = cli.Rows(std::move(columns));
  for (const schema::Record& step : steps) rows->Write(step);
  rows->Finish();
  return absl::OkStatus();
}

absl::Status OfRow(const Cli& cli, archive::Archive& archive, const RowName& name, uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, archive, name.view));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  VB_ASSIGN_OR_RETURN(const audit::NamedRow row, opened->rows().Find(snapshot, name.key, as_of));
  VB_ASSIGN_OR_RETURN(
      const std::vector<schema::Record> steps,
      audit::RowHistory(snapshot, archive.registry(), opened->rows(), row.key, as_of));
  return PrintAll(cli, audit::RowHistoryColumns(), steps);
}

absl::Status OfThing(const Cli& cli, const archive::Archive& archive, const std::string& name,
                     uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(archive, name));
  if (thing.kind == audit::Kind::kEvent) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", name, "' is one event: 'verbatim show ", name,
                     "' prints it; history wants an annotation, an article or a row"));
  }
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  const bool article = thing.kind == audit::Kind::kArticle;
  VB_ASSIGN_OR_RETURN(
      const std::vector<schema::Record> steps,
      article ? audit::ArticleHistory(snapshot, archive.registry(), thing.id, as_of)
              : audit::AnnotationHistory(snapshot, archive.registry(), thing.id, as_of));
  if (steps.empty()) {
    return absl::NotFoundError(absl::StrCat(article ? "article " : "annotation ",
                                            base::ToHex(thing.id), " was not there at sequence ",
                                            std::min(as_of, snapshot.head())));
  }
  return PrintAll(cli, audit::HistoryColumns(), steps);
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const uint64_t at, SequenceAtOr(*archive, arguments.as_of, audit::kNow));
  const auto row = RowNamed(*archive, arguments.name);
  VB_RETURN_IF_ERROR(row ? OfRow(cli, *archive, *row, at)
                         : OfThing(cli, *archive, arguments.name, at));
  return kDone;
}

}  // namespace

void AddHistory(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "history", "Every step of one annotation or article: who, what, when, why",
              "verbatim history a91f");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("id", arguments->name,
                   "Id prefix of an annotation or article, URL, file name, or VIEW/KEY of a row")
      ->required();
  verb->add_option("--as-of", arguments->as_of, "Only what had happened by that sequence or time");
}

}  // namespace verbatim::tool
