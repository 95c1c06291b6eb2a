// SPDX-License-Identifier: Apache-2.0
// Which reader an input gets by its content, records of JSON in the spellings that programs have
// for one field, and what is refused with the way out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/ingest/foreign.h"
#include "core/ingest/json_record.h"
#include "core/ingest/reading.h"
#include "tests/core/ingest/containers.h"
#include "tests/core/ingest/gzip.h"

namespace verbatim::ingest {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// URL, title, published, authors, outlet, language of a record, or what is wrong with it.
std::string Said(const std::string& record) {
  Given given;
  given.not_after = "2030-01-01";
  const auto draft = DraftFromJson(record, "line 1", "news.jsonl", given);
  if (!draft.ok()) return std::string(draft.status().message());
  const v1::ArticleMetadata& metadata = draft->content.metadata();
  std::string authors;
  for (const std::string& author : metadata.authors())
    absl::StrAppend(&authors, authors.empty() ? "" : "+", author);
  return absl::StrCat(metadata.canonical_url(), " | ", metadata.title(), " | ",
                      metadata.published().value(), " | ", authors, " | ", metadata.outlet());
}

std::string Body(const std::string& record) {
  const auto draft = DraftFromJson(record, "line 1", "news.jsonl", {});
  return draft.ok() ? draft->content.text() : std::string(draft.status().message());
}

TEST(JsonRecord, OneArticleInTheNamesOfManyPrograms) {
  const std::string same =
      "https://courier.example/dues | Dues rise | 2021-04-09 | Ann Reed | Harbour Courier";
  const std::string text = absl::StrCat("\"", kStory, "\"");
  for (const std::string& record : {
           absl::StrCat(R"({"maintext":)", text,
                        R"(,"title":"Dues rise","url":"https://courier.example/dues",)"
                        R"("date_publish":"2021-04-09","authors":["Ann Reed"],)"
                        R"("source_domain":null,"site_name":"Harbour Courier"})"),
           absl::StrCat(R"({"text":)", text,
                        R"(,"title":"Dues rise","source":"https://courier.example/dues",)"
                        R"("date":"2021-04-09","author":"Ann Reed","raw_text":"x",)"
                        R"("source-hostname":"Harbour Courier","comments":""})"),
           absl::StrCat(R"({"content":)", text,
                        R"(,"headline":"Dues rise","link":"https://courier.example/dues",)"
                        R"("publishedAt":"2021-04-09","author":{"name":"Ann Reed"},)"
                        R"("source":{"id":null,"name":"Harbour Courier"}})"),
           absl::StrCat(R"({"@type":"NewsArticle","articleBody":)", text,
                        R"(,"headline":"Dues rise","mainEntityOfPage":{"@id":)"
                        R"("https://courier.example/dues"},"datePublished":"2021-04-09",)"
                        R"("author":[{"@type":"Person","name":"Ann Reed"}],)"
                        R"("publisher":{"@type":"Organization","name":"Harbour Courier"}})"),
           absl::StrCat(R"({"content":{"rendered":"<p>)", kStory,
                        R"(</p>\n"},"title":{"rendered":"Dues rise"},"link":)"
                        R"("https://courier.example/dues","date":"2021-04-09","byline":"By Ann )"
                        R"(Reed","siteName":"Harbour Courier"})"),
           absl::StrCat(R"({"_id":"7","_source":{"Body":)", text,
                        R"(,"Title":"Dues rise","URL":"https://courier.example/dues",)"
                        R"("Pub_Date":"2021-04-09","Authors":"Ann Reed","Publisher":)"
                        R"("Harbour Courier"}})"),
       }) {
    EXPECT_EQ(Said(record), same) << record;
  }
}

TEST(JsonRecord, TimesMayBeNumbers) {
  for (const char* time :
       {"1617955200", "1617955200000", "1617955200.5", "\"1617955200\"",
        "{\"$date\":\"2021-04-09T08:00:00Z\"}", "\"Fri, 09 Apr 2021 08:00:00 GMT\"",
        "\"2021-04-09 08:00:00+00:00\"", "\"20210409T080000Z\"", "\"20210409\"",
        "\"April 9, 2021\"", "\"2021/04/09\""}) {
    EXPECT_THAT(Said(absl::StrCat("{\"text\":\"", kStory, "\",\"published\":", time, "}")),
                HasSubstr("| 2021-04-09"))
        << time;
  }
}

TEST(JsonRecord, WhatNoJsonMayHoldIsMended) {
  EXPECT_EQ(Body("{\"text\":\"One \\ud83d\\ude00 \\ud800 two.\",\"rank\":NaN,\"low\":-Infinity}"),
            "One \U0001F600 \uFFFD two.");
  EXPECT_EQ(Body("{\"text\":\"One\ttwo\",\"n\":NaN}"), "One two");
  EXPECT_EQ(Body("{\"id\":123456789012345678901234567890,\"text\":\"One 12345678901234567890.\"}"),
            "One 12345678901234567890.");
  EXPECT_EQ(Body("{\"text\":\"Die Gr\xF6\xDF"
                 "e der \xC4nderung.\"}"),
            "Die Größe der Änderung.");
  EXPECT_THAT(Body("{\"text\":\"cut"), StartsWith("bad-json in line 1"));
  EXPECT_THAT(Body(std::string(5000, '[')), StartsWith("bad-json in line 1"));
}

TEST(JsonRecord, ParagraphsMarkupAndPagesAreRead) {
  EXPECT_EQ(Body(R"({"text":["One.","Two."]})"), "One.\n\nTwo.");
  EXPECT_EQ(Body(R"({"body":"<div><p>One &amp; two.</p><p>Three.</p></div>"})"),
            "One & two.\n\nThree.");
  const std::string page = absl::StrReplaceAll(
      Page("Dues rise"),
      {{"<h1>", "<nav><a href=/>Home</a><a href=/s>Sport</a></nav><h1>"}, {"\"", "\\\""}});
  EXPECT_EQ(Body(absl::StrCat(R"({"url":"https://courier.example/1","html":")", page, "\"}")),
            absl::StrCat(kStory, "\n\n", kStory));
  EXPECT_THAT(Body(R"({"text":null,"maintext":"None","content":"  ","title":"x"})"),
              StartsWith("no-text: the record holds no text under a name that is known"));
}

std::string Article(int number) {
  return absl::StrCat("{\n  \"title\": \"Report } ", number, " {\",\n  \"text\": \"", kStory,
                      " \\\"[{\\\\\",\n  \"url\": \"https://courier.example/", number, "\"\n}");
}

TEST(JsonTexts, ObjectsOverLinesAndArraysAreArticles) {
  const std::string a = "https://courier.example/1";
  const std::string b = "https://courier.example/2";
  const std::string flat = absl::StrReplaceAll(Article(1), {{"\n", ""}});
  EXPECT_THAT(Lines(Article(1)), ElementsAre(a));
  EXPECT_THAT(Lines(absl::StrCat(Article(1), "\n", Article(2))), ElementsAre(a, b));
  EXPECT_THAT(Lines(absl::StrCat("\xEF\xBB\xBF[", Article(1), ",\r\n", Article(2), "]\n")),
              ElementsAre(a, b));
  EXPECT_THAT(Lines(absl::StrCat("[", flat, ",", flat, "]")), ElementsAre(a, a));
  EXPECT_THAT(Lines(absl::StrCat("\xEF\xBB\xBF", flat, "\r\n\r\n", flat)), ElementsAre(a, a));
  EXPECT_THAT(Lines(absl::StrCat("[", Article(1), ",\n{\"text\": \"cut")),
              ElementsAre(a, HasSubstr("bad-json in line 6: the input ends within an object")));
  EXPECT_THAT(Lines(absl::StrCat("[", Article(1), ",\n{\"text\": nothing},", Article(2), "]")),
              ElementsAre(a, StartsWith("bad-json in line 6"), b));
  EXPECT_THAT(Lines(absl::StrCat("[", Article(1), "] and more")),
              ElementsAre(a, HasSubstr("neither an object nor an array of objects")));
}

std::string Fed(const std::string& feed) {
  std::string said;
  ByteStream stream = ByteStream::Of(feed);
  EXPECT_TRUE(ReadFeed(stream, "feed.xml", {}, [&](Reading reading) {
                const auto draft = reading.draft();
                if (!draft.ok()) {
                  absl::StrAppend(&said, draft.status().message());
                } else {
                  const v1::ArticleMetadata& metadata = draft->content.metadata();
                  absl::StrAppend(&said, metadata.canonical_url(), " | ", metadata.title(), " | ",
                                  metadata.published().value(), " | ", draft->content.text());
                }
                return absl::OkStatus();
              }).ok());
  return said;
}

TEST(Feeds, AddressesMarkupAndDatesAreReadAsTheirFormatsSay) {
  EXPECT_EQ(Fed("<rss xml:base=\"https://courier.example/news/\"><channel><item><title><![CDATA["
                "Dues <b>rise</b>]]></title><link> report/1 </link><pubDate>Fri, 09 Apr 2021 "
                "23:30:00 EST</pubDate><description>short</description><content:encoded "
                "xmlns:content=\"c\"><![CDATA[<p>One &amp; two.</p><p>Three.</p>]]>"
                "</content:encoded></item></channel></rss>"),
            "https://courier.example/news/report/1 | Dues rise | 2021-04-09T23:30:00-05:00 | One & "
            "two.\n\nThree.");
  EXPECT_EQ(
      Fed("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title type=\"html\">A &amp;amp; "
          "B</title><link rel=\"self\" href=\"https://c.example/s\"/><link "
          "href=\"https://c.example/1\"/><published>2021-04-08T23:00:00-05:00</published>"
          "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One.</p>"
          "<p>Two <b>bold</b>ly.</p></div></content></entry></feed>"),
      "https://c.example/1 | A & B | 2021-04-08T23:00:00-05:00 | One.\n\nTwo boldly.");
  EXPECT_THAT(Fed("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":"
                  "\"https://c.example/2\",\"content_text\":\"One.\"}]}"),
              StartsWith("https://c.example/2 | "));
  EXPECT_EQ(Fed("<rss><channel><title>C</title></channel></rss>"), "bad-feed: no item in it");
}

TEST(Feeds, BytesOutweighWhatTheDeclarationSays) {
  const std::string item = "<rss><channel><item><link>https://c.example/1</link><description>";
  const std::string end = "</description></item></channel></rss>";
  const std::string utf8 =
      "Gr\xC3\xB6\xC3\x9F"
      "e";
  const std::string latin1 =
      "Gr\xF6\xDF"
      "e";
  for (const std::string& feed :
       {"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" + item + utf8 + end,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + item + latin1 + end,
        "<?xml version='1.0' encoding='iso-8859-1'?>" + item + latin1 + end}) {
    EXPECT_THAT(Fed(feed), HasSubstr(utf8));
  }
}

std::string Wide(const std::string& text) {
  std::string wide;
  for (const char c : text) wide += {c, '\0'};
  return wide;
}

TEST(Documents, WideOnesAreReadWithoutAMarkToo) {
  for (const std::string& bytes : {Wide(kStory), "\xFF\xFE" + Wide(kStory)}) {
    const auto draft = DraftFromBytes(bytes, "wide.txt", {});
    ASSERT_TRUE(draft.ok()) << draft.status();
    EXPECT_EQ(draft->content.text(), kStory);
  }
  EXPECT_EQ(FormatOf("\xFF\xFE" + Wide("<?xml version=\"1.0\"?><rss>")), Format::kFeed);
  const auto binary = DraftFromBytes(kStory + std::string("\0", 1) + kStory, "nul.txt", {});
  EXPECT_THAT(std::string(binary.status().message()), StartsWith("binary: a NUL at byte"));
}

TEST(InputNames, ThatAreNoUtf8AreKeptEscaped) {
  EXPECT_EQ(Input{"in/caf\xE9.txt"}.name(), "in/caf\\xe9.txt");
  EXPECT_EQ(Input{"in/café.txt"}.name(), "in/café.txt");
}

std::string Reason(const std::string& content) {
  const absl::Status status = CheckForeign(content);
  return status.ok() ? "" : std::string(status.message());
}

TEST(Foreign, IsNamedWithTheWayOut) {
  EXPECT_THAT(Reason("%PDF-1.7\n"), AllOf(StartsWith("unsupported: "), HasSubstr("pdftotext")));
  EXPECT_THAT(Reason(std::string("PK\x03\x04\0\0", 6)), HasSubstr("pandoc"));
  EXPECT_THAT(Reason(Gzip("x")), HasSubstr("gzip -dc"));
  EXPECT_THAT(Reason("BZh91AY"), HasSubstr("bzip2 -dc"));
  EXPECT_THAT(Reason("{\\rtf1 text}"), HasSubstr("RTF"));
  EXPECT_THAT(Reason("Received: from a\nDate: x\nSubject: y\nMIME-Version: 1.0\n\nHello"),
              HasSubstr("mail"));
  EXPECT_THAT(Reason("From ann@a.example Fri\nFrom: a\nTo: b\nSubject: c\n\nHello"),
              HasSubstr("mail"));
  EXPECT_THAT(Reason("id,title,\"text\",date\n1,a,b,c\n"), HasSubstr("a table"));
  EXPECT_THAT(Reason("url\ttitle\tcontent\n"), HasSubstr("a table"));
  EXPECT_THAT(Reason("<?xml version=\"1.0\"?>\n<!-- made by x -->\n<urlset xmlns=\"a\"><url>"),
              HasSubstr("a sitemap"));
  EXPECT_THAT(Reason("<?xml version=\"1.0\"?><invoice><total>7</total></invoice>"),
              HasSubstr("its root is invoice"));
  for (const char* fine :
       {"From the harbour, where boats are few:\nthe council voted.\n",
        "Title, and text, and more\n", "Date: Friday\nSubject: dues\n\nThe council voted.\n", "",
        "{", "<p>One</p>", "<?xml version=\"1.0\"?><html><body><p>x</p></body></html>",
        "Packed: PK and BZ"}) {
    EXPECT_EQ(Reason(fine), "") << fine;
  }
}

TEST(FormatOf, LooksAtTheRootAndNotAtWhatItHolds) {
  EXPECT_EQ(FormatOf("<?xml version=\"1.0\"?><!-- a <html> --><rss><channel>"), Format::kFeed);
  EXPECT_EQ(FormatOf("<!-- made --><atom:feed xmlns:atom=\"a\">"), Format::kFeed);
  EXPECT_EQ(FormatOf("<rss><channel><item><description>&lt;html><html>"), Format::kFeed);
  EXPECT_EQ(FormatOf("<?xml version=\"1.0\"?><html><p>about <rss></p>"), Format::kAuto);
  EXPECT_EQ(FormatOf("[\n {\"text\": 1}]"), Format::kJsonl);
  EXPECT_EQ(FormatOf("[1] The council voted \"aye\"."), Format::kAuto);
  EXPECT_EQ(FormatOf("{quote} \"The council\" voted."), Format::kAuto);
  EXPECT_EQ(FormatOf("{\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1.1\"}"), Format::kFeed);
  EXPECT_EQ(FormatOf("{\"text\":\"see jsonfeed.org\",\"version\":\"1\"}"), Format::kJsonl);
}

// Lines are counted from the beginning of a file, wherever its gzip members meet.
TEST(ReadArticles, GoesOnAtALineOfAGzipFile) {
  std::string lines;
  for (int i = 1; i <= 6; ++i)
    absl::StrAppend(&lines, "{\"text\":\"", kStory, "\",\"url\":\"https://courier.example/", i,
                    "\"}\n");
  const auto file = std::filesystem::path(testing::TempDir()) / "goes_on.jsonl.gz";
  const size_t half = lines.size() / 2 + 7;
  std::ofstream(file, std::ios::binary) << Gzip(lines.substr(0, half)) << Gzip(lines.substr(half));
  std::vector<std::string> read;
  EXPECT_TRUE(ReadArticles({file}, {}, {.byte = 0, .line = 4}, [&](Reading reading) {
                const auto draft = reading.draft();
                read.push_back(absl::StrCat(reading.record, " ",
                                            draft.ok() ? draft->content.metadata().canonical_url()
                                                       : draft.status().message()));
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(read,
              ElementsAre("line 4 https://courier.example/4", "line 5 https://courier.example/5",
                          "line 6 https://courier.example/6"));
}

}  // namespace
}  // namespace verbatim::ingest
