// SPDX-License-Identifier: Apache-2.0
// How often in a row the worker of a view has ended badly, and with which words: kept in a file
// beside the view's generations, since whoever reads a view may write no event. It belongs to one
// build (code and configuration); another one begins without trouble.
#ifndef VERBATIM_CORE_ARCHIVE_VIEW_TROUBLE_H_
#define VERBATIM_CORE_ARCHIVE_VIEW_TROUBLE_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/archive/catalog.h"
#include "core/base/status.h"

namespace verbatim::archive {

struct ViewTrouble {
  uint32_t times = 0;  // in a row; 0: none
  std::string why;     // of the last time
  // Too often: no worker is started for it until the plugin is released, or another build pinned.
  bool parked() const;
};

// What a person does about it.
std::string WayOutOfTrouble(const std::string& plugin);

// All of them under the lock of `home`, the view's folder, but for the first. What can't be read is
// no trouble.
ViewTrouble ReadTrouble(const std::filesystem::path& home, const InstalledPlugin& plugin);
// Once more; `why` is cut to a line.
absl::Status NoteTrouble(const std::filesystem::path& home, const InstalledPlugin& plugin,
                         std::string_view why);
void ForgetTrouble(const std::filesystem::path& home);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_VIEW_TROUBLE_H_
