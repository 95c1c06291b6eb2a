// SPDX-License-Identifier: Apache-2.0
// verbatim why: a row of a view back to all that it rests on.
#include "core/audit/why.h"

#include <CLI/CLI.hpp>

#include "core/audit/show.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/opened_rows.h"
#include "tools/verbatim/pager.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string view;
  std::string key;
  std::string as_of;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const uint64_t as_of, SequenceAtOr(*archive, arguments.as_of, audit::kNow));
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, *archive, arguments.view));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
  VB_ASSIGN_OR_RETURN(const audit::NamedRow row,
                      opened->rows().Find(snapshot, arguments.key, as_of));
  VB_ASSIGN_OR_RETURN(const std::vector<schema::Record> reasons,
                      audit::WhyRow(snapshot, archive->registry(), opened->rows(), row, as_of));
  const Pager pager(cli);
  const auto rows = cli.Rows(audit::WhyColumns());
  for (const schema::Record& reason : reasons) rows->Write(reason);
  rows->Finish();
  return kDone;
}

}  // namespace

void AddWhy(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(
      app, "why", "A row back to the annotations, texts, bytes, plugins and people it rests on",
      "verbatim why statements a91f");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("view", arguments->view, "Name of a view")->required();
  verb->add_option("key", arguments->key,
                   "The row: a prefix of its key, or of the id of its annotation")
      ->required();
  verb->add_option("--as-of", arguments->as_of, "The row as it was at a sequence or time");
}

}  // namespace verbatim::tool
