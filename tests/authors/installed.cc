// SPDX-License-Identifier: Apache-2.0
#include "tests/authors/installed.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace fs = std::filesystem;
namespace {

// Tests of one folder may run side by side, each program with its own.
fs::path Folder() {
  return fs::path(VERBATIM_BINARY_DIR) / "tests/authors" /
         fs::read_symlink("/proc/self/exe").filename();
}

}  // namespace

fs::path EmptyFolder(const std::string& name) {
  const fs::path folder = Folder() / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

const fs::path& Prefix() {
  static const fs::path prefix = [] {
    fs::path made = EmptyFolder("prefix");
    const Finished installed =
        RunProgram({"cmake", "--install", VERBATIM_BINARY_DIR, "--prefix", made.string()});
    EXPECT_EQ(installed.exit, 0) << installed.err;
    return made;
  }();
  return prefix;
}

Finished Installed(std::vector<std::string> arguments, const fs::path& folder) {
  unsetenv("VERBATIM_PLUGIN_HOST");
  arguments.insert(arguments.begin(), (Prefix() / "bin/verbatim").string());
  RunOptions options;
  options.folder = folder;
  options.environment = {{"USER", "tester"}};
  return RunProgram(arguments, options);
}

RunOptions BuildOptions() {
  RunOptions options;
  options.environment = {{"CMAKE_GENERATOR", "Ninja"},
                         {"CXXFLAGS", "-O1 -Wall -Wextra -Wshadow -Werror"}};
  if (RunProgram({"sh", "-c", "command -v ccache"}).exit == 0) {
    options.environment.insert({{"CMAKE_CXX_COMPILER_LAUNCHER", "ccache"},
                                {"CCACHE_BASEDIR", Folder().string()},
                                {"CCACHE_NOHASHDIR", "1"}});
  }
  return options;
}

Finished Build(const fs::path& source, const fs::path& build, const std::string& compiler) {
  std::vector<std::string> configure = {
      "cmake", "-S", source.string(), "-B", build.string(), "-Dverbatim_ROOT=" + Prefix().string()};
  if (!compiler.empty()) configure.push_back("-DCMAKE_CXX_COMPILER=" + compiler);
  const RunOptions options = BuildOptions();
  Finished done = RunProgram(configure, options);
  if (done.exit != 0) return done;
  return RunProgram({"cmake", "--build", build.string()}, options);
}

std::string ReadAll(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void WriteAll(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace verbatim::testing
