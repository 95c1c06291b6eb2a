// SPDX-License-Identifier: Apache-2.0
// Generations of views that serve no more: a build that another one replaced is kept until the view
// is next brought up to date, so that who was about to open it finds it; this collects them at
// once.
#ifndef VERBATIM_CORE_ARCHIVE_VIEW_GC_H_
#define VERBATIM_CORE_ARCHIVE_VIEW_GC_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"

namespace verbatim::archive {

struct CollectedGeneration {
  std::string view;
  std::string generation;  // the folder's name
  uint64_t bytes = 0;
  // "serves"; "removed", "removable" when nothing is to be removed; "busy": somebody builds the
  // view at this moment, and all of it was left alone.
  std::string state;
};

// The sizes of all files below a folder.
uint64_t BytesBelow(const std::filesystem::path& folder);

// Of one view, or of all that have a folder, those of plugins that were removed too when `name` is
// empty. Readers that have a generation open go on with it. kNotFound names the views that there
// are.
absl::StatusOr<std::vector<CollectedGeneration>> CollectGenerations(const Archive& archive,
                                                                    std::string_view name,
                                                                    bool dry_run);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_VIEW_GC_H_
