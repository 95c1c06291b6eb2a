// SPDX-License-Identifier: Apache-2.0
// Pages that say several days, and the one on which their article was published.
#include "core/ingest/page_dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/ingest/page_facts.h"
#include "core/ingest/page_metadata.h"

namespace verbatim::ingest {
namespace {

constexpr char kText[] =
    "<p>The harbour council of Porthaven voted on Tuesday evening to raise the dues for fishing "
    "boats from next spring, after a debate of more than four hours in a full hall.</p>";

// Articles of others, far behind the headline of the page's own.
std::string Others(int count) {
  std::string list = "<ul class=teasers>";
  for (int i = 0; i < count; ++i)
    absl::StrAppend(&list, "<li><h4><a href=/", i, ">Another story of the bay</a></h4></li>");
  return list + "</ul>";
}

v1::ArticleMetadata Metadata(const std::string& html, const std::string& url = "") {
  const Page page = ParsePage(html);
  const std::vector<Block> blocks = BlocksOf(page.tree);
  const PageFacts facts(page.tree, blocks, page.Hints());
  return MetadataOfPage(page, facts, url, {});
}

struct Published {
  std::string day;
  std::string source;
};

Published Read(const std::string& head, const std::string& body, const std::string& url = "") {
  const v1::DatedValue said =
      Metadata(absl::StrCat("<html lang=en><head><title>Dues to rise in Porthaven</title>", head,
                            "</head><body>", body, "</body></html>"),
               url)
          .published();
  return {said.value().substr(0, 10), said.source()};
}

std::string Under(const std::string& line, const std::string& behind = "") {
  return absl::StrCat("<h1>Dues to rise in Porthaven</h1>", line, kText, behind);
}

TEST(PageDates, WhatStandsByTheHeadlineComesBeforeWhatStandsFarFromIt) {
  const std::string far = Others(150) + "<time class=published datetime=2009-04-11>April</time>" +
                          "<span class=post-date>11 April 2009</span>";
  EXPECT_EQ(Read("", Under("<p>14 May 2018</p>", far)).day, "2018-05-14");
  EXPECT_EQ(Read("", Under("<span class=published>14 May 2018</span>", far)).day, "2018-05-14");
  EXPECT_EQ(Read("", Under("", far), "https://courier.example/2018/05/14/dues").source, "url");
  EXPECT_EQ(Read("", Under("", far)).day, "2009-04-11");
}

TEST(PageDates, WhatIsAnnouncedAboveTheHeadlineComesAfterWhatStandsBelowIt) {
  EXPECT_EQ(Read("", "<div><p>Boats burn in Kerrin</p><p>2 June 2018</p></div>" +
                         Under("<p>14 May 2018</p>"))
                .day,
            "2018-05-14");
}

TEST(PageDates, TheArticlesOwnChangeSaysMoreThanADateFarFromIt) {
  const std::string far = Others(150) + "<span class=teaser-date>11 April 2009</span>";
  const Published changed = Read("", Under("<p>Stand: 14.05.2018 17:23 Uhr</p>", far));
  EXPECT_EQ(changed.day, "2018-05-14");
  EXPECT_EQ(changed.source, "last change, byline");
  // But what tells its change from its publication speaks of both.
  EXPECT_EQ(Read("<meta property=article:modified_time content=2018-05-20>",
                 Under("", Others(150) + "<p class=date>14 May 2018. <i>Updated: 20 May 2018</i>"))
                .day,
            "2018-05-14");
}

TEST(PageDates, AMachineThatGivesTheChangeForThePublicationIsNotBelieved) {
  const std::string machine =
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":"
      "\"2018-08-21\",\"dateModified\":\"2018-08-21\"}</script>";
  EXPECT_EQ(Read(machine, Under("<p>Published 14 May 2018</p><p>Updated 21 August 2018</p>")).day,
            "2018-05-14");
  EXPECT_EQ(Read(machine, Under("<p>14 May 2018 saw the council meet</p>")).day, "2018-08-21");
}

TEST(PageDates, CommentsAndClocksDoNotSpeakOfTheArticle) {
  EXPECT_EQ(Read("", Under("",
                           "<div class=comment><time datetime=2018-06-02>2 June</time></div>"
                           "<p>This post was written on 14 May 2018 by Ann.</p>"))
                .day,
            "2018-05-14");
  EXPECT_EQ(Read("", Under("<p class=time>It is currently 2 June 2018, 12:18</p>",
                           "<p>Posted on 14 May 2018</p>"))
                .day,
            "2018-05-14");
}

TEST(PageDates, APageWithoutAMainHeadingIsReadFromWhatReadsAsItsTitle) {
  const std::string now = "<div class=top><time datetime=2018-06-02>2 June 2018</time></div>";
  EXPECT_EQ(Read("", now + Others(80) +
                         "<h3>Dues to rise in Porthaven</h3><span>14 May 2018</span>" + kText)
                .day,
            "2018-05-14");
}

TEST(PageDates, APlaceAndDayBeginTheText) {
  const std::string text =
      "<p>Porthaven (14.05.2018). The harbour council voted on Tuesday evening to raise the dues "
      "for "
      "fishing boats from next spring, after a debate of more than four hours in a full hall.</p>";
  const Published published = Read(
      "", "<h1>Dues to rise in Porthaven</h1>" + text + Others(100) + "<p>19.05.2018 Fair</p>");
  EXPECT_EQ(published.day, "2018-05-14");
  EXPECT_EQ(published.source, "dateline");
}

TEST(PageDates, ADateThatDoesNotSayOfWhatGivesWayToTheOneThatReadersSee) {
  const std::string unsaid = "<meta name=date content=2018-05-21>";
  EXPECT_EQ(Read(unsaid, Under("<span class=date>14.05.2018</span>")).day, "2018-05-14");
  EXPECT_EQ(Read(unsaid, Under("")).day, "2018-05-21");
  // Two days near the headline decide nothing; a name that says what it is does.
  EXPECT_EQ(Read(unsaid, Under("<p>14.05.2018</p><p>12.05.2018</p>")).day, "2018-05-21");
  EXPECT_EQ(Read("<meta property=article:published_time content=2018-05-21>",
                 Under("<span class=date>14.05.2018</span>"))
                .day,
            "2018-05-21");
}

TEST(PageDates, WhereMachinesContradictEachOtherThePrintedDayDecides) {
  const std::string machines =
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":"
      "\"2018-05-10T08:00:00+02:00\"}</script>"
      "<meta property=article:published_time content=2018-05-14T09:00:00+02:00>";
  EXPECT_EQ(Read(machines, Under("<span class=date>14 May 2018</span>")).day, "2018-05-14");
  EXPECT_EQ(Read(machines, Under("<span class=date>10 May 2018</span>")).day, "2018-05-10");
  EXPECT_EQ(Read(machines, Under("")).day, "2018-05-10");
  // What is printed may be the last change; then it decides nothing.
  EXPECT_EQ(
      Read(machines + "<meta property=article:modified_time content=2018-05-14T10:00:00+02:00>",
           Under("<span class=date>14 May 2018</span>"))
          .day,
      "2018-05-10");
}

TEST(PageDates, AnInstantInUtcKeepsTheDayThatIsPrinted) {
  const std::string utc = "<meta property=article:published_time content=2018-05-15T02:10:00Z>";
  EXPECT_EQ(Read(utc, Under("<p>May 14, 2018 / 10:10 PM / Updated 8 hours ago</p>")).day,
            "2018-05-14");
  // The path may be of the day on which the page was made.
  EXPECT_EQ(Read(utc, Under("<p>May 15, 2018</p>"), "https://courier.example/2018/05/14/dues").day,
            "2018-05-15");
}

TEST(PageDates, SlashesAreReadInTheOrderThatGivesThePrintedDay) {
  const std::string german = "<meta name=date content=\"05/04/2018 12:43:42\">";
  EXPECT_EQ(Read(german, Under("", "<p>Erstellt am: 04.05.2018</p>")).day, "2018-05-04");
  EXPECT_EQ(Read(german, Under("", "<p>Erstellt am: 05.04.2018</p>")).day, "2018-04-05");
}

TEST(PageDates, ALineOfAnyLengthIsAskedForAChangeInItsBeginning) {
  const std::string long_word(2'000'000, 'a');
  EXPECT_EQ(Read("", Under("<p>2018-05-14 " + long_word + " updated</p>")).day, "2018-05-14");
}

TEST(PageDates, ACopyrightOfADayIsTheLastThatIsAsked) {
  const std::string rights = "<p>Copyright © 14.05.2018 by The Courier</p>";
  EXPECT_EQ(Read("", Under("", rights)).source, "copyright");
  EXPECT_EQ(Read("", Under("", rights + Others(60) + "<p>Tide table of 2 May 2018</p>")).day,
            "2018-05-02");
}

TEST(PageAuthors, AreFoundByIdWithoutThePlaceAndInMetasOfTheirOwn) {
  const auto authors = [](const std::string& head, const std::string& body) {
    const v1::ArticleMetadata metadata = Metadata(absl::StrCat(
        "<html><head><title>Dues to rise in Porthaven</title>", head, "</head>", body));
    return std::vector<std::string>(metadata.authors().begin(), metadata.authors().end());
  };
  using testing::ElementsAre;
  EXPECT_THAT(authors("", Under("<div id=authors><span>Ann Reed</span></div>")),
              ElementsAre("Ann Reed"));
  EXPECT_THAT(authors("", Under("<span class=author>By Ann Reed, Porthaven</span>")),
              ElementsAre("Ann Reed"));
  EXPECT_THAT(authors("", Under("<span class=author>By Ann Reed, Tom Blake</span>")),
              ElementsAre("Ann Reed", "Tom Blake"));
  EXPECT_THAT(authors("<meta name=\"twitter:misc:Written by\" content=\"Ann Reed\">", Under("")),
              ElementsAre("Ann Reed"));
}

}  // namespace
}  // namespace verbatim::ingest
