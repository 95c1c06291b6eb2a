// SPDX-License-Identifier: Apache-2.0
// core/README.md says which room may include which. This reads the table there and every #include
// line of the tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "verbatim_test_paths.h"

namespace {
namespace fs = std::filesystem;

const fs::path kRoot = VERBATIM_SOURCE_DIR;

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The rows "| room | may include |" of core/README.md.
std::map<std::string, std::set<std::string>> LayerTable() {
  std::map<std::string, std::set<std::string>> table;
  std::istringstream lines(ReadAll(kRoot / "core/README.md"));
  const std::regex row(R"(^\| `([a-z_/]+)` \| ([a-z ]*)\|.*$)");
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    std::istringstream rooms(match[2].str());
    auto& allowed = table[match[1].str()];
    for (std::string room; rooms >> room;) allowed.insert(room);
  }
  return table;
}

std::vector<std::string> Includes(const fs::path& file) {
  std::vector<std::string> found;
  std::istringstream lines(ReadAll(file));
  const std::regex include(R"-(^\s*#include "([^"]+)".*$)-");
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, include)) found.push_back(match[1].str());
  }
  return found;
}

std::vector<fs::path> Sources(const fs::path& folder) {
  std::vector<fs::path> sources;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".cc" || extension == ".h") sources.push_back(entry.path());
  }
  return sources;
}

// Generated protos and the parts of the SDK that the design opens to all.
bool OpenToAll(const std::string& include) {
  return include.starts_with("verbatim/v1/") || include.starts_with("verbatim/text/") ||
         include == "verbatim/plugin_abi.h" || include == "verbatim/keys.h";
}

// Third-party headers in quotes.
bool ThirdParty(const std::string& include) {
  return include.starts_with("absl/") || include.starts_with("fmt/");
}

TEST(Layers, EveryRoomHasARow) {
  const auto table = LayerTable();
  for (const auto& entry : fs::directory_iterator(kRoot / "core")) {
    if (!entry.is_directory()) continue;
    EXPECT_TRUE(table.contains(entry.path().filename().string())) << entry.path();
  }
}

TEST(Layers, ARoomIncludesWhatItsRowNamesAndNothingElse) {
  for (const auto& [room, allowed] : LayerTable()) {
    const fs::path folder = room.starts_with("tools/") ? kRoot / room : kRoot / "core" / room;
    ASSERT_TRUE(fs::is_directory(folder))
        << "core/README.md names a room that is not there: " << room;
    for (const fs::path& source : Sources(folder)) {
      for (const std::string& include : Includes(source)) {
        if (OpenToAll(include) || ThirdParty(include)) continue;
        if (include.starts_with("tools/")) {
          EXPECT_TRUE(include.starts_with(room + "/")) << source << " includes " << include;
          continue;
        }
        ASSERT_TRUE(include.starts_with("core/")) << source << " includes " << include;
        const std::string other = include.substr(5, include.find('/', 5) - 5);
        EXPECT_TRUE(other == room || allowed.contains(other))
            << source << " includes " << include << ", but the row of " << room << " doesn't name "
            << other;
      }
    }
  }
}

// A room that lists its headers lists all of them, and none that is gone.
TEST(Layers, AListOfHeadersIsWhole) {
  size_t lists = 0;
  for (const auto& room : fs::directory_iterator(kRoot / "core")) {
    const fs::path readme = room.path() / "README.md";
    if (!fs::exists(readme)) continue;
    const std::string text = ReadAll(readme);
    const size_t begin = text.find("| header | what it is |");
    if (begin == std::string::npos) continue;
    ++lists;
    const std::string list = text.substr(begin, text.find("\n\n", begin) - begin);
    std::set<std::string> listed;
    const std::regex name(R"(`([a-z_]+\.h)`)");
    for (std::sregex_iterator it(list.begin(), list.end(), name), end; it != end; ++it) {
      listed.insert((*it)[1].str());
    }
    std::set<std::string> there;
    for (const fs::path& source : Sources(room.path())) {
      if (source.extension() == ".h") there.insert(source.filename().string());
    }
    EXPECT_EQ(listed, there) << readme;
  }
  EXPECT_GT(lists, 0u);
}

TEST(Layers, PluginsIncludeTheSdkAndTheirOwn) {
  for (const char* plugin : {"dates", "duplicates", "quotes", "statements"}) {
    for (const fs::path& source : Sources(kRoot / "plugins" / plugin)) {
      for (const std::string& include : Includes(source)) {
        EXPECT_FALSE(include.starts_with("core/") || include.starts_with("tools/"))
            << source << " includes " << include;
      }
    }
  }
}

TEST(Layers, OneFileIncludesBoostDll) {
  for (const char* folder : {"core", "tools"}) {
    for (const fs::path& source : Sources(kRoot / folder)) {
      if (ReadAll(source).find("#include <boost/dll") == std::string::npos) continue;
      EXPECT_EQ(source, kRoot / "core/plugin/loader.cc");
    }
  }
}

TEST(Layers, OnlyTheStoreKnowsLmdb) {
  for (const char* folder : {"core", "tools"}) {
    for (const fs::path& source : Sources(kRoot / folder)) {
      if (ReadAll(source).find("#include <lmdb.h>") == std::string::npos) continue;
      EXPECT_EQ(source.parent_path(), kRoot / "core/store");
    }
  }
}

}  // namespace
