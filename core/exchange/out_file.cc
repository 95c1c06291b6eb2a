// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/out_file.h"

#include <unistd.h>

#include <cerrno>
#include <string>

#include "core/base/files.h"

namespace verbatim::exchange {
namespace fs = std::filesystem;

absl::StatusOr<OutFile> OutFile::Beside(const fs::path& place) {
  const fs::path absolute = fs::absolute(place);
  const fs::path beside = absolute.parent_path() / ("." + absolute.filename().string() + "." +
                                                    std::to_string(::getpid()) + ".new");
  std::FILE* const file = std::fopen(beside.c_str(), "wbe");
  if (file == nullptr) return base::ErrnoStatus(errno, "write " + place.string());
  return OutFile(absolute, beside, file);
}

OutFile::~OutFile() {
  if (file_ != nullptr) std::fclose(file_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

void OutFile::Write(std::string_view bytes) {
  if (error_ == 0 && std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    error_ = errno;
  }
}

absl::Status OutFile::Finish() {
  const bool flushed = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  if (!flushed && error_ == 0) error_ = errno;
  if (std::fclose(std::exchange(file_, nullptr)) != 0 && error_ == 0) error_ = errno;
  if (error_ == 0 && ::rename(path_.c_str(), place_.c_str()) != 0) error_ = errno;
  if (error_ != 0) return base::ErrnoStatus(error_, "write " + place_.string());
  path_.clear();
  return base::SyncFolder(place_.parent_path());
}

}  // namespace verbatim::exchange
