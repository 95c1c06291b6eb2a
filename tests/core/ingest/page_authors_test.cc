// SPDX-License-Identifier: Apache-2.0
// Bylines as pages print them, and the names in them.
#include "core/ingest/page_authors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/ingest/byline.h"
#include "core/ingest/page_facts.h"
#include "core/ingest/page_metadata.h"
#include "core/ingest/url.h"

namespace verbatim::ingest {
namespace {

using ::testing::ElementsAre;

constexpr char kText[] =
    "<p>The harbour council of Porthaven voted on Tuesday evening to raise the dues for fishing "
    "boats from next spring, after a debate of more than four hours in a full hall.</p>";

std::string Names(const std::string& head, const std::string& body) {
  const Page page = ParsePage(absl::StrCat("<html><head><title>Dues to rise in Porthaven</title>",
                                           head, "</head><body>", body, "</body></html>"));
  const std::vector<Block> blocks = BlocksOf(page.tree);
  const PageFacts facts(page.tree, blocks, page.Hints());
  return absl::StrJoin(MetadataOfPage(page, facts, "https://courier.example/dues", {}).authors(),
                       "; ");
}

std::string Under(const std::string& line, const std::string& behind = "") {
  return Names("", absl::StrCat("<h1>Dues to rise in Porthaven</h1>", line, kText, behind));
}

TEST(AuthorsIn, ReadsBylinesOfManyShapes) {
  const struct {
    const char* line;
    const char* names;
  } kLines[] = {
      {"By Ann Reed in Porthaven and Tom Blake in Kerrin", "Ann Reed; Tom Blake"},
      {"By: Ann Reed, Tom Blake & Olof Berg", "Ann Reed; Tom Blake; Olof Berg"},
      {"Written by: Ann Reed | 4 May 2021", "Ann Reed"},
      {"Ann Reed, Political Correspondent", "Ann Reed"},
      {"Ann Reed Chief Political Correspondent", "Ann Reed"},
      {"Ann Reed (Porthaven), Tom Blake (Kerrin)", "Ann Reed; Tom Blake"},
      {"By Martin Lowe, Jr. and Ann Reed", "Martin Lowe Jr.; Ann Reed"},
      {"Ann Reed, MD", "Ann Reed"},
      {"Ann Reed RN", "Ann Reed"},
      {"Ann Reed 4 May 2021", "Ann Reed"},
      {"Ann Reed May 4, 2021", "Ann Reed"},
      {"Von Anna Reiter und Jan van der Berg", "Anna Reiter; Jan van der Berg"},
      {"Ein Kommentar von Anna Reiter", "Anna Reiter"},
      {"Par Luc Morel et Anne d'Arsac", "Luc Morel; Anne d'Arsac"},
      {"Por Ana Torres y Luis Pardo", "Ana Torres; Luis Pardo"},
      {"Av Kari Lund og Nils Moe", "Kari Lund; Nils Moe"},
      {"Автор: Анна Лунина и Олег Берг", "Анна Лунина; Олег Берг"},
      {"作者：林海", "林海"},
      {"Courier staff reporter", "Courier staff reporter"},
      {"By Reuters Staff", "Reuters Staff"},
      {"ann.reed@courier.example", ""},
      {"Staff Writer", ""},
      {"Written By", ""},
      {"View all posts", ""},
      {"4 min read", ""},
  };
  for (const auto& line : kLines) {
    EXPECT_EQ(absl::StrJoin(AuthorsIn(line.line, "The Courier"), "; "), line.names) << line.line;
  }
}

TEST(AuthorsIn, AFamilyNameThatReadsAsAnOpeningStays) {
  EXPECT_THAT(AuthorsIn("Di Marco", ""), ElementsAre("Di Marco"));
  EXPECT_THAT(AuthorsIn("Byron Hale", ""), ElementsAre("Byron Hale"));
  EXPECT_THAT(AuthorsIn("Theresa May", ""), ElementsAre("Theresa May"));
}

TEST(IsByline, ASentenceIsNone) {
  EXPECT_TRUE(IsByline("By Ann Reed, political correspondent"));
  EXPECT_TRUE(IsByline("Von Jan van der Berg"));
  EXPECT_FALSE(IsByline("Von Kerrin bis Porthaven"));
  EXPECT_FALSE(IsByline("By Monday all boats were gone"));
  EXPECT_FALSE(IsByline("Text size"));
}

TEST(IsPerson, HasTwoNamesAtLeast) {
  EXPECT_TRUE(IsPerson("Ann Reed"));
  EXPECT_TRUE(IsPerson("Jan van der Berg"));
  EXPECT_TRUE(IsPerson("林海"));
  EXPECT_FALSE(IsPerson("Reed"));
  EXPECT_FALSE(IsPerson("Boats in the harbour"));
}

TEST(LeadsToAuthor, AsksForAFolderAndWhoIsInIt) {
  EXPECT_TRUE(LeadsToAuthor("/author/ann-reed"));
  EXPECT_TRUE(LeadsToAuthor("https://courier.example/en/Autoren/anna-reiter?x=1"));
  EXPECT_FALSE(LeadsToAuthor("https://courier.example/authors/"));
  EXPECT_FALSE(LeadsToAuthor("/news/staff-cuts-in-porthaven"));
  EXPECT_FALSE(LeadsToAuthor(""));
}

TEST(PageAuthors, EachShapeOfABylineIsEnoughByItself) {
  const struct {
    const char* line;
    const char* names;
  } kLines[] = {
      {"<p>By Ann Reed</p>", "Ann Reed"},
      {"<div><span>By</span><span>Ann Reed</span></div>", "Ann Reed"},
      {"<div>By</div><div>Ann Reed</div>", "Ann Reed"},
      {"<p>By <span>ANN REED</span>, <a href=/author/tom>Tom Blake</a> and <span>Olof "
       "Berg</span><br>Updated 12:03 PM, 4 May 2021</p>",
       "ANN REED; Tom Blake; Olof Berg"},
      {"<p>4 May 2021 by Ann Reed in <a href=/news>News</a></p>", "Ann Reed"},
      {"<p><a href=/author/ann-reed>Ann Reed</a>The Courier</p>", "Ann Reed"},
      {"<p><a href=/team/ann-reed><span>Ann</span> <span>Reed</span></a></p>", "Ann Reed"},
      {"<div class=post-author><p>Ann Reed</p><small>4 May 2021</small></div>", "Ann Reed"},
      {"<div class=author><div>Ann Reed</div><div>Marketing Manager</div></div>", "Ann Reed"},
      {"<p><a rel='nofollow author' href=/x>Ann Reed</a></p>", "Ann Reed"},
      {"<p>Text size</p>", ""},
      {"<p>World News</p>", ""},
      {"<div class=related><a href=/author/tom>Tom Blake</a></div>", ""},
  };
  for (const auto& line : kLines) EXPECT_EQ(Under(line.line), line.names) << line.line;
}

TEST(PageAuthors, OfManyAuthorsThoseByTheHeadlineCount) {
  const std::string others =
      "<div><a rel=author href=/author/tom>Tom Blake</a></div>"
      "<div><a rel=author href=/author/olof>Olof Berg</a></div>";
  std::string far;
  for (int i = 0; i < 150; ++i) absl::StrAppend(&far, "<p><b>", i, "</b> boats</p>");
  EXPECT_EQ(Under("<a rel=author href=/author/ann>Ann Reed</a>", far + others), "Ann Reed");
  EXPECT_EQ(Under("<a href=/author/ann>Ann Reed</a>", far + others), "Ann Reed");
}

TEST(PageAuthors, AnAccountGivesWayToTheNameThatIsPrinted) {
  const auto declared = [](const std::string& name, const std::string& printed) {
    return Names("<meta name=author content='" + name + "'>",
                 "<h1>Dues to rise in Porthaven</h1><p>By " + printed + "</p>" + kText);
  };
  EXPECT_EQ(declared("areed", "Ann Reed"), "Ann Reed");
  EXPECT_EQ(declared("Ann", "Ann Reed"), "Ann Reed");
  EXPECT_EQ(declared("TASP", "Tasp Agency"), "TASP");
  EXPECT_EQ(declared("Tom Blake", "Ann Reed"), "Tom Blake");
}

TEST(PageAuthors, TheSiteItselfComesLast) {
  const std::string head = "<meta name=author content=Courier>";
  EXPECT_EQ(
      Names(head, absl::StrCat("<h1>Dues to rise in Porthaven</h1><p>By Ann Reed</p>", kText)),
      "Ann Reed");
  EXPECT_EQ(Names(head, absl::StrCat("<h1>Dues to rise in Porthaven</h1>", kText)), "Courier");
}

}  // namespace
}  // namespace verbatim::ingest
