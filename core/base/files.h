// SPDX-License-Identifier: Apache-2.0
// Files, whole: read with a bound, written so that a crash leaves the old or the new one, never a
// part.
#ifndef VERBATIM_CORE_BASE_FILES_H_
#define VERBATIM_CORE_BASE_FILES_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::base {

// A file descriptor that closes itself.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.Release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { Close(); }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int Release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }
  void Close();

 private:
  int fd_ = -1;
};

// The whole of a regular file. A larger one than `bytes_max` is kResourceExhausted, anything but a
// regular file kInvalidArgument, and neither is read.
absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path, size_t bytes_max);

// Everything up to the end of an open descriptor; more than `bytes_max` is kResourceExhausted.
absl::StatusOr<std::string> ReadToEnd(int fd, std::string_view name, size_t bytes_max);

// Written beside, flushed, renamed over, folder flushed. `mode` as for open(2).
absl::Status WriteFileAtomically(const std::filesystem::path& path, std::string_view bytes,
                                 unsigned mode = 0644);

// Flushes a folder's entries, after a file in it was made or renamed.
absl::Status SyncFolder(const std::filesystem::path& folder);

// The folder that the running program lies in.
std::filesystem::path ProgramFolder();

// A new empty folder under the system's temporary one, removed with everything in it at the end.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string_view prefix = "verbatim");
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_FILES_H_
