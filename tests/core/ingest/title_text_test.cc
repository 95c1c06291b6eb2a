// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/title_text.h"

#include <gtest/gtest.h>

namespace verbatim::ingest {
namespace {

TEST(WithoutSite, TakesOffWhatIsTheSitesOwn) {
  const struct {
    const char* title;
    const char* outlet;
    const char* headline;
    const char* site;
    const char* wanted;
  } kTitles[] = {
      {"Dues rise - The Courier", "The Courier", "", "", "Dues rise"},
      {"The Courier | Dues rise", "The Courier", "", "", "Dues rise"},
      {"Dues rise – DieKurier.example", "Die Kurier", "", "", "Dues rise"},
      {"Dues rise - rk.example", "", "", "rk.example", "Dues rise"},
      {"Dues rise - Harbour Courier", "", "", "harbourcourier.example", "Dues rise"},
      {"Dues to rise in Porthaven - News - The Courier", "The Courier", "Dues to rise in Porthaven",
       "", "Dues to rise in Porthaven"},
      {"Council votes: dues to rise | World News | Courier", "Courier", "", "",
       "Council votes: dues to rise"},
      {"Porthaven | Council votes for a rise", "Courier", "", "",
       "Porthaven | Council votes for a rise"},
      {"Dues rise - ministry", "The Courier", "", "", "Dues rise - ministry"},
      {"Dues rise - ministry", "The Courier", "Dues rise - ministry", "", "Dues rise - ministry"},
      {"Courier", "Courier", "", "", "Courier"},
  };
  for (const auto& title : kTitles)
    EXPECT_EQ(WithoutSite(title.title, title.outlet, title.headline, title.site), title.wanted)
        << title.title;
}

TEST(ChooseTitle, BelievesTheOneThatIsTheArticles) {
  const struct {
    TitleEvidence from;
    const char* wanted;
    const char* source;
  } kPages[] = {
      {{"Dues to rise", "Dues to rise now", "Dues will rise", "Dues", "", ""},
       "Dues to rise",
       "json-ld headline"},
      // The site's name is no headline.
      {{"The Courier", "Dues to rise in spring", "Dues to rise in Porthaven", "", "The Courier",
        ""},
       "Dues to rise in Porthaven",
       "headline"},
      // What was cut gives way to what it begins.
      {{"Dues to rise in Porthaven from next ...", "",
        "Dues to rise in Porthaven from next spring on", "", "", ""},
       "Dues to rise in Porthaven from next spring on",
       "headline"},
      {{"", "Dues to rise in Porthaven from…", "Dues to rise in Porthaven from spring", "", "", ""},
       "Dues to rise in Porthaven from spring",
       "headline"},
      // Kickers.
      {{"Harbour: Dues to rise in Porthaven", "", "Dues to rise in Porthaven", "", "", ""},
       "Dues to rise in Porthaven",
       "headline"},
      {{"", "Dues to rise in Porthaven", "Harbour - Dues to rise in Porthaven", "", "", ""},
       "Dues to rise in Porthaven",
       "og:title"},
      // A heading that shares no word with the page's title is a logo.
      {{"", "Dues to rise in Porthaven", "Evening Mail", "Dues to rise in Porthaven", "", ""},
       "Dues to rise in Porthaven",
       "og:title"},
      {{"", "", "", "Dues to rise in Porthaven | Courier", "Courier", ""},
       "Dues to rise in Porthaven",
       "title"},
      {{"", "", "Evening Mail", "Dues to rise - Evening Mail", "", ""}, "Dues to rise", "title"},
      // Labels stay as they are printed.
      {{"Live: Dues to rise in Porthaven", "", "Live: Dues to rise in Porthaven", "", "", ""},
       "Live: Dues to rise in Porthaven",
       "json-ld headline"},
      {{"", "", "", "", "", ""}, "", ""},
  };
  for (const auto& page : kPages) {
    const Title title = ChooseTitle(page.from);
    EXPECT_EQ(title.text, page.wanted);
    EXPECT_EQ(title.source, page.source) << page.wanted;
  }
}

}  // namespace
}  // namespace verbatim::ingest
