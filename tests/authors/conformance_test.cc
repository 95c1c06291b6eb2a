// SPDX-License-Identifier: Apache-2.0
// The conformance suite fails whoever breaks a promise, for that promise, and nobody else.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/authors/installed.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {

struct Suite {
  int exit = -1;
  std::set<std::string> failed;
  std::string out;
};

Suite Check(const std::string& plugin, const std::string& config = "") {
  const std::string file = std::string(VERBATIM_BINARY_DIR) + "/tests/plugins/" + plugin + ".so";
  const auto configured = EmptyFolder("config") / "config.textproto";
  WriteAll(configured, config);
  const Finished finished = RunProgram({VerbatimProgram(), "plugin", "check", "--conformance", file,
                                        "--format", "jsonl", "--config", configured.string()});
  Suite suite{finished.exit, {}, finished.out + finished.err};
  std::istringstream lines(finished.out);
  for (std::string line; std::getline(lines, line);) {
    const auto row = nlohmann::json::parse(line);
    if (row.at("outcome") == "FAILED") suite.failed.insert(row.at("check"));
  }
  return suite;
}

TEST(Conformance, FailsEachBrokenPromiseAndNoOther) {
  // What its views break, whatever its annotator does.
  std::set<std::string> always = {"manifest",        "stubborn.folds",     "hoarder.instances",
                                  "hoarder.batches", "brittle.bad_events", "sloppy.rows"};
  if (!kSanitized) always.insert("late.surroundings");
  static constexpr const char* kBroken[] = {
      "",          "proposals",    "keys",         "repeatable",
      "bad_input", "surroundings", "surroundings", "surroundings"};
  for (size_t deed = 0; deed < std::size(kBroken); ++deed) {
    const Suite suite = Check("faithless", "letters_min: " + std::to_string(deed));
    std::set<std::string> expected = always;
    if (deed > 0 && !(kSanitized && deed > 4))
      expected.insert(std::string("faithless.") + kBroken[deed]);
    EXPECT_EQ(suite.failed, expected) << "deed " << deed << ": " << suite.out;
    EXPECT_EQ(suite.exit, 1);
    EXPECT_THAT(suite.out, ::testing::HasSubstr("no field wrod"));
  }
}

TEST(Conformance, PassesWhoKeepsThem) {
  const Suite suite = Check("good");
  EXPECT_EQ(suite.exit, 0) << suite.out;
  EXPECT_THAT(suite.failed, ::testing::IsEmpty()) << suite.out;
}

}  // namespace
}  // namespace verbatim::testing
