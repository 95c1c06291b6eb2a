// SPDX-License-Identifier: Apache-2.0
// A whole article: moving to a new revision, the order of runs, what is due, and what goes wrong.
#include "core/annotate/annotate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/annotate/request.h"
#include "core/base/limits.h"
#include "tests/core/annotate/fake_annotator.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::annotate {
namespace {

using article::Story;
using ::testing::HasSubstr;
using Run = v1::RunCompleted;

constexpr char kText[] =
    "The harbour opened on Tuesday. Fishing resumes on Friday, the mayor said.";

plugin::AnnotateOutcome Ends(Run::Outcome outcome, const std::string& message) {
  plugin::AnnotateOutcome said;
  said.outcome = outcome;
  said.message = message;
  return said;
}

FakeAnnotator Failing(Run::Outcome outcome) {
  return FakeAnnotator("dates", "1.0.0", [outcome](const v1::AnnotateRequest&) {
    return Ends(outcome, "it went wrong");
  });
}

// A DocumentDate over the given words.
FakeAnnotator DocumentDater(const std::string& words, const std::string& best, bool stated) {
  FakeAnnotator dater("dates", "1.0.0", [=](const v1::AnnotateRequest& request) {
    plugin::AnnotateOutcome said = Ends(Run::OUTCOME_COMPLETED, "");
    said.proposals = Propose(request.text(), {{words, best}});
    v1::DocumentDate date;
    date.set_best(best);
    date.set_stated(stated);
    for (v1::Proposal& proposal : said.proposals) {
      proposal.mutable_body()->set_type(date.GetDescriptor()->full_name());
      proposal.mutable_body()->set_value(date.SerializeAsString());
    }
    return said;
  });
  dater.manifest().set_produces(0, "verbatim.v1.DocumentDate");
  return dater;
}

TEST(Annotate, ANewRevisionMovesWhatStandsAndRunsAgain) {
  Story story(kText);
  FakeAnnotator dates("dates", "1.0.0",
                      std::vector<Finding>{{"Tuesday", "2021-10-19"}, {"Friday", "2021-10-22"}});
  RunAll(&story, {dates.annotator()});
  const std::string tuesday = story.state().Live()[0]->id;
  const std::string friday = story.state().Live()[1]->id;
  story.PersonRejects(friday);
  const std::string revised =
      story.Revise("Corrected. The harbour opened on Tuesday. Fishing resumes on Friday.");
  const Annotated done = RunAll(&story, {dates.annotator()});
  EXPECT_EQ(done.moved, 2U);
  EXPECT_EQ(AnnotationEvents(done), 0U);
  EXPECT_EQ(done.runs.size(), 1U);
  EXPECT_EQ(done.runs[0].completed.suppressed(), 1U);
  EXPECT_EQ(story.At(tuesday).value->anchor.revision(), 1U);
  EXPECT_EQ(story.StatusOf(friday), "REJECTED");
  EXPECT_EQ(done.events[0].type, "verbatim.v1.AnnotationReanchored");
  EXPECT_EQ(done.events[0].caused_by, revised);
  EXPECT_TRUE(done.events[0].actor.has_tool());
  EXPECT_TRUE(done.events.back().actor.has_plugin());
  EXPECT_TRUE(RunAll(&story, {dates.annotator()}).events.empty());
}

TEST(Annotate, LostWordsBecomeOrphans) {
  Story story(kText);
  FakeAnnotator dates("dates", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  RunAll(&story, {dates.annotator()});
  const std::string a = story.state().Live()[0]->id;
  story.Revise("Nothing of it is left.");
  const Annotated done = RunAll(&story, {dates.annotator()});
  EXPECT_EQ(done.orphaned, 1U);
  EXPECT_EQ(story.StatusOf(a), "ORPHANED");
  // It is not said to be an orphan a second time, and its words bring it back.
  story.Revise("Still nothing of it is left.");
  EXPECT_EQ(RunAll(&story, {dates.annotator()}).orphaned, 0U);
  story.Revise(kText);
  EXPECT_EQ(AnnotationEvents(RunAll(&story, {dates.annotator()})), 0U);
  EXPECT_EQ(story.StatusOf(a), "PROPOSED");
}

TEST(Annotate, SpansOfABodyMoveAlong) {
  Story story("Fishing resumes, the mayor said.");
  v1::Quote quote;
  quote.set_kind(v1::Quote::KIND_INDIRECT);
  *quote.mutable_cue() = story.Where("said").spans(0);
  v1::TypedBody body;
  body.set_type("verbatim.v1.Quote");
  body.set_value(quote.SerializeAsString());
  story.Tell(
      *article::Add(story.state(), story.Where("Fishing resumes"), body, "", story.person()));
  const std::string a = story.state().Live()[0]->id;
  story.Revise("Good news: Fishing resumes, the mayor said.");
  RunAll(&story, {});
  v1::Quote moved;
  ASSERT_TRUE(moved.ParseFromString(story.At(a).value->body.value()));
  EXPECT_EQ(moved.cue().begin_byte(), story.Where("said").spans(0).begin_byte());
  EXPECT_EQ(moved.cue().exact(), "said");
}

TEST(Annotate, ConsumersSeeWhatProducersJustSaid) {
  Story story(kText);
  FakeAnnotator dates("z_dates", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  FakeAnnotator reader("a_reader", "1.0.0", std::vector<Finding>{});
  reader.manifest().set_produces(0, "verbatim.v1.Quote");
  reader.manifest().add_consumes("verbatim.v1.TemporalExpression");
  const std::vector<Annotator> both = {reader.annotator(), dates.annotator()};
  RunAll(&story, both);
  ASSERT_EQ(reader.last_request().upstream_size(), 1);
  EXPECT_EQ(reader.last_request().upstream(0).anchor().spans(0).exact(), "Tuesday");
  EXPECT_TRUE(RunAll(&story, both).events.empty());
  // A person's correction upstream makes the consumer due, and only it.
  const std::string correction = story.PersonCorrects(story.state().Live()[0]->id, "2021-10-12");
  const Annotated done = RunAll(&story, both);
  ASSERT_EQ(done.runs.size(), 1U);
  EXPECT_EQ(done.runs[0].annotator->plugin, "a_reader");
  EXPECT_EQ(done.events.back().caused_by, correction);
}

TEST(Annotate, ACorrectedDateRunsAgainAndChangesOnlyWhatDependsOnIt) {
  Story story(kText);
  FakeAnnotator dates("dates", "1.0.0", [](const v1::AnnotateRequest& request) {
    plugin::AnnotateOutcome said = Ends(Run::OUTCOME_COMPLETED, "");
    said.proposals = Propose(
        request.text(), {{"Tuesday", request.metadata().published().value()}, {"Friday", "P1W"}});
    return said;
  });
  RunAll(&story, {dates.annotator()});
  v1::ArticleMetadata metadata = story.state().metadata();
  metadata.mutable_published()->set_value("2021-10-20");
  story.Tell(*CorrectMetadata(story.state(), metadata, {"published"}, "", story.person()));
  const std::string correction = story.told().back().header.event_id();
  const Annotated done = RunAll(&story, {dates.annotator()});
  ASSERT_EQ(AnnotationEvents(done), 1U);
  EXPECT_EQ(done.events[0].type, "verbatim.v1.AnnotationRevised");
  EXPECT_EQ(done.events[0].caused_by, correction);
  EXPECT_EQ(story.ValueOf(story.state().Live()[0]->id), "2021-10-20");
}

TEST(Annotate, ACrashIsRecordedTriedAgainAndGivenUp) {
  Story story(kText);
  FakeAnnotator crashing = Failing(Run::OUTCOME_CRASHED);
  FakeAnnotator fine("other", "1.0.0", std::vector<Finding>{{"Friday", "2021-10-22"}});
  const Annotated done = RunAll(&story, {crashing.annotator(), fine.annotator()});
  EXPECT_EQ(done.runs.size(), 2U);
  EXPECT_EQ(done.runs[0].completed.outcome(), Run::OUTCOME_CRASHED);
  EXPECT_EQ(done.runs[0].completed.message(), "it went wrong");
  EXPECT_EQ(story.state().Live().size(), 1U);
  for (int i = 0; i < 10; ++i) RunAll(&story, {crashing.annotator(), fine.annotator()});
  EXPECT_EQ(crashing.calls(), static_cast<int>(limits::kRunAttemptsMax));
  EXPECT_EQ(story.state().LastRun("dates", "dates")->completed.attempt(), limits::kRunAttemptsMax);
}

TEST(Annotate, BadInputIsNeverTriedAgain) {
  Story story(kText);
  FakeAnnotator refusing = Failing(Run::OUTCOME_BAD_INPUT);
  RunAll(&story, {refusing.annotator()});
  RunAll(&story, {refusing.annotator()});
  EXPECT_EQ(refusing.calls(), 1);
}

TEST(Annotate, AFailedRunLeavesWhatStands) {
  Story story(kText);
  FakeAnnotator dates("dates", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  RunAll(&story, {dates.annotator()});
  FakeAnnotator crashing("dates", "2.0.0", [](const v1::AnnotateRequest&) {
    return Ends(Run::OUTCOME_CRASHED, "signal 11");
  });
  EXPECT_EQ(AnnotationEvents(RunAll(&story, {crashing.annotator()})), 0U);
  EXPECT_EQ(story.state().Live().size(), 1U);
}

TEST(Annotate, AnotherLanguageIsSkippedAndSaidSo) {
  Story story(kText);
  FakeAnnotator russian("dates", "1.0.0", std::vector<Finding>{{"Tuesday", "2021-10-19"}});
  russian.manifest().add_languages("ru");
  const Annotated done = RunAll(&story, {russian.annotator()});
  EXPECT_EQ(russian.calls(), 0);
  EXPECT_EQ(done.runs[0].completed.outcome(), Run::OUTCOME_SKIPPED_LANGUAGE);
  EXPECT_TRUE(RunAll(&story, {russian.annotator()}).events.empty());
}

TEST(Annotate, AnUnknownLanguageRunsFlagged) {
  Story story(kText);
  v1::ArticleMetadata metadata = story.state().metadata();
  metadata.clear_language();
  story.Tell(*CorrectMetadata(story.state(), metadata, {"language"}, "", story.person()));
  FakeAnnotator english("dates", "1.0.0", std::vector<Finding>{});
  english.manifest().add_languages("en");
  EXPECT_TRUE(RunAll(&story, {english.annotator()}).runs[0].completed.language_unknown());
}

TEST(Annotate, NotAfterIsTheDayOfTheRecord) {
  Story story(kText);
  FakeAnnotator dates("dates", "1.0.0", std::vector<Finding>{});
  RunAll(&story, {dates.annotator()});
  EXPECT_EQ(dates.last_request().not_after(), "2020-09-13");
}

TEST(Annotate, OnlyTheNamedPlugin) {
  Story story(kText);
  FakeAnnotator dates("dates", "1.0.0", std::vector<Finding>{});
  FakeAnnotator other("other", "1.0.0", std::vector<Finding>{});
  RunAll(&story, {dates.annotator(), other.annotator()}, {.only_plugin = "other"});
  EXPECT_EQ(dates.calls(), 0);
  EXPECT_EQ(other.calls(), 1);
  const auto due = DueNow(story.state(), {dates.annotator(), other.annotator()});
  ASSERT_TRUE(due.ok());
  EXPECT_EQ(due->size(), 1U);
}

TEST(Annotate, OutputThatLiesIsRefusedWhole) {
  const auto outcome_of = [](const std::function<void(v1::Proposal*)>& spoil) {
    Story story(kText);
    FakeAnnotator lying("dates", "1.0.0", [&](const v1::AnnotateRequest& request) {
      plugin::AnnotateOutcome said = Ends(Run::OUTCOME_COMPLETED, "");
      said.proposals =
          Propose(request.text(), {{"Tuesday", "2021-10-19"}, {"Friday", "2021-10-22"}});
      spoil(&said.proposals[1]);
      return said;
    });
    const Annotated done = RunAll(&story, {lying.annotator()});
    EXPECT_TRUE(story.state().annotations().empty());
    EXPECT_EQ(done.runs[0].completed.outcome(), Run::OUTCOME_INVALID_OUTPUT);
    return done.runs[0].completed.message();
  };
  EXPECT_THAT(outcome_of([](v1::Proposal* p) { p->mutable_spans(0)->set_exact("Monday"); }),
              HasSubstr("proposal 2"));
  EXPECT_THAT(outcome_of([](v1::Proposal* p) { p->mutable_spans(0)->set_end_byte(9999); }),
              HasSubstr("beyond the text"));
  EXPECT_THAT(outcome_of([](v1::Proposal* p) { p->mutable_spans(0)->clear_exact(); }),
              HasSubstr("proposal 2"));
  EXPECT_THAT(outcome_of([](v1::Proposal* p) { p->mutable_body()->set_type("verbatim.v1.Quote"); }),
              HasSubstr("verbatim.v1.Quote"));
  EXPECT_THAT(outcome_of([](v1::Proposal* p) { p->mutable_body()->set_value("\xff"); }),
              HasSubstr("proposal 2"));
  EXPECT_THAT(outcome_of([](v1::Proposal* p) {
                v1::TemporalExpression date;
                date.mutable_anchor()->mutable_span()->set_end_byte(3);
                date.mutable_anchor()->mutable_span()->set_end_char(3);
                date.mutable_anchor()->mutable_span()->set_exact("Das");
                p->mutable_body()->set_value(date.SerializeAsString());
              }),
              HasSubstr("anchor.span says \"Das\", the text there is \"The\""));
}

TEST(Annotate, TooManyProposalsAreRefused) {
  Story story(kText);
  FakeAnnotator talkative("dates", "1.0.0",
                          std::vector<Finding>{{"Tuesday", "a"}, {"Friday", "b"}});
  talkative.manifest().mutable_limits()->set_proposals_max(1);
  const Annotated done = RunAll(&story, {talkative.annotator()});
  EXPECT_THAT(done.runs[0].completed.message(), HasSubstr("2 proposals, and at most 1"));
}

TEST(Annotate, AnErasedArticleIsLeftAlone) {
  Story story(kText);
  article::ArticleState state;
  ASSERT_TRUE(state.Apply(1, story.told()[0].header, std::nullopt).ok());
  FakeAnnotator dates("dates", "1.0.0", std::vector<Finding>{});
  const auto done =
      AnnotateRevision(state, {dates.annotator()}, {.registry = &Types()}, story.tool());
  ASSERT_TRUE(done.ok());
  EXPECT_TRUE(done->events.empty());
}

TEST(StatedPublicationDate, OnlyAStatedOneCounts) {
  v1::ArticleContent content;
  content.set_text("HARBOUR CITY, October 19, 2021. The harbour opened.");
  const auto published = [&](const std::string& best, bool stated) {
    const FakeAnnotator dater = DocumentDater("October 19, 2021", best, stated);
    return StatedPublicationDate(std::string(16, 'a'), content, {dater.annotator()}, "2026-01-01");
  };
  const auto stated = published("2021-10-19", true);
  ASSERT_TRUE(stated);
  EXPECT_EQ(stated->value(), "2021-10-19");
  EXPECT_EQ(stated->basis(), v1::DatedValue::BASIS_STATED);
  EXPECT_EQ(stated->source(), "October 19, 2021");
  EXPECT_FALSE(published("2021-10-19", false));
  EXPECT_FALSE(published("2021-13-45", true));
  EXPECT_FALSE(published("", true));
}

TEST(InputsDigest, IsOfTextMetadataAndUpstream) {
  v1::AnnotateRequest request;
  request.set_text_sha256(std::string(32, 't'));
  const std::string before = InputsDigest(request);
  request.set_not_after("2026-01-01");
  EXPECT_EQ(InputsDigest(request), before);
  v1::AnnotateRequest other = request;
  other.mutable_metadata()->set_title("x");
  EXPECT_NE(InputsDigest(other), before);
  other = request;
  other.add_upstream()->mutable_body()->set_type("verbatim.v1.Quote");
  EXPECT_NE(InputsDigest(other), before);
}

}  // namespace
}  // namespace verbatim::annotate
