// SPDX-License-Identifier: Apache-2.0
#include "core/base/new_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "core/base/files.h"

namespace verbatim::base {
namespace fs = std::filesystem;

absl::StatusOr<NewFolder> NewFolder::Beside(const fs::path& place) {
  std::error_code error;
  if (fs::exists(place, error) && !(fs::is_directory(place, error) && fs::is_empty(place, error))) {
    return absl::AlreadyExistsError(
        absl::StrCat(place.string(), " is there already and is not an empty folder"));
  }
  const fs::path absolute = fs::absolute(place, error).lexically_normal();
  fs::path whole = absolute.has_filename() ? absolute : absolute.parent_path();
  fs::create_directories(whole.parent_path(), error);
  fs::path beside =
      whole.parent_path() / absl::StrCat(".", whole.filename().string(), ".", ::getpid(), ".new");
  fs::remove_all(beside, error);
  if (!fs::create_directories(beside, error)) {
    return ErrnoStatus(error.value(), "make " + beside.string());
  }
  return NewFolder(std::move(whole), std::move(beside));
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

absl::Status NewFolder::Finish() {
  VB_RETURN_IF_ERROR(SyncFolder(path_));
  if (::rename(path_.c_str(), place_.c_str()) != 0) {
    return ErrnoStatus(errno, "rename to " + place_.string());
  }
  path_.clear();
  return SyncFolder(place_.parent_path());
}

absl::Status WriteUnflushed(const fs::path& path, std::string_view bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) return ErrnoStatus(errno, "create " + path.string());
  int error = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() ? 0 : errno;
  if (std::fclose(file) != 0 && error == 0) error = errno;
  return error == 0 ? absl::OkStatus() : ErrnoStatus(error, "write " + path.string());
}

absl::Status FlushAllUnder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid() || ::syncfs(fd.get()) != 0) return ErrnoStatus(errno, "flush " + folder.string());
  return absl::OkStatus();
}

absl::Status CopyFile(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error) return ErrnoStatus(error.value(), "copy " + from.string() + " to " + to.string());
  const Fd fd(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid() || ::fsync(fd.get()) != 0) return ErrnoStatus(errno, "flush " + to.string());
  return absl::OkStatus();
}

}  // namespace verbatim::base
