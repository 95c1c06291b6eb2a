// SPDX-License-Identifier: Apache-2.0
// verbatim bisect: the first event at which a row holds.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/audit/log_rows.h"
#include "core/audit/show.h"
#include "core/base/hex.h"
#include "core/view/query.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/opened_rows.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string view;
  std::vector<std::string> where;
  bool all = false;
};

std::vector<schema::Column> Columns() {
  using schema::Role;
  return {{"sequence", "#"},
          {"recorded_at", "when", Role::kTime},
          {"actor.name", "who"},
          {"actor.version", "version"},
          {"what", "", Role::kText},
          {"text", "", Role::kText},
          {"annotation", "", Role::kId},
          {"reason", "", Role::kText},
          {"view", "", Role::kPlain, true},
          {"key", "", Role::kPlain, true},
          {"article", "", Role::kId, true}};
}

// The event, and the row that it made: enough to go on with show, history and why.
absl::StatusOr<schema::Record> RecordOf(const archive::Archive& archive,
                                        const audit::ViewRows& rows,
                                        const view::AnsweredRow& first) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  VB_ASSIGN_OR_RETURN(const audit::Opened event,
                      audit::Open(snapshot, archive.registry(), first.since));
  const schema::Record logged = audit::LogRow(event, archive.registry(), audit::Bodies::kLeftOut);
  schema::Record record;
  for (const char* field : {"sequence", "event_id", "type", "recorded_at", "actor", "what"}) {
    record.Add(field, *logged.Find(field));
  }
  const schema::Value* why = logged.Find("why");
  if (why != nullptr) record.Add("reason", *why);
  record.Add("view", rows.view());
  record.Add("key", base::ToHex(first.key));
  record.Add("text", rows.TextOf(*first.message));
  record.Add("annotation", rows.FieldOf(*first.message, "annotation"));
  record.Add("article", rows.FieldOf(*first.message, "article"));
  record.Add("row", schema::ToRecord(*first.message));
  return record;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  view::Query query;
  query.all = arguments.all;
  for (const std::string& condition : arguments.where) {
    VB_ASSIGN_OR_RETURN(query.where.emplace_back(), view::ParseCondition(condition));
  }
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, *archive, arguments.view));
  VB_ASSIGN_OR_RETURN(const auto first,
                      view::FirstToHold(opened->generation(), opened->registry(), query));
  if (!first) {
    VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, opened->generation().Checkpoint());
    cli.Say(absl::StrCat("no row of ", arguments.view, " ever had ",
                         absl::StrJoin(arguments.where, " and "), ", up to @",
                         checkpoint.sequence()));
    return kNegative;
  }
  VB_ASSIGN_OR_RETURN(const schema::Record record, RecordOf(*archive, opened->rows(), *first));
  const auto rows = cli.Rows(Columns());
  rows->Write(record);
  rows->Finish();
  return kDone;
}

}  // namespace

void AddBisect(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "bisect", "The first event at which a row of a view held; exit 1 when none did",
              "verbatim bisect quotes --where speaker=Lindqvist --where kind=DIRECT");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("view", arguments->view, "Name of a view")->required();
  verb->add_option("--where", arguments->where, "As in view; may be repeated, all must hold")
      ->required()
      ->take_all();
  verb->add_flag("--all", arguments->all, "Rejected and retracted rows too");
}

}  // namespace verbatim::tool
