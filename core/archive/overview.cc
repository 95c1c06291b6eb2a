// SPDX-License-Identifier: Apache-2.0
#include "core/archive/overview.h"

#include "absl/strings/str_cat.h"
#include "core/archive/plugins.h"
#include "core/archive/view_gc.h"
#include "core/archive/view_trouble.h"
#include "core/base/time_point.h"

namespace verbatim::archive {
namespace {

// What a person does about runs that ended so.
std::string WayOut(const audit::Totals::Trouble& runs) {
  if (runs.outcome == "SKIPPED_LANGUAGE" || runs.outcome == "BAD_INPUT") return "";
  return absl::StrCat(
      "; 'verbatim log --type RunCompleted' names them, 'verbatim annotate --plugin ", runs.plugin,
      " --force' tries again, 'verbatim plugin disable ", runs.plugin, "' lets it be");
}

void FindTrouble(const Archive& archive, Overview& overview) {
  for (const audit::Totals::Trouble& runs : overview.totals.trouble) {
    overview.trouble.push_back(
        absl::StrCat(runs.plugin, ": ", runs.articles, " articles with outcome ", runs.outcome,
                     runs.message.empty() ? "" : ", ", runs.message, WayOut(runs)));
  }
  for (const auto& [name, plugin] : archive.catalog().plugins()) {
    if (plugin.parked) {
      overview.trouble.push_back(absl::StrCat("plugin ", name, " is parked: ", plugin.why,
                                              "; 'verbatim plugin release ", name,
                                              "' lets it run"));
    }
  }
  for (const ViewState& view : overview.views) {
    if (view.state == "stalled")
      overview.trouble.push_back(absl::StrCat("view ", view.name, " ", view.why));
    const InstalledPlugin* plugin = archive.catalog().Plugin(view.plugin);
    const bool parked = view.state == "parked" && !plugin->parked;
    if (view.state == "failed" || parked) {
      overview.trouble.push_back(absl::StrCat(
          "view ", view.name, parked ? " is parked: " : " could not be brought up: ", view.why,
          "; ", WayOutOfTrouble(view.plugin)));
    }
  }
  for (const std::string& name : OutdatedBuiltins(archive)) {
    overview.trouble.push_back(absl::StrCat("another build of ", name,
                                            " lies beside this tool: 'verbatim plugin upgrade ",
                                            name, "' pins it"));
  }
}

}  // namespace

absl::StatusOr<Overview> Survey(Archive& archive) {
  Overview overview;
  {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    VB_ASSIGN_OR_RETURN(overview.totals, audit::CountAll(snapshot));
    if (snapshot.head() > 0) {
      VB_ASSIGN_OR_RETURN(const log::HeaderView last, snapshot.View(snapshot.head()));
      overview.last_recorded_at = base::FormatTime(last.recorded_at_us);
    }
  }
  VB_ASSIGN_OR_RETURN(overview.log, archive.log().env().Use());
  overview.view_bytes = BytesBelow(archive.layout().views());
  VB_ASSIGN_OR_RETURN(overview.views, Views(archive).States());
  FindTrouble(archive, overview);
  return overview;
}

}  // namespace verbatim::archive
