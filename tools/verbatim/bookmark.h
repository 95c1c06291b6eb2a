// SPDX-License-Identifier: Apache-2.0
// How far a person has looked: a sequence for each archive and view, in the person's own folder for
// state ($XDG_STATE_HOME/verbatim, else ~/.local/state/verbatim), never in the archive.
#ifndef VERBATIM_TOOLS_VERBATIM_BOOKMARK_H_
#define VERBATIM_TOOLS_VERBATIM_BOOKMARK_H_

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::tool {

class Bookmark {
 public:
  // `archive_id`: 16 bytes. kNotFound when there is no home to keep it in: the message says what to
  // set.
  static absl::StatusOr<Bookmark> Of(std::string_view archive_id, std::string_view view,
                                     std::string_view person);

  // 0: never looked, or what was kept is no number.
  uint64_t Read() const;
  absl::Status Write(uint64_t sequence) const;

 private:
  explicit Bookmark(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
};

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_BOOKMARK_H_
