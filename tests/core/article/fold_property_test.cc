// SPDX-License-Identifier: Apache-2.0
// The fold against an oracle that says the same in another way: it looks at the whole list of what
// happened, from its end, where the fold goes forward.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "tests/core/article/story.h"

namespace verbatim::article {
namespace {

constexpr char kText[] =
    "The harbour opened on Tuesday. Fishing resumes on Friday, the mayor said.";

// What happened to one annotation, as the test told it.
struct Happened {
  enum Kind { kSays, kSaysAbsent, kSets, kConfirms, kRejects, kUndoes };
  Kind kind;
  std::string event_id;
  std::string value;   // kSays, kSets
  std::string target;  // kUndoes
};

struct Expected {
  std::string value;
  std::string status;
  bool held = false;
  bool disputed = false;
};

bool IsDecision(const Happened& h) {
  return h.kind == Happened::kSets || h.kind == Happened::kConfirms || h.kind == Happened::kRejects;
}

bool IsDropped(const std::vector<Happened>& all, size_t i) {
  for (size_t later = i + 1; later < all.size(); ++later) {
    if (all[later].kind == Happened::kUndoes && all[later].target == all[i].event_id &&
        !IsDropped(all, later)) {
      return true;
    }
  }
  return false;
}

Expected Oracle(const std::vector<Happened>& all) {
  std::vector<Happened> stands;
  for (size_t i = 0; i < all.size(); ++i) {
    if (!IsDropped(all, i)) stands.push_back(all[i]);
  }
  Expected expected;
  const auto first_decision = std::find_if(stands.begin(), stands.end(), IsDecision);
  const auto last_decision = std::find_if(stands.rbegin(), stands.rend(), IsDecision);
  expected.held = first_decision != stands.end();
  const auto said = [](const Happened& h) {
    return h.kind == Happened::kSays || h.kind == Happened::kSaysAbsent;
  };
  if (expected.held) {
    expected.disputed = std::any_of(stands.rbegin(), last_decision, said);
    expected.status = last_decision->kind == Happened::kSets       ? "CORRECTED"
                      : last_decision->kind == Happened::kConfirms ? "CONFIRMED"
                                                                   : "REJECTED";
  } else {
    const auto last = std::find_if(stands.rbegin(), stands.rend(), said);
    const bool there = last != stands.rend() && last->kind == Happened::kSays;
    expected.status = there ? "PROPOSED" : "RETRACTED";
  }
  // The person's last value; else what a plugin said before anybody decided; else what it began as.
  const auto set = std::find_if(stands.rbegin(), stands.rend(),
                                [](const Happened& h) { return h.kind == Happened::kSets; });
  if (set != stands.rend()) {
    expected.value = set->value;
  } else {
    expected.value = all.front().value;
    for (auto it = stands.begin(); it != first_decision; ++it) {
      if (it->kind == Happened::kSays) expected.value = it->value;
    }
  }
  return expected;
}

std::string AnyValue() { return "2021-10-1" + std::to_string(*rc::gen::inRange(0, 4)); }

Happened Step(Story* story, const std::string& a, const std::vector<Happened>& all) {
  std::vector<std::string> decisions;
  for (const Happened& h : all) {
    if (IsDecision(h) || h.kind == Happened::kUndoes) decisions.push_back(h.event_id);
  }
  const std::string value = AnyValue();
  switch (*rc::gen::inRange(0, decisions.empty() ? 6 : 8)) {
    case 0:
      return {Happened::kSays, story->PluginRevises(a, value), value, {}};
    case 1:
      return {Happened::kSays, story->PluginDisputes(a, value), value, {}};
    case 2:
      return {Happened::kSaysAbsent,
              *rc::gen::arbitrary<bool>() ? story->PluginRetracts(a)
                                          : story->PluginDisputes(a, std::nullopt),
              {},
              {}};
    case 3:
      return {Happened::kSets, story->PersonCorrects(a, value), value, {}};
    case 4:
      return {Happened::kConfirms, story->PersonConfirms(a), {}, {}};
    case 5:
      return {Happened::kRejects, story->PersonRejects(a), {}, {}};
    default: {
      const std::string target = *rc::gen::elementOf(decisions);
      return {Happened::kUndoes, story->PersonUndoes(target), {}, target};
    }
  }
}

RC_GTEST_PROP(Fold, AgreesWithTheOracleAtEveryStep, ()) {
  Story story(kText);
  const bool by_person = *rc::gen::arbitrary<bool>();
  const std::string first = AnyValue();
  const std::string a =
      by_person ? story.PersonAdds("Tuesday", first) : story.PluginAdds("Tuesday", first);
  std::vector<Happened> all = {{by_person ? Happened::kSets : Happened::kSays,
                                story.told().back().header.event_id(),
                                first,
                                {}}};
  const int steps = *rc::gen::inRange(1, 14);
  for (int i = 0; i < steps; ++i) {
    all.push_back(Step(&story, a, all));
    const Expected expected = Oracle(all);
    RC_ASSERT(story.StatusOf(a) == expected.status);
    RC_ASSERT(story.ValueOf(a) == expected.value);
    RC_ASSERT(story.At(a).human_held == expected.held);
    RC_ASSERT(story.At(a).disputed == expected.disputed);
    RC_ASSERT(story.At(a).version == all.size());
  }
}

RC_GTEST_PROP(Fold, ReplayOfAPrefixIsTheStateThen, ()) {
  Story story(kText);
  std::vector<std::string> pictures = {Picture(story.state())};
  const std::string a = story.PluginAdds("Tuesday");
  pictures.push_back(Picture(story.state()));
  std::vector<Happened> all;
  const int steps = *rc::gen::inRange(1, 12);
  for (int i = 0; i < steps; ++i) {
    all.push_back(Step(&story, a, all));
    pictures.push_back(Picture(story.state()));
  }
  const size_t count = *rc::gen::inRange<size_t>(1, story.told().size() + 1);
  RC_ASSERT(Picture(story.Replay(count)) == pictures[count - 1]);
}

}  // namespace
}  // namespace verbatim::article
