// SPDX-License-Identifier: Apache-2.0
// The commands of README.md, run as they stand there: every line "$ verbatim ..." of a console
// block, in order, in one folder that holds the sample articles.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/integration/fixture.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

std::vector<std::string> Commands(const fs::path& page) {
  std::vector<std::string> commands;
  std::ifstream file(page);
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("```", 0) == 0) inside = line == "```console";
    if (inside && line.rfind("$ verbatim ", 0) == 0) commands.push_back(line.substr(2));
  }
  return commands;
}

class Readme : public ArchiveTest {};

TEST_F(Readme, EveryCommandRuns) {
  fs::create_directories(folder_ / "tests/data");
  fs::copy(DataFolder() / "articles", folder_ / "tests/data/articles", fs::copy_options::recursive);
  const auto commands = Commands(fs::path(VERBATIM_SOURCE_DIR) / "README.md");
  ASSERT_GE(commands.size(), 8u);
  RunOptions options;
  options.folder = folder_;
  options.environment = {
      {"PATH", fs::path(VerbatimProgram()).parent_path().string() + ":" + std::getenv("PATH")}};
  for (const std::string& command : commands) {
    const Finished done = RunProgram({"bash", "-c", command}, options);
    EXPECT_EQ(done.exit, 0) << command << "\n" << done.out << done.err;
  }
}

}  // namespace
}  // namespace verbatim::testing
