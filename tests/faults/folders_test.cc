// SPDX-License-Identifier: Apache-2.0
// Folders that are no archive, half of one, or one of another time, met as a person meets them: by
// the tool. Each gets a message that names the folder and the way out, and an exit code that says
// what kind of trouble it is; none crashes, and none is written to. And a clock that goes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/log/log_dbs.h"
#include "core/store/keys.h"
#include "tests/faults/harness.h"
#include "tests/support/process.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using testing::Finished;
using ::testing::HasSubstr;

constexpr int kNo = 1;
constexpr int kTrouble = 4;

void Write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

class FoldersTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new Scratch();
    Write(Article(), "Mira Holt said: \"The bridge stands.\" She spoke on 4 May 2021.\n");
    const Finished made = Verbatim(Sound(), {"ingest", Article().string()});
    ASSERT_EQ(made.exit, 0) << made.err;
    ASSERT_EQ(Verbatim(Sound(), {"view", "quotes"}).exit, 0);
  }
  static void TearDownTestSuite() {
    delete scratch_;
    scratch_ = nullptr;
  }

  static fs::path Sound() { return scratch_->path() / "sound"; }
  static fs::path Article() { return scratch_->path() / "article.txt"; }
  static Finished Verbatim(const fs::path& archive, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {testing::VerbatimProgram(), "-C", archive.string()});
    testing::RunOptions options;
    options.environment = {{"USER", "tester"}};
    return testing::RunProgram(arguments, options);
  }

  // A copy of the sound archive, changed by `change`.
  template <typename Change>
  fs::path Changed(Change change) {
    const fs::path folder = own_.path() / "archive";
    fs::remove_all(folder);
    fs::copy(Sound(), folder, fs::copy_options::recursive);
    change(folder);
    return folder;
  }

  // Every verb that opens it refuses, names the folder, says `words`, and leaves it as it was.
  static void ExpectRefused(const fs::path& folder, int exit, const std::string& words) {
    const auto before = fs::exists(folder) && fs::is_directory(folder)
                            ? std::distance(fs::recursive_directory_iterator(folder),
                                            fs::recursive_directory_iterator())
                            : 0;
    for (const char* verb : {"status", "log", "verify", "articles", "replay"}) {
      const Finished finished = Verbatim(folder, {verb});
      EXPECT_EQ(finished.exit, exit) << verb << ": " << finished.out << finished.err;
      EXPECT_THAT(finished.err, HasSubstr(folder.string())) << verb;
      EXPECT_THAT(finished.err, HasSubstr(words)) << verb;
      EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
    }
    if (fs::exists(folder) && fs::is_directory(folder)) {
      EXPECT_LE(std::distance(fs::recursive_directory_iterator(folder),
                              fs::recursive_directory_iterator()),
                before + 1);  // lock.mdb, made anew
    }
  }

  Scratch own_;
  static Scratch* scratch_;
};

Scratch* FoldersTest::scratch_ = nullptr;

TEST_F(FoldersTest, WhatIsNoArchiveIsToldHowToBecomeOne) {
  const fs::path folder = own_.path() / "nothing";
  ExpectRefused(folder, kNo, "verbatim init");
  fs::create_directory(folder);
  ExpectRefused(folder, kNo, "verbatim init");
  Write(folder / "holiday.jpg", "not ours");
  fs::create_directory(folder / "log");
  ExpectRefused(folder, kNo, "is not an archive of verbatim");
  Write(own_.path() / "file", "a file");
  const Finished file = Verbatim(own_.path() / "file", {"status"});
  EXPECT_NE(file.exit, 0);
  EXPECT_LT(file.exit, 128);
  EXPECT_THAT(file.err, HasSubstr((own_.path() / "file").string()));
}

TEST_F(FoldersTest, AForeignFolderIsNotIngestedInto) {
  const fs::path folder = own_.path() / "photos";
  fs::create_directory(folder);
  Write(folder / "holiday.jpg", "not ours");
  const Finished finished = Verbatim(folder, {"ingest", Article().string()});
  EXPECT_NE(finished.exit, 0);
  EXPECT_LT(finished.exit, 128);
  EXPECT_THAT(finished.err, HasSubstr(folder.string()));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(FoldersTest, AnArchiveOfAnotherTimeNamesBothSides) {
  for (const char* format : {"format 0", "format 2", "format 999"}) {
    const fs::path folder = Changed([&](const fs::path& at) {
      Write(at / "verbatim", std::string("verbatim archive, ") + format + "\n");
    });
    ExpectRefused(folder, kTrouble, format);
    ExpectRefused(folder, kTrouble, "format 1");
  }
  ExpectRefused(Changed([](const fs::path& at) { Write(at / "verbatim", ""); }), kTrouble,
                "verbatim");
  ExpectRefused(
      Changed([](const fs::path& at) { Write(at / "verbatim", std::string(100'000, '\xff')); }),
      kTrouble, "verbatim");
}

TEST_F(FoldersTest, ALogOfAnotherFormatNamesBothSides) {
  const auto with_meta = [&](const std::string& key, const std::string& value) {
    return Changed([&](const fs::path& at) {
      const auto env = store::Env::Open(at / "log", {}).value();
      const auto meta = env->OpenDb("meta").value();
      store::WriteTxn txn = env->BeginWrite().value();
      ASSERT_TRUE(txn.Put(meta, key, value).ok());
      ASSERT_TRUE(txn.Commit().ok());
    });
  };
  const std::string layout = std::to_string(log::kIndexLayout);
  ExpectRefused(with_meta("format", store::KeyWriter().U32(2).key()), kTrouble,
                "format 2 and index layout " + layout + ", this verbatim knows 1 and " + layout);
  ExpectRefused(with_meta("indexes", store::KeyWriter().U32(77).key()), kTrouble,
                "index layout 77");
  ExpectRefused(with_meta("format", store::KeyWriter().U32(0).key()), kTrouble, "restore a backup");
  ExpectRefused(with_meta("format", "x"), kTrouble, "restore a backup");
}

TEST_F(FoldersTest, ALogThatIsGoneOrForeignIsNamed) {
  const auto with_data = [&](const std::string& bytes) {
    return Changed([&](const fs::path& at) { Write(at / "log" / "data.mdb", bytes); });
  };
  ExpectRefused(Changed([](const fs::path& at) { fs::remove_all(at / "log"); }), kTrouble, "log");
  ExpectRefused(Changed([](const fs::path& at) { fs::remove(at / "log" / "data.mdb"); }), kTrouble,
                "log");
  ExpectRefused(with_data(""), kTrouble, "log");
  ExpectRefused(with_data("x"), kTrouble, "damaged");
  ExpectRefused(with_data(std::string(8192, '\0')), kTrouble, "no database of this program");
  ExpectRefused(with_data("SQLite format 3" + std::string(8192, 's')), kTrouble,
                "no database of this program");
}

TEST_F(FoldersTest, ALogThatIsCutShortIsNamed) {
  const uint64_t bytes = fs::file_size(Sound() / "log" / "data.mdb");
  uint64_t cuts = 0;
  for (const uint64_t left :
       {uint64_t{1}, uint64_t{100}, uint64_t{4095}, uint64_t{4096}, uint64_t{8191}, uint64_t{8192},
        uint64_t{12'288}, bytes / 4, bytes / 2, bytes * 3 / 4, bytes - 4096, bytes - 1}) {
    const fs::path folder =
        Changed([&](const fs::path& at) { fs::resize_file(at / "log" / "data.mdb", left); });
    for (const char* verb : {"verify", "status", "log"}) {
      const Finished finished = Verbatim(folder, {verb});
      EXPECT_LT(finished.exit, 128) << verb << " of " << left << " bytes: " << finished.err;
      if (std::string(verb) != "verify") continue;
      EXPECT_THAT(finished.exit, AnyOf(kNo, kTrouble)) << left;
      EXPECT_THAT(finished.out + finished.err,
                  AnyOf(HasSubstr("damaged"), HasSubstr("cut short"), HasSubstr("missing")))
          << left;
      ++cuts;
    }
  }
  std::printf("cut files: %lu, each told by verify\n", cuts);
}

TEST_F(FoldersTest, WhatCanBeMadeAgainIsMadeAgain) {
  const Finished whole = Verbatim(Sound(), {"view", "quotes", "--format", "jsonl"});
  ASSERT_EQ(whole.exit, 0);
  ASSERT_THAT(whole.out, HasSubstr("The bridge stands."));
  const auto expect_same = [&](const char* what, const fs::path& folder) {
    const Finished again = Verbatim(folder, {"view", "quotes", "--format", "jsonl"});
    EXPECT_EQ(again.exit, 0) << what << ": " << again.err;
    EXPECT_EQ(again.out, whole.out) << what;
  };
  expect_same("no lock file", Changed([](const fs::path& at) { fs::remove(at / "log/lock.mdb"); }));
  expect_same("an odd lock file", Changed([](const fs::path& at) {
                Write(at / "log/lock.mdb", std::string(20'000, '\x5a'));
              }));
  expect_same("no views", Changed([](const fs::path& at) { fs::remove_all(at / "views"); }));
  expect_same("an odd CURRENT", Changed([](const fs::path& at) {
                Write(at / "views/quotes/CURRENT", "../../../etc\n");
              }));
  expect_same("a view that is cut short", Changed([](const fs::path& at) {
                for (const auto& entry : fs::recursive_directory_iterator(at / "views/quotes")) {
                  if (entry.path().filename() == "data.mdb") fs::resize_file(entry.path(), 9'000);
                }
              }));
  expect_same("a view of zeros", Changed([](const fs::path& at) {
                for (const auto& entry : fs::recursive_directory_iterator(at / "views/quotes")) {
                  if (entry.path().filename() == "data.mdb") {
                    Write(entry.path(), std::string(40'960, '\0'));
                  }
                }
              }));
}

// By a day, between one command and the next.
TEST_F(FoldersTest, RecordedTimesIncreaseWhenTheClockGoesBack) {
  const fs::path folder = own_.path() / "clock";
  const ControlPage control(folder);
  testing::RunOptions options;
  options.environment = {{"USER", "tester"},
                         {"LD_PRELOAD", ShimLibrary()},
                         {kControlVariable, control.file().string()}};
  constexpr int64_t kDayUs = 86'400'000'000;
  int commands = 0;
  for (const int64_t days : {0, -1, -2, 3, -400}) {
    control->clock_shift_us = days * kDayUs;
    const fs::path article = own_.path() / (std::to_string(commands) + ".txt");
    Write(article, "Article " + std::to_string(commands++) + " on the weather of the week.\n");
    const Finished finished =
        testing::RunProgram({testing::VerbatimProgram(), "-C", folder.string(), "--in-process",
                             "ingest", article.string()},
                            options);
    ASSERT_EQ(finished.exit, 0) << finished.err;
  }
  std::istringstream lines(Verbatim(folder, {"log", "--format", "jsonl"}).out);
  std::string last;
  int events = 0;
  for (std::string line; std::getline(lines, line); ++events) {
    const std::string time = nlohmann::json::parse(line).at("recorded_at");
    EXPECT_LT(last, time);
    last = time;
  }
  EXPECT_GT(events, 15);
  EXPECT_EQ(Verbatim(folder, {"verify"}).exit, 0);
  std::printf("clock: %d commands with it going back, %d events in order\n", commands, events);
}

}  // namespace
}  // namespace verbatim::faults
