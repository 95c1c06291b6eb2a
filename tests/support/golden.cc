// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace fs = std::filesystem;
namespace {

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

::testing::AssertionResult MatchesGolden(const std::string& actual, const std::string& name) {
  const fs::path path = DataFolder() / "golden" / name;
  if (std::getenv("VERBATIM_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return ::testing::AssertionSuccess();
  }
  const std::string golden = ReadAll(path);
  if (golden == actual) return ::testing::AssertionSuccess();
  std::istringstream wanted(golden);
  std::istringstream got(actual);
  std::string want;
  std::string have;
  for (int line = 1;; ++line) {
    const bool more_wanted = static_cast<bool>(std::getline(wanted, want));
    const bool more_got = static_cast<bool>(std::getline(got, have));
    if (more_wanted && more_got && want == have) continue;
    return ::testing::AssertionFailure()
           << path << " line " << line << "\n  golden: " << (more_wanted ? want : "(no more lines)")
           << "\n  now:    " << (more_got ? have : "(no more lines)");
  }
}

fs::path DataFolder() { return fs::path(VERBATIM_SOURCE_DIR) / "tests" / "data"; }

fs::path SharedFolder() {
  const fs::path shared = fs::path(VERBATIM_SOURCE_DIR).parent_path() / "shared";
  return fs::is_directory(shared / "seeds") ? shared : fs::path();
}

}  // namespace verbatim::testing
