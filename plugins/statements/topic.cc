// SPDX-License-Identifier: Apache-2.0
// Tokens are parted into runs by whatever a title can't run across (a stop, "we", "will", "that");
// the best window of a run begins and ends with a word of content. One such word is no title: then
// it is the clause around it.
#include "topic.h"

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "lexicon.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

// A title is read at a glance.
constexpr size_t kWordsMax = 8;
constexpr size_t kBytesMax = 80;

// Words of grammar that hold a phrase together; the others of IsEmptyWord begin or end one.
bool IsJoiner(std::string_view word) {
  static const std::unordered_set<std::string_view> words = {
      "a",      "about",   "above",      "across",  "against", "among",   "an",    "and",   "any",
      "around", "at",      "below",      "between", "both",    "by",      "down",  "for",   "from",
      "her",    "his",     "in",         "into",    "its",     "more",    "most",  "my",    "of",
      "off",    "on",      "onto",       "or",      "other",   "our",     "out",   "over",  "own",
      "per",    "s",       "some",       "such",    "than",    "the",     "their", "these", "this",
      "those",  "through", "throughout", "to",      "toward",  "towards", "under", "until", "up",
      "upon",   "very",    "via",        "with",    "within",  "without", "your"};
  return words.count(word) != 0;
}

enum class Part { kContent, kInside, kBreak };

Part PartOf(std::string_view text, const text::Token& token) {
  if (token.IsNumber()) return Part::kInside;
  if (!token.IsWord()) return Part::kBreak;
  const std::string word = text::Fold(In(text, token));
  if (IsEmptyWord(word)) return IsJoiner(word) ? Part::kInside : Part::kBreak;
  return IsLightWord(word) || IsTimeWord(word) ? Part::kInside : Part::kContent;
}

// "port's": something follows that it is of.
bool IsPossessive(std::string_view text, const text::Token& token) {
  const std::string word = text::Fold(In(text, token));
  return word.size() > 2 && word.compare(word.size() - 2, 2, "'s") == 0;
}

// tokens[first..last], and how many of them carry content.
struct Window {
  size_t first = 0;
  size_t last = 0;
  size_t content = 0;
};

// The fullest window that begins with tokens[first], a word of content. Where its length would cut
// between two words of content ("outer | space"), it ends before both.
Window WindowFrom(std::string_view text, const std::vector<text::Token>& tokens,
                  const std::vector<Part>& parts, size_t first) {
  Window window{first, first};
  Window before = window;
  for (size_t i = first; i < tokens.size(); ++i) {
    const Part part = parts[i];
    if (part == Part::kBreak) break;
    if (i - first == kWordsMax || tokens[i].end - tokens[first].begin > kBytesMax) {
      const bool cuts = part == Part::kContent && window.last + 1 == i && before.content > 0;
      return cuts ? before : window;
    }
    if (part == Part::kContent && !IsPossessive(text, tokens[i])) {
      before = window;
      window = {first, i, window.content + 1};
    }
  }
  return window;
}

bool Speaks(const text::Token& token) { return token.IsWord() || token.IsNumber(); }

// The words between two stops around tokens[inside], from the first on; they end with no "of".
Window ClauseAround(std::string_view text, const std::vector<text::Token>& tokens, size_t inside) {
  Window clause{inside, inside};
  while (clause.first > 0 && Speaks(tokens[clause.first - 1])) --clause.first;
  size_t end = clause.first;
  while (end < tokens.size() && end - clause.first < kWordsMax && Speaks(tokens[end]) &&
         tokens[end].end - tokens[clause.first].begin <= kBytesMax) {
    ++end;
  }
  if (end <= inside) return {inside, inside};
  const bool cut = end < tokens.size() && Speaks(tokens[end]);
  while (cut && end - 1 > inside && IsEmptyWord(text::Fold(In(text, tokens[end - 1])))) --end;
  clause.last = end - 1;
  return clause;
}

}  // namespace

std::string Topic(std::string_view text) {
  const std::vector<text::Token> tokens = text::Tokenize(text);
  std::vector<Part> parts;
  for (const text::Token& token : tokens) parts.push_back(PartOf(text, token));
  Window best;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (parts[i] != Part::kContent) continue;
    const Window window = WindowFrom(text, tokens, parts, i);
    if (window.content > best.content) best = window;
  }
  if (best.content == 0) {
    while (best.first < tokens.size() && !Speaks(tokens[best.first])) ++best.first;
    if (best.first == tokens.size()) return "";
  }
  if (best.content < 2) best = ClauseAround(text, tokens, best.first);
  const uint32_t begin = tokens[best.first].begin;
  const uint32_t end = tokens[best.last].end;
  return end - begin > kBytesMax ? "" : std::string(text.substr(begin, end - begin));
}

}  // namespace verbatim::statements
