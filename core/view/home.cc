// SPDX-License-Identifier: Apache-2.0
#include "core/view/home.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/base/hex.h"

namespace verbatim::view {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCurrent = "CURRENT";
constexpr std::string_view kBuilding = ".building";
constexpr std::string_view kReplaced = ".replaced";
constexpr size_t kNameBytes = 8;  // 16 hex digits
constexpr size_t kCurrentBytesMax = 256;

absl::Status FileStatus(const std::error_code& error, std::string_view what, const fs::path& path) {
  if (!error) return absl::OkStatus();
  return base::ErrnoStatus(error.value(), fmt::format("{} {}", what, path.string()));
}

std::string NameOf(std::string_view fingerprint) {
  VB_CHECK(fingerprint.size() >= kNameBytes, "a fingerprint has 32 bytes");
  return base::ToHex(fingerprint.substr(0, kNameBytes));
}

absl::Status Remove(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  return FileStatus(error, "remove", path);
}

absl::Status Rename(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  return FileStatus(error, "rename", from);
}

fs::path WithSuffix(fs::path path, std::string_view suffix) {
  path += suffix;
  return path;
}

}  // namespace

absl::StatusOr<std::optional<fs::path>> ViewHome::Current() const {
  std::error_code error;
  if (!fs::exists(folder_ / kCurrent, error)) return std::optional<fs::path>();
  VB_ASSIGN_OR_RETURN(std::string name, base::ReadFile(folder_ / kCurrent, kCurrentBytesMax));
  while (!name.empty() && (name.back() == '\n' || name.back() == ' ')) name.pop_back();
  // A name of our own making, never a path out of here; without its folder there is none.
  if (name.size() != 2 * kNameBytes || !base::IsHex(name) ||
      !fs::is_directory(folder_ / name, error)) {
    return std::optional<fs::path>();
  }
  return std::optional<fs::path>(folder_ / name);
}

fs::path ViewHome::PathOf(std::string_view fingerprint) const {
  return folder_ / NameOf(fingerprint);
}

absl::StatusOr<fs::path> ViewHome::BeginBuild(std::string_view fingerprint) const {
  const fs::path building = WithSuffix(PathOf(fingerprint), kBuilding);
  VB_RETURN_IF_ERROR(Remove(building));
  std::error_code error;
  fs::create_directories(building, error);
  VB_RETURN_IF_ERROR(FileStatus(error, "make", building));
  return building;
}

absl::Status ViewHome::FinishBuild(std::string_view fingerprint) const {
  const fs::path built = PathOf(fingerprint);
  const fs::path replaced = WithSuffix(built, kReplaced);
  VB_RETURN_IF_ERROR(Remove(replaced));
  std::error_code error;
  if (fs::exists(built, error)) VB_RETURN_IF_ERROR(Rename(built, replaced));
  VB_RETURN_IF_ERROR(Rename(WithSuffix(built, kBuilding), built));
  VB_RETURN_IF_ERROR(base::SyncFolder(folder_));
  VB_RETURN_IF_ERROR(SwitchTo(fingerprint));
  return Remove(replaced);
}

absl::Status ViewHome::SwitchTo(std::string_view fingerprint) const {
  std::error_code error;
  if (!fs::is_directory(PathOf(fingerprint), error)) {
    return absl::NotFoundError(fmt::format("{} is no generation", PathOf(fingerprint).string()));
  }
  return base::WriteFileAtomically(folder_ / kCurrent, NameOf(fingerprint) + "\n");
}

absl::StatusOr<std::vector<fs::path>> ViewHome::List() const {
  std::vector<fs::path> folders;
  std::error_code error;
  if (!fs::exists(folder_, error)) return folders;
  for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
    if (at->is_directory(error)) folders.push_back(at->path());
  }
  VB_RETURN_IF_ERROR(FileStatus(error, "list", folder_));
  std::sort(folders.begin(), folders.end());
  return folders;
}

absl::StatusOr<int> ViewHome::RemoveOthers(const std::optional<fs::path>& kept) const {
  VB_ASSIGN_OR_RETURN(const std::optional<fs::path> current, Current());
  VB_ASSIGN_OR_RETURN(const std::vector<fs::path> folders, List());
  int removed = 0;
  for (const fs::path& folder : folders) {
    if (folder == current || folder == kept) continue;
    VB_RETURN_IF_ERROR(Remove(folder));
    ++removed;
  }
  return removed;
}

absl::Status ViewHome::Drop() const { return Remove(folder_); }

}  // namespace verbatim::view
