// SPDX-License-Identifier: Apache-2.0
// verbatim diff: what differs between two points of the log.
#include "core/audit/diff.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/opened_rows.h"
#include "tools/verbatim/pager.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string view;
  std::string from;
  std::string to;
  std::string article;
  std::string type;
  bool all = false;
};

absl::StatusOr<audit::DiffRange> RangeOf(const archive::Archive& archive,
                                         const Arguments& arguments) {
  audit::DiffRange range;
  VB_ASSIGN_OR_RETURN(range.from, SequenceAt(archive, arguments.from));
  uint64_t head = 0;
  {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    head = snapshot.head();
  }
  VB_ASSIGN_OR_RETURN(range.to, SequenceAtOr(archive, arguments.to, head));
  if (range.from <= range.to) return range;
  return absl::InvalidArgumentError(absl::StrCat("--from ", arguments.from, " (@", range.from,
                                                 ") is after --to ", arguments.to, " (@", range.to,
                                                 "): turn them round"));
}

absl::StatusOr<std::vector<schema::Record>> Annotations(const archive::Archive& archive,
                                                        const audit::DiffRange& range,
                                                        const Arguments& arguments) {
  audit::DiffFilter filter;
  filter.type = arguments.type;
  if (!arguments.article.empty()) {
    VB_ASSIGN_OR_RETURN(filter.article, ArticleNamed(archive, arguments.article));
  }
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  return audit::DiffAnnotations(snapshot, archive.registry(), range, filter);
}

absl::StatusOr<std::vector<schema::Record>> RowsOfView(const Cli& cli, archive::Archive& archive,
                                                       const audit::DiffRange& range,
                                                       const Arguments& arguments) {
  if (!arguments.type.empty() || !arguments.article.empty()) {
    return absl::InvalidArgumentError(
        "--type and --article are for annotations: leave them out, or the name of the view");
  }
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, archive, arguments.view));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  return audit::DiffRows(snapshot, archive.registry(), opened->rows(), range, arguments.all);
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const audit::DiffRange range, RangeOf(*archive, arguments));
  const bool annotations = arguments.view.empty();
  VB_ASSIGN_OR_RETURN(const std::vector<schema::Record> differences,
                      annotations ? Annotations(*archive, range, arguments)
                                  : RowsOfView(cli, *archive, range, arguments));
  const Pager pager(cli);
  const auto rows = cli.Rows(annotations ? audit::DiffColumns() : audit::RowDiffColumns());
  for (const schema::Record& row : differences) rows->Write(row);
  rows->Finish();
  return differences.empty() ? kDone : kNegative;
}

}  // namespace

void AddDiff(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "diff", "What differs between two points; exit 1 when something does",
              "verbatim diff --from 1043 --to 2026-11-01 quotes");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("view", arguments->view, "Name of a view; none: the annotations themselves");
  verb->add_option("--from", arguments->from, "The earlier sequence or time")->required();
  verb->add_option("--to", arguments->to, "The later one; none: now");
  verb->add_option("--article", arguments->article, "ARTICLE: only its annotations");
  verb->add_option("--type", arguments->type, "Only annotations of this type: Quote");
  verb->add_flag("--all", arguments->all, "Of a view: rejected and retracted rows too");
}

}  // namespace verbatim::tool
