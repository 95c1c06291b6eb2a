// SPDX-License-Identifier: Apache-2.0
// Which plugins an archive runs. A pinned plugin's file is copied into the archive, so that the pin
// can always be honoured, whatever happens to the file that it was installed from.
#ifndef VERBATIM_CORE_ARCHIVE_PLUGINS_H_
#define VERBATIM_CORE_ARCHIVE_PLUGINS_H_

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/plugin/plugin_file.h"

namespace verbatim::archive {

// Names of the plugins that come with the tool, in the order in which init pins them.
inline constexpr std::string_view kBuiltinPlugins[] = {"dates", "duplicates", "quotes",
                                                       "statements"};

// Where the tool's own plugins lie, as the options say.
std::filesystem::path BuiltinFolder(const Options& options);

// Pins those built-in plugins that the archive has no pin for.
absl::Status PinBuiltins(Archive& archive);

struct PinnedPlugin {
  v1::PluginPinned pin;
  bool before = false;  // this very build was pinned already: nothing was appended
};

// Checks the file, copies it into the archive, registers the body types that it brings and pins it;
// a pin of the same name to another build is replaced. kFailedPrecondition when a check fails or
// another plugin offers a view of that name.
absl::StatusOr<PinnedPlugin> InstallPlugin(Archive& archive, const std::filesystem::path& file,
                                           bool builtin);

// The archive's copy of a pinned plugin, all checks made, its digest that of the pin.
absl::StatusOr<plugin::PluginFile> OpenPinned(const Archive& archive,
                                              const InstalledPlugin& installed);

// kNotFound that names the plugins that there are.
absl::Status NoSuchPlugin(const Archive& archive, std::string_view name);

// Enables, disables, parks, releases or removes a plugin of the archive, by whom `maker` acts for.
// kNotFound names those that there are.
absl::Status ChangeState(Archive& archive, std::string_view name,
                         v1::PluginStateChanged::State state, std::string_view reason,
                         const article::EventMaker& maker);

// Built-in plugins of the archive whose pin is not the build that lies beside the tool.
std::vector<std::string> OutdatedBuiltins(const Archive& archive);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_PLUGINS_H_
