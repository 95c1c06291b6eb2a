// SPDX-License-Identifier: Apache-2.0
// What a kill leaves behind: folders and files that were to be renamed when they were whole.
#include <signal.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "core/archive/doctor.h"
#include "core/archive/layout.h"
#include "core/log/compact.h"
#include "core/view/home.h"
#include "core/view/home_lock.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

bool IsAlive(int process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

// "NAME.4711.new", whose process is gone.
bool IsOrphan(const fs::path& path) {
  if (path.extension() != ".new") return false;
  const std::string number = path.stem().extension().string();
  int process = 0;
  return number.size() > 1 && absl::SimpleAtoi(number.substr(1), &process) && process > 0 &&
         !IsAlive(process);
}

void AddOrphans(const fs::path& folder, std::vector<fs::path>& found) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (IsOrphan(entry.path())) found.push_back(entry.path());
  }
}

// Half built generations; what somebody is building now is none.
void AddGenerations(const fs::path& home, std::vector<fs::path>& found) {
  const auto lock = view::HomeLock::TryTake(home);
  if (!lock.ok() || !*lock) return;
  const auto generations = view::ViewHome(home).List();
  if (!generations.ok()) return;
  for (const fs::path& generation : *generations) {
    if (generation.has_extension()) found.push_back(generation);
  }
}

}  // namespace

std::vector<fs::path> Leftovers(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  const fs::path whole = fs::absolute(folder, error).lexically_normal();
  const fs::path root = whole.has_filename() ? whole : whole.parent_path();
  const Layout layout(root);
  const std::string hidden = "." + root.filename().string() + ".";
  for (const auto& entry : fs::directory_iterator(root.parent_path(), error)) {
    const std::string name = entry.path().filename().string();
    if (absl::StartsWith(name, hidden) && IsOrphan(entry.path())) found.push_back(entry.path());
  }
  for (const fs::path& place : {layout.root(), layout.plugins(), layout.views(), layout.keys()}) {
    AddOrphans(place, found);
  }
  for (const auto& home : fs::directory_iterator(layout.views(), error)) {
    if (!home.is_directory(error)) continue;
    AddOrphans(home.path(), found);
    AddGenerations(home.path(), found);
  }
  // Whoever compacts has the log to himself, so what is seen with the log open is left over.
  if (fs::exists(layout.log() / log::kCompactingFolder, error)) {
    found.push_back(layout.log() / log::kCompactingFolder);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace verbatim::archive
