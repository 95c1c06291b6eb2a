// SPDX-License-Identifier: Apache-2.0
// verbatim status: one screen on the archive as a whole.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/overview.h"
#include "core/base/hex.h"
#include "core/plugin/containment.h"
#include "fmt/format.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {
namespace {

schema::Record RecordOf(const archive::Archive& archive, const archive::Overview& overview) {
  schema::List views;
  for (const archive::ViewState& view : overview.views) {
    views.emplace_back(schema::Record()
                           .Add("name", view.name)
                           .Add("state", view.state)
                           .Add("sequence", view.sequence)
                           .Add("lag", view.lag)
                           .Add("rows", view.rows)
                           .Add("why", view.why));
  }
  schema::List plugins;
  for (const auto& [name, plugin] : archive.catalog().plugins()) {
    plugins.emplace_back(schema::Record()
                             .Add("name", name)
                             .Add("version", plugin.pin.manifest().version())
                             .Add("runs", plugin.runs()));
  }
  schema::List trouble(overview.trouble.begin(), overview.trouble.end());
  return schema::Record()
      .Add("archive_id", base::ToHex(archive.log().archive_id()))
      .Add("events", overview.totals.events)
      .Add("articles", overview.totals.articles)
      .Add("annotations", overview.totals.annotations)
      .Add("annotations_added", overview.totals.annotations_added)
      .Add("decisions", overview.totals.decisions)
      .Add("last_recorded_at", overview.last_recorded_at)
      .Add("log_bytes", overview.log.file_bytes)
      .Add("view_bytes", overview.view_bytes)
      .Add("readers", uint64_t{overview.log.readers})
      .Add("views", std::move(views))
      .Add("plugins", std::move(plugins))
      .Add("sandbox", plugin::ToText(plugin::ContainmentHere()))
      .Add("trouble", std::move(trouble));
}

std::string Size(uint64_t bytes) {
  const double mib = static_cast<double>(bytes) / (1024.0 * 1024.0);
  return mib < 1024 ? fmt::format("{:.1f} MiB", mib) : fmt::format("{:.1f} GiB", mib / 1024);
}

void PrintForPeople(const Cli& cli, const archive::Archive& archive,
                    const archive::Overview& overview) {
  fmt::print("archive     {}  id {}\n", cli.ArchiveFolder(),
             base::ToHex(archive.log().archive_id()));
  fmt::print("events      {}, the last at {}\n", overview.totals.events,
             overview.last_recorded_at.empty() ? "-" : overview.last_recorded_at);
  fmt::print("articles    {}\nannotations {}, of {} ever added; decisions of people {}\n",
             overview.totals.articles, overview.totals.annotations,
             overview.totals.annotations_added, overview.totals.decisions);
  fmt::print("sizes       log {}, views {}; readers {}\n", Size(overview.log.file_bytes),
             Size(overview.view_bytes), overview.log.readers);
  fmt::print("views\n");
  for (const archive::ViewState& view : overview.views) {
    fmt::print("  {:<12} {:<9} at @{}, {} behind, {} rows {}\n", view.name, view.state,
               view.sequence, view.lag, view.rows, view.why);
  }
  fmt::print("plugins\n");
  for (const auto& [name, plugin] : archive.catalog().plugins()) {
    fmt::print("  {:<12} {:<9} {}\n", name, plugin.pin.manifest().version(),
               plugin.runs() ? "" : (plugin.parked ? "parked" : "disabled"));
  }
  fmt::print("sandbox     {}\n", plugin::ToText(plugin::ContainmentHere()));
  for (const std::string& line : overview.trouble) fmt::print("trouble     {}\n", line);
  if (overview.trouble.empty()) fmt::print("trouble     none\n");
}

absl::StatusOr<Exit> Run(const Cli& cli) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const archive::Overview overview, archive::Survey(*archive));
  if (cli.Format() == schema::Format::kTable) {
    PrintForPeople(cli, *archive, overview);
  } else {
    const auto rows = cli.Rows({});
    rows->Write(RecordOf(*archive, overview));
    rows->Finish();
  }
  return kDone;
}

}  // namespace

void AddStatus(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "status", "One screen on the archive: events, views, plugins, trouble",
              "verbatim status --format json");
  SetRun(verb, cli, [&cli] { return Run(cli); });
}

}  // namespace verbatim::tool
