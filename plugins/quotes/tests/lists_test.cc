// SPDX-License-Identifier: Apache-2.0
// What may stand in the word lists: words that any article may use of anybody. Nobody and no one
// institution stands there, so that what an article names is read from the article.
#include <gtest/gtest.h>

#include <cctype>
#include <sstream>
#include <string>
#include <vector>

#include "lexicon.h"
#include "reading.h"

namespace verbatim::quotes {
namespace {

const char* const kGeneralLists[] = {
    "abbreviations", "cue_nouns", "documents",      "function_words", "group_nouns",
    "mental_verbs",  "org_heads", "role_modifiers", "role_synonyms",  "roles",
    "speech_verbs",  "titles",    "venue_nouns",    "verbs",          "works"};

// Lines without comments.
std::vector<std::string> Lines(const std::string& list) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(EmbeddedList(list))};
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

// English writes names with a capital and general words without.
TEST(WordLists, HoldNoCapitals) {
  for (const char* list : kGeneralLists) {
    const auto lines = Lines(list);
    EXPECT_FALSE(lines.empty()) << list;
    for (const std::string& line : lines) {
      for (const char c : line)
        EXPECT_EQ(std::isupper(static_cast<unsigned char>(c)), 0) << list << ": " << line;
    }
  }
}

// A kind of institution is one word; two or more make the name of one.
TEST(WordLists, KindsOfInstitutionsAreSingleWords) {
  for (const std::string& line : Lines("org_heads"))
    EXPECT_EQ(line.find(' '), std::string::npos) << line;
}

// Who holds an office is read from the article: a synonym is made of offices alone.
TEST(WordLists, SynonymsAreMadeOfOfficesAlone) {
  const Lexicon& words = Lexicon::Get();
  for (const std::string& line : Lines("role_synonyms")) {
    const std::string office = line.substr(0, line.find(" ="));
    EXPECT_EQ(words.NationOf(office), 0u) << line;
    std::istringstream in(office);
    for (std::string word; in >> word;) {
      const uint64_t classes = words.Find(word)->classes;
      EXPECT_EQ(classes & (kNation | kDemonym | kSeat | kGivenName), 0u) << line << ": " << word;
    }
  }
}

// A country's line has its name (which may say what it is: a union), its people and its capital;
// what its ministries and palaces are called has no place there.
TEST(WordLists, CountriesHaveNoInstitutions) {
  const Lexicon& words = Lexicon::Get();
  for (const std::string& line : Lines("nations")) {
    std::string folded;
    for (const char c : line.substr(line.find('|') + 1))
      folded.push_back(c == '_' || c == '|' ? ' ' : c);
    std::istringstream in(LowerWord(folded));
    for (std::string word; in >> word;) {
      const uint64_t institution = words.Find(word)->classes & kOrgHead;
      EXPECT_TRUE(institution == 0 || word == "city") << line << ": " << word;
    }
  }
}

TEST(WordLists, GivenNamesAreSingleLowerCaseWords) {
  for (const std::string& line : Lines("given_names")) {
    ASSERT_GT(line.size(), 2u);
    EXPECT_TRUE((line[0] == 'f' || line[0] == 'm' || line[0] == 'u') && line[1] == ':') << line;
    for (const char c : line) EXPECT_EQ(std::isupper(static_cast<unsigned char>(c)), 0) << line;
  }
}

// Seats that no list knows speak by what the article does with them.
TEST(Institutions, ASeatIsReadFromTheArticle) {
  const auto found = Quotations("The Rotunda said on Monday it would publish the treaty.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].speaker, "Rotunda");
  EXPECT_EQ(found[0].speaker_type, SpeakerType::kOrganisation);
  const auto tower = Quotations("The White Lodge denied that it had seen the letter. It said no.");
  ASSERT_FALSE(tower.empty());
  EXPECT_EQ(tower[0].speaker, "White Lodge");
  EXPECT_EQ(tower[0].speaker_type, SpeakerType::kOrganisation);
}

}  // namespace
}  // namespace verbatim::quotes
