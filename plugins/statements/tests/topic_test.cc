// SPDX-License-Identifier: Apache-2.0
#include "topic.h"

#include <gtest/gtest.h>

#include <string>

namespace verbatim::statements {
namespace {

TEST(Topic, IsWordsThatStandTogether) {
  EXPECT_EQ(Topic("We have looked at the northern breakwater of the harbour."),
            "northern breakwater of the harbour");
  EXPECT_EQ(Topic("The board decided to maintain the key rate at 2.5 percent."),
            "board decided to maintain the key rate");
  EXPECT_EQ(Topic("Lanor Energy gives up a gas field off the island of Kerrin"),
            "Lanor Energy gives up a gas field");
}

TEST(Topic, CarriesMostOfTheContent) {
  EXPECT_EQ(Topic("Yes, ice. The ferry between Selis and Karvel needs a new pier."),
            "ferry between Selis and Karvel");
}

TEST(Topic, RunsAcrossNoStopAndNoPronoun) {
  EXPECT_EQ(Topic("Harbour dues, ferries and pilots"), "Harbour dues");
  EXPECT_EQ(Topic("the dues that ships pay in the port of Selis"),
            "ships pay in the port of Selis");
}

TEST(Topic, OfOneWordIsItsClause) {
  EXPECT_EQ(Topic("We are asking for 9 percent, and we will not go back to work for less."),
            "We are asking for 9 percent");
  EXPECT_EQ(Topic("The company will drill a first well as early as next year"),
            "The company will drill a first well");
  EXPECT_EQ(Topic("The cod has just come back, and we do not want to lose it."),
            "The cod has just come back");
  EXPECT_EQ(Topic("It is what it is."), "It is what it is");
  EXPECT_EQ(Topic("\"No.\""), "No");
}

TEST(Topic, IsShort) {
  std::string list = "cranes";
  for (int i = 0; i < 40; ++i) list += " of cranes";
  EXPECT_EQ(Topic(list), "cranes of cranes of cranes of cranes");
  EXPECT_EQ(Topic("Selis gave money of the harbour for ferry terminals."),
            "money of the harbour for ferry terminals");
  EXPECT_EQ(Topic("members asked for a share of the port's, and got it"),
            "members asked for a share");
  EXPECT_EQ(Topic(std::string(200, 'x') + " northern pier"), "northern pier");
  EXPECT_EQ(Topic(std::string(200, 'x')), "");
}

TEST(Topic, OfNoWordIsNone) {
  EXPECT_EQ(Topic(""), "");
  EXPECT_EQ(Topic("... \xE2\x80\x94"), "");
}

}  // namespace
}  // namespace verbatim::statements
