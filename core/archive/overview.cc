// SPDX-License-Identifier: Apache-2.0
#include "core/archive/overview.h"

#include "absl/strings/str_cat.h"
#include "core/archive/plugins.h"
#include "core/base/time_point.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

uint64_t BytesBelow(const fs::path& folder) {
  uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error)) bytes += it->file_size(error);
  }
  return bytes;
}

void FindTrouble(const Archive& archive, Overview& overview) {
  for (const audit::Totals::Trouble& runs : overview.totals.trouble) {
    overview.trouble.push_back(
        absl::StrCat(runs.plugin, ": ", runs.articles, " articles with outcome ", runs.outcome));
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
