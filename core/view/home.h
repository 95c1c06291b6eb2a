// SPDX-License-Identifier: Apache-2.0
// Where the generations of one view live: <archive>/views/<view>/<fingerprint, 16 hex>/, and the
// file CURRENT that names the one that serves. A new one is built beside it in <16 hex>.building/
// and takes over by two renames; what serves is never half built.
//
//   ViewHome home(archive / "views" / "quotes");
//   VB_ASSIGN_OR_RETURN(auto folder, home.BeginBuild(fingerprint));
//   ... Generation::Create(folder, build, Durability::kScratch), fold, Flush, let it go ...
//   VB_RETURN_IF_ERROR(home.FinishBuild(fingerprint));
#ifndef VERBATIM_CORE_VIEW_HOME_H_
#define VERBATIM_CORE_VIEW_HOME_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace verbatim::view {

class ViewHome {
 public:
  // Nothing is made before the first build.
  explicit ViewHome(std::filesystem::path folder) : folder_(std::move(folder)) {}
  const std::filesystem::path& folder() const { return folder_; }

  // The folder of the generation that serves; nothing when there is none.
  absl::StatusOr<std::optional<std::filesystem::path>> Current() const;
  // Where the generation with this fingerprint (32 bytes) lives, or would.
  std::filesystem::path PathOf(std::string_view fingerprint) const;

  // An empty folder to build in; what an interrupted build left there is removed.
  absl::StatusOr<std::filesystem::path> BeginBuild(std::string_view fingerprint) const;
  // The built generation takes its name and CURRENT; an older one of the same name is removed. The
  // environment in the folder must be flushed and closed.
  absl::Status FinishBuild(std::string_view fingerprint) const;
  // An existing generation serves from now on.
  absl::Status SwitchTo(std::string_view fingerprint) const;

  // The folders of all generations, building ones too, by name.
  absl::StatusOr<std::vector<std::filesystem::path>> List() const;
  // Removes every generation but the one that serves, and `kept`, and what interrupted builds left.
  // Returns the number removed. Readers that have one open go on with it.
  absl::StatusOr<int> RemoveOthers(const std::optional<std::filesystem::path>& kept = {}) const;
  // Removes all of it: the view is to be built again.
  absl::Status Drop() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_HOME_H_
