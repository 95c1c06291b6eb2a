// SPDX-License-Identifier: Apache-2.0
// Every path name of an archive, and no other room knows one.
//
//   archive/
//     verbatim          marks the folder: "verbatim archive, format 1"
//     log/              the log's LMDB environment
//     views/NAME/       generations of a view, and CURRENT
//     search/           the index of words, named after the last erasure that it has seen
//     plugins/          pinned plugins, each under the first half of its digest
//     keys/             checkpoint.key signs the checkpoints; never in a backup
#ifndef VERBATIM_CORE_ARCHIVE_LAYOUT_H_
#define VERBATIM_CORE_ARCHIVE_LAYOUT_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/hex.h"

namespace verbatim::archive {

class Layout {
 public:
  explicit Layout(std::filesystem::path root) : root_(std::move(root)) {}

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path marker() const { return root_ / "verbatim"; }
  std::filesystem::path log() const { return root_ / "log"; }
  std::filesystem::path views() const { return root_ / "views"; }
  std::filesystem::path view(std::string_view name) const { return views() / name; }
  std::filesystem::path search() const { return root_ / "search"; }
  std::filesystem::path plugins() const { return root_ / "plugins"; }
  std::filesystem::path plugin(std::string_view file) const { return plugins() / file; }
  std::filesystem::path keys() const { return root_ / "keys"; }
  std::filesystem::path signing_key() const { return keys() / "checkpoint.key"; }

  // The name under plugins/ of a build: "quotes-0123456789abcdef.so".
  static std::string PluginFileName(std::string_view plugin, std::string_view code_sha256) {
    return std::string(plugin) + "-" + base::ToHex(code_sha256.substr(0, 8)) + ".so";
  }

 private:
  std::filesystem::path root_;
};

inline constexpr std::string_view kMarkerText = "verbatim archive, format 1\n";

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_LAYOUT_H_
