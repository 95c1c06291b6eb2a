// SPDX-License-Identifier: Apache-2.0
// Compiles patterns into a trie of elements and walks it over tokens. The walk is bounded by the
// longest pattern, so matching is linear in the text.
#include "pattern.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace verbatim::dates {
namespace {

struct ClassName {
  std::string_view name;
  Classes classes;
};

constexpr ClassName kClassNames[] = {
    {"MONTH", cls::kMonth},
    {"WEEKDAY", cls::kWeekday},
    {"WEEKDAYS", cls::kWeekdays},
    {"NUM", cls::kNumber},
    {"DAY", cls::kDay},
    {"ORD", cls::kOrdinal},
    {"DAYTH", cls::kDayOrdinal},
    {"YEAR", cls::kYear},
    {"TWO", cls::kTwoDigits},
    {"MM", cls::kMonthNumber},
    {"HOUR", cls::kHour},
    {"MIN", cls::kMinute},
    {"UNIT", cls::kUnit},
    {"UNITS", cls::kUnits},
    {"SEASON", cls::kSeason},
    {"DAYPART", cls::kDayPart},
    {"CLOCKWORD", cls::kClockWord},
    {"AMPM", cls::kAmPm},
    {"ZONE", cls::kZone},
    {"FEW", cls::kFew},
    {"EVERY", cls::kEvery},
    {"FREQ", cls::kFrequency},
    {"PART", cls::kPart},
    {"HOLIDAY", cls::kHoliday},
    {"DECADE", cls::kDecade},
    {"EDGE", cls::kEdge},
    {"NEARLY", cls::kNearly},
    {"POSS", cls::kPossessive},
    {"DASH", cls::kDash},
    {"SHIFT", cls::kShift},
    {"DET", cls::kDeterminer},
    {"PERIOD", cls::kPeriod},
    {"FOUR", cls::kFourDigits},
    {"DEICTIC", cls::kDeictic},
    {"QNAME", cls::kQuarterName},
    {"ERA", cls::kEra},
    {"cDAY", cls::kDayChunk},
    {"cMONTH", cls::kMonthChunk},
    {"cYEAR", cls::kYearChunk},
    {"cQUARTER", cls::kQuarterChunk},
    {"cSEASON", cls::kSeasonChunk},
    {"cWEEK", cls::kWeekChunk},
    {"cERA", cls::kEraChunk},
    {"cDURATION", cls::kDurationChunk},
    {"cCLOCK", cls::kClockChunk},
    {"cPART", cls::kPartChunk},
    {"cVAGUE", cls::kVagueChunk},
    {"cSET", cls::kSetChunk},
};

[[noreturn]] void BadPattern(std::string_view pattern, const char* what) {
  std::fprintf(stderr, "dates: pattern \"%.*s\": %s\n", static_cast<int>(pattern.size()),
               pattern.data(), what);
  std::abort();
}

using Sequences = std::vector<std::vector<std::string>>;

Sequences Concatenate(const Sequences& left, const Sequences& right) {
  Sequences out;
  for (const auto& l : left) {
    for (const auto& r : right) {
      out.push_back(l);
      out.back().insert(out.back().end(), r.begin(), r.end());
    }
  }
  return out;
}

// The end of the group that opens at `open`.
size_t CloseOf(std::string_view pattern, size_t open) {
  int depth = 0;
  for (size_t i = open; i < pattern.size(); ++i) {
    if (pattern[i] == '(') ++depth;
    if (pattern[i] == ')' && --depth == 0) return i;
  }
  BadPattern(pattern, "a group isn't closed");
}

}  // namespace

std::vector<std::vector<std::string>> ExpandPattern(std::string_view pattern) {
  Sequences out{{}};
  size_t i = 0;
  while (i < pattern.size()) {
    if (pattern[i] == ' ') {
      ++i;
      continue;
    }
    Sequences piece;
    if (pattern[i] == '(') {
      const size_t close = CloseOf(pattern, i);
      piece = ExpandPattern(pattern.substr(i + 1, close - i - 1));
      i = close + 1;
    } else {
      const size_t end = std::min(pattern.find_first_of(" ?", i), pattern.size());
      piece = {{std::string(pattern.substr(i, end - i))}};
      i = end;
    }
    if (i < pattern.size() && pattern[i] == '?') {
      piece.emplace_back();
      ++i;
    }
    out = Concatenate(out, piece);
  }
  return out;
}

uint32_t PatternSet::ElementFor(std::string_view text, Lexicon* lexicon) {
  for (size_t i = 0; i < elements_.size(); ++i) {
    if (elements_[i].text == text) return static_cast<uint32_t>(i);
  }
  Element element;
  element.text = text;
  std::string_view rest = text;
  if (rest.size() > 1 && rest[0] == '~') {
    element.glued = true;
    rest.remove_prefix(1);
  }
  while (!rest.empty()) {
    const size_t bar = std::min(rest.find('|'), rest.size());
    const std::string_view one = rest.substr(0, bar);
    rest.remove_prefix(std::min(bar + 1, rest.size()));
    const auto* known = std::find_if(std::begin(kClassNames), std::end(kClassNames),
                                     [&](const ClassName& c) { return c.name == one; });
    if (known != std::end(kClassNames)) {
      element.classes |= known->classes;
    } else if (one == "OPEN" || one == "CLOSE") {
      element.marks.push_back(one == "OPEN" ? '(' : ')');
    } else if (one.size() == 1 && (one[0] < 'a' || one[0] > 'z')) {
      element.marks.push_back(one[0]);
    } else if (!one.empty() &&
               one.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == one.npos) {
      element.words.push_back(lexicon->Intern(one));
    } else {
      BadPattern(text, "neither a class, a word nor a mark");
    }
  }
  elements_.push_back(std::move(element));
  return static_cast<uint32_t>(elements_.size() - 1);
}

void PatternSet::Add(std::string_view pattern, int rule, Lexicon* lexicon) {
  while (!pattern.empty()) {
    const size_t end = std::min(pattern.find(';'), pattern.size());
    for (const auto& sequence : ExpandPattern(pattern.substr(0, end))) {
      if (sequence.empty() || sequence.size() > kPatternTokensMax)
        BadPattern(pattern, "empty or too long");
      AddSequence(sequence, rule, lexicon);
    }
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
  }
}

void PatternSet::AddSequence(const std::vector<std::string>& elements, int rule, Lexicon* lexicon) {
  uint32_t node = 0;
  for (const std::string& text : elements) {
    const uint32_t element = ElementFor(text, lexicon);
    auto& edges = nodes_[node].edges;
    const auto edge = std::find_if(edges.begin(), edges.end(),
                                   [&](const Edge& e) { return e.element == element; });
    if (edge != edges.end()) {
      node = edge->node;
      continue;
    }
    const auto fresh = static_cast<uint32_t>(nodes_.size());
    Edge added;
    added.element = element;
    added.node = fresh;
    edges.push_back(added);
    nodes_.emplace_back();
    node = fresh;
  }
  auto& rules = nodes_[node].rules;
  if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
}

void PatternSet::Finish(const Lexicon& lexicon) {
  begins_.assign(lexicon.size(), false);
  openers_.resize(lexicon.size());
  for (Node& node : nodes_) {
    for (Edge& edge : node.edges) {
      const Element& element = elements_[edge.element];
      edge.classes = element.classes;
      edge.marks = !element.marks.empty();
      for (const LexemeId word : element.words) edge.words |= uint64_t{1} << (word & 63);
      node.any.classes |= edge.classes;
      node.any.words |= edge.words;
      node.any.marks = node.any.marks || edge.marks;
    }
  }
  for (const Edge& edge : nodes_[0].edges) {
    const Element& element = elements_[edge.element];
    root_classes_ |= element.classes;
    for (const char mark : element.marks) root_marks_[Byte(mark)] = true;
    for (const LexemeId word : element.words) begins_[word] = true;
    for (size_t id = 1; id < lexicon.size(); ++id) {
      Token token;
      token.lexeme = static_cast<LexemeId>(id);
      token.classes = lexicon[token.lexeme].classes;
      token.flags = kGlued;
      if (!Accepts(element, token)) continue;
      const Node& child = nodes_[edge.node];
      Edge opener = child.any;
      opener.element = edge.element;
      opener.node = edge.node;
      opener.ends = !child.rules.empty();
      openers_[id].push_back(opener);
    }
  }
  seconds_.resize(openers_.size());
  whole_.assign(openers_.size(), false);
  for (size_t id = 0; id < openers_.size(); ++id) {
    Edge& second = seconds_[id];
    for (const Edge& opener : openers_[id]) {
      second.classes |= opener.classes;
      second.words |= opener.words;
      second.marks = second.marks || opener.marks;
      if (opener.ends) whole_[id] = true;
    }
  }
}

bool PatternSet::OpensNothing(const std::vector<Token>& tokens, size_t at) const {
  const Token& token = tokens[at];
  if (!IsPlainWord(token) || whole_[token.lexeme] || at + token.width >= tokens.size())
    return false;
  return !seconds_[token.lexeme].MayTake(tokens[at + token.width]);
}

bool PatternSet::Accepts(const Element& element, const Token& token) const {
  if (element.glued && !token.Has(kGlued)) return false;
  if ((element.classes & token.classes) != 0) return true;
  if (token.width > 1) return false;
  if (token.lexeme != 0) {
    return std::find(element.words.begin(), element.words.end(), token.lexeme) !=
           element.words.end();
  }
  return token.mark != 0 && element.marks.find(token.mark) != std::string::npos;
}

Match PatternSet::MakeMatch(const std::vector<Token>& tokens, const Hit& hit) const {
  const Path& path = hit.path;
  Match match;
  match.rule = hit.rule;
  match.begin = path[0].token;
  match.end = hit.end;
  match.first.fill(-1);
  match.second.fill(-1);
  for (size_t i = 0; i < hit.depth; ++i) {
    // A word that the pattern names fills the slots of everything that it is.
    Classes met = elements_[path[i].element].classes & tokens[path[i].token].classes;
    if (met == 0) met = tokens[path[i].token].classes;
    for (; met != 0; met &= met - 1) {
      const size_t bit = Match::Bit(met);
      (match.first[bit] < 0 ? match.first : match.second)[bit] =
          static_cast<int32_t>(path[i].token);
    }
  }
  return match;
}

void PatternSet::Walk(const std::vector<Token>& tokens, size_t at, uint32_t node, Path* path,
                      size_t depth, std::vector<Hit>* out) const {
  for (const int rule : nodes_[node].rules) {
    out->push_back({rule, static_cast<uint32_t>(at), static_cast<uint32_t>(depth), *path});
  }
  if (depth == kPatternTokensMax || !MayGoOn(tokens, at, node, depth)) return;
  const Token& token = tokens[at];
  const size_t next = at + token.width;
  for (const Edge& edge : nodes_[node].edges) {
    if (!edge.MayTake(token)) continue;
    // Looked at before the step is taken: most steps lead nowhere.
    if (nodes_[edge.node].rules.empty() && !MayGoOn(tokens, next, edge.node, depth + 1)) continue;
    if (!Accepts(elements_[edge.element], token)) continue;
    (*path)[depth] = {static_cast<uint32_t>(at), edge.element};
    Walk(tokens, next, edge.node, path, depth + 1, out);
  }
}

void PatternSet::WalkOpeners(const std::vector<Token>& tokens, size_t at, Path* path,
                             std::vector<Hit>* out) const {
  const Token& token = tokens[at];
  const size_t next = at + token.width;
  const bool goes_on = next < tokens.size() && !tokens[next].Has(kHardBreak);
  for (const Edge& opener : openers_[token.lexeme]) {
    if (!opener.ends && !(goes_on && opener.MayTake(tokens[next]))) continue;
    const Element& element = elements_[opener.element];
    if (element.glued && !token.Has(kGlued)) continue;
    (*path)[0] = {static_cast<uint32_t>(at), opener.element};
    Walk(tokens, next, opener.node, path, 1, out);
  }
}

std::vector<Match> PatternSet::MatchesAt(const std::vector<Token>& tokens, size_t at) const {
  if (OpensNothing(tokens, at)) return {};
  std::vector<Hit> hits;
  Path path{};
  if (IsPlainWord(tokens[at])) {
    WalkOpeners(tokens, at, &path, &hits);
  } else {
    Walk(tokens, at, 0, &path, 0, &hits);
  }
  // A rule meets the same words by several of its spellings: the first way there counts.
  if (hits.size() > 1) {
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
      return a.end != b.end ? a.end > b.end : a.rule < b.rule;
    });
  }
  std::vector<Match> out;
  out.reserve(hits.size());
  for (const Hit& hit : hits) out.push_back(MakeMatch(tokens, hit));
  return out;
}

}  // namespace verbatim::dates
