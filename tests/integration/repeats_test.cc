// SPDX-License-Identifier: Apache-2.0
// Inputs that come again: unchanged ones write nothing, whatever versions of an article they hold;
// what really went back to an earlier text is a revision.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kStory[] =
    "The harbour council of Porthaven voted on Tuesday to raise the dues for fishing boats from "
    "next spring, after a debate of four hours in a full hall. Owners of small boats said that "
    "they had not been asked, and that many would give up before the year is out.";

std::string Page(const std::string& last) {
  return absl::StrCat(
      "<!DOCTYPE html><html><head><title>Dues rise</title><link rel=canonical "
      "href=https://courier.example/dues></head><body><article><h1>Dues rise</h1><p>",
      kStory, "</p><p>", kStory, "</p><p>", last, "</p></article></body></html>");
}

std::string Record(const std::string& last, const std::string& taken) {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + Page(last);
  return absl::StrCat(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:", taken, ">\r\nWARC-Date: ", taken,
      "\r\nWARC-Target-URI: https://courier.example/dues\r\nContent-Length: ", http.size(),
      "\r\n\r\n", http, "\r\n\r\n");
}

class Repeats : public ArchiveTest {
 protected:
  // The actions of an ingest, one a line of what it prints.
  std::string Ingest(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.begin(), {"ingest", "--no-annotate", "--format", "jsonl"});
    const Finished done = Verbatim(arguments, input);
    std::string actions;
    for (size_t at = 0; at < done.out.size(); at = done.out.find('\n', at) + 1) {
      const Json row = Json::parse(done.out.substr(at, done.out.find('\n', at) - at));
      absl::StrAppend(&actions, actions.empty() ? "" : " ", std::string(row.at("action")));
    }
    return actions;
  }
};

TEST_F(Repeats, AFolderWithTwoVersionsOfAPageWritesNothingTheSecondTime) {
  Write("in/1-morning.html", Page("Nobody spoke against it."));
  Write("in/2-evening.html", Page("The mayor spoke against it."));
  Write("in/feed.rss", absl::StrCat("<rss><channel><title>C</title><item><title>A</title><link>"
                                    "https://courier.example/a</link><description>",
                                    kStory, "</description></item></channel></rss>"));
  EXPECT_EQ(Ingest({Path("in")}), "ingested revised ingested");
  const uint64_t head = Head();
  EXPECT_EQ(Ingest({Path("in")}), "duplicate duplicate skipped");
  EXPECT_EQ(Ingest({Path("in"), "--jobs", "1"}), "duplicate duplicate skipped");
  EXPECT_EQ(Head(), head);
}

TEST_F(Repeats, APageThatWentBackToItsEarlierTextIsARevision) {
  const std::string file = Write("dues.html", Page("Nobody spoke against it."));
  EXPECT_EQ(Ingest({file}), "ingested");
  Write("dues.html", Page("The mayor spoke against it."));
  EXPECT_EQ(Ingest({file}), "revised");
  Write("dues.html", Page("Nobody spoke against it."));
  EXPECT_EQ(Ingest({file}), "revised");
  EXPECT_EQ(Ingest({file}), "duplicate");
  // What a person says of a file is read anew.
  EXPECT_EQ(Ingest({file, "--title", "Dues, again"}), "revised");
}

TEST_F(Repeats, ACrawlWithTwoVersionsWritesNothingTheSecondTimeWhereverItComesFrom) {
  const std::string crawl = Record("Nobody spoke against it.", "2021-04-09T08:00:00Z") +
                            Record("The mayor spoke against it.", "2021-04-09T18:00:00Z");
  EXPECT_EQ(Ingest({"-"}, crawl), "ingested revised");
  const uint64_t head = Head();
  EXPECT_EQ(Ingest({"-"}, crawl), "duplicate duplicate");
  EXPECT_EQ(Ingest({Write("again.warc", crawl)}), "duplicate duplicate");
  EXPECT_EQ(Head(), head);
  EXPECT_EQ(Ingest({"-"}, Record("Nobody spoke against it.", "2021-04-10T08:00:00Z")), "revised");
}

TEST_F(Repeats, AFileOfAnErasedArticleIsRefusedThoughItIsKnown) {
  const std::string file = Write("dues.html", Page("Nobody spoke against it."));
  EXPECT_EQ(Ingest({file}), "ingested");
  const std::string article = Rows({"articles"}).at(0).at("article");
  ASSERT_EQ(Verbatim({"erase", article, "--reason-code", "court-order", "--authority",
                      "District Court", "--yes"})
                .exit,
            0);
  EXPECT_EQ(Ingest({file}), "failed");
  EXPECT_EQ(Ingest({file, "--erased-too"}), "ingested");
}

}  // namespace
}  // namespace verbatim::testing
