// SPDX-License-Identifier: Apache-2.0
// Lines that a page leaves in a text that was copied from it.
#include "core/ingest/furniture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/ingest/metadata.h"

namespace verbatim::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kLead[] =
    "The harbour council voted on Tuesday to raise the dues for fishing boats from next spring.";

std::vector<std::string> Marks(const std::string& text, std::string_view title = "") {
  std::vector<std::string> marks;
  for (const Furniture& mark : FindFurniture(text, title))
    marks.push_back(std::string(mark.reason) + ": " + std::string(text::In(text, mark.line)));
  return marks;
}

TEST(FindFurniture, MarksWhatStandsAboveTheHeadline) {
  EXPECT_THAT(
      Marks(std::string("• Local\n• May 14, 2018\n• 3 minutes read\n\nDues To Rise\n\n") + kLead,
            "Dues To Rise"),
      ElementsAre("navigation: • Local", "date: • May 14, 2018", "reading-time: • 3 minutes read"));
}

TEST(FindFurniture, MarksPicturesFormsAndTeasers) {
  EXPECT_THAT(
      Marks(std::string("Dues To Rise\n\nMayor Ann Reed (left) on the quay. The harbour council "
                        "voted on Tuesday to raise…\n\nMayor Ann Reed (left) on the quay.\n\n"
                        "Photo credit: harbour.example\n\n") +
                kLead + "\n\nImage result for fishing boats\n\n" + kLead +
                "\n\nLeave a Reply\n\nYour email address will not be published.",
            "Dues To Rise"),
      ElementsAre(
          testing::StartsWith("teaser: Mayor"), "caption: Mayor Ann Reed (left) on the quay.",
          "credit: Photo credit: harbour.example", "image-alt: Image result for fishing boats",
          "reply-form: Leave a Reply", "reply-form: Your email address will not be published."));
}

TEST(FindFurniture, MarksHeadlinesOfOthersAndKeepsSubheadings) {
  const std::string lead(kLead);
  EXPECT_THAT(
      Marks(lead + "\n\nFishermen Of Porthaven Ask Court To Stop New Harbour Dues\n\n" + lead),
      ElementsAre("related: Fishermen Of Porthaven Ask Court To Stop New Harbour Dues"));
  EXPECT_THAT(Marks(lead + "\n\nNo Money For Repairs\n\n" + lead), IsEmpty());
}

TEST(FindFurniture, MarksLabelsAndNoticesOfPagesReleasesAndLetters) {
  const std::string lead(kLead);
  EXPECT_THAT(
      Marks("Skip to main content\nWe use cookies on this site. Read our policy.\nAccept "
            "all\n" +
            lead + "\nAdvertisement\n" + lead +
            "\nSign up for our newsletter\nShare\nFacebook\n\u00a9 2021 The Courier. All "
            "rights reserved."),
      ElementsAre("navigation: Skip to main content",
                  "cookies: We use cookies on this site. Read our policy.", "cookies: Accept all",
                  "advertisement: Advertisement", "subscription: Sign up for our newsletter",
                  "share: Share", "share: Facebook",
                  "copyright: \u00a9 2021 The Courier. All rights reserved."));
  EXPECT_THAT(Marks("FOR IMMEDIATE RELEASE\n\n" + lead + "\n\n###"),
              ElementsAre("slug: FOR IMMEDIATE RELEASE", "slug: ###"));
  EXPECT_THAT(Marks(lead + "\n\nUnsubscribe | Preferences"),
              ElementsAre("subscription: Unsubscribe | Preferences"));
}

TEST(FindFurniture, KeepsSentencesThatBeginAsNoticesDo) {
  const std::string lead(kLead);
  for (const char* line :
       {"We use cookies in every third cake, the baker of Porthaven told the council on Tuesday.",
        "\"We use cookies on this site,\" the harbour master said.",
        "Unsubscribed readers were told of the dues by letter.", "Share prices fell in Kerrin.",
        "Advertisement for a harbour", "\"Sign up for our cause,\" he said.",
        "Sign up for our boats was painted on the wall of the harbour."}) {
    EXPECT_THAT(Marks(lead + "\n\n" + line + "\n\n" + lead), IsEmpty()) << line;
  }
}

TEST(FindFurniture, NeverTakesASentenceThatQuotes) {
  EXPECT_THAT(Marks(std::string(kLead) + "\n\nPhoto: \"We were never asked,\" said Tom Blake.\n"),
              IsEmpty());
  EXPECT_THAT(Marks("Leave a comment, \"but be polite\", the editor said."), IsEmpty());
}

TEST(FindOutlet, HearsAPaperSpeakOfItself) {
  EXPECT_EQ(FindOutlet("Earlier, as Harbour Times reported earlier, the dues rose."),
            "Harbour Times");
  EXPECT_EQ(FindOutlet("As the Harbour Ministry reported earlier, the dues rose."), std::nullopt);
  EXPECT_EQ(FindOutlet("The dues rose, the Harbour Times reported."), std::nullopt);
  EXPECT_EQ(FindOutlet("As we reported earlier, the dues rose."), std::nullopt);
}

}  // namespace
}  // namespace verbatim::ingest
