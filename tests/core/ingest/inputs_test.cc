// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "core/base/files.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

class Inputs : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name) << text;
  }
  std::vector<std::string> List(const std::vector<std::string>& names) {
    std::vector<std::string> listed;
    for (const Input& input : ListInputs(names)) {
      listed.push_back(
          input.path == "-" ? "-" : std::filesystem::relative(input.path, folder_.path()).string());
    }
    return listed;
  }
  std::string Path(const std::string& name) { return (folder_.path() / name).string(); }
  std::string Trouble(const std::string& name) {
    return std::string(ReadInput({Path(name)}).status().message());
  }

  base::TemporaryFolder folder_;
};

TEST_F(Inputs, FoldersAreWalkedInOrderOfName) {
  Write("b.txt", "b");
  Write("a/2.txt", "2");
  Write("a/1.txt", "1");
  Write(".hidden", "no");
  EXPECT_THAT(List({folder_.path().string()}), ElementsAre("a/1.txt", "a/2.txt", "b.txt"));
  EXPECT_THAT(List({Path("b.txt"), "-", Path("a")}),
              ElementsAre("b.txt", "-", "a/1.txt", "a/2.txt"));
}

TEST_F(Inputs, LinksInAWalkAreNotFollowed) {
  Write("a/1.txt", "1");
  std::filesystem::create_directory_symlink(folder_.path() / "a", folder_.path() / "a/loop");
  EXPECT_THAT(List({folder_.path().string()}), ElementsAre("a/1.txt"));
}

TEST_F(Inputs, AMissingFileStaysInTheListAndIsNamed) {
  EXPECT_THAT(List({Path("missing.txt")}), ElementsAre("missing.txt"));
  EXPECT_THAT(Trouble("missing.txt"), StartsWith("unreadable: open"));
}

TEST_F(Inputs, SpecialAndOverlargeFilesAreRefusedUnread) {
  ASSERT_EQ(::mkfifo(Path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(Trouble("pipe"), StartsWith("not-regular"));
  Write("large.txt", "");
  std::filesystem::resize_file(Path("large.txt"), limits::kDocumentBytesMax + 1);
  EXPECT_THAT(Trouble("large.txt"), StartsWith("too-large"));
}

}  // namespace
}  // namespace verbatim::ingest
