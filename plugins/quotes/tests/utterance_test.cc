// SPDX-License-Identifier: Apache-2.0
// Which quotations of one article are one saying. All people and places are invented.
#include <gtest/gtest.h>

#include "reading.h"

namespace verbatim::quotes {
namespace {

TEST(Utterance, AHeadlineThatRepeatsAQuotationSharesIt) {
  const auto found = Quotations(
      "Ada Lund Says Harbour Will Stay Shut Until Spring\n\n"
      "The fish market was empty on Monday.\n\n"
      "\"The harbour will stay shut until the spring,\" Ada Lund said. \"The wall is broken.\"\n\n"
      "\"Nobody asked the fishermen,\" Peter Berg said.\n");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_NE(found[0].flags & kHeadline, 0);
  EXPECT_EQ(found[0].utterance, found[1].utterance);
  EXPECT_NE(found[1].utterance, found[2].utterance);
}

TEST(Utterance, ALeadThatRepeatsAQuotationSharesIt) {
  const auto found = Quotations(
      "The harbour wall would have to be built anew from the ground, Ada Lund said on Monday.\n\n"
      "\"We have to build the harbour wall anew, from the ground up,\" Lund told reporters.\n\n"
      "Lund said that the money was there.\n");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].utterance, found[1].utterance);
  EXPECT_NE(found[0].utterance, found[2].utterance);
}

TEST(Utterance, LikeWordsOfSomebodyElseAreAnotherOne) {
  const auto found = Quotations(
      "The harbour wall would have to be built anew from the ground, Ada Lund said on Monday.\n\n"
      "\"We have to build the harbour wall anew, from the ground up,\" Peter Berg answered.\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_NE(found[0].utterance, found[1].utterance);
}

}  // namespace
}  // namespace verbatim::quotes
