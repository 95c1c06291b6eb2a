// SPDX-License-Identifier: Apache-2.0
// Keeps a second process from building or folding the same view.
#ifndef VERBATIM_CORE_VIEW_HOME_LOCK_H_
#define VERBATIM_CORE_VIEW_HOME_LOCK_H_

#include <filesystem>
#include <optional>
#include <utility>

#include "core/base/files.h"
#include "core/base/status.h"

namespace verbatim::view {

// Of a view's home. Held while it lives.
class HomeLock {
 public:
  // Waits for whoever has it.
  static absl::StatusOr<HomeLock> Take(const std::filesystem::path& folder);
  // Nothing when somebody has it.
  static absl::StatusOr<std::optional<HomeLock>> TryTake(const std::filesystem::path& folder);

 private:
  explicit HomeLock(base::Fd fd) : fd_(std::move(fd)) {}
  base::Fd fd_;
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_HOME_LOCK_H_
