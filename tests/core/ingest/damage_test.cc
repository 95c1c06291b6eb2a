// SPDX-License-Identifier: Apache-2.0
// Damaged crawls and lines: what is whole comes out, what is not is named where it stands, and
// nothing is cut short in silence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"
#include "tests/core/ingest/containers.h"
#include "tests/core/ingest/gzip.h"

namespace verbatim::ingest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string Url(int number) { return absl::StrCat("https://courier.example/", number); }

std::string Story(int number, const std::string& more = "") {
  return Record(Url(number), Http(Page(absl::StrCat("Report ", number, " of the harbour")), more));
}

std::string WithLength(std::string record, const std::string& length) {
  const size_t begin = record.find("Content-Length: ") + 16;
  record.replace(begin, record.find('\r', begin) - begin, length);
  return record;
}

// Where each reading of a crawl begins.
std::vector<uint64_t> Begins(std::string bytes) {
  std::vector<uint64_t> begins;
  ByteStream stream = ByteStream::Of(std::move(bytes));
  EXPECT_TRUE(stream.Need(1));
  stream.Need(4096);
  EXPECT_TRUE(ReadWarc(stream, "crawl.warc", {}, [&](const Reading& reading) {
                begins.push_back(reading.byte);
                return absl::OkStatus();
              }).ok());
  return begins;
}

TEST(ByteStream, KnowsTheMemberOfEachRecordHoweverSmall) {
  std::string crawl;
  std::vector<uint64_t> members;
  for (int i = 0; i < 40; ++i) {
    members.push_back(crawl.size());
    crawl += Gzip(Record(Url(i), "software: x", "warcinfo"));
  }
  EXPECT_EQ(Begins(crawl), members);
}

TEST(DamagedWarc, ASumThatIsWrongCostsItsOwnRecordOnly) {
  std::string bad = Gzip(Story(2));
  bad[bad.size() - 6] = static_cast<char>(bad[bad.size() - 6] ^ 0x10);  // in the checksum
  EXPECT_THAT(Warc(Gzip(Story(1)) + bad + Gzip(Story(3))),
              ElementsAre(Url(1), StartsWith("crc-mismatch at byte "), Url(3)));
}

TEST(DamagedWarc, BytesBetweenMembersAreNamedOnce) {
  const std::string junk = "\x1f\x8b\x08 no member \x1f\x8b\x08\x1f";
  EXPECT_THAT(Warc(Gzip(Story(1)) + "junk" + junk + Gzip(Story(2))),
              ElementsAre(Url(1), StartsWith("trailing-garbage at byte "), Url(2)));
}

TEST(DamagedWarc, BytesBetweenRecordsAreNamed) {
  EXPECT_THAT(Warc(Story(1) + "something else\nand more\n" + Story(2)),
              ElementsAre(Url(1), HasSubstr("bad-warc-record at byte"), Url(2)));
  EXPECT_THAT(Warc(Story(1) + "\r\n\r\n\n" + Story(2)), ElementsAre(Url(1), Url(2)));
}

TEST(DamagedWarc, ALengthThatLiesCostsItsOwnRecordOnly) {
  const std::string true_length = std::to_string(Http(Page("Report 1 of the harbour")).size());
  const int bytes = std::stoi(true_length);
  for (const std::string& lie :
       {std::to_string(bytes - 40), std::to_string(bytes + 40), std::to_string(bytes * 2),
        std::string("0"), std::string("99999999999"), std::string("99999999999999999999999"),
        std::string("-5"), std::string(""), std::string("12 or so")}) {
    const auto lines = Warc(Story(1) + WithLength(Story(1), lie) + Story(3));
    EXPECT_THAT(lines, ElementsAre(Url(1), HasSubstr("bad-warc-record at byte"), Url(3))) << lie;
    const auto packed = Warc(Gzip(Story(1)) + Gzip(WithLength(Story(1), lie)) + Gzip(Story(3)));
    EXPECT_THAT(packed, ElementsAre(Url(1), HasSubstr("bad-warc-record at byte"), Url(3))) << lie;
  }
  // Of records that nobody wants, too.
  EXPECT_THAT(Warc(WithLength(Record(Url(0), "a=b", "metadata"), "99999999") + Story(1)),
              ElementsAre(HasSubstr("bad-warc-record at byte 0"), Url(1)));
}

TEST(DamagedWarc, ARecordTooLargeIsSteppedOver) {
  const std::string video(limits::kDocumentBytesMax + 100'000, 'v');
  EXPECT_THAT(Warc(Record(Url(1), Http(video)) + Record(Url(2), video, "request") + Story(3)),
              ElementsAre(StartsWith("too-large: a record of"), "skipped request", Url(3)));
}

TEST(DamagedWarc, OldAndUnevenHeadersAreRead) {
  const std::string uneven = absl::StrReplaceAll(
      Story(1), {{"WARC/1.0", "WARC/0.18"},
                 {"WARC-Type: response", "warc-type:   Response"},
                 {"WARC-Record-ID", "no colon here\r\nX-Odd: a\r\n b\r\nWARC-Record-ID"}});
  EXPECT_THAT(Warc(uneven), ElementsAre(Url(1)));
  const std::string cut = Story(2).substr(0, 60);
  EXPECT_THAT(Warc(Story(1) + cut), ElementsAre(Url(1), HasSubstr("bad-warc-record at byte")));
}

TEST(DamagedWarc, ACutAnywhereKeepsWhatIsBeforeIt) {
  std::string crawl;
  std::vector<size_t> ends;
  for (int i = 0; i < 6; ++i) {
    crawl += Gzip(Story(i));
    ends.push_back(crawl.size());
  }
  EXPECT_TRUE(rc::check("records before a cut", [&] {
    const auto cut = *rc::gen::inRange<size_t>(20, crawl.size());
    const auto lines = Warc(crawl.substr(0, cut));
    const auto whole = static_cast<size_t>(
        std::count_if(ends.begin(), ends.end(), [&](size_t end) { return end <= cut; }));
    RC_ASSERT(lines.size() >= whole);
    for (size_t i = 0; i < whole; ++i) RC_ASSERT(lines[i] == Url(static_cast<int>(i)));
    const bool between = cut == (whole == 0 ? 0 : ends[whole - 1]);
    RC_ASSERT(between || absl::StrContains(lines.back(), " at byte ") ||
              lines.back() == Url(static_cast<int>(whole)));
  }));
}

TEST(DamagedWarc, AFlippedByteCostsItsRecordOnly) {
  std::string crawl;
  for (int i = 0; i < 6; ++i) crawl += Gzip(Story(i));
  EXPECT_TRUE(rc::check("records beside a flipped byte", [&] {
    std::string flipped = crawl;
    const auto at = *rc::gen::inRange<size_t>(3, crawl.size());  // it is gzip
    flipped[at] = static_cast<char>(flipped[at] ^ *rc::gen::inRange(1, 256));
    const auto lines = Warc(flipped);
    const auto good = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
      return absl::StartsWith(line, "https://courier.example/");
    });
    RC_ASSERT(good >= 5);
  }));
}

std::string Chunk(const std::string& bytes) {
  return absl::StrCat(absl::Hex(bytes.size()), "\r\n", bytes, "\r\n");
}

TEST(DamagedHttp, ChunksThatLieAreNamedAndCutOnesKept) {
  const std::string page = Page("Report 1 of the harbour");
  const std::string a = page.substr(0, 100);
  const std::string b = page.substr(100);
  const auto chunked = [](const std::string& body) {
    return Warc(Record(Url(1), Http(body, "Transfer-Encoding: chunked\r\n")));
  };
  EXPECT_THAT(chunked(Chunk(a) + Chunk(b) + "0\r\n\r\n"), ElementsAre(Url(1)));
  EXPECT_THAT(chunked(absl::StrReplaceAll(Chunk(a), {{"\r\n", ";name=value\r\n"}}) + Chunk(b)),
              ElementsAre(HasSubstr("damaged-body")));
  EXPECT_THAT(chunked(absl::StrCat(absl::Hex(a.size()), ";x=y\n", a, "\n", absl::Hex(b.size()),
                                   "\n", b, "\n0\n\n")),
              ElementsAre(Url(1)));
  EXPECT_THAT(chunked(Chunk(a) + Chunk(b)), ElementsAre(Url(1)));       // no last chunk
  EXPECT_THAT(chunked("ffff\r\n" + page), ElementsAre(Url(1)));         // cut off
  EXPECT_THAT(chunked(page), ElementsAre(Url(1)));                      // not chunked at all
  EXPECT_THAT(chunked("10\r\n" + a + "\r\n" + Chunk(b) + "0\r\n\r\n"),  // too short
              ElementsAre(HasSubstr("damaged-body: no size of a chunk at its byte")));
}

TEST(DamagedHttp, EncodingsAreUndoneOneByOne) {
  const std::string page = Page("Report 1 of the harbour");
  const auto encoded = [](const std::string& body, const std::string& encoding) {
    return Warc(Record(Url(1), Http(body, "Content-Encoding: " + encoding + "\r\n")));
  };
  EXPECT_THAT(encoded(Gzip(Gzip(page)), "gzip, gzip"), ElementsAre(Url(1)));
  EXPECT_THAT(encoded(Gzip(Gzip(page)), "gzip\r\nContent-Encoding: gzip"), ElementsAre(Url(1)));
  EXPECT_THAT(encoded(Gzip(Gzip(page)), "gzip"), ElementsAre(Url(1)));
  EXPECT_THAT(encoded(Gzip(page.substr(0, 90)) + Gzip(page.substr(90)), "x-gzip"),
              ElementsAre(Url(1)));
  EXPECT_THAT(encoded(page, "br"), ElementsAre(Url(1)));  // undone by the crawler already
  EXPECT_THAT(encoded("\x8b\x02\x80 packed", "br"),
              ElementsAre(HasSubstr("unsupported-encoding: br; this expands gzip and deflate")));
  EXPECT_THAT(encoded(Gzip(page), "gzip, gzip, gzip, gzip"),
              ElementsAre(HasSubstr("unsupported-encoding")));
  EXPECT_THAT(encoded(Gzip(page).substr(0, 60), "gzip"), ElementsAre(HasSubstr("damaged-body")));
}

TEST(DamagedLines, WholeLinesBeforeACutAreKept) {
  std::string lines;
  for (int i = 0; i < 3; ++i)
    absl::StrAppend(&lines, "{\"text\":\"", kStory, "\",\"url\":\"", Url(i), "\"}\n");
  const std::string packed = Gzip(lines);
  const std::string cut = packed.substr(0, packed.size() - 4);
  ByteStream stream = ByteStream::Of(cut);
  stream.Need(4096);  // a small file is seen to be damaged at the first look
  EXPECT_FALSE(stream.status().ok());
  EXPECT_THAT(Lines(cut), ElementsAre(Url(0), Url(1), Url(2), StartsWith("truncated-gzip")));
}

}  // namespace
}  // namespace verbatim::ingest
