// SPDX-License-Identifier: Apache-2.0
// What a page is taken apart into, before anybody judges it.
#include "core/ingest/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include "core/ingest/blocks.h"
#include "core/ingest/byline.h"
#include "core/ingest/charset.h"
#include "core/ingest/date_text.h"
#include "core/ingest/html_trim.h"
#include "core/ingest/limits.h"
#include "core/ingest/name_evidence.h"
#include "core/ingest/title_text.h"
#include "core/ingest/url.h"

namespace verbatim::ingest {
namespace {

std::string ToCharset(std::string_view text, const char* encoding) {
  const iconv_t descriptor = iconv_open(encoding, "UTF-8");
  std::string out(4 * text.size(), '\0');
  char* from = const_cast<char*>(text.data());  // iconv's signature; it doesn't write there
  char* to = out.data();
  size_t from_left = text.size();
  size_t to_left = out.size();
  iconv(descriptor, &from, &from_left, &to, &to_left);
  iconv_close(descriptor);
  out.resize(out.size() - to_left);
  return out;
}

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> Texts(const std::string& html) {
  std::vector<std::string> texts;
  for (const Block& block : BlocksOf(HtmlTree::Parse(TrimHtml(html)))) texts.push_back(block.text);
  return texts;
}

TEST(Blocks, PartAtBlockTagsAndDoubleBreaksOnly) {
  EXPECT_THAT(
      Texts("<p>One <b>bo</b>ld <a href=x>link</a>.</p><div>Two<br>lines<br><br>Three</div>"),
      ElementsAre("One bold link.", "Two lines", "Three"));
}

TEST(Blocks, LeaveOutWhatIsNeverShown) {
  EXPECT_THAT(Texts("<script>var a = '<p>no</p>';</script><style>p{}</style><p hidden>no</p>"
                    "<div style='color:red; display:none'>no</div><p aria-hidden=true>no</p>"
                    "<noscript>no</noscript><p>Yes<!-- no --></p><svg><text>no</text></svg>"),
              ElementsAre("Yes"));
}

TEST(Blocks, AButtonThatHoldsThePageWasNeverClosed) {
  EXPECT_THAT(Texts("<p>Menu</p><button>Search<p>The harbour dues rise by a tenth.</p>"
                    "<p>Owners of small boats are not amused.</p>"),
              ElementsAre("Menu", "Search", "The harbour dues rise by a tenth.",
                          "Owners of small boats are not amused."));
  EXPECT_THAT(Texts("<button>Search</button><p>The harbour dues rise by a tenth.</p>"),
              ElementsAre("The harbour dues rise by a tenth."));
}

TEST(Blocks, WhereMoreRunningTextIsHiddenThanShownAllOfItCounts) {
  const std::string shown =
      "The harbour dues rise by a tenth, said the council of Fernmouth on Monday in the old hall.";
  const std::string one = "Owners of small boats are not amused, and say so in a letter to it.";
  const std::string two = "The council answers that the quay was last mended in the flood year.";
  const auto folded = [](const std::string& html) {
    return "<h2>More</h2><div style='display:none'>" + html + "</div>";
  };
  EXPECT_THAT(Texts("<p>" + shown + "</p>" + folded(one)), ElementsAre(shown, "More"));
  EXPECT_THAT(Texts("<p>" + shown + "</p>" + folded(one) + folded(two)),
              ElementsAre(shown, "More", one, "More", two));
  // Links are no running text: hidden menus show nothing.
  const std::string link = "<a href=x>" + two + "</a>";
  EXPECT_THAT(Texts("<p>" + shown + "</p><p>" + link + "</p>" + folded(link) + folded(link)),
              ElementsAre(shown, two, "More", "More"));
}

TEST(Blocks, DropInvisibleCharactersAndFoldBlanks) {
  EXPECT_THAT(Texts("<p>Har\xC2\xAD"
                    "bour\xC2\xA0 dues&nbsp;rise\xE2\x80\x8B.</p>"),
              ElementsAre("Harbour dues rise."));
}

TEST(Trim, CapsAttributesAndNesting) {
  std::string many = "<p ";
  for (int i = 0; i < 5000; ++i) many += "a" + std::to_string(i) + "=1 ";
  const TrimmedHtml trimmed = TrimHtml(many + "class=x>Text</p>");
  EXPECT_THAT(trimmed.warnings, ElementsAre("attributes"));
  EXPECT_LT(trimmed.html.size(), 100u);
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<div>";
  const TrimmedHtml flat = TrimHtml(deep + "core");
  EXPECT_THAT(flat.warnings, ElementsAre("depth"));
  EXPECT_LE(flat.html.size(), 5 * limits::kHtmlDepthMax + 10);
  EXPECT_THAT(Texts(deep + "core"), ElementsAre("core"));
}

TEST(Trim, AttributesBesideTheMarkupAreThoseOfTheirTags) {
  const std::string html =
      "<div class=one id='a&amp;b' n=3><script id=gone></script><p hidden>x</p>"
      "<p class='two\tthree' lang=de role=main>y</p></div>";
  const HtmlTree tree = HtmlTree::Parse(TrimHtml(html));
  std::vector<uint32_t> elements;
  for (uint32_t i = 0; i < tree.size(); ++i)
    if (tree[i].tag == Tag::kDiv || tree[i].tag == Tag::kP) elements.push_back(i);
  ASSERT_EQ(elements.size(), 3u);
  EXPECT_EQ(tree.Attr(elements[0], AttrName::kClass), "one");
  EXPECT_EQ(tree.Attr(elements[0], AttrName::kId), "a&b");
  EXPECT_TRUE(tree.Has(elements[1], AttrName::kHidden));
  EXPECT_FALSE(tree.Has(elements[1], AttrName::kId));
  EXPECT_EQ(tree.Attr(elements[2], AttrName::kClass), "two\tthree");
  EXPECT_EQ(tree.Attr(elements[2], AttrName::kLang), "de");
  EXPECT_EQ(tree.Attr(elements[2], AttrName::kRole), "main");
}

TEST(Trim, UnclosedScriptHidesTheRestUnclosedOthersDont) {
  EXPECT_THAT(Texts("<p>One</p><script>two"), ElementsAre("One"));
  EXPECT_THAT(Texts("<p>One</p><noscript><p>Two</p>"), ElementsAre("One", "Two"));
}

TEST(LooksLikeHtml, WantsTagsNotAngleBrackets) {
  EXPECT_TRUE(LooksLikeHtml("  <!DOCTYPE html><title>x</title>"));
  EXPECT_TRUE(LooksLikeHtml("<p>One</p><p>Two</p>"));
  EXPECT_FALSE(LooksLikeHtml("We saw <...> and nothing else, 3 < 4 > 2."));
  EXPECT_FALSE(LooksLikeHtml("Use <b> or <i> here"));
}

TEST(JsonLdOf, FollowsGraphsAndMendsCommas) {
  const Page page = ParsePage(
      R"(<html><head><script type="application/ld+json">{"@graph":[
      {"@type":"Person","@id":"#ann","name":"Ann Reed"},
      {"@type":"NewsArticle","headline":"Dues rise","author":{"@id":"#ann"},
       "datePublished":"2021-04-09T08:00:00+02:00","publisher":{"name":"The Courier"},},]}
      </script></head></html>)");
  EXPECT_EQ(page.json_ld.headline, "Dues rise");
  EXPECT_THAT(page.json_ld.authors, ElementsAre("Ann Reed"));
  EXPECT_EQ(page.json_ld.publisher, "The Courier");
  EXPECT_EQ(page.json_ld.date_published, "2021-04-09T08:00:00+02:00");
}

TEST(JsonLdOf, OfSeveralArticlesThePagesOwnCounts) {
  const std::vector<std::string> scripts = {
      R"({"@type":"NewsArticle","headline":"Boats burn","author":{"name":"Tom Blake"},
          "datePublished":"2021-04-01"})",
      R"({"@type":"NewsArticle","headline":"Dues rise","datePublished":"2021-04-09",
          "comment":[{"@type":"Article","headline":"Dues rise","author":{"name":"Olof Berg"}}]})",
      R"({"@type":"ItemList","itemListElement":[{"@type":"Article","articleSection":"Crime"}]})"};
  const JsonLd read = ReadJsonLd(scripts, "Dues rise - The Courier");
  EXPECT_EQ(read.headline, "Dues rise");
  EXPECT_EQ(read.date_published, "2021-04-09");
  EXPECT_THAT(read.authors, IsEmpty());
  EXPECT_EQ(read.section, "");
  EXPECT_EQ(ReadJsonLd(scripts).headline, "Boats burn");
}

TEST(JsonLdOf, ANameMayBeAList) {
  EXPECT_THAT(
      ReadJsonLd({R"({"@type":"Article","author":{"name":["Ann Reed","Tom Blake"]}})"}).authors,
      ElementsAre("Ann Reed", "Tom Blake"));
}

TEST(JsonLdOf, ScansWhatIsNoJson) {
  EXPECT_EQ(ReadJsonLd({R"({"headline": "Dues \"rise\"", oops, "datePublished":"2021-04-09")"})
                .date_published,
            "2021-04-09");
}

std::string Day(std::string_view text) {
  const auto date = ParseMachineDate(text);
  return date ? date->value : "";
}

TEST(DateText, ReadsWhatMachinesWrite) {
  EXPECT_EQ(Day("2021-04-09"), "2021-04-09");
  EXPECT_EQ(Day("2021-04-09T08:00:00+02:00"), "2021-04-09T08:00:00+02:00");
  EXPECT_EQ(Day("2021-04-09T08:00:00.123Z"), "2021-04-09T08:00:00Z");
  EXPECT_EQ(Day("2021-04-09 08:00:00"), "2021-04-09");
  EXPECT_EQ(Day("Fri, 09 Apr 2021 08:00:00 GMT"), "2021-04-09T08:00:00Z");
  EXPECT_EQ(Day("Fri, 09 Apr 2021 08:00:00 +0200"), "2021-04-09T08:00:00+02:00");
  EXPECT_EQ(Day("1617955200"), "2021-04-09T08:00:00Z");
  EXPECT_EQ(Day("20210409"), "2021-04-09");
  EXPECT_EQ(Day("2021-02-30"), "");
  EXPECT_EQ(Day("soon"), "");
}

TEST(DateText, ReadsWhatPeopleRead) {
  for (const char* text :
       {"April 9, 2021", "9 April 2021", "9th of April, 2021", "9. April 2021", "9 avril 2021",
        "9 de abril de 2021", "09.04.2021", "2021年4月9日", "Published: Apr. 9, 2021 at 8:00 am",
        "9 апреля 2021", "9 aprilie 2021, 16:20", "9 aprila 2021", "2021. április 9.",
        "الجمعة، 09 أبريل 2021 - 12:09 م"}) {
    const auto found = FindDates(text);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].day(), "2021-04-09") << text;
  }
  EXPECT_EQ(FindDates("3/4/2021", {.month_first = true})[0].day(), "2021-03-04");
  EXPECT_EQ(FindDates("3/4/2021")[0].day(), "2021-04-03");
  EXPECT_THAT(FindDates("April 9, version 2.0.21, 12:30"), IsEmpty());
}

TEST(DateText, ReadsPaths) {
  EXPECT_EQ(DateInPath("https://courier.example/2021/04/09/dues")->day(), "2021-04-09");
  EXPECT_EQ(DateInPath("https://courier.example/world/2021/apr/09/dues")->day(), "2021-04-09");
  EXPECT_FALSE(DateInPath("https://courier.example/dues-12345678-1").has_value());
}

TEST(Byline, GivesNames) {
  EXPECT_THAT(AuthorsIn("By Ann Reed and Tom Blake, The Courier", "The Courier"),
              ElementsAre("Ann Reed", "Tom Blake"));
  EXPECT_THAT(AuthorsIn("Von Anna Reiter | Hafenbote", ""), ElementsAre("Anna Reiter"));
  EXPECT_THAT(AuthorsIn("https://courier.example/ann", ""), IsEmpty());
  EXPECT_TRUE(IsByline("By Ann Reed"));
  EXPECT_FALSE(IsByline("By the harbour the boats lay still"));
}

TEST(Byline, ARoleEndsANameOfTwoWordsAndIsPartOfANameOfOne) {
  EXPECT_THAT(AuthorsIn("By Mara Lind, staff reporter", ""), ElementsAre("Mara Lind"));
  EXPECT_THAT(AuthorsIn("Mara Lind Staff writer", ""), ElementsAre("Mara Lind"));
  EXPECT_THAT(AuthorsIn("Courier Staff", ""), ElementsAre("Courier Staff"));
}

TEST(Byline, TakesTheSiteOffATitle) {
  EXPECT_EQ(WithoutSite("Dues rise - The Courier", "The Courier", ""), "Dues rise");
  EXPECT_EQ(WithoutSite("Dues rise - ministry", "The Courier", "Dues rise - ministry"),
            "Dues rise - ministry");
}

TEST(Decode, TellsScriptsByTheirBytesWhereNothingOrAFalsehoodIsDeclared) {
  const auto of = [](const char* encoding, std::string_view text) {
    return Decode(ToCharset(text, encoding)).value();
  };
  constexpr std::string_view kJapanese =
      "港の使用料は来年から上がる、と港長は火曜日に述べた。漁師たちはこの決定に反対している。";
  constexpr std::string_view kRussian =
      "Сборы в порту вырастут со следующего года, сообщил во вторник начальник порта. Рыбаки "
      "выступают против этого решения и требуют переговоров.";
  constexpr std::string_view kChinese =
      "港口费用明年将上涨，港口负责人周二表示。渔民们反对这一决定，并要求与政府谈判。";
  EXPECT_EQ(of("shift_jis", kJapanese).text, kJapanese);
  EXPECT_EQ(of("euc-jp", kJapanese).text, kJapanese);
  EXPECT_EQ(of("windows-1251", kRussian).text, kRussian);
  EXPECT_EQ(of("koi8-r", kRussian).text, kRussian);
  EXPECT_EQ(of("gb18030", kChinese).text, kChinese);
  const std::string page = "<meta charset=utf-8><p>" + ToCharset(kChinese, "gb18030");
  EXPECT_EQ(Decode(page).value().used, "gb18030");
  // Western texts have no two such bytes in a row.
  const Decoded western = of("windows-1252",
                             "Le préfet a annoncé que l’été dernier a été très chaud à Évreux et "
                             "que l’eau manquera. « Nous avons déjà été prévenus », a-t-il répété "
                             "à l’Assemblée, où les députés étaient peu nombreux.");
  EXPECT_EQ(western.used, "windows-1252");
}

TEST(Decode, BelievesBytesOverDeclarations) {
  const Decoded lies = Decode("<meta charset=utf-8>caf\xE9 and more text").value();
  EXPECT_EQ(lies.used, "windows-1252");
  EXPECT_THAT(lies.text, HasSubstr("caf\xC3\xA9"));
  EXPECT_EQ(Decode(std::string("\xFF\xFEh\0i\0", 6)).value().text, "hi");
  EXPECT_EQ(Decode("<meta charset=iso-8859-2>\xB1", "").value().text.substr(25), "\xC4\x85");
  EXPECT_EQ(Decode("\xEF\xBB\xBFHello").value().text, "Hello");
  const Decoded damaged =
      Decode(std::string("caf\xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 ") + "\xC3 and ten more words")
          .value();
  EXPECT_EQ(damaged.used, "utf-8");
  EXPECT_EQ(damaged.replaced, 1u);
}

TEST(NameEvidence, FindsWordsAcrossSpellings) {
  EXPECT_EQ(NameEvidence("articleBody"), NameEvidence("article-body"));
  EXPECT_NE(NameEvidence("comment-list") & NameEvidence("comments"), 0u);
  EXPECT_EQ(NameEvidence("header") & NameEvidence("ad"), 0u);
}

TEST(Urls, ResolveAndCompare) {
  EXPECT_EQ(ResolveUrl("https://a.example/x/y", "../z"), "https://a.example/z");
  EXPECT_TRUE(IsSameSite("https://www.courier.example/a", "https://m.courier.example/b"));
  EXPECT_FALSE(IsSameSite("https://courier.example/a", "https://other.example/b"));
  EXPECT_FALSE(IsSameSite("https://one.co.uk/a", "https://two.co.uk/b"));
}

}  // namespace
}  // namespace verbatim::ingest
