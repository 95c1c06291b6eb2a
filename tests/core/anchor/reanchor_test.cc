// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/reanchor.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "revisions.h"

namespace verbatim::anchor {
namespace {

using Outcome = v1::AnnotationReanchored;

// "SHIFTED We will close | soon" for the anchor on these pieces.
std::string Found(const std::string& old_text, const std::string& new_text,
                  const std::vector<std::string>& pieces, bool find_changed = true) {
  const TestRevision from(0, old_text), to(1, new_text);
  const Mapping mapping(from.ground(), to.ground());
  ReanchorOptions options;
  options.find_changed = find_changed;
  const Reanchored moved = Reanchor(from.AnchorOn(pieces), mapping, options);
  std::string out = Outcome::Outcome_Name(moved.outcome).substr(std::string("OUTCOME_").size());
  for (const v1::TextSpan& span : moved.to.spans()) {
    out += (&span == &moved.to.spans(0) ? " " : " | ") + span.exact();
  }
  EXPECT_EQ(moved.to.spans().empty(), moved.outcome == Outcome::OUTCOME_ORPHANED);
  if (!moved.to.spans().empty()) {
    EXPECT_TRUE(CheckAnchor(moved.to, to.ground()).ok());
  }
  return out;
}

TEST(Reanchor, SameWordsSamePlace) {
  EXPECT_EQ(Found("The port opens in May.", "The port opens in May.", {"port"}), "UNCHANGED port");
  EXPECT_EQ(Found("The port opens in May.", "The port opens in June.", {"port"}), "UNCHANGED port");
}

TEST(Reanchor, SameWordsElsewhere) {
  EXPECT_EQ(
      Found("The port opens in May.", "Dunmore, 3 March. The port opens in May.", {"opens in May"}),
      "SHIFTED opens in May");
  EXPECT_EQ(Found("One. The port opens in May. Two.", "And one more. The port opens in May. Two.",
                  {"The port opens in May"}),
            "SHIFTED The port opens in May");
}

TEST(Reanchor, OfSeveralPlacesTheOneThatTheWordsAroundHaveGoneTo) {
  const std::string old_text = "On Tuesday the council met. On Tuesday the ferry sank.";
  const std::string new_text =
      "On Tuesday rain fell. On Tuesday the council met again. On Tuesday the ferry sank.";
  const TestRevision from(0, old_text), to(1, new_text);
  const Mapping mapping(from.ground(), to.ground());
  const v1::Anchor second =
      MakeAnchor(from.ground(), std::vector<text::Range>{from.Where("Tuesday", 1)});
  const Reanchored moved = Reanchor(second, mapping);
  EXPECT_EQ(moved.outcome, Outcome::OUTCOME_SHIFTED);
  EXPECT_EQ(moved.to.spans(0).begin_byte(), to.Where("Tuesday", 2).begin);
}

TEST(Reanchor, AWordIsNotFoundWithinAnother) {
  EXPECT_EQ(Found("Then he left the room.", "The room was left by them.", {"he"}), "ORPHANED");
}

TEST(Reanchor, AShortWordElsewhereNeedsAgreementAround) {
  EXPECT_EQ(Found("Ferro spoke on Monday. Nobody answered.",
                  "A new bridge will be built. Ships arrive every Monday, it is said.", {"Monday"}),
            "ORPHANED");
}

TEST(Reanchor, SpansOfOneAnchorStayTogether) {
  const std::string old_text = "\"We will close,\" said Ferro, \"and never reopen.\" So it was.";
  EXPECT_EQ(Found(old_text, "Late news. " + old_text, {"We will close,", "and never reopen."}),
            "SHIFTED We will close, | and never reopen.");
  EXPECT_EQ(Found(old_text,
                  "\"We will close,\" said Ida Ferro on the pier, \"and never reopen.\" So it was.",
                  {"We will close,", "and never reopen."}),
            "SHIFTED We will close, | and never reopen.");
}

TEST(Reanchor, EditedWordsAreChanged) {
  const std::string old_text =
      "Rain fell. The council will maintain harbour dues at 3 percent this year. Ships came.";
  const std::string new_text =
      "Rain fell. The council will raise harbour dues to 4 percent this year. Ships came.";
  EXPECT_EQ(
      Found(old_text, new_text, {"The council will maintain harbour dues at 3 percent this year."}),
      "CHANGED The council will raise harbour dues to 4 percent this year.");
  EXPECT_EQ(Found(old_text, new_text, {"will maintain harbour dues at 3 percent"}),
            "CHANGED will raise harbour dues to 4 percent");
  EXPECT_EQ(Found(old_text, new_text, {"will maintain harbour dues at 3 percent"}, false),
            "ORPHANED")
      << "when not asked for";
}

TEST(Reanchor, AChangeCarriesItsDiff) {
  const TestRevision from(0, "The ferry may sail again on the first of May."),
      to(1, "The ferry will sail again on the first of May.");
  const Mapping mapping(from.ground(), to.ground());
  const Reanchored moved =
      Reanchor(from.AnchorOn({"The ferry may sail again on the first of May."}), mapping);
  EXPECT_EQ(moved.outcome, Outcome::OUTCOME_CHANGED);
  EXPECT_EQ(moved.diff, "The ferry [-may-] {+will+} sail again on the first of May.");
  EXPECT_GT(moved.score, 0.8);
  EXPECT_LT(moved.score, 1);
}

TEST(Reanchor, DeletedWordsAreOrphans) {
  const std::string kept = "Ships came and went all day in the harbour of Dunmore.";
  EXPECT_EQ(Found("Nobody had expected the flood to rise so fast. " + kept, kept,
                  {"Nobody had expected the flood to rise so fast."}),
            "ORPHANED");
  EXPECT_EQ(Found("Gone today. " + kept, kept, {"Gone"}), "ORPHANED")
      << "too short to be found by likeness";
}

TEST(Reanchor, ATieIsForAPerson) {
  // What stood around has gone, and the words are there twice within nothing familiar.
  const TestRevision from(0, "aa bb harbour master cc dd"),
      to(1, "xx harbour master yy\nxx harbour master yy");
  const Mapping mapping(from.ground(), to.ground());
  const text::Range followed{mapping.Follow(from.Where("harbour").begin), 0};
  const Reanchored moved = Reanchor(from.AnchorOn({"harbour master"}), mapping);
  EXPECT_EQ(moved.to.spans(0).begin_byte(), followed.begin) << "the diff decides where it can";
  EXPECT_GT(moved.runner_up, 0.4) << "and says that it was close";
}

text::Span SpanAt(const TestRevision& revision, text::Range range) {
  return text::MakeSpan(revision.text(), revision.ground().chars(), range.begin, range.end);
}

TEST(MoveSpan, TakesTheSpansOfABodyAlong) {
  const TestRevision from(0, "\"We will close,\" said Ferro."),
      to(1, "On Monday: \"We will close,\" said Ferro.");
  const Mapping mapping(from.ground(), to.ground());
  const v1::Anchor anchor = from.AnchorOn({"We will close,"});
  const Reanchored moved = Reanchor(anchor, mapping);
  for (const char* words : {"We will close,", "will", "said", "Ferro"}) {
    const auto span = MoveSpan(SpanAt(from, from.Where(words)), anchor, moved, mapping);
    ASSERT_TRUE(span.has_value()) << words;
    EXPECT_EQ(span->exact, words);
    EXPECT_EQ(span->begin_byte, to.Where(words).begin);
  }
}

TEST(MoveSpan, DropsWhatHasGone) {
  const TestRevision from(0, "\"We will close the pier,\" said Ferro."),
      to(1, "\"We will shut the pier,\" said a person.");
  const Mapping mapping(from.ground(), to.ground());
  const v1::Anchor anchor = from.AnchorOn({"We will close the pier,"});
  const Reanchored moved = Reanchor(anchor, mapping);
  ASSERT_EQ(moved.outcome, Outcome::OUTCOME_CHANGED);
  EXPECT_FALSE(MoveSpan(SpanAt(from, from.Where("Ferro")), anchor, moved, mapping).has_value());
  EXPECT_EQ(
      MoveSpan(SpanAt(from, from.Where("We will close the pier,")), anchor, moved, mapping)->exact,
      "We will shut the pier,");
}

std::string AnyWords(size_t most) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      *rc::gen::inRange<size_t>(0, most),
      rc::gen::element<std::string>("rain", "fell", "\u201Con\u201D", "the", "pier.", "Ida", "7",
                                    "caf\u00E9\n"));
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

RC_GTEST_PROP(Reanchor, WordsThatStayAreFoundWhateverChangesAround, ()) {
  const std::string quote = "no harbour shall open before winter";
  const TestRevision from(0, AnyWords(30) + quote + " " + AnyWords(30));
  const TestRevision to(1, AnyWords(30) + quote + " " + AnyWords(30));
  const Mapping mapping(from.ground(), to.ground());
  const Reanchored moved = Reanchor(from.AnchorOn({quote}), mapping);
  RC_ASSERT(moved.outcome == Outcome::OUTCOME_UNCHANGED ||
            moved.outcome == Outcome::OUTCOME_SHIFTED);
  RC_ASSERT(moved.to.spans(0).exact() == quote);
}

RC_GTEST_PROP(Reanchor, WhateverIsFoundIsAnAnchorOnTheNewText, ()) {
  const TestRevision from(0, AnyWords(40) + "end"), to(1, AnyWords(40) + "end");
  const Mapping mapping(from.ground(), to.ground());
  const auto size = static_cast<uint32_t>(from.text().size());
  const uint32_t begin = *rc::gen::inRange<uint32_t>(0, size);
  const uint32_t end = *rc::gen::inRange<uint32_t>(begin + 1, size + 1);
  RC_PRE(from.ground().chars().AtBorder(begin) && from.ground().chars().AtBorder(end));
  const v1::Anchor anchor = MakeAnchor(from.ground(), std::vector<text::Range>{{begin, end}});
  const Reanchored moved = Reanchor(anchor, mapping);
  if (moved.outcome == Outcome::OUTCOME_ORPHANED) return;
  RC_ASSERT(CheckAnchor(moved.to, to.ground()).ok());
  RC_ASSERT(moved.score > 0 && moved.score <= 1);
  if (moved.outcome != Outcome::OUTCOME_CHANGED) {
    RC_ASSERT(moved.to.spans(0).exact() == anchor.spans(0).exact());
  }
}

TEST(Reanchor, StaysBoundedOnAWordThatStandsEverywhere) {
  std::string text;
  for (int n = 0; n < 50'000; ++n) text += "no ";
  const TestRevision from(0, text), to(1, "so " + text + "more");
  const Mapping mapping(from.ground(), to.ground());
  for (uint32_t n = 0; n < 100; ++n) {
    const v1::Anchor anchor =
        MakeAnchor(from.ground(), std::vector<text::Range>{{n * 30, n * 30 + 2}});
    EXPECT_EQ(Reanchor(anchor, mapping).outcome, Outcome::OUTCOME_SHIFTED);
  }
}

}  // namespace
}  // namespace verbatim::anchor
