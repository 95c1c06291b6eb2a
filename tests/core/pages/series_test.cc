// SPDX-License-Identifier: Apache-2.0
// Amounts of a matter as series, and sayings as dots.
#include "core/pages/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/pages/timeline_page.h"

namespace verbatim::pages {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Told(std::string_view text) {
  const std::optional<Amount> amount = ReadAmount(text);
  return amount ? std::to_string(amount->value) + " " + amount->unit : "none";
}

TEST(Amounts, FiguresAndWords) {
  EXPECT_EQ(Told("2.75 percent"), "2.750000 percent");
  EXPECT_EQ(Told("12 million crowns"), "12000000.000000 crowns");
  EXPECT_EQ(Told("5,400"), "5400.000000 ");
  EXPECT_EQ(Told("three"), "3.000000 ");
  EXPECT_EQ(Told("many crowns"), "none");
  EXPECT_EQ(Told(""), "none");
  EXPECT_EQ(Told("5 to 5-1/4 percent"), "5.000000 to 5-1/4 percent");
}

audit::Saying Said(std::string annotation, std::string day, std::string previous,
                   std::vector<std::string> evidence) {
  audit::Report report;
  report.annotation = std::move(annotation);
  report.segment = "0";
  report.article = "ab";
  report.speaker = "Ina <Brandt>";
  report.said_on = std::move(day);
  report.basis = "STATED";
  report.previous = std::move(previous);
  report.previous_segment = "0";
  report.relation = report.previous.empty() ? "UNSPECIFIED" : "LATER_RESTATEMENT";
  report.labels =
      report.previous.empty() ? std::vector<std::string>() : std::vector<std::string>{"number"};
  report.evidence = std::move(evidence);
  report.text = "The toll is </li> a matter for the council.";
  audit::Saying saying;
  saying.reports.push_back(std::move(report));
  return saying;
}

audit::Matter Toll() {
  audit::Matter matter{"c0ffee00", "toll", "Ina <Brandt>", {}};
  std::vector<audit::Saying>& said = matter.sayings;
  said.push_back(Said("01", "2020-01-05", "", {}));
  said.push_back(Said("02", "2020-06-01", "01", {"number: 4 crowns -> 5 crowns"}));
  said.push_back(
      Said("03", "2021-02-01", "02", {"strength: may -> will", "number: 5 crowns -> 7 crowns"}));
  said.push_back(Said("04", "2021-03-01", "03", {"number: 2 years -> 3 years"}));
  return matter;
}

TEST(Series, OneAUnitFromSayingToSaying) {
  const std::vector<Series> series = SeriesOf(Toll());
  ASSERT_EQ(series.size(), 2u);
  EXPECT_EQ(series[0].unit, "crowns");
  std::string told;
  for (const SeriesPoint& point : series[0].points) {
    told += std::to_string(point.saying) + "=" + point.text + " ";
  }
  EXPECT_EQ(told, "0=4 crowns 1=5 crowns 2=7 crowns ");
  EXPECT_EQ(series[1].unit, "years");
}

TEST(SeriesLabels, NoneLiesOverAnother) {
  // Ten points close together, the largest in the middle.
  std::vector<Label> labels;
  for (size_t i = 0; i < 10; ++i) {
    labels.push_back({4.0 + 4.0 * static_cast<double>(i), i == 5 ? 9.0 : 1.0, 17});
  }
  const std::vector<Room> rooms = RoomOf(labels);
  ASSERT_EQ(rooms.size(), labels.size());
  EXPECT_EQ(rooms.back(), Room::kAlways) << "what was said last is told first";
  for (size_t i = 0; i < labels.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const double apart = labels[i].share - labels[j].share;
      if (rooms[i] == Room::kAlways && rooms[j] == Room::kAlways) {
        EXPECT_GT(apart, 17 * 7.0 / 3.2 / 2);
      }
      if (rooms[i] != Room::kNone && rooms[j] != Room::kNone) {
        EXPECT_GT(apart, 17 * 7.0 / 9.0 / 2);
      }
    }
  }
}

TEST(SeriesLabels, WhatHasRoomIsAllShown) {
  const std::vector<Room> rooms = RoomOf({{2, 1, 5}, {50, 2, 5}, {98, 3, 5}});
  EXPECT_THAT(rooms, ::testing::Each(Room::kAlways));
  EXPECT_TRUE(RoomOf({}).empty());
}

TEST(TimelinePages, HaveADotForEachSayingAndACardForEachDot) {
  audit::Timeline timeline;
  timeline.matters.push_back(Toll());
  const std::string page = TimelinePage({}, timeline, 0);
  for (const char* const id : {"01", "02", "03", "04"}) {
    EXPECT_THAT(page, HasSubstr("href=\"#s-" + std::string(id) + "-0\""));
    EXPECT_THAT(page, HasSubstr("id=\"s-" + std::string(id) + "-0\""));
  }
  // The first day and the last are the borders of what is drawn.
  EXPECT_THAT(page, HasSubstr("cx=\"2.00%\""));
  EXPECT_THAT(page, HasSubstr("cx=\"98.00%\""));
  EXPECT_THAT(page, HasSubstr("2020-06-01, Ina &lt;Brandt&gt;: number"));
  EXPECT_THAT(page, HasSubstr("The toll is &lt;/li&gt; a matter"));
  EXPECT_THAT(page, Not(HasSubstr("<Brandt>")));
}

}  // namespace
}  // namespace verbatim::pages
