// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/names.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

void ExpectOneKey(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    EXPECT_EQ(NameKey(name), NameKey(*names.begin())) << name;
}

TEST(NameKey, TransliterationsAreOne) {
  ExpectOneKey({"Sergey", "Sergei", "Serguei", "Sergeï"});
  ExpectOneKey({"Dmitry", "Dmitri", "Dmitriy", "Dmitrii"});
  ExpectOneKey({"Yevgeny", "Evgeny", "Yevgeniy", "Evgenii"});
  ExpectOneKey({"Aleksandr", "Alexandr", "Alexander"});
  ExpectOneKey({"Mikhail", "Mihail"});
  ExpectOneKey({"Yulia", "Iulia"});
  ExpectOneKey({"Filippov", "Filipov"});
}

TEST(NameKey, TitlesArticlesAndPossessivesGo) {
  ExpectOneKey(
      {"Ada Lund", "Mrs. Ada Lund", "ADA LUND", "Ada Lund's", "Ada Lund’s", "Ada  Lund PhD"});
  ExpectOneKey({"Harald", "Harald III"});
  ExpectOneKey({"Ministry of Tides", "the Ministry of Tides"});
  ExpectOneKey({"José Álvarez", "Jose Alvarez"});
}

TEST(NameKey, StatesAreSpeltOut) {
  ExpectOneKey({"U.S. Harbour Board", "US Harbour Board", "the United States Harbour Board"});
  ExpectOneKey({"UK Mint", "U.K. Mint", "United Kingdom Mint"});
  EXPECT_NE(NameKey("Usher"), NameKey("United Statesher"));
}

TEST(NameKey, DifferentNamesStayApart) {
  EXPECT_NE(NameKey("Ada Lund"), NameKey("Ida Lund"));
  EXPECT_NE(NameKey("Ada Lund"), NameKey("Ada Lunden"));
  EXPECT_NE(NameKey("Li Wei"), NameKey("Lu Wei"));
  EXPECT_NE(NameKey("Nils Berg"), NameKey("Nils Berg Jr.")) << "father and son";
  EXPECT_EQ(NameKey("Nils Berg Jr"), NameKey("Nils Berg Jr.'s"));
  EXPECT_NE(NameKey("foreign ministry"), NameKey("foreign minister"));
}

TEST(NameKey, IsStable) {
  for (const std::string_view name :
       {"Sergey Lundov", "U.S. Harbour Board", "O'Neil", "al-Berg", "Élodie"}) {
    EXPECT_EQ(NameKey(NameKey(name)), NameKey(name)) << name;
  }
}

TEST(NameKey, NothingInNothingOut) {
  EXPECT_EQ(NameKey(""), "");
  EXPECT_EQ(NameKey(" -- "), "");
  EXPECT_EQ(NameKey("the"), "the");
}

TEST(LastName, WithoutWhatFollowsIt) {
  EXPECT_EQ(LastName("Ada Lund"), "Lund");
  EXPECT_EQ(LastName("Nils Berg Jr."), "Berg");
  EXPECT_EQ(LastName("Nils Berg’s"), "Berg");
  EXPECT_EQ(LastName("Lund"), "Lund");
  EXPECT_EQ(LastName(""), "");
}

}  // namespace
}  // namespace verbatim::text
