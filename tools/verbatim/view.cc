// SPDX-License-Identifier: Apache-2.0
// verbatim view: the rows of a view, now or as they were; or the list of views. verbatim watch:
// what is new in one since a person looked.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/view_gc.h"
#include "core/archive/views.h"
#include "core/audit/speakers.h"
#include "core/audit/view_rows.h"
#include "core/log/last_erasure.h"
#include "core/view/query.h"
#include "tools/verbatim/bookmark.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/opened_rows.h"
#include "tools/verbatim/person.h"
#include "tools/verbatim/points.h"
#include "tools/verbatim/reading.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string name;
  std::vector<std::string> where;
  std::string from;
  std::string to;
  std::string sort;
  std::string as_of;
  std::string since;
  std::optional<uint64_t> limit;
  bool undated = false;
  bool all = false;
  bool history = false;
};

absl::StatusOr<Exit> List(const Cli& cli) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const std::vector<archive::ViewState> states,
                      archive::Views(*archive).States());
  const auto rows = cli.Rows({{"name"},
                              {"plugin"},
                              {"state"},
                              {"sequence"},
                              {"lag"},
                              {"rows"},
                              {"summary", "", schema::Role::kText}});
  for (const archive::ViewState& state : states) {
    rows->Write(schema::Record()
                    .Add("name", state.name)
                    .Add("plugin", state.plugin)
                    .Add("state", state.state)
                    .Add("sequence", state.sequence)
                    .Add("lag", state.lag)
                    .Add("rows", state.rows)
                    .Add("versions", state.versions)
                    .Add("why", state.why)
                    .Add("summary", state.summary));
  }
  rows->Finish();
  return kDone;
}

absl::StatusOr<view::Query> QueryOf(const Arguments& arguments, const archive::Archive& archive) {
  view::Query query;
  for (const std::string& condition : arguments.where) {
    VB_ASSIGN_OR_RETURN(query.where.emplace_back(), view::ParseCondition(condition));
  }
  if (!query.where.empty()) {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    VB_ASSIGN_OR_RETURN(const audit::SpeakerBook book, audit::SpeakerBook::Read(snapshot));
    query.keys_of_name = [book](std::string_view name) { return book.KeysNamed(name); };
  }
  const uint64_t now_us = archive.NowUs();
  if (!arguments.from.empty()) {
    VB_ASSIGN_OR_RETURN(const base::Days days, base::ParseDays(arguments.from, now_us));
    query.from_day = days.first;
  }
  if (!arguments.to.empty()) {
    VB_ASSIGN_OR_RETURN(const base::Days days, base::ParseDays(arguments.to, now_us));
    query.to_day = days.last;
  }
  if (!arguments.as_of.empty()) {
    VB_ASSIGN_OR_RETURN(query.as_of, SequenceAt(archive, arguments.as_of));
  }
  if (!arguments.since.empty()) {
    VB_ASSIGN_OR_RETURN(query.since, SequenceBefore(archive, arguments.since));
  }
  query.sort = arguments.sort;
  if (arguments.limit != uint64_t{0}) query.limit = arguments.limit;
  query.undated = arguments.undated;
  query.all = arguments.all;
  return query;
}

void SayWhatWasLeftOut(const Cli& cli, const view::Answer& answer) {
  if (answer.undated > 0)
    cli.Say(absl::StrCat(answer.undated, " undated rows left out (--undated keeps them)"));
  if (answer.hidden > 0)
    cli.Say(absl::StrCat(answer.hidden, " rejected or retracted rows hidden (--all shows them)"));
  if (!answer.names_taken.empty())
    cli.Say(absl::StrCat("taken: ", absl::StrJoin(answer.names_taken, ", ")));
  for (const std::string& line : answer.came_near) cli.Say(line);
}

// Nothing printed is an answer too: of which question?
void SayThatNothingIs(const Cli& cli, const Arguments& arguments, uint64_t as_of) {
  const bool asked = !arguments.where.empty() || !arguments.from.empty() || !arguments.to.empty() ||
                     !arguments.since.empty();
  cli.Say(absl::StrCat(asked ? "no such rows in " : "no rows in ", arguments.name,
                       arguments.as_of.empty() ? "" : absl::StrCat(" as of @", as_of)));
}

// Every version of the rows that match as they stand, oldest first.
absl::Status WriteHistory(const audit::ViewRows& named, const view::Query& query,
                          const view::Answer& answer, schema::RowWriter& rows) {
  VB_ASSIGN_OR_RETURN(const view::Reader reader, named.generation().Read());
  for (const view::AnsweredRow& row : answer.rows) {
    VB_ASSIGN_OR_RETURN(const std::vector<view::Version> versions,
                        reader.History(query.table, row.key));
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
      if (version->since > query.as_of) continue;
      schema::Record before = named.NameOf(row.key, version->since);
      before.Add("erased", !version->row.has_value());
      if (!version->row) {
        rows.Write(before);
        continue;
      }
      VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, named.Parse(*version->row));
      rows.Write(before, *message);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Exit> Print(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const view::Query query, QueryOf(arguments, *archive));
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, *archive, arguments.name));
  const audit::ViewRows& named = opened->rows();
  if (!arguments.as_of.empty()) {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
    VB_ASSIGN_OR_RETURN(const uint64_t last, log::LastErasure(snapshot));
    if (last > query.as_of) {
      cli.Say(absl::StrCat("what was erased since, up to @", last,
                           ", is not shown ('verbatim log --type ContentErased' lists it)"));
    }
  }

  VB_ASSIGN_OR_RETURN(const view::Answer answer,
                      view::Ask(opened->generation(), opened->registry(), query));
  VB_ASSIGN_OR_RETURN(std::vector<schema::Column> columns,
                      view::ColumnsOf(opened->generation(), opened->registry(), query.table));
  for (schema::Column& name : named.NameColumns()) columns.push_back(std::move(name));
  if (arguments.history) {
    // The sequence leads each version, and a script wants to see which are erasures.
    columns.back().hidden = false;
    columns.back().title = "#";
    std::rotate(columns.begin(), columns.end() - 1, columns.end());
    columns.push_back({"erased", "", schema::Role::kPlain, true});
  }
  const auto rows = cli.Rows(columns, &archive->registry());
  if (arguments.history) {
    VB_RETURN_IF_ERROR(WriteHistory(named, query, answer, *rows));
  } else {
    for (const view::AnsweredRow& row : answer.rows) {
      rows->Write(named.NameOf(row.key, row.since), *row.message);
    }
  }
  rows->Finish();
  SayWhatWasLeftOut(cli, answer);
  if (answer.rows.empty()) SayThatNothingIs(cli, arguments, query.as_of);
  return !arguments.since.empty() && answer.rows.empty() ? kNegative : kDone;
}

struct WatchArguments {
  std::string name;
  bool all = false;
  bool keep = false;
};

absl::StatusOr<Exit> Watch(const Cli& cli, const WatchArguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, *archive, arguments.name));
  VB_ASSIGN_OR_RETURN(const Bookmark mark,
                      Bookmark::Of(archive->log().archive_id(), arguments.name,
                                   PersonActor(cli, *archive).person().handle()));
  // Where the view is now: what comes while this is printed is new the next time.
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, opened->generation().Checkpoint());
  const uint64_t now = checkpoint.sequence();
  view::Query query;
  query.as_of = now;
  query.all = arguments.all;
  query.since = mark.Read();
  VB_ASSIGN_OR_RETURN(const view::Answer answer,
                      view::Ask(opened->generation(), opened->registry(), query));
  VB_ASSIGN_OR_RETURN(std::vector<schema::Column> columns,
                      view::ColumnsOf(opened->generation(), opened->registry(), query.table));
  for (schema::Column& name : opened->rows().NameColumns()) columns.push_back(std::move(name));
  const auto rows = cli.Rows(columns, &archive->registry());
  for (const view::AnsweredRow& row : answer.rows) {
    rows->Write(opened->rows().NameOf(row.key, row.since), *row.message);
  }
  rows->Finish();
  SayWhatWasLeftOut(cli, answer);
  // The mark moves once a person can have seen what is before it.
  if (std::fflush(stdout) != 0) {
    return absl::ResourceExhaustedError("the rows could not be printed: they stay new");
  }
  if (!arguments.keep && now != query.since) VB_RETURN_IF_ERROR(mark.Write(now));
  return answer.rows.empty() ? kNegative : kDone;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  return arguments.name.empty() ? List(cli) : Print(cli, arguments);
}

struct GcArguments {
  std::string name;
  bool dry_run = false;
};

absl::StatusOr<Exit> Gc(const Cli& cli, const GcArguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const auto collected,
                      archive::CollectGenerations(*archive, arguments.name, arguments.dry_run));
  const auto rows = cli.Rows({{"view"}, {"generation"}, {"state"}, {"bytes"}});
  for (const archive::CollectedGeneration& one : collected) {
    rows->Write(schema::Record()
                    .Add("view", one.view)
                    .Add("generation", one.generation)
                    .Add("state", one.state)
                    .Add("bytes", one.bytes));
  }
  rows->Finish();
  return kDone;
}

}  // namespace

void AddView(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "view", "List views, or print the rows of one",
              "verbatim view quotes --where speaker=Lindqvist --from 2021-10 --to 2021-12");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("name", arguments->name, "Name of a view; none: the list of them");
  verb->add_option(
          "--where", arguments->where,
          "FIELD=VALUE, also == ~ != < <= > >= or FIELD.has=VALUE; may be repeated, all must hold")
      ->take_all();
  verb->add_option("--from", arguments->from,
                   "First day (2021-10-01), month or year of the view's date column");
  verb->add_option("--to", arguments->to, "Last day, month or year of it, inclusive");
  verb->add_option("--sort", arguments->sort, "Field to sort by; -FIELD against its order");
  verb->add_option("--limit", arguments->limit, "At most this many rows; 0: all");
  verb->add_option("--as-of", arguments->as_of,
                   "As it was at a sequence (1043) or time (2026-11-01, yesterday)");
  verb->add_option("--since", arguments->since,
                   "Only rows added or changed since; exit 1 when there are none");
  verb->add_flag("--undated", arguments->undated, "With --from or --to: keep rows without a date");
  verb->add_flag("--all", arguments->all, "Rejected and retracted rows too");
  verb->add_flag("--history", arguments->history, "Every version of each row");

  CLI::App* gc = AddVerb(*verb, "gc", "Remove builds of views that serve no more",
                         "verbatim view gc --dry-run");
  auto collected = SetRun(gc, cli, &Gc);
  gc->add_option("NAME", collected->name, "Of this view alone");
  gc->add_flag("--dry-run", collected->dry_run, "Only list them");
}

void AddWatch(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "watch", "Rows of a view that are new or changed since you looked",
                           "verbatim watch quotes || echo nothing new");
  auto arguments = SetRun(verb, cli, &Watch);
  verb->add_option("name", arguments->name, "Name of a view; the first time, all of it is new")
      ->required();
  verb->add_flag("--all", arguments->all, "Rejected and retracted rows too");
  verb->add_flag("--keep", arguments->keep, "Look without remembering: they stay new");
}

}  // namespace verbatim::tool
