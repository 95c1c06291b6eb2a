// SPDX-License-Identifier: Apache-2.0
// Who is meant, within one article. All people, countries' offices and institutions are invented
// or general.
#include <gtest/gtest.h>

#include "reading.h"

namespace verbatim::quotes {
namespace {

// The speaker of the last quotation.
std::string LastSpeaker(std::string_view text) {
  const auto found = Quotations(text);
  return found.empty() ? "(none found)" : found.back().speaker;
}

TEST(Speakers, LastNameMeansTheFullName) {
  EXPECT_EQ(LastSpeaker("Ada Lund opened the harbour. \"It is done,\" Lund said."), "Ada Lund");
  EXPECT_EQ(LastSpeaker("\"It is done,\" Lund said. Ada Lund opened the harbour."), "Ada Lund");
}

TEST(Speakers, Pronouns) {
  EXPECT_EQ(LastSpeaker("Mary Lund met Peter Berg. She said the talks were hard."), "Mary Lund");
  EXPECT_EQ(LastSpeaker("Mary Lund met Peter Berg. He said the talks were hard."), "Peter Berg");
}

TEST(Speakers, PronounOutOfReachStaysUnresolved) {
  std::string text = "Mary Lund opened the harbour.\n\n";
  for (int n = 0; n < 6; ++n) text += "The water rose for days and the boats lay still.\n\n";
  text += "\"It is done,\" she said.";
  const auto found = Quotations(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker, "");
  EXPECT_FALSE(found[0].mention.empty());
}

TEST(Speakers, OfficeMeansItsHolder) {
  EXPECT_EQ(
      LastSpeaker("Norwegian Foreign Minister Ada Lund arrived. The Norwegian foreign minister "
                  "said that the talks were hard."),
      "Ada Lund");
  EXPECT_EQ(LastSpeaker("Norwegian Foreign Minister Ada Lund arrived. \"The talks were hard,\" "
                        "Norway's top diplomat said."),
            "Ada Lund");
  EXPECT_EQ(LastSpeaker("Peter Berg, the mayor of Eastmoor, was late. The mayor said the road was "
                        "closed."),
            "Peter Berg");
}

TEST(Speakers, OfficeOfAnotherCountryIsAnotherHolder) {
  EXPECT_EQ(
      LastSpeaker("Norwegian Foreign Minister Ada Lund met Danish Foreign Minister Peter Berg. "
                  "The Norwegian foreign minister said that the talks were hard."),
      "Ada Lund");
}

TEST(Speakers, TheMinistryIsTheOneNamed) {
  EXPECT_EQ(
      LastSpeaker("The Norwegian fisheries ministry met on Friday. \"Boats must stay in,\" the "
                  "ministry said."),
      "Norwegian fisheries ministry");
}

TEST(Speakers, OfficeIsNeverTheMinistry) {
  EXPECT_EQ(
      LastSpeaker("The Norwegian foreign ministry met on Friday. Norwegian Foreign Minister Ada "
                  "Lund was there. The Norwegian foreign minister said that boats must stay in."),
      "Ada Lund");
}

TEST(Speakers, CountriesByTheirSeats) {
  const auto found = Quotations("Oslo said that its boats would stay in harbour.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker, "Norway");
  EXPECT_EQ(found[0].speaker_type, SpeakerType::kGovernment);
}

TEST(Speakers, Acronyms) {
  EXPECT_EQ(LastSpeaker("The Eastmoor Fishing Association (EFA) met. The EFA said that boats would "
                        "stay in harbour."),
            "Eastmoor Fishing Association");
}

TEST(Speakers, StatementOfSomebody) {
  EXPECT_EQ(
      LastSpeaker("According to a statement from the Eastmoor Fishing Association, boats will "
                  "stay in harbour."),
      "Eastmoor Fishing Association");
}

TEST(Speakers, DescriptionsAreKeptWithoutAKey) {
  const auto found = Quotations("A senior official said the road was closed.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker, "A senior official");
  EXPECT_EQ(found[0].speaker_key, "");
}

TEST(Speakers, AppositionsAreSteppedOver) {
  EXPECT_EQ(
      LastSpeaker("Peter Berg, a baker, father of two, who lives in Eastmoor, said the road was "
                  "closed."),
      "Peter Berg");
  EXPECT_EQ(LastSpeaker("The harbour's director, Ada Lund, said the road was closed."), "Ada Lund");
  EXPECT_EQ(LastSpeaker("\"The road is closed,\" said the harbour's director, Ada Lund."),
            "Ada Lund");
  EXPECT_EQ(LastSpeaker("Ada Lund (Eastmoor), a member of the council, said the road was closed."),
            "Ada Lund");
}

TEST(Speakers, RolesBeforeNames) {
  const auto found = Quotations("\"The road is closed,\" Eastmoor Mayor Peter Berg said.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker, "Peter Berg");
  EXPECT_EQ(found[0].speaker_type, SpeakerType::kPerson);
  EXPECT_EQ(LastSpeaker("Norwegian Secretary of State Peter Berg said the road was closed."),
            "Peter Berg");
}

TEST(Speakers, RoleIsKept) {
  const auto found = Quotations("Norwegian Foreign Minister Ada Lund said the talks were hard.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker_role, "Norwegian Foreign Minister");
}

TEST(Speakers, KeyIsTheSameForEverySpelling) {
  const auto a = Quotations("\"It is done,\" Andrey Lundov said.");
  const auto b = Quotations("\"It is done,\" Mr. Andrei Lundov said.");
  ASSERT_EQ(a.size(), 1u);
  ASSERT_EQ(b.size(), 1u);
  EXPECT_EQ(a[0].speaker_key, b[0].speaker_key);
}

TEST(Speakers, EveryAnswerIsTheSameAgain) {
  const std::string text = "Mary Lund met Peter Berg. \"It is done,\" she said. He denied it.";
  EXPECT_EQ(Reading(text), Reading(text));
}

TEST(Speakers, DescriptionsOfWhoWasNamedJustBefore) {
  EXPECT_EQ(LastSpeaker("Ada Lund came second. The 32-year-old labourer said the course was icy."),
            "Ada Lund");
  EXPECT_EQ(LastSpeaker("A harbour official spoke to the paper. Ada Lund listened. A harbour "
                        "official said the quay was full. The harbour official said it was old."),
            "A harbour official");
}

TEST(Speakers, APlaceIsNobody) {
  EXPECT_EQ(LastSpeaker("Jens Berg left early. He has a house in Northport. He said he was tired."),
            "Jens Berg");
}

TEST(Speakers, AShortNameBeforeTheLongOneIsItsOwn) {
  EXPECT_EQ(LastSpeaker("Veltrane said it was sorry. The app is called Veltrane Research."),
            "Veltrane");
}

TEST(Speakers, WordsBelongToWhoWroteThem) {
  EXPECT_EQ(LastSpeaker("Ada Lund resigned. Her statement said the dam was old."), "Ada Lund");
  EXPECT_EQ(LastSpeaker("According to the Veltrane website, the boats are full."), "Veltrane");
}

// Countries that are on no map: this list is all that is known of them.
constexpr char kInventedNations[] =
    "Quellandia | Quellandian Quellandians | Tarvost\n"
    "Ostermark | Ostermarker Ostermarkers | Vell\n";

std::vector<std::string> InventedSpeakers(std::string_view text) {
  static const Lexicon* const words = new Lexicon(kInventedNations);
  Article article;
  article.text = text;
  article.words = words;
  std::vector<std::string> speakers;
  for (const Quotation& q : FindQuotations(article)) speakers.push_back(q.speaker);
  return speakers;
}

TEST(InventedCountries, OfficesSeatsAndMinistries) {
  const std::vector<std::string> found = InventedSpeakers(
      "Quellandian Foreign Minister Orla Vint met her Ostermarker colleague Tam Brisk in Vell on "
      "Monday.\n\n“The border stays open,” the Quellandian foreign minister said.\n\n"
      "Tarvost said that no troops had moved. “We have seen them,” Ostermark’s top diplomat "
      "said.\n\nThe Quellandian Defence Ministry denied it. The ministry said the maps were old.");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0], "Orla Vint");
  EXPECT_EQ(found[1], "Quellandia");
  EXPECT_EQ(found[3], "Quellandian Defence Ministry");
}

}  // namespace
}  // namespace verbatim::quotes
