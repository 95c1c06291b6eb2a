// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "core/base/check.h"

namespace verbatim::base {
namespace fs = std::filesystem;
namespace {

absl::Status WriteAll(int fd, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return ErrnoStatus(errno, "write " + name);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    Close();
    fd_ = other.Release();
  }
  return *this;
}

void Fd::Close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

absl::StatusOr<std::string> ReadFile(const fs::path& path, size_t bytes_max) {
  // Without O_NONBLOCK a FIFO would hang the open.
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return ErrnoStatus(errno, "open " + path.string());
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return ErrnoStatus(errno, "stat " + path.string());
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat(path.string(), " is not a regular file"));
  }
  if (static_cast<uint64_t>(info.st_size) > bytes_max) {
    return absl::ResourceExhaustedError(absl::StrCat(path.string(), " has ", info.st_size,
                                                     " bytes; at most ", bytes_max, " are read"));
  }
  return ReadToEnd(fd.get(), path.string(), bytes_max);
}

absl::StatusOr<std::string> ReadToEnd(int fd, std::string_view name, size_t bytes_max) {
  const std::string shown(name);
  std::string bytes;
  char buffer[1 << 16];
  while (true) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoStatus(errno, "read " + shown);
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<size_t>(got) > bytes_max) {
      return absl::ResourceExhaustedError(
          absl::StrCat(shown, " has more than ", bytes_max, " bytes"));
    }
    bytes.append(buffer, static_cast<size_t>(got));
  }
}

absl::Status WriteFileAtomically(const fs::path& path, std::string_view bytes, unsigned mode) {
  const std::string beside = absl::StrCat(path.string(), ".", ::getpid(), ".new");
  {
    const Fd fd(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                       static_cast<mode_t>(mode)));
    if (!fd.valid()) return ErrnoStatus(errno, "create " + beside);
    absl::Status status = WriteAll(fd.get(), bytes, beside);
    if (status.ok() && ::fsync(fd.get()) != 0) status = ErrnoStatus(errno, "flush " + beside);
    if (!status.ok()) {
      ::unlink(beside.c_str());
      return status;
    }
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(beside.c_str());
    return ErrnoStatus(error, "rename to " + path.string());
  }
  return SyncFolder(path.parent_path());
}

absl::Status SyncFolder(const fs::path& folder) {
  const std::string name = folder.empty() ? "." : folder.string();
  const Fd fd(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid()) return ErrnoStatus(errno, "open " + name);
  if (::fsync(fd.get()) != 0) return ErrnoStatus(errno, "flush " + name);
  return absl::OkStatus();
}

fs::path ProgramFolder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path(".") : program.parent_path();
}

TemporaryFolder::TemporaryFolder(std::string_view prefix) {
  std::string name =
      (fs::temp_directory_path() / absl::StrCat(std::string(prefix), ".XXXXXX")).string();
  VB_CHECK(::mkdtemp(name.data()) != nullptr, "the system's temporary folder can be written");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace verbatim::base
