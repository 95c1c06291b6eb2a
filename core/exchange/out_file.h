// SPDX-License-Identifier: Apache-2.0
// A file written in pieces that appears whole or not at all, as by base::WriteFileAtomically, which
// wants all of it in memory.
#ifndef VERBATIM_CORE_EXCHANGE_OUT_FILE_H_
#define VERBATIM_CORE_EXCHANGE_OUT_FILE_H_

#include <cstdio>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/base/status.h"

namespace verbatim::exchange {

class OutFile {
 public:
  // Written beside `place` as ".NAME.PROCESS.new", and removed again unless it is finished.
  static absl::StatusOr<OutFile> Beside(const std::filesystem::path& place);
  OutFile(OutFile&& other) noexcept
      : place_(std::move(other.place_)),
        path_(std::exchange(other.path_, {})),
        file_(std::exchange(other.file_, nullptr)) {}
  OutFile& operator=(OutFile&&) = delete;
  ~OutFile();

  // Where it is until it is finished: for who writes it by other means than Write.
  const std::filesystem::path& path() const { return path_; }
  // What fails is said by Finish.
  void Write(std::string_view bytes);
  // Flushed, and renamed to its place; a file that was there is gone.
  absl::Status Finish();

 private:
  OutFile(std::filesystem::path place, std::filesystem::path path, std::FILE* file)
      : place_(std::move(place)), path_(std::move(path)), file_(file) {}

  std::filesystem::path place_;
  std::filesystem::path path_;  // empty: finished, or moved from
  std::FILE* file_;
  int error_ = 0;  // of the first write that failed
};

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_OUT_FILE_H_
