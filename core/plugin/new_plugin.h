// SPDX-License-Identifier: Apache-2.0
// A folder to begin a plugin from: the template with a name put in, which builds and passes its
// tests as it stands.
//
// Template files end in ".in". In them, and in their paths (as NAME), @name@ stands for the
// plugin's name and @Name@ for it as a class; lines between "@if CONDITION@" and "@end@" are kept
// where the condition holds: annotator, view, both, annotator_only, view_only.
#ifndef VERBATIM_CORE_PLUGIN_NEW_PLUGIN_H_
#define VERBATIM_CORE_PLUGIN_NEW_PLUGIN_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace verbatim::plugin {

struct NewPlugin {
  std::string name;
  bool annotator = true;  // at least one of the two
  bool view = true;
};

// Where the tool finds the template: ../share/verbatim/template from its program.
std::filesystem::path TemplateFolder();

// One file of the template with everything put in. kInvalidArgument names a line that is no
// template.
absl::StatusOr<std::string> FillTemplate(std::string_view text, const NewPlugin& plugin);

// Writes the folder, which must not exist, and returns the files in it, relative. kInvalidArgument:
// a name that can't be one, with the rule; kAlreadyExists; kNotFound: no template there.
absl::StatusOr<std::vector<std::filesystem::path>> WriteNewPlugin(
    const std::filesystem::path& from, const std::filesystem::path& folder,
    const NewPlugin& plugin);

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_NEW_PLUGIN_H_
