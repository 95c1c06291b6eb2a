// SPDX-License-Identifier: Apache-2.0
// By listed words of opposite sides, and by what stands before "to" and a verb.
#include "positions.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lexicon.h"
#include "strength.h"

namespace verbatim::statements {
namespace {

// Words between a speaker's "we" and the word of their stance.
constexpr size_t kSubjectReach = 4;

struct Stances {
  std::set<int> sides;
  std::vector<const Word*> words;
  bool own = false;  // of the speaker in the first person
};

// "We would prefer", "I see a possibility": what the speaker says of themselves.
bool IsOwn(const TextSide& side, const Word& word) {
  const auto n = static_cast<size_t>(&word - side.words.data());
  for (size_t back = 1; back <= std::min(n, kSubjectReach); ++back) {
    const Word& before = side.words[n - back];
    if (before.folded == "we" || before.folded == "i") return true;
    if (!IsEmptyWord(before.folded) && !IsLightWord(before.folded) && !IsDegree(before))
      return false;
  }
  return false;
}

// By field: the stances among changed words, of one hunk where one is given. Where the speaker
// takes one in the first person, those of others don't count.
std::map<int, Stances> StancesOf(const TextSide& side, std::optional<size_t> hunk) {
  std::map<int, Stances> stances;
  for (const Word& word : side.words) {
    if (!word.changed || (hunk && word.hunk != *hunk)) continue;
    const std::optional<Stance> stance = StanceOf(word.stem);
    if (!stance) continue;
    Stances& of_field = stances[stance->field];
    const bool own = IsOwn(side, word);
    if (of_field.own && !own) continue;
    if (own && !of_field.own) of_field = {{}, {}, true};
    of_field.sides.insert(stance->side);
    of_field.words.push_back(&word);
  }
  return stances;
}

void FindPositionsIn(const TextPair& pair, std::optional<size_t> hunk, Findings* findings) {
  const std::map<int, Stances> in_a = StancesOf(pair.a, hunk);
  const std::map<int, Stances> in_b = StancesOf(pair.b, hunk);
  for (const auto& [field, x] : in_a) {
    const auto y = in_b.find(field);
    if (y == in_b.end() || x.sides.size() != 1 || y->second.sides.size() != 1 ||
        x.sides == y->second.sides)
      continue;
    findings->Add(Label::kPosition, Joined(pair.a, x.words), Joined(pair.b, y->second.words));
  }
}

// What stands before "to" and a verb: how far an act is decided.
struct Decision {
  Resolve resolve = Resolve::kConsidered;
  const Word* word = nullptr;
};

// By the act; the furthest of each.
std::map<std::string, Decision> Decisions(const TextSide& side) {
  std::map<std::string, Decision> decisions;
  for (size_t n = 1; n + 1 < side.words.size(); ++n) {
    if (side.words[n].folded != "to" || IsEmptyWord(side.words[n + 1].folded)) continue;
    const std::optional<Resolve> resolve = ResolveOf(side.words[n - 1].folded);
    if (!resolve) continue;
    const Decision decision{*resolve, &side.words[n - 1]};
    const auto [it, added] = decisions.emplace(side.words[n + 1].stem, decision);
    if (!added && it->second.resolve < decision.resolve) it->second = decision;
  }
  return decisions;
}

void FindDecisions(const TextPair& pair, Findings* findings) {
  const std::map<std::string, Decision> in_b = Decisions(pair.b);
  for (const auto& [act, x] : Decisions(pair.a)) {
    const auto y = in_b.find(act);
    if (y == in_b.end() || y->second.resolve == x.resolve) continue;
    findings->Add(Label::kPosition, Joined(pair.a, {x.word}), Joined(pair.b, {y->second.word}));
  }
}

}  // namespace

// In an edited sentence one stance stands where the other stood; else each text takes one.
void FindPositions(const TextPair& pair, Findings* findings) {
  FindDecisions(pair, findings);
  if (pair.similarity < kEditedFrom) return FindPositionsIn(pair, std::nullopt, findings);
  for (size_t hunk = 1; hunk <= pair.hunks; ++hunk) FindPositionsIn(pair, hunk, findings);
}

}  // namespace verbatim::statements
