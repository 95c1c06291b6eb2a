// SPDX-License-Identifier: Apache-2.0
// The difference of two points of the log: against the difference of two folds from nothing.
#include "core/audit/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "core/base/hex.h"
#include "tests/core/audit/random_story.h"
#include "tests/core/audit/told_log.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::audit {
namespace {

using article::Story;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DiffTest : public ::testing::Test {
 protected:
  std::vector<schema::Record> Diff(const DiffRange& range, const DiffFilter& filter = {}) {
    log_.Write(story_);
    return DiffAnnotations(log_.Read(), types_, range, filter).value();
  }

  Story story_{kText};
  schema::Registry types_;
  ToldLog log_;
};

TEST_F(DiffTest, WhatCameWentAndChangedWithWhoDidIt) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");  // @2
  const std::string b = story_.PluginAdds("Friday", "2021-10-22");   // @3
  story_.PersonCorrects(a, "2021-10-12");                            // @4
  story_.PersonRejects(b);                                           // @5
  story_.PluginAdds("harbour", "2021");                              // @6
  EXPECT_THAT(Tell(Diff({3, 6}), {"sequence", "actor.name", "what", "field", "diff", "reason"}),
              ElementsAre("4|ana|changed|value|[-2021-10-19-] {+2021-10-12+}|read again",
                          "4|ana|changed|status|[-PROPOSED-] {+CORRECTED+}|read again",
                          "5|ana|removed||[-Friday-]|no date", "6|dates|added||{+harbour+}|"));
  EXPECT_THAT(Diff({3, 3}), IsEmpty());
  EXPECT_THAT(Diff({5, 6}, {.article = std::string(16, 'q')}), IsEmpty());
  EXPECT_THAT(Diff({0, 6}, {.type = "Quote"}), IsEmpty());
}

TEST_F(DiffTest, WhatCameAndWentInBetweenIsNone) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  const std::string decision = story_.PersonCorrects(a, "2021-10-12");
  story_.PersonUndoes(decision);
  EXPECT_THAT(Diff({2, 4}), IsEmpty());
  EXPECT_THAT(Tell(Diff({3, 4}), {"sequence", "field", "after"}),
              ElementsAre("4|value|2021-10-19", "4|status|PROPOSED"));
}

// "id|what|field|before|after" between two folds from nothing.
std::multiset<std::string> NaiveDiff(const Story& story, size_t from, size_t to) {
  const auto shown =
      [](const article::ArticleState& state,
         const std::string& id) -> std::optional<std::pair<std::string, std::string>> {
    const article::AnnotationPtr found = state.Find(id);
    if (found == nullptr) return std::nullopt;
    const std::string status = article::StatusName(found->status);
    if (status == "REJECTED" || status == "RETRACTED") return std::nullopt;
    v1::TemporalExpression date;
    date.ParseFromString(found->value->body.value());
    return std::pair(date.value(), status);
  };
  const article::ArticleState before = story.Replay(from);
  const article::ArticleState after = story.Replay(to);
  std::multiset<std::string> rows;
  for (const auto& [id, annotation] : after.annotations()) {
    const std::string hex = base::ToHex(id);
    const std::string words = annotation->value->anchor.spans(0).exact();
    const auto was = shown(before, id);
    const auto is = shown(after, id);
    if (!was && is) rows.insert(hex + "|added|||" + words);
    if (was && !is) rows.insert(hex + "|removed||" + words + "|");
    if (!was || !is) continue;
    if (was->first != is->first) {
      rows.insert(hex + "|changed|value|" + was->first + "|" + is->first);
    }
    if (was->second != is->second) {
      rows.insert(hex + "|changed|status|" + was->second + "|" + is->second);
    }
  }
  return rows;
}

RC_GTEST_PROP(DiffProperty, IsTheDifferenceOfTwoFolds, ()) {
  Story story(kText);
  RandomLife life(&story);
  life.Steps(*rc::gen::inRange(1, 25));
  ToldLog log;
  log.Write(story);
  const schema::Registry types;
  const size_t to = *rc::gen::inRange<size_t>(1, story.told().size() + 1);
  const size_t from = *rc::gen::inRange<size_t>(0, to + 1);
  const auto rows = DiffAnnotations(log.Read(), types, {from, to}, {});
  RC_ASSERT(rows.ok());
  const std::vector<std::string> told =
      Tell(*rows, {"annotation", "what", "field", "before", "after"});
  RC_ASSERT(std::multiset<std::string>(told.begin(), told.end()) == NaiveDiff(story, from, to));
  uint64_t last = from;
  for (const schema::Record& row : *rows) {
    const uint64_t sequence = std::stoull(At(row, "sequence"));
    RC_ASSERT(sequence >= last && sequence > from && sequence <= to);
    last = sequence;
  }
}

}  // namespace
}  // namespace verbatim::audit
