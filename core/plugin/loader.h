// SPDX-License-Identifier: Apache-2.0
// From a checked file to its functions. What is loaded are the very bytes that were checked, but
// for what would run while they are loaded (unarmed.h): they go into a sealed memfd, which nobody
// can write any more, and the dynamic loader maps that. A
// loaded plugin is never unloaded (C++ shared objects stay mapped anyway), so everything here lives
// until the process ends.
#ifndef VERBATIM_CORE_PLUGIN_LOADER_H_
#define VERBATIM_CORE_PLUGIN_LOADER_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/files.h"
#include "core/base/status.h"
#include "core/plugin/plugin_file.h"
#include "verbatim/plugin_abi.h"

namespace verbatim::plugin {

// The functions of one loaded plugin. A copyable borrow of something that stays for ever.
class LoadedPlugin {
 public:
  // `handle`: of a sealed copy, which is to be initialised before it is asked for anything.
  explicit LoadedPlugin(const vb_plugin* plugin, void* handle = nullptr)
      : plugin_(plugin), handle_(handle) {}
  // Runs the constructors of its globals, the first of its code that runs. Once; nothing where the
  // dynamic loader has done so.
  absl::Status Initialise() const;
  // kNotFound when the plugin has none of that name, kFailedPrecondition when what it gives breaks
  // the ABI.
  absl::StatusOr<const vb_annotator*> Annotator(std::string_view name) const;
  absl::StatusOr<const vb_view*> View(std::string_view name) const;
  // As they stand in memory: verbatim.v1.PluginManifest, serialized.
  std::string_view manifest() const;

 private:
  const vb_plugin* plugin_;
  void* handle_;
};

// A sealed memfd with the bytes of `file`, unarmed, closed on exec.
absl::StatusOr<base::Fd> SealedCopy(const PluginFile& file);

// Loads what a memfd of SealedCopy holds, and runs none of it; `name` is for messages. Keeps the
// descriptor open for ever: the dynamic loader knows libraries by path, and /proc/self/fd/N must
// not come to mean another one.
absl::StatusOr<LoadedPlugin> LoadSealed(base::Fd sealed, const std::string& name);

// For debugging (--in-process): loads the file by its path, so that a debugger finds sources and
// symbols. The file must not be written while it is loaded.
absl::StatusOr<LoadedPlugin> LoadFromPath(const PluginFile& file);

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_LOADER_H_
