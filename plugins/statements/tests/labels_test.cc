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
