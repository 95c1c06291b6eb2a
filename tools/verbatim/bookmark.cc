// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/bookmark.h"

#include <charconv>
#include <cstdlib>
#include <string>

#include "core/base/files.h"
#include "core/base/hex.h"

namespace verbatim::tool {
namespace fs = std::filesystem;
namespace {

// A number of 64 bits and a line end.
constexpr size_t kBytesMax = 32;

absl::StatusOr<fs::path> StateFolder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && state[0] == '/') return fs::path(state) / "verbatim";
  const char* home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/') return fs::path(home) / ".local/state/verbatim";
  return absl::NotFoundError(
      "there is no place to keep how far you have looked: set HOME or XDG_STATE_HOME");
}

}  // namespace

absl::StatusOr<Bookmark> Bookmark::Of(std::string_view archive_id, std::string_view view,
                                      std::string_view person) {
  VB_ASSIGN_OR_RETURN(const fs::path folder, StateFolder());
  // Names of views and persons are anything: in hex they are names of files.
  return Bookmark(folder / "watch" / base::ToHex(archive_id) /
                  (base::ToHex(view) + "-" + base::ToHex(person)));
}

uint64_t Bookmark::Read() const {
  const auto text = base::ReadFile(file_, kBytesMax);
  uint64_t sequence = 0;
  if (text.ok()) std::from_chars(text->data(), text->data() + text->size(), sequence);
  return sequence;
}

absl::Status Bookmark::Write(uint64_t sequence) const {
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  if (error) return base::ErrnoStatus(error.value(), "make " + file_.parent_path().string());
  return base::WriteFileAtomically(file_, std::to_string(sequence) + "\n", 0600);
}

}  // namespace verbatim::tool
