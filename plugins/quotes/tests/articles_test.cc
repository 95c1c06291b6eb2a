// SPDX-License-Identifier: Apache-2.0
// Whole articles in the styles of many desks, invented, each with what a careful reader marks in
// it: tests/articles/*.txt, the article, a line "--", and a line for each quotation:
//   direct | Ada Lund | The bridge is safe, / and it will stay so.
// A piece that somebody interrupted is parted by " / ".
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "reading.h"

namespace verbatim::quotes {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> ArticleFiles() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(QUOTES_ARTICLES)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

struct Marked {
  std::string text;
  std::vector<std::string> lines;
};

Marked Load(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream all;
  all << in.rdbuf();
  const std::string content = all.str();
  const size_t end = content.find("\n--\n");
  Marked marked;
  marked.text = content.substr(0, end + 1);
  std::istringstream lines(content.substr(end + 4));
  for (std::string line; std::getline(lines, line);) marked.lines.push_back(line);
  return marked;
}

// Without the rule, which a reader does not care about.
std::vector<std::string> ReadAsMarked(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string& line : Reading(text)) {
    const size_t speaker = line.find(" | ") + 3;
    const size_t rule = line.find(" | ", speaker);
    lines.push_back(line.substr(0, rule) + line.substr(line.find(" | ", rule + 3)));
  }
  return lines;
}

class Articles : public testing::TestWithParam<fs::path> {};

TEST_P(Articles, AreReadAsACarefulReaderDoes) {
  const Marked marked = Load(GetParam());
  ASSERT_FALSE(marked.lines.empty());
  EXPECT_EQ(ReadAsMarked(marked.text), marked.lines);
}

INSTANTIATE_TEST_SUITE_P(OfManyDesks, Articles, testing::ValuesIn(ArticleFiles()),
                         [](const auto& one) { return one.param.stem().string(); });

}  // namespace
}  // namespace verbatim::quotes
