// SPDX-License-Identifier: Apache-2.0
// Whole pages, as sites make them, to articles.
#include "core/ingest/html_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace verbatim::ingest {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::vector<std::string> kParagraphs = {
    "The harbour council of Porthaven voted on Tuesday evening to raise the dues for fishing boats "
    "from next spring, after a debate of more than four hours in a full hall.",
    "Owners of small boats said that they had not been asked, and that many of them would give up "
    "before the end of the year if the council did not change its mind.",
    "“We pay for a wall that nobody repairs, and now we shall pay twice,” said Tom Blake, "
    "who has fished from the northern quay since he was a boy.",
    "The council’s treasurer, Ann Reed, said the money was needed for the northern sea wall, which "
    "was "
    "damaged in the storms of last January and has been closed to walkers since.",
    "A final reading of the rules is planned for the second week of May, and the owners’ club has "
    "said that it will bring its members to the hall again."};

std::string P(const std::vector<std::string>& paragraphs) {
  return absl::StrCat("<p>", absl::StrJoin(paragraphs, "</p>\n<p>"), "</p>");
}

std::string Around(const std::string& head, const std::string& article) {
  return absl::StrCat(
      "<!DOCTYPE html><html lang=\"en\"><head><title>Dues to rise in Porthaven | The Harbour "
      "Courier</title><meta property=\"og:site_name\" content=\"The Harbour Courier\">",
      head,
      "</head><body><header><nav><ul><li><a href=/>Home</a></li><li><a href=/local>Local</a></li>"
      "<li><a href=/sport>Sport</a></li></ul></nav></header>",
      article,
      "<aside class=\"sidebar\"><h3>Most read</h3><ul><li><a href=/1>Cod quota cut again</a></li>"
      "<li><a href=/2>Ferry to run on Sundays</a></li></ul></aside><footer><p>© The Harbour "
      "Courier. <a href=/terms>Terms</a> <a href=/privacy>Privacy</a></p></footer></body></html>");
}

v1::ArticleContent Read(const std::string& html, const DateBounds& bounds = {}) {
  auto content = ReadHtml(Decode(html).value(), "https://courier.example/local/dues", bounds);
  EXPECT_TRUE(content.ok()) << content.status();
  return content.ok() ? *std::move(content) : v1::ArticleContent();
}

TEST(ReadHtml, AnAddressIsNoNameAndACharsetNoLanguage) {
  std::string page = Around("", absl::StrCat("<article><h1>Dues to rise in Porthaven</h1>",
                                             P(kParagraphs), "</article>"));
  page = absl::StrReplaceAll(
      page, {{"content=\"The Harbour Courier\"", "content=\"https://www.courier.example\""},
             {"lang=\"en\"", "lang=\"utf-8\""}});
  const v1::ArticleMetadata metadata = Read(page).metadata();
  EXPECT_EQ(metadata.outlet(), "courier.example");
  EXPECT_EQ(metadata.language(), "");
}

TEST(ReadHtml, ANewsPageWithSidebars) {
  const v1::ArticleContent article = Read(Around(
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Dues to rise "
      "in "
      "Porthaven\",\"author\":{\"name\":\"Mary "
      "Lamb\"},\"datePublished\":\"2018-05-14T18:00:00+01:00\"}"
      "</script>",
      absl::StrCat(
          "<main><article><h1>Dues to rise in Porthaven</h1><div class=share><a href=#>Share"
          "</a> <a href=#>Tweet</a></div><figure><img src=a.jpg><figcaption>The northern quay. "
          "Photo: Sam Hill</figcaption></figure>",
          P(kParagraphs), "</article></main>")));
  EXPECT_EQ(article.text(), absl::StrJoin(kParagraphs, "\n\n"));
  const v1::ArticleMetadata& metadata = article.metadata();
  EXPECT_EQ(metadata.title(), "Dues to rise in Porthaven");
  EXPECT_EQ(metadata.outlet(), "The Harbour Courier");
  ASSERT_EQ(metadata.authors_size(), 1);
  EXPECT_EQ(metadata.authors(0), "Mary Lamb");
  EXPECT_EQ(metadata.published().value(), "2018-05-14T18:00:00+01:00");
  EXPECT_EQ(metadata.published().source(), "json-ld datePublished");
  EXPECT_EQ(metadata.canonical_url(), "https://courier.example/local/dues");
  // What was left out is kept, with its place.
  bool caption = false;
  for (const v1::DroppedSpan& span : article.dropped())
    caption |= span.reason() == "caption" && span.before_byte() == 0;
  EXPECT_TRUE(caption);
}

TEST(ReadHtml, AnArticleWithoutAnyNames) {
  std::string body;
  for (const std::string& paragraph : kParagraphs)
    absl::StrAppend(&body, "<div>", paragraph, "</div>");
  const v1::ArticleContent article = Read(Around(
      "", absl::StrCat("<div><div><h2>Dues to rise in Porthaven</h2>", body, "</div></div>")));
  for (const std::string& paragraph : kParagraphs)
    EXPECT_THAT(article.text(), HasSubstr(paragraph));
  EXPECT_THAT(article.text(), Not(HasSubstr("Cod quota")));
  EXPECT_FALSE(article.metadata().has_published());
}

TEST(ReadHtml, ADateAfterTheFetchIsNotBelieved) {
  DateBounds bounds;
  bounds.not_after = "2018-05-20";
  const v1::ArticleContent article = Read(
      Around(
          "<meta property=\"article:published_time\" content=\"2031-01-01T00:00:00Z\">",
          absl::StrCat("<article><h1>Dues to rise in Porthaven</h1><p>Published on 14 May 2018</p>",
                       P(kParagraphs), "</article>")),
      bounds);
  EXPECT_EQ(article.metadata().published().value(), "2018-05-14");
  EXPECT_EQ(article.metadata().published().source(), "byline published");
}

TEST(ReadHtml, ThePublishersOwnDayComesBeforeAMachinesInUtc) {
  const std::string utc =
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":"
      "\"2018-05-15T02:10:00Z\"}</script>";
  const std::string body = "<h1>Dues to rise</h1>" + P(kParagraphs);
  const auto published = [&](const std::string& more) {
    return Read(Around(utc + more, body)).metadata().published().value();
  };
  EXPECT_EQ(published(""), "2018-05-15T02:10:00Z");
  EXPECT_EQ(published("<meta name=date content=\"2018-05-14T22:10:00-04:00\">"),
            "2018-05-14T22:10:00-04:00");
  EXPECT_EQ(published("<meta name=date content=\"2018-05-14\">"), "2018-05-14");
  EXPECT_EQ(published("<meta name=date content=\"2018-05-13\">"), "2018-05-15T02:10:00Z");
  EXPECT_EQ(published("<meta name=date content=\"2018-05-14T09:00:00-04:00\">"),
            "2018-05-15T02:10:00Z")
      << "another moment";
}

TEST(ReadHtml, WhereNothingElseIsSaidItWasPublishedByItsLastChange) {
  const auto article = Read(Around("", "<h1>Dues to rise</h1>" + P(kParagraphs) +
                                           "<p>Last updated: 14 May 2018</p>"
                                           "<p>Copyright 3 June 2020 The Harbour Courier</p>"));
  EXPECT_EQ(article.metadata().published().value(), "2018-05-14");
  EXPECT_THAT(article.metadata().published().source(), StartsWith("last change"));
}

TEST(ReadHtml, WhoWroteItIsAPersonBeforeItIsAnOrganisation) {
  const std::string house =
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":"
      "\"Organization\",\"name\":\"The Harbour Courier\"}}</script>";
  const auto authors = [&](const std::string& line) {
    const auto article = Read(Around(house, "<h1>Dues to rise</h1>" + line + P(kParagraphs)));
    return absl::StrJoin(article.metadata().authors(), ", ");
  };
  EXPECT_EQ(authors(""), "The Harbour Courier");
  EXPECT_EQ(authors("<p>By Mara Lind and Ilan Okaro</p>"), "Mara Lind, Ilan Okaro");
  EXPECT_EQ(authors("<div class=storyAuthor>Mara Lind</div>"), "Mara Lind");
  EXPECT_EQ(authors("<div class=authorTools>Follow us</div>"), "The Harbour Courier");
}

TEST(ReadHtml, ACanonicalUrlOfAnotherSiteIsNotBelieved) {
  const auto url = [](const std::string& canonical) {
    return Read(Around("<link rel=canonical href=\"" + canonical + "\">",
                       "<article>" + P(kParagraphs) + "</article>"))
        .metadata()
        .canonical_url();
  };
  EXPECT_EQ(url("https://www.courier.example/local/dues-rise?utm_source=x"),
            "https://www.courier.example/local/dues-rise");
  EXPECT_EQ(url("https://other.example/x"), "https://courier.example/local/dues");
  EXPECT_EQ(url("https://courier.example/"), "https://courier.example/local/dues");
}

TEST(ReadHtml, APaywallStubIsShortAndNotFurniture) {
  const v1::ArticleContent article = Read(Around(
      "", absl::StrCat(
              "<article><h1>Dues to rise in Porthaven</h1><p>", kParagraphs[0],
              "</p><div class=paywall><h3>Subscribe to read on</h3><p><a href=/s>Subscribe for 1 "
              "crown a week</a></p></div></article>")));
  EXPECT_THAT(article.text(), HasSubstr(kParagraphs[0]));
}

TEST(ReadHtml, APageWithoutElementsIsNoArticle) {
  for (const char* page : {"<!doctype html>", "<!-- nothing yet -->", "<", "<html>", " "}) {
    const auto none = ReadHtml(Decode(page).value(), "", {});
    EXPECT_THAT(std::string(none.status().message()), StartsWith("no-article")) << page;
  }
}

TEST(ReadHtml, APageWithoutTextIsNoArticle) {
  const auto none = ReadHtml(
      Decode("<!DOCTYPE html><html><head><title>x</title></head><body></body></html>").value(), "",
      {});
  EXPECT_THAT(std::string(none.status().message()), StartsWith("no-article"));
}

TEST(ReadHtml, TextComesFromJsonLdWhereThePageShowsAStub) {
  const v1::ArticleContent article =
      Read(absl::StrCat("<!DOCTYPE html><html><head><script "
                        "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":"
                        "\"Dues to rise\",\"articleBody\":\"",
                        absl::StrJoin(kParagraphs, "\\n\\n"),
                        "\"}</script></head><body><div id=app><p>Loading the story</p></div>"
                        "</body></html>"));
  EXPECT_EQ(article.text(), absl::StrJoin(kParagraphs, "\n\n"));
  EXPECT_THAT(article.extraction().warnings(0), HasSubstr("little text"));
}

}  // namespace
}  // namespace verbatim::ingest
