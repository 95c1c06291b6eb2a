// SPDX-License-Identifier: Apache-2.0
// The re-run rule, case by case.
#include "core/annotate/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/annotate/fake_annotator.h"

namespace verbatim::annotate {
namespace {

using article::Story;

constexpr char kText[] =
    "The harbour opened on Tuesday. Fishing resumes on Friday, the mayor said. On Tuesday it "
    "rained.";

// Runs a version of the annotator "dates" that finds these, and returns what was recorded.
Annotated RunAs(Story* story, const std::string& version, std::vector<Finding> findings,
                Options options = {}) {
  FakeAnnotator dates("dates", version, std::move(findings));
  return RunAll(story, {dates.annotator()}, std::move(options));
}

const v1::RunCompleted& Counts(const Annotated& done) { return done.runs.at(0).completed; }

std::string Only(const Story& story) {
  EXPECT_EQ(story.state().annotations().size(), 1U);
  return story.state().annotations().begin()->first;
}

TEST(Rerun, TheFirstRunAdds) {
  Story story(kText);
  const Annotated done =
      RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}, {"Friday", "2021-10-22"}});
  EXPECT_EQ(Counts(done).added(), 2U);
  EXPECT_EQ(Counts(done).outcome(), v1::RunCompleted::OUTCOME_COMPLETED);
  EXPECT_EQ(story.state().Live().size(), 2U);
  EXPECT_EQ(story.state().Live()[0]->annotator, "dates");
  EXPECT_EQ(done.events.back().type, "verbatim.v1.RunCompleted");
  EXPECT_EQ(done.events.front().caused_by, story.told()[0].header.event_id());
}

TEST(Rerun, TheSameVersionAppendsNothing) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  EXPECT_TRUE(RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}}).events.empty());
  const Annotated forced = RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}}, {.force = true});
  EXPECT_EQ(AnnotationEvents(forced), 0U);
  EXPECT_EQ(Counts(forced).kept(), 1U);
}

TEST(Rerun, FindingNothingIsRecorded) {
  Story story(kText);
  const Annotated done = RunAs(&story, "1.0.0", {});
  EXPECT_EQ(done.events.size(), 1U);
  EXPECT_NE(story.state().LastRun("dates", "dates"), nullptr);
}

TEST(Rerun, AnotherValueRevises) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const Annotated done = RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-12"}});
  EXPECT_EQ(Counts(done).revised(), 1U);
  EXPECT_EQ(story.ValueOf(Only(story)), "2021-10-12");
  EXPECT_EQ(story.StatusOf(Only(story)), "PROPOSED");
}

TEST(Rerun, ARuleIdIsNoValue) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{.words = "Tuesday", .value = "2021-10-19", .rule = "weekday"}});
  const Annotated done =
      RunAs(&story, "2.0.0", {{.words = "Tuesday", .value = "2021-10-19", .rule = "weekday2"}});
  EXPECT_EQ(AnnotationEvents(done), 0U);
  EXPECT_EQ(Counts(done).kept(), 1U);
}

TEST(Rerun, AnotherSpanOfTheSameThingRevises) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"on Friday", "2021-10-22"}});
  const Annotated done = RunAs(&story, "2.0.0", {{"Friday", "2021-10-22"}});
  EXPECT_EQ(Counts(done).revised(), 1U);
  EXPECT_EQ(story.At(Only(story)).value->anchor.spans(0).exact(), "Friday");
}

TEST(Rerun, WhatIsGoneIsRetractedAndCanComeBack) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const Annotated gone = RunAs(&story, "2.0.0", {});
  EXPECT_EQ(Counts(gone).retracted(), 1U);
  EXPECT_EQ(story.StatusOf(Only(story)), "RETRACTED");
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "2.0.1", {})), 0U);
  const Annotated back = RunAs(&story, "3.0.0", {{"Tuesday", "2021-10-19"}});
  EXPECT_EQ(Counts(back).revised(), 1U);
  EXPECT_EQ(story.StatusOf(Only(story)), "PROPOSED");
}

TEST(Rerun, EqualWordsAtTwoPlacesAreTwoClaims) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19", 1}, {"Tuesday", "2021-10-19", 2}});
  EXPECT_EQ(story.state().Live().size(), 2U);
  const Annotated done =
      RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-19", 1}, {"Tuesday", "2021-10-26", 2}});
  EXPECT_EQ(Counts(done).revised(), 1U);
  EXPECT_EQ(story.ValueOf(story.state().Live()[0]->id), "2021-10-19");
  EXPECT_EQ(story.ValueOf(story.state().Live()[1]->id), "2021-10-26");
}

TEST(Rerun, OneClaimSaidTwiceIsOne) {
  Story story(kText);
  const Annotated done =
      RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}, {"Tuesday", "2021-10-26"}});
  EXPECT_EQ(Counts(done).added(), 1U);
  EXPECT_EQ(story.ValueOf(Only(story)), "2021-10-19");
}

TEST(Rerun, AnnotatorsOwnKeysTellEqualPlacesApart) {
  Story story(kText);
  const Annotated done = RunAs(
      &story, "1.0.0", {{"Tuesday", "2021-10-19", 1, "a"}, {"Tuesday", "2021-10-26", 1, "b"}});
  EXPECT_EQ(Counts(done).added(), 2U);
}

TEST(HeldByAPerson, AnotherValueIsADispute) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const std::string a = Only(story);
  story.PersonConfirms(a);
  const Annotated done = RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-12"}});
  EXPECT_EQ(Counts(done).disputed(), 1U);
  EXPECT_EQ(story.ValueOf(a), "2021-10-19");
  EXPECT_TRUE(story.At(a).disputed);
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-12"}}, {.force = true})),
            0U);
}

TEST(HeldByAPerson, WhatThePluginAlwaysSaidIsNoNews) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const std::string a = Only(story);
  story.PersonCorrects(a, "2021-10-12");
  const Annotated done = RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-19"}});
  EXPECT_EQ(AnnotationEvents(done), 0U);
  EXPECT_FALSE(story.At(a).disputed);
}

TEST(HeldByAPerson, ComingRoundToThePersonsValueIsNoEvent) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const std::string a = Only(story);
  story.PersonCorrects(a, "2021-10-12");
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-12"}})), 0U);
}

TEST(HeldByAPerson, GoneIsADisputeOnce) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const std::string a = Only(story);
  story.PersonConfirms(a);
  EXPECT_EQ(Counts(RunAs(&story, "2.0.0", {})).disputed(), 1U);
  EXPECT_EQ(story.StatusOf(a), "CONFIRMED");
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "2.0.0", {}, {.force = true})), 0U);
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "2.1.0", {})), 0U);
}

TEST(HeldByAPerson, ARejectedClaimIsNotProposedAgain) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const std::string a = Only(story);
  story.PersonRejects(a);
  const Annotated done = RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-26"}});
  EXPECT_EQ(AnnotationEvents(done), 0U);
  EXPECT_EQ(Counts(done).suppressed(), 1U);
  EXPECT_EQ(story.StatusOf(a), "REJECTED");
}

TEST(HeldByAPerson, ARejectedClaimStaysAwayFromOtherPlacesOfTheArticle) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19", 1}});
  story.PersonRejects(Only(story));
  const Annotated done = RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-19", 2}});
  EXPECT_EQ(AnnotationEvents(done), 0U);
  EXPECT_EQ(Counts(done).suppressed(), 1U);
}

TEST(HeldByAPerson, ACorrectedSpanIsNotFoundASecondTime) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}});
  const std::string a = Only(story);
  story.Tell(*Correct(story.state(), a, std::nullopt, story.Where("The harbour opened on Tuesday"),
                      "", story.person()));
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19"}}, {.force = true})),
            0U);
  EXPECT_EQ(AnnotationEvents(RunAs(
                &story, "2.0.0",
                {{"Tuesday", "2021-10-19"}, {"The harbour opened on Tuesday", "2021-10-19"}})),
            0U);
  Only(story);
}

TEST(HeldByAPerson, APluginThatFindsWhatAPersonAddedAddsNothing) {
  Story story(kText);
  const std::string a = story.PersonAdds("Friday", "2021-10-22");
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "1.0.0", {{"Friday", "2021-10-22"}})), 0U);
  EXPECT_EQ(Counts(RunAs(&story, "2.0.0", {{"Friday", "2021-10-29"}})).disputed(), 1U);
  EXPECT_EQ(story.ValueOf(a), "2021-10-22");
  // What this plugin never claimed is not its to miss... and now that it did, it may.
  EXPECT_EQ(Counts(RunAs(&story, "3.0.0", {})).disputed(), 1U);
  EXPECT_EQ(story.StatusOf(a), "CORRECTED");
}

TEST(HeldByAPerson, ADisputeUnderAKeyIsMadeOnce) {
  Story story(kText);
  RunAs(&story, "1.0.0", {{"Tuesday", "2021-10-19", 1, "k"}});
  const std::string a = Only(story);
  story.Tell(*Correct(story.state(), a, std::nullopt, story.Where("Friday"), "", story.person()));
  EXPECT_EQ(Counts(RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-12", 1, "k"}})).disputed(), 1U);
  const Annotated again =
      RunAs(&story, "2.0.0", {{"Tuesday", "2021-10-12", 1, "k"}}, {.force = true});
  EXPECT_EQ(AnnotationEvents(again), 0U);
  Only(story);
}

TEST(HeldByAPerson, TwoDisputesAtOnePlaceStayApart) {
  Story story(kText);
  story.PersonAdds("Tuesday", "2021-10-05");
  story.PersonAdds("Tuesday", "2021-10-12");
  const std::vector<Finding> findings = {{"on Tuesday", "2021-10-19", 1, "k"},
                                         {"on Tuesday", "2021-10-26", 1, ""}};
  EXPECT_EQ(Counts(RunAs(&story, "1.0.0", findings)).disputed(), 2U);
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "1.0.0", findings, {.force = true})), 0U);
}

TEST(HeldByAPerson, WhatAnotherAddedIsNotRetracted) {
  Story story(kText);
  const std::string a = story.PersonAdds("Friday", "2021-10-22");
  EXPECT_EQ(AnnotationEvents(RunAs(&story, "1.0.0", {})), 0U);
  EXPECT_EQ(story.StatusOf(a), "CORRECTED");
}

TEST(TwoPlugins, AgreeOnOneAnnotation) {
  Story story(kText);
  FakeAnnotator first("first", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  FakeAnnotator second("second", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  const Annotated done = RunAll(&story, {first.annotator(), second.annotator()});
  EXPECT_EQ(AnnotationEvents(done), 1U);
  EXPECT_EQ(story.At(Only(story)).annotator, "first");
}

TEST(TwoPlugins, OneThatStandsByItKeepsItAlive) {
  Story story(kText);
  FakeAnnotator first("first", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  FakeAnnotator second("second", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-26"}});
  RunAll(&story, {first.annotator(), second.annotator()});
  FakeAnnotator blind("first", "2.0.0", std::vector<Finding>{});
  const Annotated done = RunAll(&story, {blind.annotator(), second.annotator()});
  EXPECT_EQ(AnnotationEvents(done), 0U);
  EXPECT_EQ(story.StatusOf(Only(story)), "PROPOSED");
}

}  // namespace
}  // namespace verbatim::annotate
