// SPDX-License-Identifier: Apache-2.0
// What comes of good and bad input at the command line.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kWall[] =
    "Council votes to repair sea wall\n\nThe council of Selis voted on Monday to repair the old "
    "sea wall. \"We have no time "
    "to lose,\" Mayor Tove Aldren said.\n";

class Ingest : public ArchiveTest {};

TEST_F(Ingest, MakesAnArchiveWhenThereIsNone) {
  const Finished done = Verbatim({"ingest", Write("wall.txt", kWall), "--published", "2020-06-16"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("made archive"));
  EXPECT_EQ(Lines({"articles"}, {"title", "published", "published_basis"}),
            "Council votes to repair sea wall | 2020-06-16 | GIVEN\n");
}

TEST_F(Ingest, TheTableOfAFolderIsNoArticle) {
  Write("in/wall.txt", kWall);
  const std::string table = Write("in/table.tsv", "wall.txt\t2020-06-16\n");
  ASSERT_EQ(Verbatim({"ingest", "--metadata-from", table, (folder_ / "in").string()}).exit, 0);
  EXPECT_EQ(Lines({"articles"}, {"title", "published"}),
            "Council votes to repair sea wall | 2020-06-16\n");
}

TEST_F(Ingest, ALanguageIsATag) {
  const Finished done = Verbatim({"ingest", Write("wall.txt", kWall), "--language", "english"});
  EXPECT_EQ(done.exit, 2);
  EXPECT_THAT(done.err, HasSubstr("--language english is no BCP 47 tag"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "archive")) << "nothing is made of a wrong call";
}

TEST_F(Ingest, BadFilesAreNamedAndTheRestGoesIn) {
  Write("in/1-empty.txt", "");
  Write("in/2-binary.txt", std::string("\x7f"
                                       "ELF\0\0",
                                       6));
  Write("in/3-latin1.txt", "The caf\xE9 is open.");
  Write("in/4-good.txt", kWall);
  const Finished done = Verbatim({"ingest", (folder_ / "in").string(),
                                  (folder_ / "missing.txt").string(), "--format", "jsonl"});
  EXPECT_EQ(done.exit, 3);
  for (const char* reason : {"empty", "binary", "unreadable"}) {
    EXPECT_THAT(done.out, HasSubstr(reason));
  }
  EXPECT_THAT(done.err, HasSubstr("3 failed, 2 ingested"));
  EXPECT_EQ(Rows({"articles"}).size(), 2u);
  EXPECT_THAT(Verbatim({"article", "3-latin1.txt", "--text"}).out,
              HasSubstr("The caf\xC3\xA9 is open."));
}

TEST_F(Ingest, StandardInput) {
  const Finished done = Verbatim({"ingest", "-", "--url", "https://courier.example/wall"}, kWall);
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(Lines({"articles"}, {"url"}), "https://courier.example/wall\n");
}

TEST_F(Ingest, TheSameUrlWithAnotherTextIsARevision) {
  const std::string url = "https://courier.example/wall";
  ASSERT_EQ(Verbatim({"ingest", Write("a.txt", kWall), "--url", url}).exit, 0);
  std::string changed = kWall;
  changed.replace(changed.find("no time"), 7, "little time");
  const Finished revised = Verbatim(
      {"ingest", Write("b.txt", changed), "--url", url + "?utm_source=mail", "--format", "jsonl"});
  EXPECT_THAT(revised.out, HasSubstr("\"revised\""));
  EXPECT_EQ(Lines({"articles"}, {"revisions"}), "2\n");
  EXPECT_EQ(Verbatim({"ingest", Write("c.txt", changed), "--url", url}).exit, 0);
  EXPECT_EQ(Lines({"articles"}, {"revisions"}), "2\n");
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Ingest, OneTextWithoutAUrlIsRevisedByName) {
  ASSERT_EQ(Verbatim({"ingest", Write("a.txt", kWall)}).exit, 0);
  const std::string article = Rows({"articles"})[0].at("article");
  std::string changed = kWall;
  changed += "\nThe work begins in May.\n";
  ASSERT_EQ(Verbatim({"ingest", Write("b.txt", changed), "--revises", article.substr(0, 6)}).exit,
            0);
  EXPECT_EQ(Lines({"articles"}, {"revisions"}), "2\n");
}

TEST_F(Ingest, ADateThatTheTextStatesIsPublishedAndSaysSo) {
  const std::string dated = std::string("Council votes to repair sea wall\n\n16 June 2020\n\n") +
                            std::string(kWall).substr(34);
  ASSERT_EQ(Verbatim({"ingest", Write("a.txt", dated)}).exit, 0);
  EXPECT_EQ(Lines({"articles"}, {"published", "published_basis"}), "2020-06-16 | STATED\n");
}

TEST_F(Ingest, ADateThatNobodyStatesStaysUnknown) {
  ASSERT_EQ(Verbatim({"ingest", Write("a.txt", kWall)}).exit, 0);
  EXPECT_EQ(Lines({"articles"}, {"published"}), "\n");
}

TEST_F(Ingest, AnotherLanguageIsSkippedAndSaidSo) {
  ASSERT_EQ(
      Verbatim(
          {"ingest", Write("a.txt",
                           "Der Rat will die Mauer reparieren\n\nDer Rat hat am Montag gesagt, "
                           "dass die Mauer noch in "
                           "diesem Jahr repariert werden soll. \"Wir haben keine Zeit\", sagte die "
                           "Bürgermeisterin, und das ist auch die Meinung der Leute im Hafen.\n")})
          .exit,
      0);
  EXPECT_EQ(Rows({"view", "quotes"}).size(), 0u);
  bool skipped = false;
  for (const Json& row : Rows({"log", "--type", "verbatim.v1.RunCompleted"})) {
    skipped |= row.at("body").at("outcome") == "SKIPPED_LANGUAGE";
  }
  EXPECT_TRUE(skipped);
}

TEST_F(Ingest, DryRunChangesNothing) {
  ASSERT_EQ(Verbatim({"init"}).exit, 0);
  const uint64_t head = Head();
  const Finished dry =
      Verbatim({"ingest", "--dry-run", Write("a.txt", kWall), "--format", "jsonl"});
  EXPECT_EQ(dry.exit, 0);
  EXPECT_THAT(dry.out, HasSubstr("\"ingested\""));
  EXPECT_EQ(Head(), head);
}

TEST_F(Ingest, WithoutAnnotatingAndCatchingUpIsTheSame) {
  ASSERT_EQ(Verbatim({"ingest", "--no-annotate", Write("a.txt", kWall)}).exit, 0);
  EXPECT_EQ(Rows({"view", "quotes"}).size(), 0u);
  ASSERT_EQ(Verbatim({"annotate"}).exit, 0);
  EXPECT_EQ(Lines({"view", "quotes"}, {"speaker"}), "Tove Aldren\n");
}

TEST_F(Ingest, TwoAtOnceGiveOneArchive) {
  ASSERT_EQ(Verbatim({"init"}).exit, 0);
  const std::string samples = (DataFolder() / "articles").string();
  const std::string command = VerbatimProgram() + " -C " + (folder_ / "archive").string() +
                              " ingest --quiet --metadata-from " + samples + "/articles.tsv " +
                              samples + "/20*.txt";
  const Finished both = RunProgram(
      {"bash", "-c",
       command + " & first=$!; " + command + "; second=$?; wait $first && exit $second"});
  EXPECT_EQ(both.exit, 0) << both.err;
  EXPECT_EQ(Rows({"articles"}).size(), 14u);
  EXPECT_EQ(Rows({"log", "--type", "ArticleIngested"}).size(), 14u);
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Ingest, UsageIsExitTwo) {
  EXPECT_EQ(Verbatim({"ingest"}).exit, 2);
  EXPECT_EQ(Verbatim({"ingest", Write("a.txt", kWall), "--published", "16/06/2020"}).exit, 2);
  EXPECT_EQ(Verbatim({"ingest", Write("a.txt", kWall), Write("b.txt", kWall), "--title", "x"}).exit,
            2);
}

TEST_F(Ingest, KeptBytesThatReadTheSameAgainChangeNothing) {
  ASSERT_EQ(Verbatim({"ingest", Write("wall.txt", kWall)}).exit, 0);
  const uint64_t head = Head();
  const Finished done = Verbatim({"reextract"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("0 read anew, 1 unchanged, 0 failed"));
  EXPECT_THAT(Verbatim({"reextract", "wall.txt", "--dry-run"}).err,
              HasSubstr("0 would be read anew"));
  EXPECT_EQ(Verbatim({"reextract", "missing.txt"}).exit, 1);
  EXPECT_EQ(Head(), head);
}

}  // namespace
}  // namespace verbatim::testing
