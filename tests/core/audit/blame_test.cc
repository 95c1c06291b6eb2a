// SPDX-License-Identifier: Apache-2.0
// Blame: for each thing that holds of an annotation, the event that made it so. The oracle drops
// what was withdrawn as if it had never been told, and folds the rest from nothing again and again.
#include "core/audit/blame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "tests/core/audit/random_story.h"
#include "tests/core/audit/told_log.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::audit {
namespace {

using article::Story;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class BlameTest : public ::testing::Test {
 protected:
  std::vector<Blamed> Blame(const BlameOptions& options = {}) {
    log_.Write(story_);
    return BlameArticle(log_.Read(), types_, story_.state().id(), options).value();
  }
  std::vector<std::string> Lines(const Blamed& blamed) {
    return Tell(BlameRows(blamed), {"sequence", "actor.name", "what", "field", "after"});
  }

  Story story_{kText};
  schema::Registry types_;
  ToldLog log_;
};

TEST_F(BlameTest, EachFieldHasItsEvent) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.PersonCorrects(a, "2021-10-12");
  story_.PersonConfirms(a);
  const std::vector<Blamed> blamed = Blame();
  ASSERT_THAT(blamed, SizeIs(1));
  EXPECT_THAT(Lines(blamed[0]),
              ElementsAre("2|dates|added|text|Tuesday", "2|dates|added|type|DATE",
                          "3|ana|revised|value|2021-10-12", "4|ana|confirmed|status|CONFIRMED"));
  EXPECT_EQ(At(BlameLine(blamed[0]), "by"),
            "text dates@1.0.0 @2 | value ana @3 | confirmed ana @4");
  EXPECT_EQ(At(BlameLine(blamed[0]), "characters"), "22-29");
}

TEST_F(BlameTest, WhatNobodyLookedAtSaysSo) {
  story_.PluginAdds("Tuesday");
  EXPECT_EQ(At(BlameLine(Blame()[0]), "by"), "text dates@1.0.0 @2 (nobody has looked)");
}

TEST_F(BlameTest, WhatWasWithdrawnMadeNothing) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  const std::string correction = story_.PersonCorrects(a, "2021-10-12");
  const std::string undo = story_.PersonUndoes(correction);
  EXPECT_THAT(Lines(Blame()[0]),
              ElementsAre("2|dates|added|text|Tuesday", "2|dates|added|type|DATE",
                          "2|dates|added|value|2021-10-19", "2|dates|added|status|PROPOSED"));
  story_.PersonUndoes(undo);
  EXPECT_THAT(Lines(Blame()[0])[2], "3|ana|revised|value|2021-10-12");
}

TEST_F(BlameTest, AnAdditionThatWasTakenBackIsTheWithdrawals) {
  const std::string a = story_.PersonAdds("Tuesday");
  const std::string added = story_.told().back().header.event_id();
  story_.PersonUndoes(added);
  EXPECT_THAT(Blame(), SizeIs(0));
  EXPECT_THAT(Lines(Blame({.all = true})[0]).back(), "3|ana|withdrawn|status|RETRACTED");
}

TEST_F(BlameTest, DisputesAndFurtherConfirmationsStandBeside) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.PersonConfirms(a);
  story_.PersonConfirms(a);
  story_.PluginBecomes("2.0.0");
  story_.PluginDisputes(a, std::nullopt);
  EXPECT_EQ(At(BlameLine(Blame()[0]), "by"),
            "text dates@1.0.0 @2 | confirmed ana @3 | confirmed ana @4 | disputed dates@2.0.0 @5");
}

TEST_F(BlameTest, RowsComeBySpanAndAsOf) {
  const std::string later = story_.PluginAdds("Friday");
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.PersonCorrects(a, "2021-10-12");
  story_.PersonRejects(later);
  EXPECT_THAT(Blame(), SizeIs(1));
  const std::vector<Blamed> all = Blame({.all = true});
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].annotation->id, a);
  EXPECT_EQ(all[1].annotation->id, later);
  EXPECT_THAT(Lines(Blame({.as_of = 3})[0])[2], HasSubstr("2021-10-19"));
  EXPECT_THAT(Blame({.type = "Quote"}), SizeIs(0));
  EXPECT_THAT(Blame({.type = "TemporalExpression"}), SizeIs(1));
  EXPECT_TRUE(
      absl::IsNotFound(BlameArticle(log_.Read(), types_, std::string(16, 'q'), {}).status()));
}

TEST_F(BlameTest, AMoveIsBlamedForThePlace) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.Revise("News: the harbour opened on Tuesday.");
  story_.Reanchor(a, v1::AnnotationReanchored::OUTCOME_SHIFTED, story_.Where("Tuesday"));
  EXPECT_THAT(Lines(Blame()[0]).back(), HasSubstr("4|ingest|reanchored|place|revision 1"));
}

// --- the oracle ---

// Event ids that a standing withdrawal names.
std::set<std::string> Dropped(const std::vector<article::Told>& told) {
  std::set<std::string> dropped;
  for (auto it = told.rbegin(); it != told.rend(); ++it) {
    v1::DecisionWithdrawn withdrawn;
    if (it->header.type() != "verbatim.v1.DecisionWithdrawn" ||
        dropped.contains(it->header.event_id())) {
      continue;
    }
    withdrawn.ParseFromString(*it->body);
    dropped.insert(withdrawn.target());
  }
  return dropped;
}

std::string ValueIn(const article::AnnotationState& annotation) {
  v1::TemporalExpression date;
  date.ParseFromString(annotation.value->body.value());
  return date.value();
}

struct Holds {
  std::string value;
  std::string status;
  uint64_t value_by = 0;
  uint64_t status_by = 0;
};

std::map<std::string, Holds> NaiveBlame(const Story& story) {
  const std::set<std::string> dropped = Dropped(story.told());
  std::map<std::string, Holds> holds;
  article::ArticleState state;
  for (const article::Told& told : story.told()) {
    const bool withdrawal = told.header.type() == "verbatim.v1.DecisionWithdrawn";
    if (withdrawal || dropped.contains(told.header.event_id())) continue;
    RC_ASSERT(state.Apply(told.sequence, told.header, told.body).ok());
    for (const auto& [id, annotation] : state.annotations()) {
      Holds& now = holds[id];
      if (ValueIn(*annotation) != now.value) now.value_by = told.sequence;
      if (article::StatusName(annotation->status) != now.status) now.status_by = told.sequence;
      now.value = ValueIn(*annotation);
      now.status = article::StatusName(annotation->status);
    }
  }
  return holds;
}

RC_GTEST_PROP(BlameProperty, IsTheNaiveFoldOfWhatWasNotWithdrawn, ()) {
  Story story(kText);
  RandomLife life(&story);
  life.Steps(*rc::gen::inRange(1, 20));
  ToldLog log;
  log.Write(story);
  const schema::Registry types;
  const auto blamed = BlameArticle(log.Read(), types, story.state().id(), {.all = true});
  RC_ASSERT(blamed.ok());
  std::map<std::string, Holds> wanted = NaiveBlame(story);
  RC_ASSERT(blamed->size() == wanted.size());
  for (const Blamed& one : *blamed) {
    const Holds& holds = wanted[one.annotation->id];
    std::map<std::string, std::pair<std::string, uint64_t>> found;
    for (const BlamedField& field : one.fields) {
      found.emplace(field.change.field,
                    std::pair(field.change.after, field.event->sequence));  // the first of a name
    }
    RC_ASSERT(found["value"] == std::pair(holds.value, holds.value_by));
    RC_ASSERT(found["status"] == std::pair(holds.status, holds.status_by));
  }
}

}  // namespace
}  // namespace verbatim::audit
