// SPDX-License-Identifier: Apache-2.0
// verbatim log: the events themselves, newest last.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/audit/log_rows.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/pager.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

// How long --follow waits before it looks whether it should end.
constexpr uint64_t kFollowWaitMs = 500;

struct Arguments {
  std::string article;
  std::string actor;
  std::string type;
  std::string from;
  std::string to;
  std::string since;
  size_t limit = 0;
  bool follow = false;
};

absl::StatusOr<audit::LogFilter> FilterOf(const Arguments& arguments,
                                          const archive::Archive& archive) {
  audit::LogFilter filter;
  filter.actor = arguments.actor;
  filter.type = arguments.type;
  filter.limit = arguments.limit;
  if (!arguments.article.empty()) {
    VB_ASSIGN_OR_RETURN(filter.article, ArticleNamed(archive, arguments.article));
  }
  if (!arguments.from.empty()) {
    VB_ASSIGN_OR_RETURN(const base::PointInLog point,
                        base::ParsePoint(arguments.from, archive.NowUs()));
    const auto* sequence = std::get_if<base::Sequence>(&point);
    if (sequence != nullptr) {
      filter.from = sequence->value;
    } else {
      filter.since_us = std::get<base::TimeRange>(point).begin_us;
    }
  }
  if (!arguments.to.empty()) {
    VB_ASSIGN_OR_RETURN(filter.to, SequenceAt(archive, arguments.to));
  }
  if (!arguments.since.empty()) {
    VB_ASSIGN_OR_RETURN(const uint64_t before, SequenceBefore(archive, arguments.since));
    filter.from = std::max(filter.from, before + 1);
  }
  return filter;
}

// Nothing printed is an answer too: was such a thing ever to be had?
absl::Status SayThatNothingIs(const Cli& cli, const archive::Archive& archive,
                              const audit::LogFilter& filter) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  std::string line = absl::StrCat("no such events among those up to @", snapshot.head());
  const std::string full =
      filter.type.find('.') == std::string::npos ? "verbatim.v1." + filter.type : filter.type;
  if (!filter.type.empty() && !archive.registry().Knows(full)) {
    absl::StrAppend(&line, "; ", filter.type,
                    " is no type of event: 'verbatim log --format csv' prints types");
  }
  cli.Say(line);
  return absl::OkStatus();
}

// Prints events as they are read: a table too, whose columns don't wait for the last line.
class Printer {
 public:
  Printer(const Cli& cli, const archive::Archive& archive, bool follow)
      : cli_(cli), archive_(archive), follow_(follow) {
    // A list has no end while it grows: following prints its objects, a line each.
    Cli lines = cli;
    if (follow && cli.Format() == schema::Format::kJson) lines.format = "jsonl";
    if (cli.Format() != schema::Format::kTable) {
      rows_ = lines.Rows(audit::LogColumns(), &archive.registry());
    }
  }

  absl::Status Print(const audit::LogFilter& filter) {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
    return audit::Log(
        snapshot, archive_.registry(), filter,
        [&](const schema::Record& row) {
          any_ = true;
          if (rows_ != nullptr) {
            rows_->Write(row);
          } else {
            PrintLine(row);
          }
          if (follow_) std::fflush(stdout);
        },
        rows_ != nullptr ? audit::Bodies::kShown : audit::Bodies::kLeftOut);
  }

  void Finish() {
    if (rows_ != nullptr) rows_->Finish();
  }

  bool any() const { return any_; }

 private:
  void PrintLine(const schema::Record& row) {
    const audit::LogLayout layout = {cli_.local_time, cli_.Width()};
    if (!std::exchange(begun_, true)) std::fputs(audit::LogTitles(layout).c_str(), stdout);
    std::fputs(audit::LogLine(row, layout).c_str(), stdout);
  }

  const Cli& cli_;
  const archive::Archive& archive_;
  bool follow_;
  bool any_ = false;
  bool begun_ = false;
  std::unique_ptr<schema::RowWriter> rows_;
};

absl::Status Follow(const archive::Archive& archive, audit::LogFilter filter, Printer& printer) {
  uint64_t head = 0;
  while (true) {
    {
      VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
      head = snapshot.head();
    }
    filter.to = head;
    if (filter.from <= head) VB_RETURN_IF_ERROR(printer.Print(filter));
    std::fflush(stdout);
    filter.from = std::max(filter.from, head + 1);
    filter.limit = 0;
    while (true) {
      VB_ASSIGN_OR_RETURN(const uint64_t now, archive.log().WaitPast(head, kFollowWaitMs));
      if (now > head) break;
    }
  }
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const audit::LogFilter filter, FilterOf(arguments, *archive));
  if (arguments.follow) {
    if (!arguments.to.empty()) {
      return absl::InvalidArgumentError("--follow has no end: leave out --to");
    }
    Printer printer(cli, *archive, /*follow=*/true);
    VB_RETURN_IF_ERROR(Follow(*archive, filter, printer));
  }
  const Pager pager(cli);
  Printer printer(cli, *archive, /*follow=*/false);
  VB_RETURN_IF_ERROR(printer.Print(filter));
  printer.Finish();
  if (!printer.any()) VB_RETURN_IF_ERROR(SayThatNothingIs(cli, *archive, filter));
  return kDone;
}

}  // namespace

void AddLog(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "log", "Print events, newest last",
                           "verbatim log --article 3fa9 --since yesterday --format jsonl");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("--article", arguments->article, "ARTICLE: only its events");
  verb->add_option("--actor", arguments->actor,
                   "A name, name@version, or a kind: person, plugin, tool");
  verb->add_option("--type", arguments->type, "verbatim.v1.AnnotationAdded, or its last part");
  verb->add_option("--from", arguments->from, "First sequence or time");
  verb->add_option("--to", arguments->to, "Last sequence or time");
  verb->add_option("--since", arguments->since, "Recorded at that time or later");
  verb->add_option("--limit", arguments->limit, "The newest so many; 0: all");
  verb->add_flag("--follow", arguments->follow, "Go on printing as events arrive");
}

}  // namespace verbatim::tool
