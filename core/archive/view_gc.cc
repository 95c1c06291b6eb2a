// SPDX-License-Identifier: Apache-2.0
#include "core/archive/view_gc.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/view/home.h"
#include "core/view/home_lock.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

absl::Status CollectIn(const fs::path& folder, bool serves, bool dry_run,
                       std::vector<CollectedGeneration>& out) {
  const view::ViewHome home(folder);
  const std::string name = folder.filename().string();
  VB_ASSIGN_OR_RETURN(const auto lock, view::HomeLock::TryTake(folder));
  VB_ASSIGN_OR_RETURN(const std::vector<fs::path> generations, home.List());
  VB_ASSIGN_OR_RETURN(std::optional<fs::path> current, home.Current());
  // Of a view that the archive doesn't have any more, none serves.
  if (!serves) current.reset();
  for (const fs::path& generation : generations) {
    CollectedGeneration row{name, generation.filename().string(), BytesBelow(generation), "serves"};
    if (generation != current) row.state = !lock ? "busy" : dry_run ? "removable" : "removed";
    if (row.state == "removed") {
      std::error_code error;
      fs::remove_all(generation, error);
      if (error) return base::ErrnoStatus(error.value(), "remove " + generation.string());
    }
    out.push_back(std::move(row));
  }
  if (!serves && lock && !dry_run) return home.Drop();
  return absl::OkStatus();
}

}  // namespace

uint64_t BytesBelow(const fs::path& folder) {
  uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error)) bytes += it->file_size(error);
  }
  return bytes;
}

absl::StatusOr<std::vector<CollectedGeneration>> CollectGenerations(const Archive& archive,
                                                                    std::string_view name,
                                                                    bool dry_run) {
  const std::vector<std::string> names = archive.catalog().ViewNames();
  const auto known = [&](const std::string& view) {
    return std::find(names.begin(), names.end(), view) != names.end();
  };
  if (!name.empty() && !known(std::string(name))) {
    return absl::NotFoundError(absl::StrCat("this archive has no view ", std::string(name),
                                            "; it has ", absl::StrJoin(names, ", ")));
  }
  std::vector<fs::path> homes;
  std::error_code error;
  for (const auto& home : fs::directory_iterator(archive.layout().views(), error)) {
    if (!home.is_directory(error)) continue;
    if (name.empty() || home.path().filename() == name) homes.push_back(home.path());
  }
  std::sort(homes.begin(), homes.end());
  std::vector<CollectedGeneration> collected;
  for (const fs::path& home : homes) {
    VB_RETURN_IF_ERROR(CollectIn(home, known(home.filename().string()), dry_run, collected));
  }
  return collected;
}

}  // namespace verbatim::archive
