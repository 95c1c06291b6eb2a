// SPDX-License-Identifier: Apache-2.0
// One report in several articles of one story, whatever comes first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "fold_fixture.h"

namespace verbatim::statements {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Quotation Print(int paper, std::string day, std::string text = kTolland) {
  Quotation q = Say(paper, "tolland", std::move(day), std::move(text));
  q.outlet = "Paper " + std::to_string(paper);
  return q;
}

TEST_F(FoldTest, AWireStoryInFortyPapersIsOneReportWithFortySources) {
  for (int paper = 1; paper <= 40; ++paper) {
    if (paper > 1) fold_.Link(Id(200 + paper), Id(199 + paper), Itself);
    Put(Print(paper, "2031-03-05"));
  }
  EXPECT_THAT(Texts(), ElementsAre(kTolland));
  EXPECT_EQ(Row(kTolland).sources, 40u);
  EXPECT_THAT(Row(kTolland).printed_by, SizeIs(40));
  EXPECT_EQ(Row(kTolland).printed_by.front(), "Paper 1");
  EXPECT_EQ(Row(kTolland).printed_by.back(), "Paper 40");
}

TEST_F(FoldTest, CopiesAreFoundInWhateverOrderLinksAndQuotationsCome) {
  Put(Print(1, "2031-03-05"));
  Put(Print(2, "2031-03-05"));
  Put(Print(3, "2031-03-05"));
  EXPECT_THAT(Texts(), SizeIs(3)) << "nobody said yet that they print one story";
  fold_.Link(Id(203), Id(202), Itself);
  fold_.Link(Id(202), Id(201), Itself);
  EXPECT_THAT(Texts(), ElementsAre(kTolland));
  EXPECT_EQ(Row(kTolland).sources, 3u);
  EXPECT_THAT(tables_.members.rows, SizeIs(1)) << "copies weigh nothing in the placing";
}

TEST_F(FoldTest, ARejectedReportIsFollowedByTheNextCopy) {
  fold_.Link(Id(202), Id(201), Itself);
  fold_.Link(Id(203), Id(201), Itself);
  for (int paper = 1; paper <= 3; ++paper) Put(Print(paper, "2031-03-05"));
  fold_.Remove(Id(202), Id(2));
  EXPECT_THAT(Row(kTolland).printed_by, ElementsAre("Paper 1", "Paper 3"));
  fold_.Remove(Id(201), Id(1));
  EXPECT_EQ(Row(kTolland).quotation.annotation, Id(3));
  EXPECT_EQ(Row(kTolland).sources, 1u);
  EXPECT_THAT(Row(kTolland).printed_by, IsEmpty());
  fold_.Remove(Id(203), Id(3));
  EXPECT_THAT(tables_.statements.rows, IsEmpty());
  EXPECT_THAT(tables_.reports.rows, IsEmpty());
}

TEST_F(FoldTest, AReportHasTheDayThatACopyKnowsBest) {
  fold_.Link(Id(202), Id(201), Itself);
  Quotation late = Print(1, "2031-03-09");
  late.basis = Basis::kArticleDate;
  Put(late);
  EXPECT_EQ(Row(kTolland).quotation.said_on, "2031-03-09");
  Put(Print(2, "2031-03-04"));
  EXPECT_EQ(Row(kTolland).quotation.said_on, "2031-03-04");
  EXPECT_EQ(Row(kTolland).quotation.basis, Basis::kStated);
  fold_.Remove(Id(202), Id(2));
  EXPECT_EQ(Row(kTolland).quotation.said_on, "2031-03-09");
}

TEST_F(FoldTest, ACopyWithEditedWordsIsAnotherReportOfTheSaying) {
  const char edited[] = "No pilot may take a ship through there at night.";
  fold_.Link(Id(202), Id(201), Itself);
  Put(Print(1, "2031-03-05"));
  Put(Print(2, "", edited));
  EXPECT_EQ(Row(edited).utterance, Row(kTolland).utterance);
  EXPECT_THAT(Row(edited).relation == Relation::kSameUtterance ? Row(edited).variant
                                                               : Row(kTolland).variant,
              ElementsAre("hedge"));
}

}  // namespace
}  // namespace verbatim::statements
