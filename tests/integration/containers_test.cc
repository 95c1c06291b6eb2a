// SPDX-License-Identifier: Apache-2.0
// Pages, crawls and lines of JSON through the program: taken in, taken up again, refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Containers : public ArchiveTest {};

constexpr char kStory[] =
    "The harbour council of Porthaven voted on Tuesday to raise the dues for fishing boats from "
    "next "
    "spring, after a debate of four hours in a full hall. Owners of small boats said that they had "
    "not been asked, and that many would give up before the year is out. The council's treasurer "
    "said the money was needed for the northern sea wall, which the storms of January damaged.";

std::string Line(int number) {
  return absl::StrCat("{\"title\":\"Dues rise, part ", number, "\",\"maintext\":\"", kStory,
                      " This is report number ", number, ".\",\"url\":\"https://courier.example/",
                      number,
                      "\",\"date_publish\":\"2021-04-09 08:00:00\",\"authors\":[\"Ann Reed\"]}\n");
}

std::string Page() {
  return absl::StrCat(
      "<!DOCTYPE html><html lang=en><head><title>Dues rise</title><meta property=og:site_name "
      "content=\"Harbour Courier\"><meta property=article:published_time "
      "content=2021-04-09T08:00:00+01:00></head><body><nav><a href=/>Home</a> <a href=/s>Sport</a>"
      "</nav><article><h1>Dues rise</h1><p>",
      kStory, "</p><p>", kStory, "</p></article></body></html>");
}

TEST_F(Containers, APageIsExtractedAndItsSourceKept) {
  ASSERT_EQ(
      Verbatim({"ingest", Write("dues.html", Page()), "--url", "https://courier.example/d"}).exit,
      0);
  EXPECT_EQ(
      Lines({"articles"}, {"title", "published", "outlet", "url"}),
      "Dues rise | 2021-04-09T08:00:00+01:00 | Harbour Courier | https://courier.example/d\n");
  const auto rows = Rows({"extract", (folder_ / "dues.html").string()});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("title"), "Dues rise");
  EXPECT_EQ(rows[0].at("body"), absl::StrCat(kStory, "\n\n", kStory));
}

TEST_F(Containers, ARequestBetweenPagesIsForProgramsAndNotForReaders) {
  const std::string http =
      absl::StrCat("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", Page());
  const auto record = [](std::string_view type, std::string_view body) {
    return absl::StrCat("WARC/1.0\r\nWARC-Type: ", std::string(type),
                        "\r\nWARC-Target-URI: https://courier.example/dues\r\nWARC-Record-ID: "
                        "<urn:uuid:",
                        std::string(type), ">\r\nContent-Length: ", body.size(), "\r\n\r\n",
                        std::string(body), "\r\n\r\n");
  };
  const std::string file = Write(
      "crawl.warc", record("request", "GET /dues HTTP/1.1\r\n\r\n") + record("response", http));
  const Finished table = Verbatim({"ingest", file, "--no-annotate", "--format", "table"});
  EXPECT_THAT(table.out, HasSubstr("<urn:uuid:response>"));
  EXPECT_THAT(table.out, Not(HasSubstr("<urn:uuid:request>")));
  EXPECT_THAT(table.err, HasSubstr("1 skipped"));
  const std::string copy = Write("again.warc", record("request", "GET /dues HTTP/1.1\r\n\r\n"));
  const Finished lines = Verbatim({"ingest", copy, "--no-annotate", "--format", "jsonl"});
  EXPECT_THAT(lines.out, HasSubstr("<urn:uuid:request>"));
}

TEST_F(Containers, LinesGoInAndASecondRunReadsNothing) {
  std::string lines;
  for (int i = 1; i <= 20; ++i) lines += Line(i);
  const std::string file = Write("news.jsonl", lines + "{\"title\": \"cut\n");
  const Finished first = Verbatim({"ingest", file, "--no-annotate", "--format", "jsonl"});
  EXPECT_EQ(first.exit, 3);
  EXPECT_THAT(first.out, HasSubstr("bad-json in line 21"));
  EXPECT_EQ(Rows({"articles"}).size(), 20u);
  const uint64_t head = Head();
  const Finished second = Verbatim({"ingest", file, "--no-annotate", "--format", "jsonl"});
  EXPECT_EQ(second.exit, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("\"skipped\""));
  EXPECT_EQ(Head(), head);
  // A file that grew is another file: what was there is a duplicate, what is new goes in.
  const Finished third =
      Verbatim({"ingest", Write("news.jsonl", lines + Line(21)), "--no-annotate"});
  EXPECT_EQ(third.exit, 0) << third.err;
  EXPECT_EQ(Rows({"articles"}).size(), 21u);
}

TEST_F(Containers, KilledAndRunAgainIsAsIfItHadNot) {
  std::string lines;
  for (int i = 1; i <= 700; ++i) lines += Line(i);
  const std::string file = Write("news.jsonl", lines);
  ASSERT_EQ(Verbatim({"init"}).exit, 0);
  for (const char* seconds : {"0.05", "0.2", "0.4"}) {
    RunProgram({"timeout", "-s", "KILL", seconds, VerbatimProgram(), "-C",
                (folder_ / "archive").string(), "ingest", "--no-annotate", "--quiet", file});
  }
  EXPECT_EQ(Verbatim({"ingest", "--no-annotate", "--quiet", file}).exit, 0);
  EXPECT_EQ(Rows({"articles"}).size(), 700u);
  EXPECT_EQ(Rows({"log", "--type", "ArticleIngested"}).size(), 700u);
  EXPECT_EQ(Rows({"log", "--type", "ArticleRevised"}).size(), 0u);
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
}

TEST_F(Containers, WhatIsRefusedIsNamed) {
  Write("in/feed.rss", "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x \"y\">]><rss></rss>");
  Write("in/crawl.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -3\r\n\r\n\r\n\r\n");
  Write("in/empty.html", "<!DOCTYPE html><html><body></body></html>");
  RunProgram({"mkfifo", (folder_ / "fifo").string()});
  const Finished done = Verbatim(
      {"ingest", (folder_ / "in").string(), (folder_ / "fifo").string(), "--format", "jsonl"});
  EXPECT_EQ(done.exit, 3);
  for (const char* reason :
       {"doctype-refused at byte", "bad-warc-record at byte 0", "no-article", "not-regular"}) {
    EXPECT_THAT(done.out, HasSubstr(reason));
  }
}

}  // namespace
}  // namespace verbatim::testing
