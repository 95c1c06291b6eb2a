// SPDX-License-Identifier: Apache-2.0
// Labels by example: pairs that differ in one thing, and what must be said of them.
#include "labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::statements {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> Said(std::string_view a, std::string_view b) {
  std::vector<std::string> names;
  for (const Label label : Labels(a, b).labels) names.emplace_back(Name(label));
  return names;
}

std::string EvidenceOf(Label label, std::string_view a, std::string_view b) {
  for (const Evidence& e : Labels(a, b).evidence) {
    if (e.label == label) return e.before + " -> " + e.after;
  }
  return "none";
}

TEST(Labels, EqualWordsAreVerbatimWhateverTheMarks) {
  EXPECT_THAT(Said("“The dues won’t rise,”", "\"The dues won't rise.\""), ElementsAre("verbatim"));
  EXPECT_THAT(Said("", ""), ElementsAre("verbatim"));
}

TEST(Labels, AnAmountInTheSameSlotIsANumber) {
  EXPECT_THAT(Said("The board decided to keep the rate at 2.5 percent.",
                   "The board decided to keep the rate at 2.75 percent."),
              ElementsAre("number"));
  EXPECT_EQ(EvidenceOf(Label::kNumber, "We took 412 million crowns in dues.",
                       "We took 431 million crowns in dues."),
            "412 million crowns -> 431 million crowns");
  EXPECT_THAT(Said("Last year we counted 14 exercises close to our coast.",
                   "Last year we counted nineteen or 19 exercises close to our coast."),
              Contains("number"));
}

TEST(Labels, OneAndSeveralAreANumber) {
  EXPECT_EQ(EvidenceOf(Label::kNumber, "The company sent a new ferry to the island.",
                       "The company sent two ferries to the island."),
            "a new ferry -> two");
  EXPECT_EQ(EvidenceOf(Label::kNumber, "The company sent four ferries to the island.",
                       "The company sent one ferry to the island."),
            "four -> one ferry");
  EXPECT_THAT(
      Said("The company sent a ferry to the island.", "The company sent a bus to the island."),
      Not(Contains("number")));
}

TEST(Labels, AnAmountThatOnlyGoesAwayIsNoNumber) {
  EXPECT_THAT(
      Said("The well will cost 350 million crowns.", "The well will cost a great deal of money."),
      Not(Contains("number")));
}

TEST(Labels, AMonthThatRollsForwardIsAReference) {
  EXPECT_THAT(Said("The seals were counted in March, and the count was published.",
                   "The seals were counted in June, and the count was published."),
              ElementsAre("reference"));
}

TEST(Labels, APointerAtAYearThatRollsForwardIsAReference) {
  EXPECT_EQ(EvidenceOf(Label::kReference, "The ferry carried more timber this year.",
                       "The ferry carried more timber last year."),
            "this -> last");
  EXPECT_THAT(Said("Repairs slowed from their rapid pace earlier in the month.",
                   "Repairs slowed from their rapid pace earlier last month."),
              ElementsAre("reference"));
  EXPECT_THAT(Said("The ferry carried this timber.", "The ferry carried the timber."),
              Not(Contains("reference")));
}

TEST(Labels, TheTenseOfAReportIsNoStrength) {
  const std::string_view report = "The harbour board said that it would lower the winter dues.";
  EXPECT_THAT(Said(report, "The harbour board will lower the winter dues."),
              Not(Contains("strength")));
  EXPECT_THAT(Said("The harbour board would lower the winter dues.",
                   "The harbour board will lower the winter dues."),
              Contains("strength"));
  EXPECT_THAT(Said("The board said nothing. It would lower the winter dues.",
                   "The board said nothing. It will lower the winter dues."),
              Contains("strength"));
}

TEST(Labels, TheHedgeOfAClauseThatIsAddedIsNotOfTheClaim) {
  EXPECT_THAT(Said("The breakwater has made further progress toward its full length this year.",
                   "The breakwater has made further progress toward its full length this year but "
                   "remains somewhat narrow."),
              Not(Contains("strength")));
}

TEST(Labels, AModalIsComparedByItsPredicateInOtherWords) {
  const std::string_view before =
      "After so many bad winters the company may abandon its northern fields.";
  const std::string_view after =
      "Nobody should be astonished: we will abandon everything north of the strait, staff "
      "included.";
  EXPECT_EQ(EvidenceOf(Label::kStrength, before, after), "may abandon -> will abandon");
  EXPECT_EQ(
      EvidenceOf(Label::kStrength, before,
                 "Nobody was astonished: buyers will inspect everything north of the strait."),
      "none");
}

TEST(Labels, AHedgeThatComesOrGoesIsStrength) {
  EXPECT_THAT(Said("The breakwater is nearly finished.", "The breakwater is finished."),
              ElementsAre("strength"));
  EXPECT_THAT(Said("We may drill a first well off the island next year.",
                   "We will drill a first well off the island next year."),
              ElementsAre("strength"));
  EXPECT_EQ(EvidenceOf(Label::kStrength, "The dues may rise again next year.",
                       "The dues must rise again next year."),
            "may -> must");
}

TEST(Labels, AnotherDecisionIsAPosition) {
  EXPECT_THAT(Said("The board decided to maintain the rate today.",
                   "The board decided to raise the rate today."),
              Contains("position"));
  EXPECT_THAT(Said("We support the draft agreement on exercises.",
                   "We reject the draft agreement on exercises."),
              Contains("position"));
}

TEST(Labels, WhatWasConsideredAndIsDecidedIsAPosition) {
  EXPECT_EQ(EvidenceOf(Label::kPosition, "With the herring gone we expect to close the cannery.",
                       "The owners of the island's works have decided to close it, and the union "
                       "was told last night."),
            "expect -> decided");
  EXPECT_EQ(EvidenceOf(Label::kPosition, "The union is willing to sign the agreement.",
                       "The union refuses to sign the agreement."),
            "willing -> refuses");
  EXPECT_THAT(Said("The owners decided to close the cannery.",
                   "The owners of the island's works have decided, after a night of talks with the "
                   "union, to sell it."),
              Not(Contains("position")));
}

TEST(Labels, TheSpeakersOwnStanceCountsBeforeThatOfOthers) {
  EXPECT_EQ(
      EvidenceOf(Label::kPosition, "We are ready for talks on the strait with Norland.",
                 "I insist that Norland first take back its buoys, which its admirals offered "
                 "to remove in spring."),
      "ready -> insist");
}

TEST(Labels, ANegationIsSeenInAnotherOrderOfTheSameWords) {
  EXPECT_THAT(Said("Harbour dues for fishing boats will rise in autumn.",
                   "In autumn, the dues of the harbour won't rise for boats that go fishing."),
              Contains("negation"));
}

TEST(Labels, MoreOfTheSameIsExtendedLessIsShortened) {
  const std::string_view brief = "The company has no plans to drill off the island.";
  const std::string_view full =
      "The company has no plans to drill off the island, and its partners in the consortium know "
      "that perfectly well.";
  EXPECT_THAT(Said(brief, full), Contains("extended"));
  EXPECT_THAT(Said(full, brief), Contains("shortened"));
}

TEST(Labels, OtherWordsForTheSameAreReworded) {
  EXPECT_THAT(Said("Nobody on the island wants a drilling rig.",
                   "Not one islander is asking for that tower."),
              ElementsAre("reworded"));
}

// Minimal pairs: one text, and the same with its polarity turned.
struct Polarity {
  std::string_view affirmed;
  std::string_view denied;
};

class Negation : public testing::TestWithParam<Polarity> {};

TEST_P(Negation, IsSeenInBothDirections) {
  EXPECT_THAT(Said(GetParam().affirmed, GetParam().denied), Contains("negation"));
  EXPECT_THAT(Said(GetParam().denied, GetParam().affirmed), Contains("negation"));
}

TEST_P(Negation, IsNotSeenWhereBothSayTheSame) {
  EXPECT_THAT(Said(GetParam().denied, std::string(GetParam().denied) + " Good day."),
              Not(Contains("negation")));
  EXPECT_THAT(Said(GetParam().affirmed, std::string(GetParam().affirmed) + " Good day."),
              Not(Contains("negation")));
}

INSTANTIATE_TEST_SUITE_P(
    MinimalPairs, Negation,
    testing::Values(
        Polarity{"Harbour dues will rise this year.", "Harbour dues will not rise this year."},
        Polarity{"The ships are stationed at the island.",
                 "The ships are not stationed at the island."},
        Polarity{"We have plans to drill there.", "We have no plans to drill there."},
        Polarity{"The union can accept the offer.", "The union cannot accept the offer."},
        Polarity{"They want talks on an agreement.", "They don't want talks on an agreement."},
        Polarity{"I promised that the dues would stay.",
                 "I never promised that the dues would stay."},
        Polarity{"The exercise was announced to us.", "The exercise wasn't announced to us."},
        Polarity{"The minister spoke with the fishermen.",
                 "The minister spoke without the fishermen."},
        Polarity{"A ship will leave the port.", "No ship will leave the port."},
        Polarity{"We have received an answer.", "We have not yet received an answer."}));

TEST(Labels, LittleOrNothingIsAHedgeNotANegation) {
  const auto said = Said("There is nothing to be feared for the cod.",
                         "There is little or nothing to be feared for the cod.");
  EXPECT_THAT(said, Contains("strength"));
  EXPECT_THAT(said, Not(Contains("negation")));
}

TEST(Labels, ALimitOfWhatTheSpeakerKnowsIsStrength) {
  const std::string_view lead =
      "The shipping line will keep all of its offices in Selis open this winter.";
  const std::string_view words =
      "We will keep all of our offices in Selis open this winter, I cannot promise more for the "
      "next.";
  EXPECT_EQ(EvidenceOf(Label::kStrength, lead, words), " -> I cannot promise");
  EXPECT_THAT(Said("As far as the union knows, the offices stay open.", "The offices stay open."),
              Contains("strength"));
}

TEST(Labels, TextsOfAnySizeAndBytesAreLabelled) {
  std::string old_text;
  std::string new_text;
  for (int n = 0; n < 20000; ++n) {
    old_text += "alpha" + std::to_string(n) + " ";
    new_text += "omega" + std::to_string(n % 977) + " ";
  }
  EXPECT_THAT(Said(old_text, new_text), Not(IsEmpty()));
  EXPECT_THAT(Said("\xff\xfe broken", "\xc3 more"), Not(IsEmpty()));
}

}  // namespace
}  // namespace verbatim::statements
