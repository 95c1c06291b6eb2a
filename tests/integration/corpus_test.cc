// SPDX-License-Identifier: Apache-2.0
// The sample articles from files to views, against golden files that people have read.
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <sstream>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

class Corpus : public ArchiveTest {
 protected:
  void SetUp() override { ASSERT_EQ(IngestSamples().exit, 0); }
};

std::string Sorted(const std::string& lines) {
  std::vector<std::string> all;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) all.push_back(line + "\n");
  std::sort(all.begin(), all.end());
  return std::accumulate(all.begin(), all.end(), std::string());
}

// Annotation ids follow from event ids, which are random: golden files leave them out, and what is
// named by them.
TEST_F(Corpus, Quotations) {
  EXPECT_TRUE(
      MatchesGolden(Lines({"view", "quotes"}, {"said_on", "said_on_basis", "speaker", "speaker_key",
                                               "kind", "text", "title", "published", "status"}),
                    "quotes.txt"));
}

TEST_F(Corpus, Timeline) {
  EXPECT_TRUE(MatchesGolden(
      Lines({"view", "timeline"}, {"date", "earliest", "latest", "resolution", "text", "sentence"}),
      "timeline.txt"));
}

// Matters stand in the order of their ids, which are random too.
TEST_F(Corpus, StatementsOverTime) {
  EXPECT_TRUE(MatchesGolden(
      Sorted(Lines({"view", "statements"},
                   {"speaker", "topic", "said_on", "relation", "labels", "text", "diff"})),
      "statements.txt"));
}

TEST_F(Corpus, Articles) {
  EXPECT_TRUE(MatchesGolden(Lines({"articles"}, {"article", "title", "published", "published_basis",
                                                 "outlet", "url", "language", "revisions"}),
                            "articles.txt"));
}

TEST_F(Corpus, IngestingAgainAppendsNothing) {
  const uint64_t head = Head();
  const Finished again = IngestSamples();
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("duplicate"));
  // The revised article's first text comes back, and then its second: two reverts are two
  // revisions.
  EXPECT_EQ(
      Rows({"log", "--from", std::to_string(head + 1), "--type", "verbatim.v1.ArticleIngested"})
          .size(),
      0u);
}

TEST_F(Corpus, AnnotatingAgainAppendsNothing) {
  const uint64_t head = Head();
  EXPECT_EQ(Verbatim({"annotate"}).exit, 0);
  EXPECT_EQ(Head(), head);
}

TEST_F(Corpus, ARunByForceAppendsItsRecordAndNoAnnotation) {
  const uint64_t head = Head();
  EXPECT_EQ(Verbatim({"annotate", "--force"}).exit, 0);
  EXPECT_GT(Head(), head);
  for (const Json& row : Rows({"log", "--from", std::to_string(head + 1)})) {
    EXPECT_EQ(row.at("type"), "verbatim.v1.RunCompleted");
  }
}

TEST_F(Corpus, EveryViewEqualsItsRebuild) {
  const Finished replay = Verbatim({"replay", "--verify"});
  EXPECT_EQ(replay.exit, 0) << replay.out << replay.err;
  EXPECT_EQ(Verbatim({"replay"}).exit, 0);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Corpus, TheLogIsWhole) {
  for (const char* level : {"--quick", "--tree", "--full"}) {
    const Finished verified = Verbatim({"verify", level});
    EXPECT_EQ(verified.exit, 0) << verified.out << verified.err;
    EXPECT_THAT(verified.out, HasSubstr("whole"));
  }
}

TEST_F(Corpus, AsOfASequenceIsWhatStoodThen) {
  const std::string before = Verbatim({"view", "quotes", "--format", "csv"}).out;
  const uint64_t head = Head();
  const std::string late = Write(
      "late.txt",
      "Harbour master resigns\n\nThe harbour master of Selis has resigned. \"I have had enough of "
      "gulls and of ministers,\" Orla Brandvik said on Monday.\n");
  ASSERT_EQ(Verbatim({"ingest", "--published", "2023-09-05", late}).exit, 0);
  EXPECT_NE(Verbatim({"view", "quotes", "--format", "csv"}).out, before);
  EXPECT_EQ(Verbatim({"view", "quotes", "--format", "csv", "--as-of", std::to_string(head)}).out,
            before);
  EXPECT_EQ(Verbatim({"view", "quotes", "--since", std::to_string(head)}).exit, 0);
  EXPECT_EQ(Verbatim({"view", "quotes", "--since", std::to_string(Head())}).exit, 1);
}

TEST_F(Corpus, ReadingVerbsStartNoWorker) {
  // With a worker program that is none, everything that needs no fold still answers.
  for (const std::vector<std::string>& verb : std::vector<std::vector<std::string>>{
           {"log"}, {"articles"}, {"status"}, {"view"}, {"plugin", "list"}, {"verify"}}) {
    RunOptions options;
    options.environment = {{"VERBATIM_PLUGIN_HOST", "/bin/false"}};
    std::vector<std::string> command = {VerbatimProgram(), "-C", (folder_ / "archive").string()};
    command.insert(command.end(), verb.begin(), verb.end());
    const Finished finished = RunProgram(command, options);
    EXPECT_EQ(finished.exit, 0) << verb[0] << finished.err;
  }
}

}  // namespace
}  // namespace verbatim::testing
