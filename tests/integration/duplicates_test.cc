// SPDX-License-Identifier: Apache-2.0
// One report in several papers: articles of their own, linked, and one story in the view.
#include <gmock/gmock.h>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

constexpr char kReport[] =
    "The harbour of Port Ellery stays closed until the dredging of its northern channel is done, "
    "the authority said on Tuesday. A survey had found that sand moved by the winter storms left "
    "less than four metres of water above the old ferry wreck. \"No pilot will take a ship through "
    "there at night,\" harbour master Ines Tolland said.\n\n"
    "Grain ships are sent to Kasterby instead, two days further along the coast, and the mills of "
    "the valley have asked for trains. The dredger is expected within a week. Fishing boats with "
    "a shallow draught may still leave by the southern entrance during daylight.\n";

constexpr char kOther[] =
    "Voters in the lake district of Orsin chose a new assembly on Sunday, and the farmers' list "
    "came out ahead by a few hundred votes. Both sides asked for a second count in three villages "
    "where ballot boxes had been brought in by boat after the road was flooded. The council said "
    "that it would answer on Friday, once the last lists of names had been compared with the "
    "registers kept in the old town hall. Nobody expects the result to change, one clerk said, "
    "but everybody wants to see the boxes opened.\n";

class Duplicates : public ArchiveTest {
 protected:
  void Ingest(const std::string& name, const std::string& text, const std::string& day,
              const std::string& outlet) const {
    const Finished done =
        Verbatim({"ingest", Write(name + ".txt", text), "--url", "https://" + name + ".example/1",
                  "--published", day, "--outlet", outlet, "--title", "Harbour"});
    ASSERT_EQ(done.exit, 0) << done.err;
  }
  std::string Stories() const {
    return Lines({"view", "duplicates", "--sort", "published"}, {"outlet", "kind", "earliest"});
  }
};

TEST_F(Duplicates, CopiesAreArticlesOfTheirOwnAndOneStory) {
  const std::string report = kReport;
  Ingest("courier", report, "2031-03-05", "Courier");
  Ingest("votes", kOther, "2031-03-05", "Courier");
  Ingest("post", report.substr(0, report.find("\n\n") + 2) + "Our reporter adds nothing.\n",
         "2031-03-06", "Post");
  Ingest("mirror", report, "2031-03-07", "Mirror");
  Ingest("wire", "PORT ELLERY (Coastwire) - " + report, "2031-03-04", "Coastwire");
  EXPECT_EQ(Rows({"articles"}).size(), 5u);
  EXPECT_EQ(Stories(),
            "Coastwire | NEAR_DUPLICATE | true\n"
            "Courier | UNSPECIFIED | false\n"
            "Post | NEAR_DUPLICATE | false\n"
            "Mirror | SAME_TEXT | false\n");
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Duplicates, CopiesThatComeTogetherFindEachOther) {
  Write("in/1.txt", std::string("Seen at the quay.\n\n") + kReport);
  Write("in/2.txt", std::string(kReport) + "More on page four, with a map.\n");
  Write("in/3.txt", kOther);
  ASSERT_EQ(Verbatim({"ingest", (folder_ / "in").string(), "--no-annotate"}).exit, 0);
  EXPECT_EQ(Rows({"view", "duplicates"}).size(), 2u);
}

TEST_F(Duplicates, ACorrectedDateMovesTheFirstAndAnUndoMovesItBack) {
  Ingest("courier", kReport, "2031-03-05", "Courier");
  Ingest("post", std::string(kReport) + "By our own correspondent.\n", "2031-03-06", "Post");
  const std::string before = Stories();
  ASSERT_EQ(Verbatim({"correct", "post.txt", "published=2031-03-01", "--reason", "reprint"}).exit,
            0);
  EXPECT_EQ(Stories(), "Post | NEAR_DUPLICATE | true\nCourier | UNSPECIFIED | false\n");
  std::string sequence;
  for (const Json& event : Rows({"log", "--type", "ArticleMetadataCorrected"})) {
    sequence = event["sequence"].dump();
  }
  ASSERT_EQ(Verbatim({"undo", "@" + sequence}).exit, 0);
  EXPECT_EQ(Stories(), before);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Duplicates, AnErasedCopyIsFoundNoMore) {
  Ingest("courier", kReport, "2031-03-05", "Courier");
  ASSERT_EQ(Verbatim({"erase", "courier.txt", "--reason-code", "court-order", "--authority",
                      "Court of Ellery", "--yes"})
                .exit,
            0);
  Ingest("post", std::string(kReport) + "By our own correspondent.\n", "2031-03-06", "Post");
  EXPECT_TRUE(Rows({"view", "duplicates"}).empty());
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
}

// Articles 1 to 40, every fourth word for word, the others with a line of their own.
std::string FortyPapers(bool backwards) {
  std::string lines;
  for (int n = 1; n <= 40; ++n) {
    const int paper = backwards ? 41 - n : n;
    const std::string number = std::to_string(paper);
    Json article = {{"url", "https://paper" + number + ".example/harbour"},
                    {"title", "Harbour closed"},
                    {"outlet", "Paper " + number},
                    {"published", paper < 20 ? "2021-03-05" : "2021-03-06"},
                    {"text", kReport}};
    if (paper % 4 != 0)
      article["text"] = std::string(kReport) + "\nSeen by reader " + number + " of ours.\n";
    lines += article.dump() + "\n";
  }
  return lines;
}

TEST_F(Duplicates, AWireStoryInFortyPapersIsOneReportWithFortySources) {
  ASSERT_EQ(Verbatim({"ingest", Write("forty.jsonl", FortyPapers(false))}).exit, 0);
  const std::vector<Json> rows = Rows({"view", "statements", "--where", "speaker=Tolland"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("sources"), 40);
  EXPECT_EQ(rows[0].at("printed_by").size(), 40u);
  const std::string told = Verbatim({"statements", "--speaker", "Tolland"}).out;
  EXPECT_THAT(told, ::testing::HasSubstr("1 report, 40 sources; direct, Paper 1, article "));
  EXPECT_THAT(told, ::testing::HasSubstr("Paper 29"));
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);

  const std::string first = rows[0].at("annotation");
  ASSERT_EQ(Verbatim({"reject", first, "--reason", "misprint"}).exit, 0);
  EXPECT_THAT(Verbatim({"statements", "--speaker", "Tolland"}).out,
              ::testing::HasSubstr("1 report, 39 sources; direct, Paper 2, article "));
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Duplicates, CopiesAreOneReportInWhateverOrderTheyCome) {
  ASSERT_EQ(Verbatim({"ingest", Write("forty.jsonl", FortyPapers(true)), "--no-annotate"}).exit, 0);
  ASSERT_EQ(Verbatim({"annotate"}).exit, 0);
  const std::vector<Json> rows = Rows({"view", "statements", "--where", "speaker=Tolland"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("sources"), 40);
  EXPECT_EQ(rows[0].at("said_on"), "2021-03-05") << "bounded by the earliest of the papers";
}

}  // namespace
}  // namespace verbatim::testing
