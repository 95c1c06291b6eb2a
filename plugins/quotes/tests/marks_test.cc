// SPDX-License-Identifier: Apache-2.0
// The automaton over quotation marks: what pairs, what doesn't, and what is said of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.h"
#include "scan.h"

namespace verbatim::quotes {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Segments(std::string_view text) {
  const Document doc = Read(text);
  std::vector<std::string> inner;
  for (const Segment& segment : doc.segments) inner.emplace_back(doc.In(segment.inner));
  return inner;
}

TEST(Marks, StraightAndCurly) {
  EXPECT_THAT(Segments("He said \"one two\" and “three four”."),
              ElementsAre("one two", "three four"));
}

TEST(Marks, OtherShapes) {
  EXPECT_THAT(Segments("He said «one two» and „three four“."),
              ElementsAre("one two", "three four"));
  EXPECT_THAT(Segments("He said ``one two'' again."), ElementsAre("one two"));
}

TEST(Marks, SpacedMarks) {
  EXPECT_THAT(Segments("He said \" one two \" again."), ElementsAre("one two"));
}

TEST(Marks, StraightClosesCurlyAndIsFlagged) {
  const Document doc = Read("He said “one two\" again.");
  ASSERT_EQ(doc.segments.size(), 1u);
  EXPECT_TRUE(doc.segments[0].flags & kMismatched);
}

TEST(Marks, APairOfTheOtherStyleWithinAQuotationPartsNothing) {
  EXPECT_THAT(Segments("\"They call it the “Long Bridge,” and it is long,\" Lund said."),
              ElementsAre("They call it the “Long Bridge,” and it is long,"));
  EXPECT_THAT(Segments("“They call it \"the crate\" here,” Lund said. “Nobody sails it.”"),
              ElementsAre("They call it \"the crate\" here,", "Nobody sails it."));
  EXPECT_THAT(Segments("\"The dam is old. “The boats are old,” Lund said. “All of them.”"),
              ElementsAre("The dam is old. “The boats are old,” Lund said. “All of them.”"));
  EXPECT_THAT(Segments("Lund: \"The dam is old. “The boats are old,” Berg said."),
              ElementsAre("The dam is old.", "The boats are old,"));
}

TEST(Marks, AMarkTheWrongWayRoundCloses) {
  EXPECT_THAT(Segments("“The dam is old,“ Lund said. “So are the boats.”"),
              ElementsAre("The dam is old,", "So are the boats."));
  EXPECT_THAT(Segments("“The dam is old,” Lund said. “They know. “"),
              ElementsAre("The dam is old,", "They know."));
}

TEST(Marks, ThreeApostrophesEndTheInnerQuotationFirst) {
  EXPECT_THAT(Segments("''They always say, 'It is a special case,''' Lund said."),
              ElementsAre("They always say, 'It is a special case,'"));
  EXPECT_THAT(Segments("'''Not now,' they always say,'' Lund said."),
              ElementsAre("'Not now,' they always say,"));
}

TEST(Marks, ApostrophesAreNoMarks) {
  EXPECT_THAT(Segments("The boats' owners didn't pay; it's the miners' turn, 'tis said."),
              IsEmpty());
}

TEST(Marks, SinglesCountWithoutDoubles) {
  EXPECT_THAT(Segments("'We don't know yet,' Lund said."), ElementsAre("We don't know yet,"));
  EXPECT_THAT(Segments("\"She said 'go away' to us,\" Lund said."),
              ElementsAre("She said 'go away' to us,"));
}

TEST(Marks, UnclosedEndsWithItsParagraph) {
  const auto found = Quotations("\"The dam is old, Ada Lund said.\n\nThe boats lay still.");
  for (const Quotation& q : found) EXPECT_LT(q.spans.back().end, 33u);
}

TEST(Marks, ANewOpenerEndsWhatNeverClosed) {
  const Document doc = Read("“The dam is old. Nobody paid. “The boats are old,” Lund said.");
  ASSERT_EQ(doc.segments.size(), 2u);
  EXPECT_TRUE(doc.segments[0].flags & kUnclosed);
  EXPECT_EQ(doc.In(doc.segments[1].inner), "The boats are old,");
}

TEST(Marks, ReopenedParagraphsAreOneChain) {
  const Document doc = Read("“One two three.\n\n“Four five six.\n\n“Seven eight.”");
  ASSERT_EQ(doc.segments.size(), 3u);
  EXPECT_EQ(doc.segments[0].next, 1);
  EXPECT_EQ(doc.segments[2].previous, 1);
  EXPECT_EQ(doc.segments[0].flags & kUnclosed, 0);
}

TEST(Marks, ElisionsAndInsertionsStayInside) {
  const auto found = Quotations("\"They [the owners] knew <...> for years,\" Ada Lund said.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].flags & kInserted);
  EXPECT_TRUE(found[0].flags & kElided);
}

TEST(Marks, DirectSpansExcludeThem) {
  const std::string text = "“The dam is old,” Ada Lund said.";
  const auto found = Quotations(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(Words(text, found[0]), "The dam is old,");
}

}  // namespace
}  // namespace verbatim::quotes
