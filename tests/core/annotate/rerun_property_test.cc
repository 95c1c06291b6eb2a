// SPDX-License-Identifier: Apache-2.0
// For any mix of people's decisions and runs of changing versions: what a person holds is what
// that person said, a second run of one version appends nothing, and the past can be told again.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <set>

#include "tests/core/annotate/fake_annotator.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::annotate {
namespace {

using article::AnnotationPtr;
using article::Story;

constexpr char kText[] =
    "On Tuesday the harbour opened late on Tuesday. Fishing resumes on Friday evening, and on "
    "Friday the mayor speaks.";

std::string AnyValue() { return "2021-10-1" + std::to_string(*rc::gen::inRange(0, 3)); }

// Places that overlap, repeat, and contain each other.
Finding AnyFinding() {
  const auto place = *rc::gen::elementOf(std::vector<std::pair<std::string, int>>{
      {"Tuesday", 1},
      {"Tuesday", 2},
      {"On Tuesday", 1},
      {"late on Tuesday", 1},
      {"Friday", 1},
      {"Friday", 2},
      {"Friday evening", 1},
      {"on Friday evening", 1},
      {"the mayor", 1},
  });
  return {.words = place.first,
          .value = AnyValue(),
          .occurrence = place.second,
          .key = *rc::gen::elementOf(std::vector<std::string>{"", "", "k"})};
}

std::vector<Finding> AnyFindings() {
  std::vector<Finding> findings;
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) findings.push_back(AnyFinding());
  return findings;
}

struct Held {
  std::string value;
  std::string words;
  std::string status;
  std::string event = {};  // id
};

// What people said that stands, by annotation, the last one last: it must hold whatever plugins do.
using Decisions = std::map<std::string, std::vector<Held>>;

std::string WordsOf(const article::AnnotationState& annotation) {
  return annotation.value->anchor.spans(0).exact();
}

// Takes back the last decision on some annotation; the one before holds again, if there is one.
void Undo(Story* story, Decisions* decisions) {
  std::vector<std::string> ids;
  for (const auto& [id, held] : *decisions) {
    if (!held.empty()) ids.push_back(id);
  }
  if (ids.empty()) return;
  std::vector<Held>& held = (*decisions)[*rc::gen::elementOf(ids)];
  story->PersonUndoes(held.back().event);
  held.pop_back();
}

void Keep(const Story& story, Decisions* decisions, const std::string& id, Held held) {
  held.event = story.told().back().header.event_id();
  (*decisions)[id].push_back(std::move(held));
}

void Decide(Story* story, Decisions* decisions) {
  std::vector<std::string> ids;
  for (const auto& [id, annotation] : story->state().annotations()) ids.push_back(id);
  if (ids.empty() || *rc::gen::inRange(0, 5) == 0) {
    const std::string value = AnyValue();
    const std::string words = *rc::gen::elementOf(
        std::vector<std::string>{"Tuesday", "late on Tuesday", "Friday", "harbour"});
    const std::string a = story->PersonAdds(words, value);
    Keep(*story, decisions, a, {value, words, "CORRECTED"});
    return;
  }
  const std::string a = *rc::gen::elementOf(ids);
  const std::string before = story->ValueOf(a);
  const std::string words = WordsOf(story->At(a));
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      story->PersonConfirms(a);
      Keep(*story, decisions, a, {before, words, "CONFIRMED"});
      return;
    case 1:
      story->PersonRejects(a);
      Keep(*story, decisions, a, {before, words, "REJECTED"});
      return;
    case 2: {
      const std::string value = AnyValue();
      story->PersonCorrects(a, value);
      Keep(*story, decisions, a, {value, words, "CORRECTED"});
      return;
    }
    default: {
      const std::string moved = *rc::gen::elementOf(
          std::vector<std::string>{"Tuesday", "On Tuesday", "Friday evening", "mayor"});
      story->Tell(
          *Correct(story->state(), a, std::nullopt, story->Where(moved), "", story->person()));
      Keep(*story, decisions, a, {before, moved, "CORRECTED"});
    }
  }
}

void CheckHeld(const Story& story, const Decisions& decisions) {
  for (const auto& [id, all] : decisions) {
    RC_ASSERT(story.At(id).human_held == !all.empty());
    if (all.empty()) continue;
    const Held& held = all.back();
    RC_ASSERT(story.ValueOf(id) == held.value);
    RC_ASSERT(WordsOf(story.At(id)) == held.words);
    RC_ASSERT(story.StatusOf(id) == held.status);
  }
}

// No claim that a person rejected is proposed anywhere else.
void CheckSuppressed(const Story& story, const Annotated& done) {
  std::map<std::string, bool> rejected;
  for (const auto& [id, annotation] : story.state().annotations()) {
    if (annotation->IsSuppressed()) rejected[annotation->value->claim_key] = true;
  }
  for (const log::NewEvent& event : done.events) {
    v1::AnnotationAdded added;
    if (event.type != "verbatim.v1.AnnotationAdded" || !added.ParseFromString(event.body)) continue;
    RC_ASSERT(!rejected.contains(added.claim_key()));
  }
}

RC_GTEST_PROP(Rerun, PeopleOutrankPluginsForEver, ()) {
  Story story(kText);
  Decisions decisions;
  std::vector<std::string> pictures(story.told().size() + 1);
  const int steps = *rc::gen::inRange(2, 12);
  for (int version = 1; version <= steps; ++version) {
    if (*rc::gen::inRange(0, 3) == 0) {
      Decide(&story, &decisions);
    } else if (*rc::gen::inRange(0, 6) == 0) {
      Undo(&story, &decisions);
    } else {
      const std::string name =
          *rc::gen::elementOf(std::vector<std::string>{"dates", "dates", "days"});
      FakeAnnotator plugin(name, std::to_string(version) + ".0.0", AnyFindings());
      const Annotated done = RunAll(&story, {plugin.annotator()});
      CheckSuppressed(story, done);
      const Annotated again = RunAll(&story, {plugin.annotator()}, {.force = true});
      RC_ASSERT(AnnotationEvents(again) == 0U);
      RC_ASSERT(RunAll(&story, {plugin.annotator()}).events.empty());
    }
    CheckHeld(story, decisions);
    pictures.resize(story.told().size() + 1);
    pictures.back() = Picture(story.state());
  }
  const size_t then = *rc::gen::inRange<size_t>(1, pictures.size());
  if (!pictures[then].empty()) RC_ASSERT(Picture(story.Replay(then)) == pictures[then]);
}

// With nobody deciding, what is live is exactly what the last version proposed.
RC_GTEST_PROP(Rerun, WithoutPeopleTheLastRunIsWhatIsLive, ()) {
  Story story(kText);
  const int versions = *rc::gen::inRange(1, 6);
  std::vector<Finding> last;
  for (int version = 1; version <= versions; ++version) {
    last = AnyFindings();
    FakeAnnotator plugin("dates", std::to_string(version) + ".0.0", last);
    RunAll(&story, {plugin.annotator()});
  }
  std::map<std::pair<std::string, std::string>, std::string> expected;
  for (const v1::Proposal& proposal : Propose(kText, last)) {
    v1::TemporalExpression date;
    date.ParseFromString(proposal.body().value());
    expected.try_emplace(
        {std::to_string(proposal.spans(0).begin_byte()) + "+" + proposal.spans(0).exact(),
         proposal.key()},
        date.value());
  }
  std::multimap<std::string, std::string> live;
  std::multimap<std::string, std::string> wanted;
  for (const auto& [place, value] : expected) wanted.emplace(place.first, value);
  for (const AnnotationPtr& annotation : story.state().Live()) {
    live.emplace(std::to_string(annotation->value->anchor.spans(0).begin_byte()) + "+" +
                     WordsOf(*annotation),
                 story.ValueOf(annotation->id));
  }
  const auto sorted = [](const std::multimap<std::string, std::string>& map) {
    std::multiset<std::pair<std::string, std::string>> set(map.begin(), map.end());
    return set;
  };
  RC_ASSERT(sorted(live) == sorted(wanted));
}

}  // namespace
}  // namespace verbatim::annotate
