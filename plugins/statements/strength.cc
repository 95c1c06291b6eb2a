// SPDX-License-Identifier: Apache-2.0
// In an edited sentence by the runs of changes; in other words altogether by what is said of one
// predicate, and by doubt.
#include "strength.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon.h"
#include "verbatim/text/utf8.h"

namespace verbatim::statements {
namespace {

using text::Range;

// A hedge is put in or taken out by itself, or in exchange for another; one that comes and goes
// with a whole clause says nothing of the claim that stays.
constexpr size_t kDegreeHunkWordsMax = 4;

// In other words altogether: one of the two is unsure by itself.
void FindDoubt(const TextPair& pair, Findings* findings) {
  const auto doubt = [](const Word& word) { return IsDoubt(word.folded); };
  const auto a = Changed(pair.a, doubt);
  const auto b = Changed(pair.b, doubt);
  if (a.empty() != b.empty()) findings->Add(Label::kStrength, Joined(pair.a, a), Joined(pair.b, b));
}

// Where the speaker speaks of the limits of what they say: "I cannot speak for ...", "we do not
// know", "as far as". Empty when nowhere.
Range Disclaimer(const TextSide& side) {
  const auto at = [&](size_t n) {
    return n < side.words.size() ? std::string_view(side.words[n].folded) : std::string_view();
  };
  for (size_t n = 0; n < side.words.size(); ++n) {
    size_t end = 0;
    if (at(n) == "as" && at(n + 1) == "far" && at(n + 2) == "as") end = n + 3;
    if (at(n) == "i" || at(n) == "we") {
      size_t verb = n + 1;
      while (verb < n + 4 && (IsNegation(at(verb)) || IsEmptyWord(at(verb)))) ++verb;
      const bool denied =
          verb > n + 1 && (IsNegation(at(verb - 1)) || (verb > n + 2 && IsNegation(at(verb - 2))));
      if (denied && IsAssurance(at(verb))) end = verb + 1;
    }
    if (end != 0)
      return {side.words[n].range.begin,
              side.words[std::min(end, side.words.size()) - 1].range.end};
  }
  return {};
}

void FindDisclaimers(const TextPair& pair, Findings* findings) {
  const Range a = Disclaimer(pair.a);
  const Range b = Disclaimer(pair.b);
  if (a.empty() != b.empty()) {
    findings->Add(Label::kStrength, In(pair.a.text, a), In(pair.b.text, b));
  }
}

// Words between a verb of saying and the modal of what was said.
constexpr size_t kReportReach = 8;

// "He said that dues would rise": the reporter's tense.
bool IsReported(const TextSide& side, const Word& modal) {
  const auto n = static_cast<size_t>(&modal - side.words.data());
  for (size_t back = 1; back <= std::min(n, kReportReach); ++back) {
    const Word& word = side.words[n - back];
    if (!IsPastSaying(word.folded)) continue;
    const std::string_view between = In(side.text, Range{word.range.end, modal.range.begin});
    return between.find_first_of(".!?;\"") == std::string_view::npos;
  }
  return false;
}

// The modal as it was said: "would" of a report is "will".
std::string_view AsSaid(const TextSide& side, const Word& word) {
  const std::string_view now = PresentOf(word.folded);
  return !now.empty() && IsReported(side, word) ? now : std::string_view(word.folded);
}

std::string AllAsSaid(const TextSide& side, const std::vector<const Word*>& words) {
  std::string said;
  for (const Word* word : words) said.append(AsSaid(side, *word)).append(" ");
  return said;
}

// Words between a modal and what it is said of.
constexpr size_t kModalReach = 4;

struct Modality {
  int strength = 0;
  bool denied = false;
  Range range;  // from the modal to the predicate
};

// By predicate; without those that stand there with several modals.
std::map<std::string, Modality> Modalities(const TextSide& side) {
  std::map<std::string, Modality> modalities;
  std::set<std::string> torn;
  for (size_t n = 0; n < side.words.size(); ++n) {
    const std::optional<int> strength = ModalStrength(AsSaid(side, side.words[n]));
    if (!strength) continue;
    bool denied = IsNegation(side.words[n].folded);
    size_t of = n + 1;
    const size_t end = std::min(n + 1 + kModalReach, side.words.size());
    for (; of < end; ++of) {
      const Word& word = side.words[of];
      denied = denied || IsNegation(word.folded);
      if (!IsEmptyWord(word.folded) && !IsDegree(word) && !IsTimeWord(word.folded)) break;
    }
    if (of == end || IsLightWord(side.words[of].folded)) continue;
    const Range range{side.words[n].range.begin, side.words[of].range.end};
    const auto [it, added] =
        modalities.emplace(side.words[of].stem, Modality{*strength, denied, range});
    if (!added && (it->second.strength != *strength || it->second.denied != denied))
      torn.insert(it->first);
  }
  for (const std::string& predicate : torn) modalities.erase(predicate);
  return modalities;
}

// In other words altogether, but of the same predicate: "may close" and "will close". Where one
// denies what the other says, more than the strength changed.
void FindModalities(const TextPair& pair, Findings* findings) {
  const std::map<std::string, Modality> in_b = Modalities(pair.b);
  for (const auto& [predicate, x] : Modalities(pair.a)) {
    const auto y = in_b.find(predicate);
    if (y == in_b.end() || y->second.strength == x.strength || y->second.denied != x.denied)
      continue;
    findings->Add(Label::kStrength, In(pair.a.text, x.range), In(pair.b.text, y->second.range));
  }
}

// A clause of its own that only one text has: its hedges are not those of the claim that stays.
bool IsClause(const std::vector<const Word*>& words) {
  return words.size() > 2 && IsClauseOpener(words.front()->folded);
}

}  // namespace

bool IsDegree(const Word& word) {
  return ModalStrength(word.folded).has_value() || IsHedge(word.folded) || IsBooster(word.folded);
}

void FindStrength(const TextPair& pair, Findings* findings) {
  FindDisclaimers(pair, findings);
  if (pair.similarity < kEditedFrom) {
    FindDoubt(pair, findings);
    return FindModalities(pair, findings);
  }
  for (size_t hunk = 1; hunk <= pair.hunks; ++hunk) {
    const auto in_hunk = [hunk](const Word& word) { return word.hunk == hunk; };
    const auto degree = [&](const Word& word) { return in_hunk(word) && IsDegree(word); };
    const auto a = Changed(pair.a, degree);
    const auto b = Changed(pair.b, degree);
    if (a.empty() && b.empty()) continue;
    const auto all_a = Changed(pair.a, in_hunk);
    const auto all_b = Changed(pair.b, in_hunk);
    if ((a.empty() || b.empty()) && std::max(all_a.size(), all_b.size()) > kDegreeHunkWordsMax)
      continue;
    if ((all_a.empty() && IsClause(all_b)) || (all_b.empty() && IsClause(all_a))) continue;
    if (AllAsSaid(pair.a, a) != AllAsSaid(pair.b, b))
      findings->Add(Label::kStrength, Joined(pair.a, a), Joined(pair.b, b));
  }
}

}  // namespace verbatim::statements
