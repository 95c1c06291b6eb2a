// SPDX-License-Identifier: Apache-2.0
#include "core/archive/erased_views.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/archive/view_trouble.h"
#include "core/base/files.h"
#include "core/view/generation.h"
#include "core/view/home.h"
#include "core/view/home_lock.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

constexpr size_t kNumberBytesMax = 32;
constexpr char kLogHeadFile[] = "LOG_HEAD";  // in a generation's folder
constexpr char kErasureFile[] = "ERASURE";   // beside the views: no generation is older than that

uint64_t NumberIn(const fs::path& file) {
  const auto text = base::ReadFile(file, kNumberBytesMax);
  uint64_t number = 0;
  return text.ok() && absl::SimpleAtoi(*text, &number) ? number : 0;
}

// False when it can't be told what it holds, because it is open here.
absl::StatusOr<bool> DropOne(const fs::path& folder, uint64_t last_erasure) {
  // With a suffix: half built, or replaced, by a process that is no more.
  if (!folder.has_extension()) {
    const auto generation = view::Generation::Open(folder, store::Mode::kReadOnly);
    if (absl::IsFailedPrecondition(generation.status())) return false;
    if (generation.ok() && NotedLogHead(folder) >= last_erasure) return true;
  }
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) return base::ErrnoStatus(error.value(), "remove " + folder.string());
  return true;
}

absl::StatusOr<bool> DropIn(const fs::path& folder, uint64_t last_erasure) {
  VB_ASSIGN_OR_RETURN(const std::vector<fs::path> generations, view::ViewHome(folder).List());
  bool all = true;
  for (const fs::path& generation : generations) {
    VB_ASSIGN_OR_RETURN(const bool clean, DropOne(generation, last_erasure));
    all = all && clean;
  }
  return all;
}

}  // namespace

absl::Status NoteLogHead(const fs::path& generation, uint64_t log_head) {
  return base::WriteFileAtomically(generation / kLogHeadFile, absl::StrCat(log_head, "\n"));
}

uint64_t NotedLogHead(const fs::path& generation) { return NumberIn(generation / kLogHeadFile); }

absl::StatusOr<bool> DropErased(const Layout& layout, uint64_t last_erasure, OthersAtWork others) {
  if (last_erasure <= NumberIn(layout.views() / kErasureFile)) return true;
  bool all = true;
  std::error_code error;
  for (const auto& home : fs::directory_iterator(layout.views(), error)) {
    if (!home.is_directory(error)) continue;
    std::optional<view::HomeLock> lock;
    if (others == OthersAtWork::kWait) {
      VB_ASSIGN_OR_RETURN(lock, view::HomeLock::Take(home.path()));
    } else {
      VB_ASSIGN_OR_RETURN(lock, view::HomeLock::TryTake(home.path()));
    }
    if (!lock) {
      all = false;
      continue;
    }
    VB_ASSIGN_OR_RETURN(const bool clean, DropIn(home.path(), last_erasure));
    // A plugin's words may quote what it stumbled over.
    ForgetTrouble(home.path());
    all = all && clean;
  }
  if (!all) return false;
  VB_RETURN_IF_ERROR(
      base::WriteFileAtomically(layout.views() / kErasureFile, absl::StrCat(last_erasure, "\n")));
  return true;
}

}  // namespace verbatim::archive
