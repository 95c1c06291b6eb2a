// SPDX-License-Identifier: Apache-2.0
// A plugin's life, as its author sees it: new, built, tested, tried, installed into an archive,
// run, configured, upgraded, removed; all with what is installed, outside of the tree.
#include <gmock/gmock.h>

#include "tests/authors/installed.h"

namespace verbatim::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Lifecycle : public ::testing::Test {
 protected:
  void SetUp() override {
    if (kSanitized) GTEST_SKIP() << "a build with sanitizers isn't for installing";
  }

  // `verbatim plugin new`, built and tested; the folder that it made.
  static fs::path MakeBuildAndTest(const std::string& name, const std::vector<std::string>& flags,
                                   const std::string& compiler) {
    const fs::path folder = EmptyFolder(name);
    std::vector<std::string> arguments = {"plugin", "new", name};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const Finished made = Installed(arguments, folder);
    EXPECT_EQ(made.exit, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr(name + "/README.md"));
    BuildAndTest(folder / name, compiler);
    return folder;
  }

  static void BuildAndTest(const fs::path& source, const std::string& compiler) {
    const Finished built = Build(source, source / "build", compiler);
    ASSERT_EQ(built.exit, 0) << built.out << built.err;
    const Finished tested =
        RunProgram({"ctest", "--test-dir", (source / "build").string(), "--output-on-failure"});
    EXPECT_EQ(tested.exit, 0) << tested.out << tested.err;
  }

  // A verb in the archive of that folder, expecting exit 0.
  static Finished Do(const fs::path& folder, std::vector<std::string> arguments) {
    const Finished finished = Installed(std::move(arguments), folder);
    EXPECT_EQ(finished.exit, 0) << finished.err;
    return finished;
  }

  static void Replace(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = ReadAll(file);
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    WriteAll(file, text.replace(at, from.size(), to));
  }
};

TEST_F(Lifecycle, FromNewToRemoved) {
  const fs::path folder = MakeBuildAndTest("hedges", {}, "g++");
  const fs::path source = folder / "hedges";
  const std::string so = (source / "build/hedges.so").string();
  WriteAll(folder / "a.txt", "Perhaps it rains. Maybe it will not.\n");
  Do(folder, {"ingest", "a.txt"});
  Do(folder, {"plugin", "install", so});
  Do(folder, {"annotate"});
  EXPECT_EQ(Do(folder, {"view", "hedges", "--format", "csv"}).out.substr(0, 10), "word,times");
  EXPECT_THAT(Do(folder, {"view", "hedges", "--format", "jsonl"}).out,
              HasSubstr(R"("word":"maybe","times":1)"));

  // Its configuration: a typo is shown where it is, and a change is taken up.
  WriteAll(folder / "typo.json", "{\n  \"wrods\": [\"rains\"]\n}\n");
  const Finished typo = Installed({"plugin", "config", "hedges", "typo.json"}, folder);
  EXPECT_EQ(typo.exit, 2);
  EXPECT_THAT(typo.err, HasSubstr("typo.json: line 2, column 3: no field wrods"));
  EXPECT_THAT(typo.err, HasSubstr("did you mean words?"));
  WriteAll(folder / "words.textproto", "words: \"rains\"\n");
  Do(folder, {"plugin", "config", "hedges", "words.textproto"});
  EXPECT_THAT(Do(folder, {"plugin", "config", "hedges"}).out, HasSubstr("\"rains\""));
  Do(folder, {"annotate"});
  const std::string configured = Do(folder, {"view", "hedges", "--format", "jsonl"}).out;
  EXPECT_THAT(configured, HasSubstr(R"("word":"rains")"));
  EXPECT_THAT(configured, ::testing::Not(HasSubstr("maybe")));
  Do(folder, {"plugin", "config", "hedges", "--unset"});

  // A second version that finds another word: what it would change is shown before it does.
  Replace(source / "manifest.textproto", "0.1.0", "0.2.0");
  Replace(source / "hedges.cc", "\"maybe\", ", "\"maybe\", \"will\", ");
  ASSERT_EQ(Build(source, source / "build", "g++").exit, 0);
  Do(folder, {"plugin", "upgrade", so});
  EXPECT_THAT(Do(folder, {"plugin", "list"}).out, HasSubstr("0.2.0"));
  const Finished dry = Installed({"annotate", "--plugin", "hedges", "--dry-run"}, folder);
  EXPECT_THAT(dry.out + dry.err, HasSubstr("will"));
  Do(folder, {"annotate"});
  const std::string upgraded = Do(folder, {"view", "hedges", "--format", "jsonl"}).out;
  EXPECT_THAT(upgraded, HasSubstr(R"("word":"will","times":1)"));
  EXPECT_THAT(upgraded, HasSubstr(R"("word":"perhaps","times":1)"));
  const std::string collected = Do(folder, {"view", "gc", "hedges", "--format", "jsonl"}).out;
  EXPECT_THAT(collected, HasSubstr(R"("state":"removed")"));
  EXPECT_THAT(collected, HasSubstr(R"("state":"serves")"));
  EXPECT_EQ(Installed({"replay", "--verify"}, folder).exit, 0);

  EXPECT_THAT(Do(folder, {"status"}).out, HasSubstr("sandbox     worker processes"));
  Do(folder, {"plugin", "remove", "hedges"});
  EXPECT_NE(Installed({"view", "hedges"}, folder).exit, 0);
  Do(folder, {"verify", "--full"});
}

TEST_F(Lifecycle, AnAnnotatorAloneByClang) {
  const fs::path folder = MakeBuildAndTest("shouts", {"--annotator"}, "clang++-14");
  WriteAll(folder / "a.txt", "Perhaps.\n");
  const Finished tried = Do(folder, {"plugin", "try", "shouts/build/shouts.so", "a.txt"});
  EXPECT_THAT(tried.out, HasSubstr("Perhaps"));
}

TEST_F(Lifecycle, AViewAloneOverWhatAnotherPluginFinds) {
  const fs::path folder = MakeBuildAndTest("voices", {"--view"}, "");
  WriteAll(folder / "a.txt", "\"The bridge will open in May,\" Ana Maar said.\n");
  Do(folder, {"ingest", "a.txt"});
  const std::string so = "voices/build/voices.so";
  EXPECT_THAT(Do(folder, {"plugin", "try", so, "--format", "jsonl"}).out,
              HasSubstr(R"({"word":"Ana Maar","times":1})"));
  // The events of the archive, kept in a file, give the same rows.
  WriteAll(folder / "events.jsonl", Do(folder, {"log", "--format", "jsonl"}).out);
  EXPECT_EQ(Do(folder, {"plugin", "try", so, "--events", "events.jsonl", "--format", "jsonl"}).out,
            Do(folder, {"plugin", "try", so, "--format", "jsonl"}).out);
}

TEST_F(Lifecycle, WhatAnAuthorGetsWrongIsToldWhereItIsAndInWords) {
  const fs::path folder = EmptyFolder("slips");
  Installed({"plugin", "new", "slips", "--annotator"}, folder);
  const fs::path source = folder / "slips";
  Replace(source / "manifest.textproto", "summary: ", "sumary: ");
  const Finished typo = Build(source, source / "build");
  EXPECT_NE(typo.exit, 0);
  EXPECT_THAT(typo.out + typo.err,
              HasSubstr((source / "manifest.textproto").string() + ":4:7: Message type"));
  Replace(source / "manifest.textproto", "sumary: ", "summary: ");
  Replace(source / "slips.cc", "Slips(verbatim::Host, ", "Slips(");
  const Finished made = Build(source, source / "build");
  EXPECT_NE(made.exit, 0);
  EXPECT_THAT(made.out + made.err,
              HasSubstr("a public constructor (verbatim::Host, std::string_view)"));
  EXPECT_THAT(made.out + made.err, ::testing::Not(HasSubstr("unique_ptr.h")));
}

TEST_F(Lifecycle, NewRefusesWhatCannotBeAPlugin) {
  const fs::path folder = EmptyFolder("refused");
  const Finished upper = Installed({"plugin", "new", "Marks"}, folder);
  EXPECT_EQ(upper.exit, 2);
  EXPECT_THAT(upper.err, HasSubstr("small letter"));
  EXPECT_EQ(Installed({"plugin", "new", "namespace_"}, folder).exit, 0);
  EXPECT_THAT(Installed({"plugin", "new", "class"}, folder).err, HasSubstr("another name"));
  fs::create_directories(folder / "there");
  EXPECT_THAT(Installed({"plugin", "new", "there"}, folder).err, HasSubstr("is there already"));
}

}  // namespace
}  // namespace verbatim::testing
