// SPDX-License-Identifier: Apache-2.0
#include "segments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "relation.h"
#include "sides.h"
#include "terms.h"

namespace verbatim::statements {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Parts(std::string_view text) {
  std::vector<std::string> parts;
  for (const text::Range& range : Segments(text)) parts.emplace_back(In(text, range));
  return parts;
}

TEST(Segments, WhatPointsBackStaysWithWhatItPointsTo) {
  EXPECT_THAT(
      Parts("Foreign trawlers empty the banks of Selis. The island council often complained "
            "of this plunder."),
      ElementsAre(::testing::_));
  EXPECT_THAT(Parts("Foreign trawlers empty the banks of Selis. The island council raises school "
                    "fees this autumn."),
              ElementsAre(::testing::_, ::testing::_));
}

TEST(Terms, WhatIsCountedInMillionsIsAMeasureAndNoMatter) {
  const auto likeness = [](const char* a, const char* b) {
    return Likeness(TermsOf(a), TermsOf(b));
  };
  EXPECT_LT(likeness("The bridge took 40 million crowns", "The strike devoured 12 million crowns"),
            260u);
  EXPECT_GE(likeness("The strike took 40 million crowns", "The strike took 12 million crowns"),
            260u);
}

TEST(Segments, WhatGoesOnWithASentenceStaysWithIt) {
  EXPECT_EQ(
      Parts("The bridge will be guarded by soldiers. Not only by day but also against thieves "
            "at night.")
          .size(),
      1u);
  EXPECT_EQ(
      Parts("The bridge will be guarded by soldiers. However, the ferrymen want a tariff.").size(),
      1u);
  EXPECT_EQ(
      Parts("The bridge will be guarded by soldiers. Not one ferryman wants a tariff.").size(), 2u);
}

TEST(Sides, ARoleIsReadFromWhatStandsBeforeTheName) {
  EXPECT_EQ(SideOfRole(RoleBefore("On Friday, US Secretary of State ")), "United States");
  EXPECT_EQ(RoleBefore("The harbour was shut, said "), "");
  EXPECT_EQ(RoleBefore(""), "");
}

TEST(Segments, PartWhereTheSubjectChanges) {
  EXPECT_THAT(
      Parts("Harbour dues will rise this year. The cod quota needs a fresh count of scientists."),
      ElementsAre("Harbour dues will rise this year.",
                  "The cod quota needs a fresh count of scientists."));
}

TEST(Segments, KeepTogetherWhatLeansOnWhatWasSaid) {
  EXPECT_THAT(
      Parts(
          "Two tankers pass the lighthouse every night. This will end in a collision one winter."),
      testing::SizeIs(1));
  EXPECT_THAT(Parts("The draft rules ask for pilots. A new draft of the rules was handed over."),
              testing::SizeIs(1));
  EXPECT_THAT(Parts("Two tankers pass the lighthouse every night. No way."), testing::SizeIs(1));
  EXPECT_THAT(Parts(" \n "), IsEmpty());
}

TEST(Segments, PartWhereAnEditorCutSomethingOut) {
  EXPECT_THAT(Parts("The port grows in many directions, cranes are built <...> Fishing quotas will "
                    "stay at their level"),
              ElementsAre("The port grows in many directions, cranes are built",
                          "Fishing quotas will stay at their level"));
}

TEST(Spans, TakeBackTheStopThatAnAttributionTook) {
  EXPECT_EQ(JoinSpans({"We will drill,", "The price has doubled,"}),
            "We will drill. The price has doubled");
  EXPECT_EQ(JoinSpans({"Our offer,", "no longer stands."}), "Our offer, no longer stands.");
  EXPECT_EQ(JoinSpans({"If asked,", "I would say no."}), "If asked, I would say no.");
  EXPECT_EQ(JoinSpans({}), "");
}

TEST(Sides, AreTheCountryOfThoseWhoSpeakForItsState) {
  EXPECT_EQ(SideOfRole("Tarsovian Foreign Minister"), "Tarsovia");
  EXPECT_EQ(SideOfRole("Tarsovia’s top diplomat"), "Tarsovia");
  EXPECT_EQ(SideOfBody("Tarsovian Foreign Ministry"), "Tarsovia");
  EXPECT_EQ(SideOfBody("US Space Command"), "United States");
  EXPECT_EQ(SideOfBody("Marenia"), "Marenia");
  EXPECT_EQ(SideOfBody("United States Coast Guard Command"), "United States");
}

TEST(Sides, AreTheBodyOfThoseWhoSpeakForOne) {
  EXPECT_EQ(SideOfRole("head of the Dock Workers' Union"), "Dock Workers' Union");
  EXPECT_EQ(SideOfRole("the chief executive of Lanor Energy"), "Lanor Energy");
  EXPECT_EQ(SideOfBody("Tarsovian Shipping"), "Tarsovian Shipping");
}

TEST(Sides, AreUnknownWhereARoleNamesNone) {
  EXPECT_EQ(SideOfRole("Transport Minister"), "");
  EXPECT_EQ(SideOfRole("director of the port"), "");
  EXPECT_EQ(SideOfRole(""), "");
}

TEST(Events, OfTwoNamedDaysAreNotCompared) {
  EXPECT_TRUE(OfDifferentEvents("A tanker ran aground in the strait on the 3rd of May.",
                                "A tanker ran aground in the strait on October 21."));
  EXPECT_FALSE(OfDifferentEvents("The tanker ran aground on May 3.",
                                 "On May 3 a tanker and a ferry ran aground."));
  EXPECT_FALSE(
      OfDifferentEvents("The talks will begin on 3 March.", "The talks will begin on 20 March."));
  EXPECT_FALSE(OfDifferentEvents("The council met in March.", "The council met in June."));
}

TEST(Days, AreCountedAcrossYears) {
  EXPECT_EQ(DaysBetween("2019-12-31", "2020-03-01"), 61);
  EXPECT_EQ(DaysBetween("2020-03-01", "2019-12-31"), -1);
  EXPECT_EQ(DaysBetween("2020", "2020-03-01"), -1);
}

}  // namespace
}  // namespace verbatim::statements
