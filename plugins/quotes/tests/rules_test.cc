// SPDX-License-Identifier: Apache-2.0
// One example, at least, for every rule id of README.md. All people and places are invented.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.h"

namespace verbatim::quotes {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Rules, QuotationThenSpeakerThenVerb) {
  EXPECT_THAT(Reading("\"The bridge is safe,\" Ada Lund said."),
              ElementsAre("direct | Ada Lund | q-s-v | The bridge is safe,"));
  EXPECT_THAT(Reading("\"Where is the money?\" Ms. Lund asked."),
              ElementsAre("direct | Lund | q-s-v | Where is the money?"));
}

TEST(Rules, QuotationThenVerbThenSpeaker) {
  EXPECT_THAT(Reading("“The bridge is safe,” said Ada Lund, who built it."),
              ElementsAre("direct | Ada Lund | q-v-s | The bridge is safe,"));
  EXPECT_THAT(Reading("\"Not in my town,\" grumbled Jens Berg."),
              ElementsAre("direct | Jens Berg | q-v-s | Not in my town,"));
}

TEST(Rules, SpeakerThenVerbThenQuotation) {
  EXPECT_THAT(Reading("Ada Lund told reporters on Tuesday: \"We have counted twice.\""),
              ElementsAre("direct | Ada Lund | s-v-q | We have counted twice."));
  EXPECT_THAT(Reading("Jens Berg, a carpenter from Eastmoor, said, \"We have counted twice.\""),
              ElementsAre("direct | Jens Berg | s-v-q | We have counted twice."));
}

TEST(Rules, FrontedVerb) {
  EXPECT_THAT(Reading("Said Ada Lund, who was there: \"We have counted twice.\""),
              ElementsAre("direct | Ada Lund | v-s-q | We have counted twice."));
}

TEST(Rules, ThatClause) {
  EXPECT_THAT(Reading("Ada Lund warned that the dam would not hold."),
              ElementsAre("indirect | Ada Lund | s-v-that | the dam would not hold"));
  EXPECT_THAT(Reading("Ada Lund went on to say that the dam was old and weak."),
              ElementsAre("indirect | Ada Lund | s-v-that | the dam was old and weak"));
}

TEST(Rules, BareClause) {
  EXPECT_THAT(Reading("Ada Lund said the dam would not hold."),
              ElementsAre("indirect | Ada Lund | s-v-clause | the dam would not hold"));
  EXPECT_THAT(Reading("The mill added three boats to its fleet."), IsEmpty());
}

TEST(Rules, PartlyQuotedContentIsMixed) {
  EXPECT_THAT(
      Reading("Ada Lund said the dam was \"very old\" and would not hold."),
      ElementsAre("mixed | Ada Lund | s-v-clause | the dam was \"very old\" and would not hold"));
  EXPECT_THAT(
      Reading("Ada Lund called the plan \"a gift to the mill owners\"."),
      ElementsAre("mixed | Ada Lund | s-v-phrase | the plan \"a gift to the mill owners\""));
}

TEST(Rules, ClauseThenAttribution) {
  EXPECT_THAT(
      Reading("The dam would not hold another winter, Ada Lund said."),
      ElementsAre("indirect | Ada Lund | clause-s-v | The dam would not hold another winter"));
  EXPECT_THAT(
      Reading("The dam would not hold another winter, said Ada Lund."),
      ElementsAre("indirect | Ada Lund | clause-v-s | The dam would not hold another winter"));
}

TEST(Rules, AttributionWithinTheClause) {
  EXPECT_THAT(Reading("The dam, Ada Lund said, would not hold another winter."),
              ElementsAre("indirect | Ada Lund | clause-s-v-clause | The dam / would not hold "
                          "another winter"));
}

TEST(Rules, AsSomebodyPointedOut) {
  EXPECT_THAT(Reading("As Ada Lund pointed out, the dam is a hundred years old."),
              ElementsAre("indirect | Ada Lund | as-s-v | the dam is a hundred years old"));
}

TEST(Rules, AccordingTo) {
  EXPECT_THAT(Reading("According to Ada Lund, the dam is a hundred years old."),
              ElementsAre("indirect | Ada Lund | according-to | the dam is a hundred years old"));
  EXPECT_THAT(Reading("The dam is a hundred years old, according to Ada Lund."),
              ElementsAre("indirect | Ada Lund | according-to | The dam is a hundred years old"));
}

TEST(Rules, AddingInheritsItsSpeaker) {
  EXPECT_THAT(Reading("\"The dam is old,\" Ada Lund said, adding that it would not hold."),
              ElementsAre("direct | Ada Lund | q-s-v | The dam is old,",
                          "indirect | Ada Lund | adding | it would not hold"));
}

TEST(Rules, AndSaid) {
  EXPECT_THAT(Reading("Ada Lund criticised the council and said that the dam would not hold."),
              ElementsAre("indirect | Ada Lund | and-v | the dam would not hold"));
}

TEST(Rules, OrdersAndPromises) {
  EXPECT_THAT(Reading("Ada Lund called on the council to close the old dam."),
              ElementsAre("indirect | Ada Lund | s-v-to | to close the old dam"));
  EXPECT_THAT(Reading("Ada Lund vowed to close the old dam."),
              ElementsAre("indirect | Ada Lund | s-v-to | to close the old dam"));
}

TEST(Rules, ClaimsThat) {
  EXPECT_THAT(Reading("Nobody believed the council's claim that the dam was safe."),
              ElementsAre("indirect | council | noun-that | the dam was safe"));
}

TEST(Rules, ADatelineNeitherSpeaksNorIsSaid) {
  EXPECT_THAT(Reading("PORT LUND, May 3 (Northern Agency) - The dam is safe, Ada Berg said."),
              ElementsAre("indirect | Ada Berg | clause-s-v | The dam is safe"));
  EXPECT_THAT(Reading("US \u2013 Oslo talks will go on, Ada Berg said."),
              ElementsAre("indirect | Ada Berg | clause-s-v | US \u2013 Oslo talks will go on"));
}

TEST(Rules, NameAndColon) {
  EXPECT_THAT(Reading("Ada Lund: \"We have counted twice.\""),
              ElementsAre("direct | Ada Lund | s-colon-q | We have counted twice."));
}

TEST(Rules, QuotationDashName) {
  EXPECT_THAT(Reading("\"The best harbour on the coast.\" — Ada Lund"),
              ElementsAre("direct | Ada Lund | q-dash-s | The best harbour on the coast."));
}

TEST(Rules, HeadlineDash) {
  const std::string text =
      "Freedonia to close two harbours next spring — ministry\n\n"
      "The ministry published a list of harbours.";
  ASSERT_EQ(Quotations(text).size(), 1u);
  EXPECT_EQ(Quotations(text)[0].rule, "headline-dash");
  EXPECT_TRUE(Quotations(text)[0].flags & kHeadline);
}

TEST(Rules, AnnouncedBy) {
  EXPECT_THAT(
      Reading(
          "The harbour will close in May. This was announced on Friday by the mayor, Ada Lund."),
      ElementsAre("indirect | Ada Lund | announced-by | The harbour will close in May"));
}

TEST(Rules, InterruptedQuotationIsOne) {
  EXPECT_THAT(Reading("\"The dam is old,\" Ada Lund said. \"It will not hold.\""),
              ElementsAre("direct | Ada Lund | q-s-v | The dam is old, / It will not hold."));
}

TEST(Rules, QuotationOverParagraphsIsOne) {
  EXPECT_THAT(
      Reading("\"The dam is old,\" Ada Lund said. \"It will not hold.\n\n"
              "\"We have asked for money twice.\""),
      ElementsAre("direct | Ada Lund | q-s-v | The dam is old, / It will not hold. / We have "
                  "asked for money twice."));
}

TEST(Rules, UnmarkedEndOfARunOfParagraphs) {
  EXPECT_THAT(Reading("“The dam is old,” Ada Lund said. “We have asked for money twice.\n\n"
                      "We were given none,” she added."),
              ElementsAre("direct | Ada Lund | q-s-v | The dam is old,",
                          "direct | Ada Lund | q-s-v | We have asked for money twice. / We were "
                          "given none,"));
}

TEST(Rules, CarryOver) {
  const std::string text = "\"The dam is old,\" Ada Lund said.\n\n\"It will not hold.\"";
  const auto found = Quotations(text);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].rule, "carry-over");
  EXPECT_EQ(found[1].speaker, "Ada Lund");
  EXPECT_TRUE(found[1].flags & kContinued);
  EXPECT_TRUE(found[1].cue.empty());
  EXPECT_TRUE(found[1].mention.empty());
  EXPECT_EQ(found[1].utterance, found[0].utterance);
  EXPECT_EQ(found[1].segment, 1u);
}

TEST(Rules, LeadIn) {
  EXPECT_THAT(Reading("Ada Lund walked to the water's edge. \"It will not hold for long.\""),
              ElementsAre("direct | Ada Lund | lead-in | It will not hold for long."));
}

TEST(Rules, AFinishedQuotationThatNoVerbReports) {
  EXPECT_THAT(Reading("The flood surprised even the diver Jens Berg: \"The river is deep here"
                      " and always was.\""),
              ElementsAre("direct | Jens Berg | loose | The river is deep here and always was."));
  EXPECT_THAT(Reading("\"We pay for it,\" Ada Lund said. And then, a month later on the radio: \"We"
                      " never paid for it.\""),
              ElementsAre("direct | Ada Lund | q-s-v | We pay for it,",
                          "direct | Ada Lund | loose | We never paid for it."));
  EXPECT_THAT(
      Reading("Lund wanted none of it because \"it takes the bread from the people who live"
              " by the river.\""),
      ElementsAre("direct | Lund | loose | it takes the bread from the people who live by the"
                  " river."));
  EXPECT_THAT(Reading("The play is billed as \"a conversation between the people who live by the"
                      " river.\""),
              IsEmpty());
}

TEST(Rules, BareQuotationHasNoSpeaker) {
  EXPECT_THAT(Reading("\"It will not hold for another winter.\""),
              ElementsAre("direct |  | bare | It will not hold for another winter."));
}

TEST(Rules, LeadThatReportsWithinIsTheOuterSpeakers) {
  EXPECT_THAT(
      Reading("Freedonia urges its neighbours to open their harbours at once, Ada Lund said."),
      ElementsAre("indirect | Ada Lund | clause-s-v | Freedonia urges its neighbours to open "
                  "their harbours at once"));
}

TEST(NoQuotation, TitlesAndTermsInMarks) {
  EXPECT_THAT(Reading("She read \"The Long Harbour\" twice that summer."), IsEmpty());
  EXPECT_THAT(Reading("The so-called \"smart\" meters failed."), IsEmpty());
}

TEST(NoQuotation, TitlesOfShowsAndBooks) {
  EXPECT_THAT(Reading("In an interview on \"The Morning Hour,\" Ada Lund said the dam was old."),
              ElementsAre("indirect | Ada Lund | s-v-clause | the dam was old"));
  EXPECT_THAT(Reading("\"The dam is old,\" Ada Lund said on \"The Morning Hour.\" \"It leaks.\""),
              ElementsAre("direct | Ada Lund | q-s-v | The dam is old, / It leaks."));
  EXPECT_THAT(Reading("The dam leaked for years, Ada Lund said in her book, \"The Long Bridge.\""),
              ElementsAre("indirect | Ada Lund | clause-s-v | The dam leaked for years"));
}

TEST(NoQuotation, NounsThatLookLikeVerbs) {
  EXPECT_THAT(Reading("Its seven state titles in rowing are well known."), IsEmpty());
  EXPECT_THAT(Reading("The council declined to comment."), IsEmpty());
}

TEST(NoQuotation, FurnitureOfThePage) {
  EXPECT_THAT(Reading("Leave a Reply\n\nShare this: \"The dam will not hold,\" Ada Lund said."),
              IsEmpty());
}

TEST(Byline, NobodyInItSpeaks) {
  const std::string lead =
      "The harbour board said on Monday that the quay was late. \"I am tired,\" she said.";
  const auto both = ElementsAre("indirect | harbour board | s-v-that | the quay was late",
                                "direct |  | q-s-v | I am tired,");
  for (const char* byline : {"By Ana Torres", "By Ana Torres and Ada Lund", "BY ANA TORRES",
                             "Ana Torres, The Harbour Press", "Ana Torres, Harbour reporter"}) {
    EXPECT_THAT(Reading(byline + ("\n\n" + lead)), both) << byline;
  }
  EXPECT_THAT(Reading("Ana Torres, Harbour Chief, Resigns\n\n\"I am tired,\" she said."),
              ElementsAre("direct | Ana Torres | q-s-v | I am tired,"));
}

TEST(Cue, NegationAndModality) {
  const auto found = Quotations("Ada Lund did not say that the dam was safe.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].negated);
  EXPECT_EQ(found[0].cue_lemma, "say");
  const auto may = Quotations("Ada Lund would argue that the dam is safe.");
  ASSERT_EQ(may.size(), 1u);
  EXPECT_EQ(may[0].modal, "would");
}

TEST(Rules, WordsBetweenTheVerbAndTheQuotation) {
  EXPECT_THAT(Reading("Ada Lund acknowledged, however, \"We have counted only once.\""),
              ElementsAre("direct | Ada Lund | s-v-q | We have counted only once."));
  EXPECT_THAT(
      Reading("\"He wants a fight,\" Ada Lund said two days after the vote, \"which nobody else "
              "in this town wants.\""),
      ElementsAre("direct | Ada Lund | q-s-v | He wants a fight, / which nobody else in this town "
                  "wants."));
}

TEST(Rules, AVerbBeforeAColonLeadsToTheNextQuotation) {
  EXPECT_THAT(Reading("\"We are ready.\" Ada Lund added: \"My crew stays.\"").back(),
              "direct | Ada Lund | s-v-q | My crew stays.");
}

TEST(Rules, ANewAttributionWithAQuotationEndsTheClauseBefore) {
  EXPECT_THAT(Reading("Lund urges her brother to leave and repeatedly says, \"Don't stay here,\""
                      " until the boat sails."),
              ElementsAre("indirect | Lund | s-v-to | her brother to leave",
                          "direct | Lund | and-v | Don't stay here,"));
  EXPECT_THAT(Reading("While Lund conceded that the dam was old, she also said on Monday, \"If it"
                      " leaks, we will mend it.\""),
              ElementsAre("indirect | Lund | s-v-that | the dam was old",
                          "direct | Lund | s-v-q | If it leaks, we will mend it."));
}

TEST(Rules, ToTellAboutSomethingReportsNothing) {
  EXPECT_THAT(Reading("Asked what she would tell the mayor about living here, Lund said: \"It is"
                      " cold.\""),
              ElementsAre("direct | Lund | s-v-q | It is cold."));
  EXPECT_THAT(Reading("Lund said about 40 boats had sunk."),
              ElementsAre("indirect | Lund | s-v-clause | about 40 boats had sunk"));
}

TEST(Rules, OneWordBeforeTheAttribution) {
  EXPECT_THAT(Reading("Rather, Ada Lund said, the bridge will be closed in winter."),
              ElementsAre("indirect | Ada Lund | clause-s-v-clause | the bridge will be closed in "
                          "winter"));
}

TEST(Rules, QuestionsPutToSomebody) {
  EXPECT_THAT(Reading("Ada Lund asked the board whether the dam would hold."),
              ElementsAre("indirect | Ada Lund | s-v-clause | whether the dam would hold"));
}

TEST(Rules, HeadlineInTitleCase) {
  EXPECT_THAT(Reading("Ada Lund Says Bridge Will Close Next Spring\n\nThe bridge is old.\n"),
              ElementsAre("indirect | Ada Lund | headline-says | Bridge Will Close Next Spring"));
}

TEST(Rules, AnAppositionIsNoClause) {
  EXPECT_THAT(Reading("Ada Lund, who was elected in May, proposed a new bridge."), IsEmpty());
  EXPECT_THAT(Reading("It was calm, as the crowd applauded."), IsEmpty());
}

TEST(Rules, PluralNounsThatLookLikeVerbs) {
  EXPECT_THAT(Reading("Eastmoor is one of three states that have no coast at all."), IsEmpty());
  EXPECT_THAT(Reading("The letter states that the coast is closed."),
              ElementsAre("indirect | letter | s-v-that | the coast is closed"));
}

TEST(Rules, GerundsThatReportNothing) {
  EXPECT_THAT(Reading("It is worth noting that the harbour was dredged in May."), IsEmpty());
  EXPECT_THAT(Reading("The council broke with old contracts declaring the quay to be private."),
              IsEmpty());
  EXPECT_THAT(Reading("The board met on Monday, with one member warning that the dam would fail."),
              ElementsAre("indirect | one member | adding | the dam would fail"));
}

TEST(Rules, AClauseOfTimeIsNotWhatSomebodySaid) {
  EXPECT_THAT(Reading("As the walls cracked under the weight, nobody in town slept well."),
              IsEmpty());
  EXPECT_THAT(Reading("As Ada Lund pointed out, nobody in town slept well."),
              ElementsAre("indirect | Ada Lund | as-s-v | nobody in town slept well"));
}

TEST(Rules, WhatIsLeftBeforeAccordingTo) {
  EXPECT_THAT(Reading("\"We have counted twice,\" Ada Lund told young rowers, according to a "
                      "statement."),
              ElementsAre("direct | Ada Lund | q-s-v | We have counted twice,"));
  EXPECT_THAT(Reading("Three boats sank in the night, according to credible reports."),
              ElementsAre("indirect | credible reports | according-to | Three boats sank in the "
                          "night"));
}

TEST(Rules, VerbsAndNounsBesideASpeaker) {
  EXPECT_THAT(Reading("The divers went down only to find said walls had fallen."), IsEmpty());
  EXPECT_THAT(Reading("The army crushed the pro-union protests that began in the spring."),
              IsEmpty());
  EXPECT_THAT(Reading("However, the group raised alarm at the terms, and said that the quay was "
                      "sold."),
              ElementsAre("indirect | group | and-v | the quay was sold"));
}

TEST(Rules, TheSubjectStandsBehindDatelinesAndDeeds) {
  EXPECT_THAT(Reading("PORTHAVEN, N.S. — Hours before the match, coach Ada Lund praised her "
                      "rowers, saying that they never tire."),
              ElementsAre("indirect | Ada Lund | adding | they never tire"));
  EXPECT_THAT(Reading("Looking back, Ada Lund was left to wonder: \"What did we do wrong here?\""),
              ElementsAre("direct | Ada Lund | s-colon-q | What did we do wrong here?"));
  EXPECT_THAT(Reading("Untreated, the fever is \"always fatal\", says WHO."),
              ElementsAre("mixed | WHO | q-v-s | Untreated, the fever is \"always fatal\""));
}

TEST(Rules, InSomebodysWords) {
  EXPECT_THAT(Reading("In the words of Ada Lund, \"the sea takes back what it has given.\""),
              ElementsAre("direct | Ada Lund | in-words | the sea takes back what it has given."));
  EXPECT_THAT(Reading("The dam, in Jens Berg's words: \"It was built by people in a hurry.\""),
              ElementsAre("direct | Jens Berg | in-words | It was built by people in a hurry."));
}

TEST(Rules, ALineBelowThatSigns) {
  EXPECT_THAT(Reading("What readers wrote.\n\n\"The best ferry on the whole coast by far.\"\n\n"
                      "Ada Lund, Northport Courier\n\n\"It is never late and never cold.\"\n\n"
                      "— Berg, Eastmoor\n"),
              ElementsAre("direct | Ada Lund | signed | The best ferry on the whole coast by far.",
                          "direct | Berg | signed | It is never late and never cold."));
}

TEST(Rules, APlaceBeforeAColonDoesNotSpeak) {
  EXPECT_THAT(Reading("PORTHAVEN: Three boats were lost in the night, Ada Lund said on Monday."),
              ElementsAre("indirect | Ada Lund | clause-s-v | Three boats were lost in the night"));
}

TEST(Rules, WordsToldAreAClause) {
  EXPECT_THAT(Reading("The pupils were seated and told to simply read what lay before them."),
              IsEmpty());
  EXPECT_THAT(Reading("The statue reminds us of a boat after a long and bitter storm."), IsEmpty());
}

}  // namespace
}  // namespace verbatim::quotes
