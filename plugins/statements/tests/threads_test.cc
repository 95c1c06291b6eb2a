// SPDX-License-Identifier: Apache-2.0
#include "threads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "placing.h"
#include "terms.h"

namespace verbatim::statements {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::vector<DatedStatement>& Corpus() {
  static const std::vector<DatedStatement> corpus = {
      {"dues-2020", "marsk", "2020-02-18", "Harbour dues will rise by 4.5 percent this year."},
      {"strike", "marsk", "2021-01-28",
       "A strike would hurt everybody and cost the port 12 million crowns."},
      {"dues-2018", "marsk", "2018-05-14", "Harbour dues will not rise this year."},
      {"other", "stenmark", "2018-05-15", "Harbour dues will not rise this year."},
      {"dues-undated", "marsk", "", "Harbour dues may rise again."},
  };
  return corpus;
}

TEST(Threads, HoldOneSpeakerOnOneThingByDate) {
  EXPECT_THAT(Threads(Corpus()),
              UnorderedElementsAre(ElementsAre("dues-2018", "dues-2020", "dues-undated"),
                                   ElementsAre("strike"), ElementsAre("other")));
}

TEST(Threads, OfNothingAreNone) { EXPECT_THAT(Threads({}), IsEmpty()); }

TEST(Terms, FormsOfOneWordAreOneTerm) {
  EXPECT_EQ(TermsOf("negotiations").ids, TermsOf("Negotiation's").ids);
  EXPECT_EQ(TermsOf("reported").ids, TermsOf("reports").ids);
  EXPECT_THAT(TermsOf("It is what they would have been, and not only then.").ids, IsEmpty());
  EXPECT_EQ(TermsOf("see https://news.example/page?id=7 dues").ids, TermsOf("see dues").ids);
}

TEST(Terms, TheTwoWordsOfANameAreNoPair) {
  const auto pairs = [](std::string_view text) {
    const std::vector<Term> ids = TermsOf(text).ids;
    return std::count_if(ids.begin(), ids.end(), IsPair);
  };
  EXPECT_EQ(pairs("greeted Ana Marsk"), 1) << "greeted Ana, and not her two names";
  EXPECT_EQ(pairs("the harbour dues"), 1);
  EXPECT_EQ(pairs("Harbour dues"), 1) << "only the first word of a sentence";
}

TEST(Threads, ANameInCommonIsNotAThingInCommon) {
  EXPECT_EQ(Threads({{"uranium", "marsk", "2018-05-14",
                      "Ana Stenmark sold our quarry to Norland for a large payment."},
                     {"gazette", "marsk", "2018-05-20",
                      "The Gazette hides its full support of Ana Stenmark, and her loss."}})
                .size(),
            2u);
}

TEST(Likeness, IsOneForAPartAndNothingForStrangers) {
  const Terms whole = TermsOf(
      "The northern breakwater of the harbour costs 180 million crowns, said the engineer.");
  const Terms part = TermsOf("the northern breakwater, harbour, million crowns, engineer");
  EXPECT_EQ(Likeness(part, whole), 1000u);
  EXPECT_EQ(Likeness(whole, part), 1000u);
  EXPECT_EQ(Likeness(TermsOf("cod quota"), TermsOf("interest rate")), 0u);
  EXPECT_LT(Likeness(TermsOf("harbour"), whole), 500u) << "one word proves nothing";
}

TEST(Link, IsTheMeanOfTheThreeStrongest) {
  Link link;
  EXPECT_EQ(link.Strength(1), 0u);
  link.Add(300);
  EXPECT_EQ(link.Strength(1), 300u);
  EXPECT_EQ(link.Strength(2), 150u) << "the other member is unlike";
  for (const uint32_t likeness : {0u, 900u, 600u, 100u}) link.Add(likeness);
  EXPECT_EQ(link.Strength(5), 600u);
}

}  // namespace
}  // namespace verbatim::statements
