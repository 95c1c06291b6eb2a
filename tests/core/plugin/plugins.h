// SPDX-License-Identifier: Apache-2.0
// The plugins that the tests load, as files and checked.
#ifndef VERBATIM_TESTS_CORE_PLUGIN_PLUGINS_H_
#define VERBATIM_TESTS_CORE_PLUGIN_PLUGINS_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/plugin/plugin_file.h"
#include "gtest/gtest.h"
#include "verbatim_test_paths.h"

namespace verbatim::plugin {

// A sanitizer's runtime answers signals itself and needs what the sandbox forbids.
#if defined(VERBATIM_SANITIZED)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

inline std::filesystem::path PluginPath(const std::string& name) {
  return std::filesystem::path(VERBATIM_BINARY_DIR) / "tests/plugins" / (name + ".so");
}

inline std::string BytesOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A checked plugin; the test ends here when it isn't one.
inline PluginFile Plugin(const std::string& name) {
  absl::StatusOr<PluginFile> file = ReadPlugin(PluginPath(name));
  EXPECT_TRUE(file.ok()) << file.status();
  return file.ok() ? *std::move(file) : PluginFile();
}

}  // namespace verbatim::plugin

#endif  // VERBATIM_TESTS_CORE_PLUGIN_PLUGINS_H_
