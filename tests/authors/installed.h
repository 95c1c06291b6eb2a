// SPDX-License-Identifier: Apache-2.0
// verbatim as it is installed into a prefix of the test's own, and projects built against it there.
// Paths are the same in every run, so that a compiler cache answers for what didn't change.
#ifndef VERBATIM_TESTS_AUTHORS_INSTALLED_H_
#define VERBATIM_TESTS_AUTHORS_INSTALLED_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace verbatim::testing {

#if defined(VERBATIM_SANITIZED)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// A folder below the build, empty.
std::filesystem::path EmptyFolder(const std::string& name);

// `cmake --install` into EmptyFolder(name), once a process.
const std::filesystem::path& Prefix();

// Runs the installed tool with nothing in the environment that would help it find its parts.
Finished Installed(std::vector<std::string> arguments, const std::filesystem::path& folder = {});

// An environment in which cmake builds as the tests do: Ninja, warnings as errors, a compiler cache
// where there is one.
RunOptions BuildOptions();

// Configures and builds a project against Prefix(); the first step that fails, or the last.
Finished Build(const std::filesystem::path& source, const std::filesystem::path& build,
               const std::string& compiler = "");

std::string ReadAll(const std::filesystem::path& file);
void WriteAll(const std::filesystem::path& file, const std::string& text);

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_AUTHORS_INSTALLED_H_
