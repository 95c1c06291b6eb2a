// SPDX-License-Identifier: Apache-2.0
#include "core/article/article_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/hex.h"
#include "tests/core/article/story.h"

namespace verbatim::article {
namespace {

using ::testing::HasSubstr;
using Reanchored = v1::AnnotationReanchored;

constexpr char kText[] =
    "The harbour opened on Tuesday. Fishing resumes on Friday, the mayor said.";

TEST(ArticleState, StartsEmpty) {
  ArticleState state;
  EXPECT_TRUE(state.empty());
  EXPECT_EQ(state.stream_version(), std::nullopt);
}

TEST(ArticleState, IngestGivesTextAndContext) {
  Story story(kText);
  EXPECT_EQ(story.state().latest()->text(), kText);
  EXPECT_EQ(story.state().Context().title(), "Harbour news");
  EXPECT_EQ(base::ToHex(story.state().id()), story.stream());
  EXPECT_EQ(story.state().stream_version(), 0);
  EXPECT_EQ(story.state().latest()->SentenceAt(10).exact(), "The harbour opened on Tuesday.");
}

TEST(ArticleState, APluginProposesAndAPersonDecides) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
  EXPECT_FALSE(story.At(a).human_held);
  EXPECT_EQ(story.At(a).annotator, "dates");
  story.PersonConfirms(a);
  EXPECT_EQ(story.StatusOf(a), "CONFIRMED");
  story.PersonCorrects(a, "2021-10-12");
  EXPECT_EQ(story.StatusOf(a), "CORRECTED");
  EXPECT_EQ(story.ValueOf(a), "2021-10-12");
  story.PersonRejects(a);
  EXPECT_EQ(story.StatusOf(a), "REJECTED");
  EXPECT_TRUE(story.At(a).human_held);
  EXPECT_EQ(story.At(a).version, 4U);
  EXPECT_EQ(story.At(a).added_sequence, 2U);
  EXPECT_EQ(story.At(a).changed_sequence, 5U);
}

TEST(ArticleState, WhatAPersonAddsIsTheirs) {
  Story story(kText);
  const std::string a = story.PersonAdds("Friday");
  EXPECT_EQ(story.StatusOf(a), "CORRECTED");
  EXPECT_TRUE(story.At(a).human_held);
  EXPECT_EQ(story.At(a).annotator, "");
}

TEST(ArticleState, NoEventOfAPluginChangesWhatAPersonHolds) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday", "2021-10-19");
  story.PersonCorrects(a, "2021-10-12");
  story.PluginRevises(a, "2021-10-26");
  EXPECT_EQ(story.ValueOf(a), "2021-10-12");
  EXPECT_EQ(story.StatusOf(a), "CORRECTED");
  EXPECT_TRUE(story.At(a).disputed);
  story.PluginRetracts(a);
  EXPECT_EQ(story.StatusOf(a), "CORRECTED");
  EXPECT_EQ(story.At(a).SaidBy("dates")->value, nullptr);
}

TEST(ArticleState, ADecisionSettlesADispute) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  story.PersonConfirms(a);
  story.PluginDisputes(a, "2021-10-26");
  EXPECT_TRUE(story.At(a).disputed);
  story.PersonConfirms(a);
  EXPECT_FALSE(story.At(a).disputed);
  EXPECT_EQ(story.At(a).disputes.size(), 1U);
}

TEST(ArticleState, UndoDropsADecision) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday", "2021-10-19");
  const std::string correction = story.PersonCorrects(a, "2021-10-12");
  const std::string undo = story.PersonUndoes(correction);
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
  EXPECT_EQ(story.ValueOf(a), "2021-10-19");
  EXPECT_FALSE(story.At(a).human_held);
  EXPECT_EQ(story.At(a).version, 3U);
  story.PersonUndoes(undo);
  EXPECT_EQ(story.ValueOf(a), "2021-10-12");
  EXPECT_TRUE(story.At(a).human_held);
}

TEST(ArticleState, AfterAnUndoWhatThePluginSaidMeanwhileHolds) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday", "2021-10-19");
  const std::string confirmation = story.PersonConfirms(a);
  story.PluginDisputes(a, "2021-10-26");
  story.PersonUndoes(confirmation);
  EXPECT_EQ(story.ValueOf(a), "2021-10-26");
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
}

TEST(ArticleState, AnAddTakenBackIsRetracted) {
  Story story(kText);
  const std::string a = story.PersonAdds("Friday");
  story.PersonUndoes(story.told().back().header.event_id());
  EXPECT_EQ(story.StatusOf(a), "RETRACTED");
  EXPECT_FALSE(story.At(a).human_held);
}

TEST(ArticleState, AnAnnotationMovesWithItsWords) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  story.Revise("Corrected: the harbour opened on Tuesday.");
  story.Reanchor(a, Reanchored::OUTCOME_SHIFTED, story.Where("Tuesday"));
  EXPECT_EQ(story.At(a).value->anchor.revision(), 1U);
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
  EXPECT_EQ(story.At(a).SaidBy("dates")->value, story.At(a).value);
}

TEST(ArticleState, LostWordsOrphanAnAnnotationUntilTheyComeBack) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  story.Revise("The harbour opened.");
  story.Reanchor(a, Reanchored::OUTCOME_ORPHANED, std::nullopt);
  EXPECT_EQ(story.StatusOf(a), "ORPHANED");
  EXPECT_EQ(story.At(a).value->anchor.revision(), 0U);
  EXPECT_TRUE(story.state().Live().empty());
  story.Revise(kText);
  story.Reanchor(a, Reanchored::OUTCOME_SHIFTED, story.Where("Tuesday"));
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
}

TEST(ArticleState, ADecisionOnTextThatChangedWaitsForReview) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  const std::string b = story.PluginAdds("Friday");
  story.PersonConfirms(a);
  story.Revise("The harbour opened on Wednesday. Fishing resumes on Saturday.");
  story.Reanchor(a, Reanchored::OUTCOME_CHANGED, story.Where("Wednesday"));
  story.Reanchor(b, Reanchored::OUTCOME_CHANGED, story.Where("Saturday"));
  EXPECT_TRUE(story.At(a).needs_review);
  EXPECT_FALSE(story.At(b).needs_review);
  story.PersonConfirms(a);
  EXPECT_FALSE(story.At(a).needs_review);
}

TEST(ArticleState, UndoOfAMoveToOtherWordsLeavesNoFalsePlace) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  story.Tell(*Correct(story.state(), a, std::nullopt, story.Where("Friday"), "", story.person()));
  const std::string correction = story.told().back().header.event_id();
  story.Revise("So the mayor said. Fishing resumes on Friday.");
  story.Reanchor(a, Reanchored::OUTCOME_SHIFTED, story.Where("Friday"));
  story.PersonUndoes(correction);
  EXPECT_EQ(story.StatusOf(a), "ORPHANED");
  EXPECT_EQ(story.At(a).value->anchor.spans(0).exact(), "Tuesday");
  EXPECT_TRUE(story.At(a).needs_review);
}

TEST(ArticleState, CorrectedMetadataSurvivesARevision) {
  Story story(kText);
  v1::ArticleMetadata metadata = story.state().metadata();
  metadata.mutable_published()->set_value("2021-10-20");
  metadata.mutable_published()->set_basis(v1::DatedValue::BASIS_CORRECTED);
  const Applied applied = story.Tell(
      *CorrectMetadata(story.state(), metadata, {"published"}, "the masthead", story.person()));
  EXPECT_TRUE(applied.context_changed);
  const std::string correction = story.told().back().header.event_id();
  story.Revise("Another text.");
  EXPECT_EQ(story.state().Context().published().value(), "2021-10-20");
  EXPECT_EQ(story.state().Context().title(), "Harbour news");
  story.PersonUndoes(correction);
  EXPECT_FALSE(story.state().metadata().has_published());
}

TEST(ArticleState, LiveStandsInReadingOrder) {
  Story story(kText);
  const std::string friday = story.PluginAdds("Friday");
  const std::string tuesday = story.PluginAdds("Tuesday");
  const std::string mayor = story.PluginAdds("mayor");
  story.PersonRejects(mayor);
  std::vector<std::string> ids;
  for (const AnnotationPtr& a : story.state().Live("verbatim.v1.TemporalExpression")) {
    ids.push_back(a->id);
  }
  EXPECT_THAT(ids, testing::ElementsAre(tuesday, friday));
  EXPECT_EQ(story.state().All().size(), 3U);
  EXPECT_TRUE(story.state().Live("verbatim.v1.Quote").empty());
}

TEST(ArticleState, ChangesCarryBothSides) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  const Applied applied = story.Tell(*Confirm(story.state(), a, "", story.person()));
  ASSERT_TRUE(applied.change);
  EXPECT_EQ(StatusName(applied.change->before->status), "PROPOSED");
  EXPECT_EQ(StatusName(applied.change->after->status), "CONFIRMED");
  EXPECT_EQ(ToProto(*applied.change->after).version(), 2U);
}

TEST(ArticleState, UnknownEventTypesPassBy) {
  Story story(kText);
  log::NewEvent event = *story.tool().Make(story.stream(), v1::ArticleLinked());
  event.type = "verbatim.v9.ArticleSung";
  event.body = "\xff\xff";
  story.Tell(event);
  EXPECT_EQ(story.state().stream_version(), 1);
}

TEST(ArticleState, MalformedBodiesAreRefusedAndChangeNothing) {
  Story story(kText);
  const std::string before = Picture(story.state());
  ArticleState state = story.state();
  v1::EventHeader header = story.told().back().header;
  header.set_stream_version(1);
  header.set_type("verbatim.v1.AnnotationAdded");
  const auto refused = state.Apply(2, header, "\x0a\xff");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(refused.status().message(), HasSubstr("event 2 (verbatim.v1.AnnotationAdded)"));
  EXPECT_EQ(Picture(state), before);
  // About an annotation that nobody added.
  v1::AnnotationConfirmed confirmed;
  confirmed.set_annotation(std::string(16, 'x'));
  header.set_type("verbatim.v1.AnnotationConfirmed");
  EXPECT_EQ(state.Apply(2, header, confirmed.SerializeAsString()).status().code(),
            absl::StatusCode::kDataLoss);
  // A stream goes forward.
  header.set_stream_version(0);
  EXPECT_FALSE(state.Apply(2, header, confirmed.SerializeAsString()).ok());
}

TEST(ArticleState, AnErasedArticleSaysSo) {
  Story story(kText);
  story.PluginAdds("Tuesday");
  ArticleState state;
  for (const Told& told : story.told()) {
    ASSERT_TRUE(state.Apply(told.sequence, told.header, std::nullopt).ok());
  }
  EXPECT_TRUE(state.erased());
  EXPECT_TRUE(state.annotations().empty());
  EXPECT_FALSE(state.empty());
}

TEST(ArticleState, ErasureOfOneAnnotationLeavesTheOthers) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  const std::string b = story.PluginAdds("Friday");
  v1::ContentErased erased;
  erased.set_sequence(2);
  erased.add_erased(2);
  story.Tell(erased, story.tool());
  EXPECT_EQ(story.state().Find(a), nullptr);
  EXPECT_NE(story.state().Find(b), nullptr);
}

TEST(ArticleState, PendingEventsAreSeenBeforeTheyAreInTheLog) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  ArticleState state = story.state();
  ASSERT_TRUE(state.ApplyPending(*Confirm(state, a, "", story.person())).ok());
  EXPECT_EQ(StatusName(state.Find(a)->status), "CONFIRMED");
  EXPECT_EQ(state.stream_version(), 1);
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
}

TEST(ArticleState, OnlyThePartThatMattersToViews) {
  EXPECT_TRUE(ArticleState::MattersToViews("verbatim.v1.AnnotationAdded"));
  EXPECT_TRUE(ArticleState::MattersToViews("verbatim.v1.ArticleMetadataCorrected"));
  EXPECT_FALSE(ArticleState::MattersToViews("verbatim.v1.SourceCaptured"));
  EXPECT_FALSE(ArticleState::MattersToViews("verbatim.v1.RunCompleted"));
  EXPECT_FALSE(ArticleState::MattersToViews("verbatim.v1.SettingChanged"));
}

TEST(Decisions, RefuseWhatMakesNoSense) {
  Story story(kText);
  const std::string a = story.PluginAdds("Tuesday");
  EXPECT_EQ(Confirm(story.state(), std::string(16, 'z'), "", story.person()).status().code(),
            absl::StatusCode::kNotFound);
  v1::TypedBody quote;
  quote.set_type("verbatim.v1.Quote");
  EXPECT_THAT(
      std::string(
          Correct(story.state(), a, quote, std::nullopt, "", story.person()).status().message()),
      HasSubstr("not a verbatim.v1.Quote"));
  v1::Anchor elsewhere = story.Where("Friday");
  story.Revise("Another text.");
  EXPECT_THAT(std::string(Correct(story.state(), a, std::nullopt, elsewhere, "", story.person())
                              .status()
                              .message()),
              HasSubstr("on revision 0, the latest is 1"));
  EXPECT_THAT(
      std::string(Withdraw(story.state(), story.told()[1].header.event_id(), "", story.person())
                      .status()
                      .message()),
      HasSubstr("was made by dates"));
}

TEST(ClaimKey, IsOfTheWordsAndNotOfThePlace) {
  Story story("On Tuesday “it rained”. On Tuesday \"It  Rained\".");
  const std::string type = "verbatim.v1.Quote";
  const v1::Anchor curly = story.Where("“it rained”");
  const v1::Anchor straight = story.Where("\"It  Rained\"");
  EXPECT_EQ(ClaimKey(type, curly, ""), ClaimKey(type, straight, ""));
  EXPECT_NE(ClaimKey(type, curly, "a"), ClaimKey(type, straight, "b"));
  EXPECT_NE(ClaimKey(type, curly, ""), ClaimKey("verbatim.v1.Other", curly, ""));
  v1::Anchor other_article = curly;
  other_article.set_article(std::string(16, 'o'));
  EXPECT_NE(ClaimKey(type, curly, ""), ClaimKey(type, other_article, ""));
}

TEST(Places, OverlapIsSharedOverAll) {
  Story story("abcdefghij");
  EXPECT_DOUBLE_EQ(Overlap(story.Where("abcd"), story.Where("cdef")), 2.0 / 6.0);
  EXPECT_DOUBLE_EQ(Overlap(story.Where("ab"), story.Where("cd")), 0);
  EXPECT_DOUBLE_EQ(Overlap(story.Where("abc"), story.Where("abc")), 1);
  EXPECT_TRUE(StandsBefore(story.Where("ab"), story.Where("abc")));
  v1::Anchor later = story.Where("abc");
  later.set_revision(1);
  EXPECT_DOUBLE_EQ(Overlap(story.Where("abc"), later), 0);
  EXPECT_FALSE(SameSpans(story.Where("abc"), later));
  EXPECT_TRUE(SameWords(story.Where("abc"), later));
}

}  // namespace
}  // namespace verbatim::article
