// SPDX-License-Identifier: Apache-2.0
// Folders that appear whole or not at all, as files do by WriteFileAtomically.
//
//   VB_ASSIGN_OR_RETURN(NewFolder made, NewFolder::Beside("archive"));
//   ... fill made.path(), everything flushed ...
//   VB_RETURN_IF_ERROR(made.Finish());
#ifndef VERBATIM_CORE_BASE_NEW_FOLDER_H_
#define VERBATIM_CORE_BASE_NEW_FOLDER_H_

#include <filesystem>
#include <string_view>
#include <utility>

#include "core/base/status.h"

namespace verbatim::base {

// Filled beside its place, as ".NAME.PROCESS.new", then renamed there. What was not finished is
// removed.
class NewFolder {
 public:
  // kAlreadyExists when at `place` is anything but nothing or an empty folder.
  static absl::StatusOr<NewFolder> Beside(const std::filesystem::path& place);
  NewFolder(NewFolder&& other) noexcept
      : place_(std::move(other.place_)), path_(std::exchange(other.path_, {})) {}
  NewFolder& operator=(NewFolder&&) = delete;
  ~NewFolder();
  // Where to fill it.
  const std::filesystem::path& path() const { return path_; }
  // Everything in it must be flushed. Afterwards it stands at its place.
  absl::Status Finish();

 private:
  NewFolder(std::filesystem::path place, std::filesystem::path path)
      : place_(std::move(place)), path_(std::move(path)) {}
  std::filesystem::path place_;
  std::filesystem::path path_;  // empty: finished, or moved from
};

// For what has many files: each written and not flushed, then all of it at once, the folder's file
// system with it.
absl::Status WriteUnflushed(const std::filesystem::path& path, std::string_view bytes);
absl::Status FlushAllUnder(const std::filesystem::path& folder);

// A copy of a regular file, with its mode, flushed.
absl::Status CopyFile(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_NEW_FOLDER_H_
