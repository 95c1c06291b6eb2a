// SPDX-License-Identifier: Apache-2.0
// Containers: what comes out of crawls, lines and feeds, whole and damaged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"
#include "tests/core/ingest/containers.h"
#include "tests/core/ingest/gzip.h"

namespace verbatim::ingest {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string kA = Record("https://courier.example/a", Http(Page("Dues rise in the harbour")));
const std::string kB = Record("https://courier.example/b", Http(Page("Sea wall to be repaired")));

TEST(WarcReader, ReadsPagesAndSkipsTheRest) {
  EXPECT_THAT(Warc(Record("https://courier.example/", "software: x", "warcinfo") + kA +
                   Record("https://courier.example/c", Http("gone", "", 404)) + kB),
              ElementsAre("skipped warcinfo", "https://courier.example/a", "skipped status 404",
                          "https://courier.example/b"));
}

TEST(WarcReader, ReadsMembersAndOneMember) {
  EXPECT_THAT(Warc(Gzip(kA) + Gzip(kB)),
              ElementsAre("https://courier.example/a", "https://courier.example/b"));
  EXPECT_THAT(Warc(Gzip(kA + kB)),
              ElementsAre("https://courier.example/a", "https://courier.example/b"));
}

TEST(WarcReader, ExpandsChunkedAndCompressedBodies) {
  const std::string page = Page("Dues rise in the harbour");
  const std::string chunked = absl::StrCat(absl::Hex(page.size()), "\r\n", page, "\r\n0\r\n\r\n");
  EXPECT_THAT(
      Warc(Record("https://courier.example/c", Http(chunked, "Transfer-Encoding: chunked\r\n")) +
           Record("https://courier.example/d", Http(Gzip(page), "Content-Encoding: gzip\r\n"))),
      ElementsAre("https://courier.example/c", "https://courier.example/d"));
}

TEST(WarcReader, KeepsWhatStandsBeforeTheDamage) {
  const std::string first = Gzip(kA);
  const std::string second = Gzip(kB);
  EXPECT_THAT(Warc(first + second.substr(0, second.size() / 2)),
              ElementsAre("https://courier.example/a", StartsWith("truncated-gzip at byte ")));
  EXPECT_THAT(Warc(first + "garbage"),
              ElementsAre("https://courier.example/a",
                          absl::StrCat("trailing-garbage at byte ", first.size())));
  std::string flipped = second;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x55);
  const auto lines = Warc(flipped + first);
  EXPECT_THAT(lines.back(), "https://courier.example/a");
  EXPECT_THAT(lines.front(),
              AnyOf(HasSubstr("damaged-gzip at byte"), HasSubstr("crc-mismatch at byte")));
}

TEST(WarcReader, GoesOnBehindALyingLength) {
  std::string liar = kA;
  liar.replace(liar.find("Content-Length: ") + 16, 1, "9");
  std::string negative = kA;
  negative.replace(negative.find("Content-Length: ") + 16, 1, "-");
  EXPECT_THAT(Warc(negative + kB),
              ElementsAre(HasSubstr("bad-warc-record at byte 0"), "https://courier.example/b"));
  EXPECT_THAT(Warc(liar).front(), HasSubstr("bad-warc-record at byte 0"));
}

TEST(WarcReader, RefusesEndlessHeaders) {
  EXPECT_THAT(Warc("WARC/1.0\r\nX: " + std::string(200'000, 'x') + "\r\n\r\n" + kB).front(),
              StartsWith("header-too-long"));
}

std::string Line(const std::string& url) {
  return absl::StrCat("{\"title\":\"Dues rise\",\"maintext\":\"", kStory, "\",\"url\":\"", url,
                      "\",\"date_publish\":\"2021-04-09 08:00:00\",\"authors\":[\"Ann Reed\"]}\n");
}

TEST(JsonlReader, ABadLineIsABadLine) {
  EXPECT_THAT(
      Lines(Line("https://a.example/1") + "{\"title\": \"cut\n\n[1,2]\n" +
            "{\"title\":\"no text\"}\n" + Line("https://a.example/2")),
      ElementsAre("https://a.example/1", HasSubstr("bad-json in line 2"),
                  HasSubstr("bad-json in line 4"), HasSubstr("no-text"), "https://a.example/2"));
}

TEST(JsonlReader, MendsHalfSurrogates) {
  EXPECT_THAT(Lines("{\"title\":\"x\\ud800y\",\"text\":\"One \\ud83d\\ude00 "
                    "two.\",\"url\":\"https://a.example/3\"}"),
              ElementsAre("https://a.example/3"));
}

TEST(JsonlReader, StepsOverALineWithoutEnd) {
  EXPECT_THAT(Lines("{\"text\":\"" + std::string(limits::kDocumentBytesMax + 10, 'x') + "\"}\n" +
                    Line("https://a.example/1")),
              ElementsAre(StartsWith("too-large: line 1"), "https://a.example/1"));
}

TEST(FeedReader, ReadsRssAtomAndJson) {
  EXPECT_THAT(
      Feed(absl::StrCat("<?xml version=\"1.0\"?><rss><channel><title>Courier</title><item><title>A"
                        "</title><link>https://a.example/1</link><description>&lt;p&gt;",
                        kStory, "&lt;/p&gt;</description></item></channel></rss>")),
      ElementsAre("https://a.example/1"));
  EXPECT_THAT(
      Feed(absl::StrCat("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>A</title>"
                        "<link href=\"https://a.example/2\"/><summary>",
                        kStory, "</summary></entry></feed>")),
      ElementsAre("https://a.example/2"));
  EXPECT_THAT(Feed(absl::StrCat(
                  "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"url\":\"https://"
                  "a.example/3\",\"content_text\":\"",
                  kStory, "\"}]}")),
              ElementsAre("https://a.example/3"));
}

TEST(FeedReader, RefusesADocumentType) {
  EXPECT_THAT(Feed("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                   "<rss><channel><item><title>&x;</title></item></channel></rss>"),
              ElementsAre(StartsWith("doctype-refused at byte 21")));
}

TEST(ByteStream, StopsAtABomb) {
  ByteStream stream = ByteStream::Of(Gzip(std::string(64 * limits::kMiB, '\0')));
  EXPECT_FALSE(stream.Need(32 * limits::kMiB));
  EXPECT_THAT(std::string(stream.status().message()), StartsWith("too-large-expanded at byte"));
}

TEST(FormatOf, KnowsContainersByTheirFirstBytes) {
  EXPECT_EQ(FormatOf("WARC/1.0\r\n"), Format::kWarc);
  EXPECT_EQ(FormatOf("{\"title\":\"x\"}\n{"), Format::kJsonl);
  EXPECT_EQ(FormatOf("<?xml version=\"1.0\"?><rss version=\"2.0\">"), Format::kFeed);
  EXPECT_EQ(FormatOf("The council voted."), Format::kAuto);
  EXPECT_EQ(FormatOf("<!DOCTYPE html><html>"), Format::kAuto);
}

}  // namespace
}  // namespace verbatim::ingest
