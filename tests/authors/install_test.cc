// SPDX-License-Identifier: Apache-2.0
// What is installed is whole, works from any folder and wherever its prefix is moved; the package
// names what it needs.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/authors/installed.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr const char* kArticle =
    "The harbour reopens\n\n\"The harbour will open on 12 May 2021,\" Ana Maar, the mayor, said. "
    "\"It is safe,\" she added.\n";

// Ingests, annotates and reads a view, from another folder than the tool's.
void ExpectItWorks(const fs::path& tool) {
  const fs::path folder = EmptyFolder("elsewhere");
  WriteAll(folder / "harbour.txt", kArticle);
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), tool.string());
    RunOptions options;
    options.folder = folder;
    return RunProgram(arguments, options);
  };
  const Finished ingested = run({"ingest", "harbour.txt"});
  ASSERT_EQ(ingested.exit, 0) << ingested.err;
  const Finished quotes = run({"view", "quotes", "--format", "jsonl"});
  ASSERT_EQ(quotes.exit, 0) << quotes.err;
  std::istringstream lines(quotes.out);
  std::vector<std::string> texts;
  for (std::string line; std::getline(lines, line);)
    texts.push_back(nlohmann::json::parse(line).at("text"));
  EXPECT_THAT(texts, ::testing::Contains("The harbour will open on 12 May 2021,"));
  EXPECT_EQ(run({"replay", "--verify"}).exit, 0);
}

class Install : public ::testing::Test {
 protected:
  void SetUp() override {
    unsetenv("VERBATIM_PLUGIN_HOST");
    if (kSanitized) GTEST_SKIP() << "a build with sanitizers isn't for installing";
  }
};

TEST_F(Install, HoldsTheToolItsPluginsAndWhatAnAuthorNeeds) {
  for (const char* file :
       {"bin/verbatim", "bin/verbatim-plugin-host", "lib/verbatim/plugins/dates.so",
        "lib/verbatim/plugins/quotes.so", "lib/verbatim/plugins/statements.so",
        "lib/verbatim/libverbatim_text.a", "lib/verbatim/libverbatim_proto_lite.a",
        "include/verbatim/plugin_abi.h", "include/verbatim/plugin.h", "include/verbatim/keys.h",
        "include/verbatim/messages.h", "include/verbatim/text/utf8.h",
        "include/verbatim/v1/plugin.pb.h", "share/verbatim/proto/verbatim/v1/plugin.proto",
        "lib/cmake/verbatim/verbatimConfig.cmake", "lib/cmake/verbatim/VerbatimPlugin.cmake",
        "share/doc/verbatim/plugins.md", "share/doc/verbatim/copyright"}) {
    EXPECT_TRUE(fs::is_regular_file(Prefix() / file)) << file;
  }
}

TEST_F(Install, WorksWhereverItsPrefixIsMoved) {
  const fs::path moved = EmptyFolder("moved") / "far/away";
  fs::create_directories(moved.parent_path());
  fs::copy(Prefix(), moved, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  ExpectItWorks(moved / "bin/verbatim");
}

TEST_F(Install, ThePackageNamesWhatItNeedsAndWorksUnpacked) {
  if (RunProgram({"sh", "-c", "command -v dpkg-shlibdeps && command -v dpkg-deb"}).exit != 0)
    GTEST_SKIP() << "no dpkg-dev here";
  const fs::path folder = EmptyFolder("package");
  const Finished packed = RunProgram({"cpack", "-G", "DEB", "--config",
                                      std::string(VERBATIM_BINARY_DIR) + "/CPackConfig.cmake", "-B",
                                      folder.string(), "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"});
  ASSERT_EQ(packed.exit, 0) << packed.out << packed.err;
  fs::path package;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".deb") package = entry.path();
  }
  const std::string needs = RunProgram({"dpkg-deb", "-f", package.string(), "Depends"}).out;
  for (const char* library : {"libc6", "liblmdb0", "libprotobuf32", "libseccomp2", "libzstd1"}) {
    EXPECT_THAT(needs, HasSubstr(library));
  }
  const std::string recommends = RunProgram({"dpkg-deb", "-f", package.string(), "Recommends"}).out;
  for (const char* tool : {"cmake", "make", "g++", "libprotobuf-dev", "protobuf-compiler"}) {
    EXPECT_THAT(recommends, HasSubstr(tool)) << "writing a plugin takes it";
  }
  const fs::path root = EmptyFolder("root");
  ASSERT_EQ(RunProgram({"dpkg-deb", "-x", package.string(), root.string()}).exit, 0);
  ExpectItWorks(root / "usr/bin/verbatim");
}

}  // namespace
}  // namespace verbatim::testing
