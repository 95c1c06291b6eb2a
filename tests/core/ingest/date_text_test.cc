// SPDX-License-Identifier: Apache-2.0
// Dates as the web writes them, in many languages and for machines; and what only looks like one.
#include "core/ingest/date_text.h"

#include <gtest/gtest.h>

#include <string>

namespace verbatim::ingest {
namespace {

std::string First(std::string_view text, DateStyle style = {}) {
  const auto dates = FindDates(text, style);
  return dates.empty() ? "" : dates.front().value;
}

std::string Machine(std::string_view text, DateStyle style = {}) {
  const auto date = ParseMachineDate(text, style);
  return date ? date->value : "";
}

TEST(FindDates, ReadsTheDaysOfManyLanguages) {
  for (const char* text : {"4 March 2021",
                           "March 4, 2021",
                           "Mar. 4, 2021",
                           "Mar 4 2021",
                           "March 4th, 2021",
                           "the 4th of March 2021",
                           "the 4th day of March, 2021",
                           "Thursday, 4 March, 2021",
                           "Thu 4 Mar 2021",
                           "04-Mar-2021",
                           "4-Mar-21",
                           "04/Mar/2021",
                           "2021-Mar-04",
                           "2021 March 4",
                           "4. März 2021",
                           "Donnerstag, 4. Maerz 2021",
                           "Do., 04.03.2021",
                           "4.3.2021",
                           "04. 03. 2021",
                           "4 mars 2021",
                           "le 4 mars 2021 à 12h30",
                           "4 de marzo de 2021",
                           "4 de marzo del 2021",
                           "marzo 4, 2021",
                           "4 marzo 2021",
                           "4 de março de 2021",
                           "04/mar/2021",
                           "4 maart 2021",
                           "4 mrt. 2021",
                           "4 marca 2021",
                           "4 марта 2021",
                           "4 марта 2021 г.",
                           "4 Mart 2021",
                           "4. mars 2021",
                           "den 4 mars 2021",
                           "d. 4. marts 2021",
                           "4. března 2021",
                           "2021. március 4.",
                           "4 martie 2021",
                           "4 març 2021",
                           "4 ožujka 2021",
                           "4 märts 2021",
                           "4. maaliskuuta 2021",
                           "4 березня 2021",
                           "4 Μαρτίου 2021",
                           "2021年3月4日",
                           "2021年03月04日",
                           "2021 年 3 月 4 日",
                           "2021년 3월 4일",
                           "2021. 3. 4.",
                           "2021.03.04",
                           "2021/03/04",
                           "2021/3/4",
                           "4 مارس 2021",
                           "4 Maret 2021",
                           "ngày 4/3/2021",
                           "4 tháng 3, 2021",
                           "4 tháng 3 năm 2021",
                           "4 במרץ 2021"}) {
    EXPECT_EQ(First(text), "2021-03-04") << text;
  }
}

TEST(ParseMachineDate, ReadsTheInstantsOfManyMachines) {
  const struct {
    const char* text;
    const char* value;
  } kDates[] = {
      {"2021-03-04", "2021-03-04"},
      {"20210304", "2021-03-04"},
      {"2021-03-04T12:00:00Z", "2021-03-04T12:00:00Z"},
      {"2021-03-04T12:00Z", "2021-03-04T12:00:00Z"},
      {"20210304T1200Z", "2021-03-04T12:00:00Z"},
      {"20210304T120000Z", "2021-03-04T12:00:00Z"},
      {"20210304T120000+0100", "2021-03-04T12:00:00+01:00"},
      {"20210304120000", "2021-03-04"},
      {"2021-03-04T12:00:00+0100", "2021-03-04T12:00:00+01:00"},
      {"2021-03-04T12:00:00+01", "2021-03-04T12:00:00+01:00"},
      {"2021-03-04 12:00:00 +0100", "2021-03-04T12:00:00+01:00"},
      {"2021-03-04 12:00:00+01:00", "2021-03-04T12:00:00+01:00"},
      {"2021-03-04T12:00:00.123Z", "2021-03-04T12:00:00Z"},
      {"2021-03-04T12:00:00,123+01:00", "2021-03-04T12:00:00+01:00"},
      {"2021-03-04T12:00:00.1234567-05:00", "2021-03-04T12:00:00-05:00"},
      {"2021-03-04 12:00:00", "2021-03-04"},
      {"Thu, 04 Mar 2021 12:00:00 GMT", "2021-03-04T12:00:00Z"},
      {"Thu, 04 Mar 2021 12:00:00 +0100", "2021-03-04T12:00:00+01:00"},
      {"Thu, 04 Mar 2021 12:00:00 EST", "2021-03-04T12:00:00-05:00"},
      {"Thu Mar 04 2021 12:00:00 GMT+0100 (CET)", "2021-03-04T12:00:00+01:00"},
      {"Thu Mar  4 12:00:00 2021", "2021-03-04"},
      {"Thu Mar 04 12:00:00 UTC 2021", "2021-03-04T12:00:00Z"},
      {"Thu Mar 04 12:00:00 CET 2021", "2021-03-04T12:00:00+01:00"},
      {"March 4, 2021 12:00 PM UTC", "2021-03-04T12:00:00Z"},
      {"March 4, 2021 at 1:05 pm GMT", "2021-03-04T13:05:00Z"},
      {"2021-03-04 1:05 PM UTC", "2021-03-04T13:05:00Z"},
      {"1614859200", "2021-03-04T12:00:00Z"},
      {"1614859200000", "2021-03-04T12:00:00Z"},
      {"/Date(1614859200000)/", "2021-03-04T12:00:00Z"},
      {"2021-03-04T00:00:00", "2021-03-04"},
      {"2021-3-4", "2021-03-04"},
      {"2021-063", ""},
      {"2021-03", ""},
      {"2021-02-30", ""},
      {"0001-01-01T00:00:00Z", ""},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"", ""},
      {"today", ""},
  };
  for (const auto& date : kDates) EXPECT_EQ(Machine(date.text), date.value) << date.text;
}

TEST(FindDates, WhatOnlyLooksLikeADayIsNone) {
  for (const char* text :
       {"March 2021", "4 March", "2021", "Room 4, 2021", "192.168.20.21", "version 4.3.20",
        "tel. 04 03 20 21 55", "1-800-555-2021", "3 of 4 in 2021", "may 4 in 10 pay", "31.02.2021",
        "12/2021", "4 decisions of 2021", "marched 4 2021 miles"}) {
    EXPECT_EQ(First(text), "") << text;
  }
}

TEST(FindDates, TheOrderOfNumbersFollowsThePage) {
  EXPECT_EQ(First("3/4/2021"), "2021-04-03");
  EXPECT_EQ(First("3/4/2021", {.month_first = true}), "2021-03-04");
  EXPECT_EQ(First("13/4/2021", {.month_first = true}), "2021-04-13");
  EXPECT_EQ(First("4/13/2021"), "2021-04-13");
  EXPECT_EQ(First("03/04/21", {.month_first = true}), "2021-03-04");
  EXPECT_EQ(First("03-04-2021"), "2021-04-03");
}

TEST(DateInPath, ReadsTheFoldersOfDays) {
  const struct {
    const char* url;
    const char* day;
  } kUrls[] = {
      {"https://courier.example/2021/03/04/dues", "2021-03-04"},
      {"https://courier.example/news/2021/3/4/dues", "2021-03-04"},
      {"https://courier.example/20210304/dues", "2021-03-04"},
      {"https://courier.example/dues-20210304.html", "2021-03-04"},
      {"https://courier.example/2021-03-04-dues", "2021-03-04"},
      {"https://courier.example/2021-03-04/dues", "2021-03-04"},
      {"https://courier.example/world/2021/mar/04/dues", "2021-03-04"},
      {"https://courier.example/04-03-2021/dues", "2021-03-04"},
      {"https://courier.example/2021/0304/dues", "2021-03-04"},
      {"https://courier.example/202103/04/dues", "2021-03-04"},
      {"https://keeper.example/web/20210304120000/dues", ""},
      {"https://courier.example/2021/03/dues", ""},
      {"https://courier.example/dues-12345678-1", ""},
      {"https://courier.example/a/20213004", ""},
      {"https://courier.example/id/1614859200", ""},
  };
  for (const auto& url : kUrls) {
    const auto date = DateInPath(url.url);
    EXPECT_EQ(date ? date->day() : "", url.day) << url.url;
  }
}

}  // namespace
}  // namespace verbatim::ingest
