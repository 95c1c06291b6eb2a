// SPDX-License-Identifier: Apache-2.0
// The care of an archive, as its keeper types it.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Care : public ArchiveTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(Verbatim({"ingest", Write("ferry.txt", kText)}).exit, 0);
    article_ = Rows({"articles"}).at(0).at("article");
    quotation_ = Rows({"view", "quotes"}).at(0).at("annotation");
  }
  std::vector<std::string> EraseIt(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"erase",       article_,      "--reason-code",
                                          "court-order", "--authority", "District Court of Selis"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  bool Found(const std::string& word, const std::string& below) const {
    return RunProgram({"grep", "-rqa", word, (folder_ / below).string()}).exit == 0;
  }

  static constexpr char kText[] =
      "Ferry accident at Selis\n\n\u201CI never saw the buoy,\u201D Captain Quillon Aberforth said "
      "on Tuesday. The harbour master asked for a report by 3 May 2021.\n";
  std::string article_;
  std::string quotation_;
};

TEST_F(Care, EachVerbHasHelpWithAnExample) {
  for (const char* verb : {"erase", "compact", "backup", "restore", "doctor"}) {
    const Finished help = Verbatim({verb, "--help"});
    EXPECT_EQ(help.exit, 0) << verb;
    EXPECT_THAT(help.out, HasSubstr("Example:\n  verbatim ")) << verb;
  }
}

TEST_F(Care, AnErasureIsListedAskedForMadeAndTold) {
  const uint64_t before = Head();
  EXPECT_THAT(Verbatim(EraseIt({"--dry-run"})).out, HasSubstr("never saw the buoy"));
  const Finished unasked = Verbatim(EraseIt());
  EXPECT_EQ(unasked.exit, 2);
  EXPECT_THAT(unasked.err, HasSubstr("--yes"));
  EXPECT_EQ(Head(), before);
  const Finished erased = Verbatim(EraseIt({"--yes"}));
  ASSERT_EQ(erased.exit, 0) << erased.err;
  EXPECT_THAT(erased.err, HasSubstr("verbatim compact"));
  for (const std::vector<std::string>& verb : std::vector<std::vector<std::string>>{
           {"log", "--article", article_},
           {"show", article_},
           {"show", quotation_},
           {"article", article_},
           {"articles"},
           {"history", article_},
           {"history", quotation_},
           {"show", article_, "--as-of", std::to_string(before)}}) {
    const Finished told = Verbatim(verb);
    EXPECT_EQ(told.exit, 0) << verb[0] << told.err;
    EXPECT_THAT(told.out, HasSubstr("erased")) << verb[0];
    EXPECT_THAT(told.out, HasSubstr("court-order")) << verb[0];
    EXPECT_THAT(told.out, HasSubstr("District Court of Selis")) << verb[0];
    EXPECT_THAT(told.out, Not(HasSubstr("Aberforth"))) << verb[0];
  }
  EXPECT_THAT(Rows({"view", "quotes"}), IsEmpty());
  EXPECT_THAT(Verbatim({"view", "quotes", "--as-of", std::to_string(before)}).err,
              HasSubstr("erased since"));
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
  EXPECT_FALSE(Found("Aberforth", "archive/views"));
  EXPECT_EQ(Verbatim(EraseIt({"--yes"})).exit, 1) << "nothing is left";
  EXPECT_EQ(Verbatim({"erase", "@1", "--reason-code", "x", "--authority", "y", "--yes"}).exit, 2);
}

TEST_F(Care, CompactTakesTheBytes) {
  ASSERT_EQ(Verbatim(EraseIt({"--yes"})).exit, 0);
  EXPECT_TRUE(Found("Aberforth", "archive/log"));
  EXPECT_THAT(Verbatim({"compact", "--dry-run"}).out, HasSubstr("bytes_free"));
  EXPECT_EQ(Verbatim({"compact"}).exit, 2);
  const auto report = Rows({"compact", "--yes"}).at(0);
  EXPECT_LT(report.at("bytes_after").get<uint64_t>(), report.at("bytes_before").get<uint64_t>());
  EXPECT_FALSE(Found("Aberforth", "archive"));
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
  const Finished again = Verbatim({"ingest", (folder_ / "ferry.txt").string()});
  EXPECT_EQ(again.exit, 3);
  EXPECT_THAT(again.out, HasSubstr("--erased-too"));
  const Finished elsewhere = Verbatim(
      {"ingest", "--url", "https://copies.example/ferry", (folder_ / "ferry.txt").string()});
  EXPECT_EQ(elsewhere.exit, 3);
  EXPECT_THAT(elsewhere.out, HasSubstr("court-order"));
  EXPECT_EQ(Verbatim({"ingest", "--erased-too", (folder_ / "ferry.txt").string()}).exit, 0);
  EXPECT_EQ(Rows({"view", "quotes"}).size(), 1u);
}

TEST_F(Care, ABackupComesBackWithoutWhatWasErasedSince) {
  const std::string copy = (folder_ / "copy").string();
  const auto made = Rows({"backup", copy}).at(0);
  EXPECT_EQ(made.at("events"), Head());
  EXPECT_EQ(Verbatim({"backup", copy}).exit, 2) << "it is there already";
  EXPECT_EQ(RunProgram({VerbatimProgram(), "-C", copy, "verify"}).exit, 0) << "an archive as any";
  ASSERT_EQ(Verbatim(EraseIt({"--yes"})).exit, 0);
  std::ofstream(folder_ / "list.jsonl") << Verbatim({"erase", "--export"}).out;
  EXPECT_EQ(Verbatim({"restore", copy, "--yes"}).exit, 2) << "never over an archive";
  const std::string again = (folder_ / "again").string();
  const auto restore = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {VerbatimProgram(), "-C", again, "restore", copy};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunProgram(arguments);
  };
  EXPECT_EQ(restore({"--dry-run"}).exit, 0);
  EXPECT_EQ(restore({}).exit, 2);
  EXPECT_FALSE(fs::exists(again));
  const Finished restored = restore({"--yes", "--erasures", (folder_ / "list.jsonl").string()});
  ASSERT_EQ(restored.exit, 0) << restored.err;
  EXPECT_THAT(restored.err, HasSubstr("made again: 1"));
  EXPECT_FALSE(Found("Aberforth", "again"));
  EXPECT_EQ(RunProgram({VerbatimProgram(), "-C", again, "verify"}).exit, 0);
  fs::remove_all(again);
  EXPECT_EQ(restore({"--yes", "--erasures", (folder_ / "archive").string()}).exit, 0);
  EXPECT_FALSE(Found("Aberforth", "again"));
}

TEST_F(Care, DoctorSaysWhatIsWrongAndWhatToDo) {
  const Finished sound = Verbatim({"doctor"});
  EXPECT_EQ(sound.exit, 0) << sound.out;
  EXPECT_EQ(Verbatim({"doctor", "--rebuild-indexes", "--full"}).exit, 0);
  for (const auto& file : fs::directory_iterator(folder_ / "archive/plugins")) {
    fs::remove(file.path());
    break;
  }
  const Finished sick = Verbatim({"doctor", "--format", "jsonl"});
  EXPECT_EQ(sick.exit, 1);
  EXPECT_THAT(sick.out, HasSubstr("\"check\":\"plugins\",\"state\":\"wrong\""));
  EXPECT_THAT(sick.out, HasSubstr("\"way_out\":"));
  fs::resize_file(folder_ / "archive/log/data.mdb", 100);
  EXPECT_EQ(Verbatim({"doctor"}).exit, 4);
}

}  // namespace
}  // namespace verbatim::testing
