// SPDX-License-Identifier: Apache-2.0
// verbatim statements: what was said over time, to read.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/audit/speakers.h"
#include "core/audit/timeline.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/opened_rows.h"
#include "tools/verbatim/pager.h"
#include "tools/verbatim/points.h"
#include "tools/verbatim/reading.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string speaker;
  std::string matter;
  std::string since;
  std::string until;
  std::string as_of;
  bool undated = false;
};

absl::StatusOr<audit::TimelineQuery> QueryOf(const Arguments& arguments,
                                             const archive::Archive& archive) {
  audit::TimelineQuery query;
  query.speaker = arguments.speaker;
  query.matter = arguments.matter;
  query.undated = arguments.undated;
  if (!arguments.since.empty()) {
    VB_ASSIGN_OR_RETURN(const base::Days days, base::ParseDays(arguments.since, archive.NowUs()));
    query.from_day = days.first;
  }
  if (!arguments.until.empty()) {
    VB_ASSIGN_OR_RETURN(const base::Days days, base::ParseDays(arguments.until, archive.NowUs()));
    query.to_day = days.last;
  }
  VB_ASSIGN_OR_RETURN(query.as_of, SequenceAtOr(archive, arguments.as_of, query.as_of));
  if (!query.speaker.empty()) {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    VB_ASSIGN_OR_RETURN(const audit::SpeakerBook book, audit::SpeakerBook::Read(snapshot));
    query.keys_of_name = [book](std::string_view name) { return book.KeysNamed(name); };
  }
  return query;
}

absl::Status PrintRows(const Cli& cli, const archive::Archive& archive, OpenedRows& opened,
                       const audit::Timeline& timeline) {
  VB_ASSIGN_OR_RETURN(std::vector<schema::Column> columns,
                      view::ColumnsOf(opened.generation(), opened.registry(), 0));
  for (schema::Column& name : opened.rows().NameColumns()) columns.push_back(std::move(name));
  const auto rows = cli.Rows(columns, &archive.registry());
  for (const audit::Matter& matter : timeline.matters) {
    for (const audit::Saying& saying : matter.sayings) {
      for (const audit::Report& report : saying.reports) {
        rows->Write(opened.rows().NameOf(report.row.key, report.row.since), *report.row.message);
      }
    }
  }
  rows->Finish();
  return absl::OkStatus();
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const audit::TimelineQuery query, QueryOf(arguments, *archive));
  VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, *archive, "statements"));
  VB_ASSIGN_OR_RETURN(const audit::Timeline timeline,
                      audit::ReadTimeline(opened->generation(), opened->registry(), query));
  if (cli.Format() == schema::Format::kTable) {
    const audit::TimelineStyle style{cli.Width(), cli.Color()};
    const Pager pager(cli);
    std::fputs(audit::TimelineText(timeline, style).c_str(), stdout);
  } else {
    VB_RETURN_IF_ERROR(PrintRows(cli, *archive, *opened, timeline));
  }
  if (timeline.undated > 0) {
    cli.Say(absl::StrCat(timeline.undated, " undated statements left out (--undated keeps them)"));
  }
  if (!timeline.names_taken.empty()) {
    cli.Say(absl::StrCat("taken: ", absl::StrJoin(timeline.names_taken, ", ")));
  }
  for (const std::string& line : timeline.came_near) cli.Say(line);
  if (!timeline.matters.empty()) return kDone;
  cli.Say("no such statements ('verbatim view statements' has them all)");
  return kNegative;
}

}  // namespace

void AddStatements(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "statements", "What was said over time, with what changed, to read",
              "verbatim statements --speaker Lindqvist --matter \"key rate\" --since 2020");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("--speaker", arguments->speaker,
                   "Only this speaker: a name, a last name, an alias or a key");
  verb->add_option("--matter", arguments->matter,
                   "Only this matter: a prefix of its id, or words that stand in it");
  verb->add_option("--since", arguments->since,
                   "Said on this day (2021-10-01), in this month or year, or later");
  verb->add_option("--until", arguments->until,
                   "Said on this day, in this month or year, or earlier");
  verb->add_flag("--undated", arguments->undated, "With --since or --until: keep what has no date");
  verb->add_option("--as-of", arguments->as_of,
                   "As the archive knew it at a sequence (1043) or time (2026-11-01, yesterday)");
}

}  // namespace verbatim::tool
