// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/fixture.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace verbatim::testing {
namespace fs = std::filesystem;

std::string ReadAll(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  EXPECT_TRUE(stream.good()) << file;
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

ArchiveTest::ArchiveTest() {
  std::string name = (fs::temp_directory_path() / "verbatim-test.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  folder_ = name;
}

ArchiveTest::~ArchiveTest() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Finished ArchiveTest::Verbatim(std::vector<std::string> arguments, const std::string& input) const {
  return At("archive", std::move(arguments), input);
}

Finished ArchiveTest::At(const std::string& archive, std::vector<std::string> arguments,
                         const std::string& input) const {
  arguments.insert(arguments.begin(), {VerbatimProgram(), "-C", Path(archive)});
  RunOptions options;
  options.input = input;
  options.environment = {{"USER", "tester"}};
  return RunProgram(arguments, options);
}

std::vector<Json> ArchiveTest::Rows(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--format", "jsonl"});
  const Finished finished = Verbatim(arguments);
  EXPECT_EQ(finished.exit, 0) << finished.err;
  std::vector<Json> rows;
  std::istringstream lines(finished.out);
  for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
  return rows;
}

std::string ArchiveTest::Lines(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& fields) const {
  std::string lines;
  for (const Json& row : Rows(arguments)) {
    for (size_t i = 0; i < fields.size(); ++i) {
      const auto found = row.find(fields[i]);
      if (i > 0) lines += " | ";
      if (found == row.end()) continue;
      lines += found->is_string() ? found->get<std::string>() : found->dump();
    }
    lines += "\n";
  }
  return lines;
}

std::string ArchiveTest::Quotation(const std::string& words) const {
  for (const Json& row : Rows({"view", "quotes", "--all"})) {
    if (row.at("text").get<std::string>().find(words) != std::string::npos)
      return row.at("annotation");
  }
  ADD_FAILURE() << "no quotation '" << words << "'";
  return "";
}

uint64_t ArchiveTest::Head() const {
  const auto rows = Rows({"log", "--limit", "1"});
  return rows.empty() ? 0 : rows.back().at("sequence").get<uint64_t>();
}

std::string ArchiveTest::Write(const std::string& name, const std::string& text) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << text;
  return (folder_ / name).string();
}

Finished ArchiveTest::IngestSamples(std::vector<std::string> flags,
                                    const std::string& archive) const {
  std::vector<std::string> arguments = {"ingest", "--metadata-from",
                                        (DataFolder() / "articles/articles.tsv").string()};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(DataFolder() / "articles")) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  arguments.insert(arguments.end(), files.begin(), files.end());
  return At(archive, arguments);
}

}  // namespace verbatim::testing
