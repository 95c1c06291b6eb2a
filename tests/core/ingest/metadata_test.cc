// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/metadata.h"

#include <gtest/gtest.h>

#include "core/ingest/language.h"
#include "core/ingest/url.h"

namespace verbatim::ingest {
namespace {

constexpr char kBody[] =
    "The council of Selis voted on Monday to repair the old sea wall before the winter storms.\n";

std::string Title(const std::string& top) {
  return FindTitle(top + "\n\n" + kBody).value_or("(none)");
}

TEST(FindTitle, TakesTheLineAboveTheLead) {
  EXPECT_EQ(Title("Council votes to repair sea wall"), "Council votes to repair sea wall");
  EXPECT_EQ(Title("Will the sea wall hold another winter?"),
            "Will the sea wall hold another winter?");
}

TEST(FindTitle, StepsOverFurniture) {
  EXPECT_EQ(Title("Home\n\n  • General\n  • 3 minutes read\n\nCouncil votes to repair sea wall"),
            "Council votes to repair sea wall");
  for (const char* above :
       {"FOR IMMEDIATE RELEASE\nContact: Mara Lind, press@harbour.example\n\n",
        "From: Ann Reed <ann@courier.example>\nSubject: the wall again\n\n",
        "Skip to main content\nWe use cookies on this site. Read our policy.\nAccept all\n",
        "NORDER-HARBOUR-WALL\nURGENT\nEds: Adds quote in paragraph 2\n",
        "View this email in your browser\nIssue 41, 4 May 2021\n"}) {
    EXPECT_EQ(Title(std::string(above) + "Council votes to repair sea wall"),
              "Council votes to repair sea wall")
        << above;
  }
}

TEST(FindTitle, IsNeitherWhoWroteNorWhatAPictureShows) {
  const std::string headline = "Council votes to repair sea wall";
  for (const char* line :
       {"By Ana Torres and Olof Berg", "Ana Torres, The Harbour Press",
        "Ana Torres, Evening Line producer",
        "Open this photo in gallery The sea wall at Selis, seen from the north",
        "FILE PHOTO: The sea wall at Selis, seen from the north, October 3, 2021"}) {
    EXPECT_EQ(Title(line), "(none)");
    EXPECT_EQ(Title(line + ("\n\n" + headline)), headline);
  }
  EXPECT_EQ(Title("Storm Hits Coast, Thousands Flee"), "Storm Hits Coast, Thousands Flee");
  EXPECT_EQ(Title("File photos show the wall before the storm"),
            "File photos show the wall before the storm");
}

TEST(FindAuthors, ReadsTheLineThatSaysWhoWroteIt) {
  const auto authors = [](const std::string& top) { return FindAuthors(top + "\n\n" + kBody); };
  using Names = std::vector<std::string>;
  EXPECT_EQ(authors("Sea wall to be repaired\n\nBy Ana Torres and Olof Berg"),
            (Names{"Ana Torres", "Olof Berg"}));
  EXPECT_EQ(authors("Ana Torres, The Harbour Press"), Names{"Ana Torres"});
  EXPECT_EQ(authors("Ana Torres, Evening Line producer"), Names{"Ana Torres"});
  EXPECT_EQ(authors("Storm Hits Coast, Thousands Flee"), Names{});
  EXPECT_EQ(authors("By the harbour the boats lay still"), Names{});
  EXPECT_EQ(FindAuthors(std::string(kBody) + "\nBy Ana Torres"), Names{}) << "below the lead";
}

TEST(FindTitle, NeverTakesALead) {
  EXPECT_EQ(FindTitle(kBody), std::nullopt);
  EXPECT_EQ(Title("The council met for six hours before a vote was taken."), "(none)");
  EXPECT_EQ(
      Title("Most who came to the meeting on Monday had heard the question before: who will pay "
            "for a wall?"),
      "(none)");
  EXPECT_EQ(FindTitle("Just a few words"), std::nullopt);
  EXPECT_EQ(FindTitle(""), std::nullopt);
}

TEST(FindDateline, ReadsAgencyStyles) {
  const auto slashes = FindDateline("PORTHAVEN, June 19. /KPA/. The minister said so on Friday.");
  ASSERT_TRUE(slashes.has_value());
  EXPECT_EQ(slashes->place(), "PORTHAVEN");
  EXPECT_EQ(slashes->date(), "June 19");
  EXPECT_EQ(slashes->agency(), "KPA");

  const auto brackets = FindDateline("NEW SELIS (Northern Wire) - Dockers went back to work.");
  ASSERT_TRUE(brackets.has_value());
  EXPECT_EQ(brackets->place(), "NEW SELIS");
  EXPECT_EQ(brackets->agency(), "Northern Wire");

  const auto dated = FindDateline("SELIS, Oct. 3, 2021 (KPA) \xE2\x80\x94 Prices rose again.");
  ASSERT_TRUE(dated.has_value());
  EXPECT_EQ(dated->date(), "Oct. 3, 2021");

  // A region stands between.
  const auto region =
      FindDateline("PORTHAVEN, Marlow (KPA) \xE2\x80\x94 Dockers went back to work.");
  ASSERT_TRUE(region.has_value());
  EXPECT_EQ(region->place(), "PORTHAVEN");
  EXPECT_EQ(region->agency(), "KPA");
  const auto release = FindDateline("PORTHAVEN, Marlow, May 4, 2021 -- A new quay was opened.");
  ASSERT_TRUE(release.has_value());
  EXPECT_EQ(release->date(), "May 4, 2021");
  EXPECT_FALSE(FindDateline("PORTHAVEN, Marlow and Selis agreed on the dues.").has_value());
}

TEST(FindDateline, CapitalsAloneAreNone) {
  EXPECT_EQ(FindDateline("NATO (which has no such plan) said so."), std::nullopt);
  EXPECT_EQ(FindDateline("DNA, May said, is no proof."), std::nullopt);
  EXPECT_EQ(FindDateline("The minister spoke in PORTHAVEN."), std::nullopt);
}

TEST(GuessLanguage, KnowsRunningText) {
  EXPECT_EQ(GuessLanguage("The council has said that it will not raise the fees for boats which "
                          "are in the port at night."),
            "en");
  EXPECT_EQ(GuessLanguage("Der Rat hat gesagt, dass er die Gebühren für die Boote nicht erhöhen "
                          "wird, die in dem Hafen sind."),
            "de");
  EXPECT_EQ(GuessLanguage("Le conseil a dit que les frais pour les bateaux qui sont dans le port "
                          "ne seront pas plus chers."),
            "fr");
}

TEST(GuessLanguage, SaysNothingOfShortOrForeignText) {
  EXPECT_EQ(GuessLanguage("Sea wall"), "");
  EXPECT_EQ(GuessLanguage("\xD0\xA1\xD0\xBE\xD0\xB2\xD0\xB5\xD1\x82 "
                          "\xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB"),
            "");
  EXPECT_EQ(GuessLanguage(""), "");
}

TEST(IsLanguageTag, NoCharsetAndNoSentenceIsOne) {
  for (const char* tag : {"en", "pt-BR", "zh-Hans-CN", "es-419", "gsw"}) {
    EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  }
  for (const char* none : {"", "e", "utf-8", "english", "en-", "-en", "1n", "en_US", "en, fr"}) {
    EXPECT_FALSE(IsLanguageTag(none)) << none;
  }
}

TEST(CanonicalUrl, HasOneSpelling) {
  const std::string canonical = "https://courier.example/2021/10/talks?id=7&page=2";
  EXPECT_EQ(CanonicalUrl(canonical).value(), canonical);
  EXPECT_EQ(CanonicalUrl("HTTPS://Courier.Example:443/2021/./10/talks?page=2&utm_source=x&id=7#top")
                .value(),
            canonical);
  EXPECT_EQ(CanonicalUrl("http://courier.example").value(), "http://courier.example/");
  EXPECT_EQ(CanonicalUrl("http://courier.example/?fbclid=abc").value(), "http://courier.example/");
}

TEST(CanonicalUrl, KeepsAddressesAndPortsThatAreNotTheUsualOnes) {
  EXPECT_EQ(CanonicalUrl("https://[2001:DB8::1]:8443/a").value(), "https://[2001:db8::1]:8443/a");
  EXPECT_EQ(CanonicalUrl("http://reader:secret@courier.example:8080/a?u=//b:c@d").value(),
            "http://courier.example:8080/a?u=//b:c@d");
}

TEST(CanonicalUrl, RefusesWhatIsNoPage) {
  for (const char* url : {"", "courier.example/a", "ftp://courier.example/a", "mailto:a@b.example",
                          "http://", "https://a b/", "https://courier.example:~'0~'/../b",
                          "https://courier.example:ps:/e:443/a?#t", "https://a@b@c.example/",
                          "https://[::1/", "https://a:b:80/"}) {
    EXPECT_EQ(CanonicalUrl(url).status().code(), absl::StatusCode::kInvalidArgument) << url;
  }
}

}  // namespace
}  // namespace verbatim::ingest
