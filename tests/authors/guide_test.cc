// SPDX-License-Identifier: Apache-2.0
// The author's guide, done as it stands there: every block that names a file is written to it,
// every
// "$ ..." line of a console block is run, in order, against what is installed. Lines under a
// command are what it prints; where there are none, it has only to succeed.
#include <gmock/gmock.h>

#include <regex>
#include <sstream>

#include "tests/authors/installed.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {

namespace fs = std::filesystem;

const fs::path kPage = fs::path(VERBATIM_SOURCE_DIR) / "plugins/README.md";

struct Step {
  std::string command;
  std::string prints;
};

struct Guide {
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<Step> steps;
};

Guide ReadGuide() {
  Guide guide;
  std::istringstream page(ReadAll(kPage));
  enum { kProse, kFile, kConsole, kOther } in = kProse;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("```", 0) == 0) {
      const size_t file = line.find(" file=");
      if (in != kProse) {
        in = kProse;
      } else if (file != std::string::npos) {
        guide.files.emplace_back(line.substr(file + 6), "");
        in = kFile;
      } else {
        in = line == "```console" ? kConsole : kOther;
      }
    } else if (in == kFile) {
      guide.files.back().second += line + "\n";
    } else if (in == kConsole && line.rfind("$ ", 0) == 0) {
      guide.steps.push_back({line.substr(2), ""});
    } else if (in == kConsole) {
      guide.steps.back().prints += line + "\n";
    }
  }
  return guide;
}

TEST(Guide, EveryFileBuildsAndEveryCommandPrintsWhatThePageSays) {
  if (kSanitized) GTEST_SKIP() << "a build with sanitizers isn't for installing";
  const Guide guide = ReadGuide();
  ASSERT_GE(guide.files.size(), 8U);
  ASSERT_GE(guide.steps.size(), 15U);
  const fs::path folder = EmptyFolder("guide");
  for (const auto& [name, text] : guide.files) {
    fs::create_directories((folder / name).parent_path());
    WriteAll(folder / name, text);
  }
  RunOptions options = BuildOptions();
  options.folder = folder;
  options.environment["PATH"] = (Prefix() / "bin").string() + ":" + std::getenv("PATH");
  options.environment["verbatim_ROOT"] = Prefix().string();
  options.environment["USER"] = "author";
  for (const Step& step : guide.steps) {
    const Finished done = RunProgram({"bash", "-c", step.command}, options);
    // A command that is to fail shows what it says.
    if (step.prints.empty()) {
      ASSERT_EQ(done.exit, 0) << step.command << "\n" << done.out << done.err;
    } else {
      EXPECT_EQ(done.out, step.prints) << step.command << "\n" << done.err;
    }
  }
  // The suite gives one that consumes what others find something to consume.
  const Finished checked =
      RunProgram({"verbatim", "plugin", "check", "--conformance", "build/voices.so"}, options);
  EXPECT_EQ(checked.exit, 0) << checked.out;
  EXPECT_TRUE(std::regex_search(checked.out, std::regex("voices.proposals *passed *[1-9]")))
      << checked.out;
}

// A function of the boundary that the page doesn't have is one whose thread, lifetime and failure
// nobody wrote down.
TEST(Guide, HasEveryFunctionOfTheBoundary) {
  const std::string header = ReadAll(fs::path(VERBATIM_SOURCE_DIR) / "plugins/sdk/plugin_abi.h");
  const std::string page = ReadAll(kPage);
  const std::string table = page.substr(page.find("## The boundary"));
  const std::regex pointer(R"(\(\*(\w+)\)\()");
  size_t functions = 0;
  for (std::sregex_iterator at(header.begin(), header.end(), pointer), end; at != end; ++at) {
    ++functions;
    EXPECT_TRUE(std::regex_search(table, std::regex("[`.]" + (*at)[1].str() + R"(\()")))
        << (*at)[1];
  }
  EXPECT_GE(functions, 13U);
}

}  // namespace
}  // namespace verbatim::testing
