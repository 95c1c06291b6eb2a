// SPDX-License-Identifier: Apache-2.0
// Lists as text, one a topic, split once into hash sets at first use.
#include "lexicon.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "terms.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

using Words = std::unordered_set<std::string_view>;

// `list` is a literal: the views into it stay valid.
template <class Take>
void EachWord(std::string_view list, const Take& take) {
  size_t at = 0;
  while (at < list.size()) {
    const size_t end = std::min(list.find(' ', at), list.size());
    if (end > at) take(list.substr(at, end - at));
    at = end + 1;
  }
}

Words Split(std::string_view list) {
  Words words;
  EachWord(list, [&words](std::string_view word) { words.insert(word); });
  return words;
}

constexpr std::string_view kEmptyWords =
    "a about above across after again against ain't all along already also although am among an "
    "and another any "
    "anybody anyone anything are aren't around as at be because been before being below beneath "
    "beside besides "
    "between beyond both but by can can't cannot could couldn't did didn't do does doesn't doing "
    "don't done down "
    "during each either else few for from further had hadn't has hasn't have haven't having he "
    "he'd he'll he's her "
    "here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it it'd "
    "it'll it's its "
    "itself just let's may me might mine more most must mustn't my myself neither no nor not of "
    "off on once one only "
    "onto or other others ought our ours ourselves out over own per rather s same shall shan't she "
    "she'd she'll "
    "she's should shouldn't since so some somebody someone something such t than that that'd "
    "that's the their theirs "
    "them themselves then there there's therefore these they they'd they'll they're they've this "
    "those though "
    "through throughout to too toward towards under unless until up upon us very via was wasn't we "
    "we'd we'll we're "
    "we've were weren't what what's whatever when where where's whether which while who who's whom "
    "whose why will "
    "with within without won't would wouldn't yet you you'd you'll you're you've your yours "
    "yourself yourselves";

constexpr std::string_view kLightWords =
    "absolute absolutely actual actually add ago almost always amount ask away back bad become "
    "began begin believe "
    "best better big bigger biggest bit bring brought call came certain certainly chance clear "
    "clearly "
    "come complete "
    "completely consider continue country couple course day deal different early end enough "
    "especially even ever every "
    "everybody everyone everything exact exactly expect face fact far feel felt find first folk "
    "found frankly full "
    "gave general get give go going gone good got great guy happen hard heard help high hope huge "
    "idea important "
    "issue keep kept kind knew know known large last late later least left less let like likely "
    "little long look lot "
    "love made main make man many matter maybe mean meant men might mister moment more move much "
    "name near nearly "
    "necessary need never new next nobody note nothing now number obvious obviously okay old open "
    "order part "
    "particular people percent perhaps person place plain point possible present pretty probably "
    "prove proved proven says asks adds gets puts uses used goes lots days ways instead "
    "problem put question "
    "quite ready real really reason recent remain result right said saw say see seem seen set "
    "several short show "
    "side simple simply single situation small soon sort speak spend spent start state still stop "
    "strong sure "
    "take talk tell "
    "thank thing think thought time today together told tomorrow took total totally tremendous "
    "tried true truly try "
    "turn understand use usual usually want way week well went whole will woman women word work "
    "world worse worst "
    "wrong year yes yesterday";

constexpr std::string_view kNegations =
    "not no never nobody nothing none nor neither nowhere cannot without ain't aren't can't "
    "couldn't didn't doesn't "
    "don't hadn't hasn't haven't isn't mustn't shan't shouldn't wasn't weren't won't wouldn't";

constexpr std::string_view kHedges =
    "almost allegedly apparently appears approximately arguably barely generally gradual gradually "
    "hardly hopefully "
    "largely likely maybe mildly moderately mostly nearly partially partly perhaps possible "
    "possibly potentially "
    "presumably probably rather relatively reportedly roughly seems slightly somewhat sometimes "
    "suggests supposedly "
    "temporarily tentatively unlikely usually virtually little few";

constexpr std::string_view kBoosters =
    "absolutely actively always certainly clearly completely considerable considerably definitely "
    "entirely "
    "exceptionally extremely forever fully greatly highly inevitably markedly much never "
    "particularly radically "
    "sharply significantly strongly substantial substantially totally tremendous tremendously "
    "truly undoubtedly "
    "unequivocally utterly very wholly";

constexpr std::string_view kMonths =
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul "
    "aug sep sept oct nov dec";

constexpr std::string_view kTimeWords =
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight day "
    "days week weeks "
    "weekend month months quarter quarters year years decade decades century spring summer autumn "
    "winter recent "
    "recently earlier later last next ago now currently soon coming morning evening month's year's "
    "week's today's "
    "yesterday's";

// A line a field: sides are parted by |, in words that are stemmed before they are compared.
constexpr std::string_view kFields[] = {
    // What is done to a quantity or a state, or how it moves.
    "raise raised raising increase increased increasing rise rose risen rising grow grew growing "
    "growth gain gained expand "
    "expanding expanded accelerate accelerated higher up rebounded rebound strengthen strengthened "
    "improve improved improving "
    "improvement pickup picked double doubled"
    "|lower lowered lowering cut cutting reduce reduced reducing reduction decrease decreased fall "
    "fell fallen falling decline "
    "declined declining drop dropped shrink shrank slow slowed slowing slower slowly weaken "
    "weakened weaker ease eased easing "
    "moderate moderated diminish diminished below down halve halved"
    "|keep kept keeping maintain maintained maintaining hold held holding unchanged leave left "
    "steady stable freeze frozen "
    "flattened flat",
    // For or against.
    "support supported supporting favour favor favoured back backed backing welcome welcomed "
    "approve approved endorse "
    "endorsed accept accepted agree agreed allow allowed permit permitted join joined sign signed"
    "|oppose opposed opposing reject rejected rejecting condemn condemned refuse refused refusing "
    "deny denied block blocked "
    "ban banned forbid forbade veto vetoed withdraw withdrew withdrawn leave quit suspend "
    "suspended unacceptable disagree",
    // Judgement.
    "good strong solid healthy safe right useful fair needed necessary excellent successful robust "
    "satisfied great"
    "|bad weak poor dangerous wrong useless unfair unnecessary terrible obsolete failed fragile "
    "unsafe harmful uneven "
    "disaster disastrous depressed",
    // Willing, or making demands of the other side.
    "ready readiness willing offer offered propose proposed possibility welcome open"
    "|prefer demand demanded insist insisted ultimatum warn warned threaten threatened unwilling",
    // Known or unknown.
    "know known certain sure confirm confirmed clear"
    "|doubt doubtful unknown unsure uncertain unclear probably dispute disputed",
    // Begin or end.
    "begin began start started launch launched open opened introduce introduced"
    "|end ended stop stopped finish finished close closed abolish abolished cancel cancelled halt "
    "halted",
};

std::unordered_map<std::string, Stance> MakeStances() {
  std::unordered_map<std::string, Stance> stances;
  int field = 0;
  for (const std::string_view sides : kFields) {
    int side = 0;
    size_t at = 0;
    while (at <= sides.size()) {
      const size_t end = std::min(sides.find('|', at), sides.size());
      EachWord(sides.substr(at, end - at), [&](std::string_view word) {
        stances.emplace(Stem(word), Stance{field, side});
      });
      at = end + 1;
      ++side;
    }
    ++field;
  }
  return stances;
}

std::unordered_set<std::string> MakeLightStems() {
  std::unordered_set<std::string> stems;
  EachWord(kLightWords, [&stems](std::string_view word) { stems.insert(Stem(word)); });
  return stems;
}

}  // namespace

bool IsEmptyWord(std::string_view word) {
  static const Words words = Split(kEmptyWords);
  return words.count(word) != 0 || text::IsFunctionWord(word);
}

bool IsLightWord(std::string_view word) {
  static const Words words = Split(kLightWords);
  static const std::unordered_set<std::string> stems = MakeLightStems();
  return words.count(word) != 0 || stems.count(Stem(word)) != 0;
}

bool IsMagnitude(std::string_view word) {
  static const Words words = {"hundred",  "thousand",  "million",  "billion",
                              "trillion", "mn",        "bn",       "m",
                              "hundreds", "thousands", "millions", "billions"};
  return words.count(word) != 0;
}

bool IsNegation(std::string_view word) {
  static const Words words = Split(kNegations);
  return words.count(word) != 0;
}

std::optional<int> ModalStrength(std::string_view word) {
  static const std::unordered_map<std::string_view, int> modals = {
      {"must", 5},  {"shall", 5}, {"will", 4}, {"won't", 4},  {"should", 3},
      {"ought", 3}, {"would", 3}, {"can", 2},  {"cannot", 2}, {"can't", 2},
      {"could", 1}, {"may", 1},   {"might", 1}};
  const auto it = modals.find(word);
  if (it == modals.end()) return std::nullopt;
  return it->second;
}

std::string_view PresentOf(std::string_view modal) {
  static const std::unordered_map<std::string_view, std::string_view> shifts = {
      {"would", "will"}, {"could", "can"}, {"might", "may"}};
  const auto it = shifts.find(modal);
  return it == shifts.end() ? std::string_view() : it->second;
}

bool IsPastSaying(std::string_view word) {
  static const Words words = {"added",     "announced", "argued",    "believed",  "claimed",
                              "declared",  "estimated", "expected",  "explained", "hoped",
                              "indicated", "insisted",  "noted",     "predicted", "promised",
                              "reported",  "said",      "signalled", "signaled",  "stated",
                              "thought",   "told",      "warned"};
  return words.count(word) != 0;
}

bool IsClauseOpener(std::string_view word) {
  static const Words words = {"although", "and",    "as",   "because", "but",   "since", "so",
                              "that",     "though", "when", "where",   "which", "while", "who"};
  return words.count(word) != 0;
}

bool IsHedge(std::string_view word) {
  static const Words words = Split(kHedges);
  return words.count(word) != 0;
}

bool IsBooster(std::string_view word) {
  static const Words words = Split(kBoosters);
  return words.count(word) != 0;
}

bool IsDoubt(std::string_view word) {
  static const Words words = {"allegedly",  "apparently", "approximately", "maybe",
                              "perhaps",    "possibly",   "presumably",    "probably",
                              "reportedly", "supposedly"};
  return words.count(word) != 0;
}

bool IsAssurance(std::string_view word) {
  static const Words words = {"speak",   "know",    "say",     "promise", "guarantee", "sure",
                              "exclude", "confirm", "certain", "vouch",   "answer"};
  return words.count(word) != 0;
}

bool IsMonth(std::string_view word) {
  static const Words words = Split(kMonths);
  return words.count(word) != 0;
}

bool IsTimeWord(std::string_view word) {
  static const Words words = Split(kTimeWords);
  return words.count(word) != 0 ||
         (IsMonth(word) && word != "may" && word != "march" && word != "mar");
}

bool IsPointer(std::string_view word) {
  static const Words words = {"this", "that", "the", "same", "previous", "past", "following"};
  return words.count(word) != 0;
}

std::optional<Resolve> ResolveOf(std::string_view word) {
  static const Words considered = {
      "appropriate", "consider", "expect",  "expects",  "expected", "hope", "hopes",
      "inclined",    "intend",   "intends", "planned",  "planning", "plan", "plans",
      "ready",       "prepared", "propose", "proposes", "willing",  "want", "wants"};
  static const Words decided = {"agreed", "decided", "decide", "resolved", "vowed", "voted"};
  static const Words refused = {"declined", "declines", "refuse",    "refused",
                                "refuses",  "refusing", "unwilling", "reluctant"};
  if (considered.count(word) != 0) return Resolve::kConsidered;
  if (decided.count(word) != 0) return Resolve::kDecided;
  if (refused.count(word) != 0) return Resolve::kRefused;
  return std::nullopt;
}

std::optional<Stance> StanceOf(std::string_view stem) {
  static const std::unordered_map<std::string, Stance> stances = MakeStances();
  const auto it = stances.find(std::string(stem));
  if (it == stances.end()) return std::nullopt;
  return it->second;
}

}  // namespace verbatim::statements
