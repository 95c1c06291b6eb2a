// SPDX-License-Identifier: Apache-2.0
// Sentences, joined from left to right.
#include "segments.h"

#include <cstddef>
#include <unordered_set>

#include "lexicon.h"
#include "terms.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/sentences.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

using text::Range;

// Likeness of two neighbouring sentences from which they are one segment.
constexpr uint32_t kCohesion = 250;

// A sentence with less than two content words says nothing by itself.
constexpr uint32_t kLeastSegmentWeight = 20;

// Segments beyond this many go with the last one: a book quoted whole is still one annotation.
constexpr size_t kSegmentsMax = 200;

// "this threat", "these efforts" speak of what was said before; "this year" doesn't.
bool PointsBack(std::string_view sentence) {
  bool pointing = false;
  for (const text::Token& token : text::Tokenize(sentence)) {
    if (!token.IsWord()) {
      pointing = false;
      continue;
    }
    const std::string word = text::Fold(In(sentence, token));
    if (pointing && !IsEmptyWord(word) && !IsLightWord(word) && !IsTimeWord(word)) return true;
    pointing = word == "this" || word == "these";
  }
  return false;
}

bool LeansBack(std::string_view sentence) {
  static const std::unordered_set<std::string_view> words = {
      "this",         "that",     "these", "those",    "it",           "its",         "it's",
      "they",         "they're",  "he",    "she",      "such",         "but",         "and",
      "or",           "so",       "yet",   "because",  "which",        "therefore",   "otherwise",
      "instead",      "nor",      "then",  "that's",   "both",         "neither",     "others",
      "their",        "his",      "her",   "moreover", "nevertheless", "still",       "if",
      "half",         "however",  "also",  "thus",     "hence",        "furthermore", "besides",
      "consequently", "similarly"};
  bool denied = false;
  for (const text::Token& token : text::Tokenize(sentence)) {
    if (!token.IsWord()) continue;
    const std::string word = text::Fold(In(sentence, token));
    // "Not only to defend, but also to strike": the rest of a sentence that has ended.
    if (denied) return word == "only" || word == "just" || word == "merely";
    if (word != "not") return words.count(word) != 0;
    denied = true;
  }
  return true;
}

// "I" is written with a capital anywhere.
bool BeginsSentence(std::string_view span) {
  for (const text::Token& token : text::Tokenize(span)) {
    if (!token.IsWord()) continue;
    const std::string word = text::Fold(In(span, token));
    return token.Has(text::kCapitalised) && word != "i" && word.substr(0, 2) != "i'";
  }
  return false;
}

// Sentences, parted where an editor cut something out: what follows the mark was said elsewhere.
std::vector<Range> Pieces(std::string_view text) {
  std::vector<Range> pieces;
  for (const Range& sentence : text::Sentences(text)) {
    uint32_t begin = sentence.begin;
    for (const std::string_view mark :
         {"<...>", "(...)", "[...]", "<\xE2\x80\xA6>", "[\xE2\x80\xA6]"}) {
      const size_t at = text.substr(0, sentence.end).find(mark, begin);
      if (at == std::string_view::npos) continue;
      const auto after = static_cast<uint32_t>(at + mark.size());
      const size_t next = text.substr(0, sentence.end).find_first_not_of(" \t", after);
      if (at == begin || next == std::string_view::npos) continue;
      const size_t last = text.substr(0, at).find_last_not_of(" \t");
      pieces.push_back({begin, static_cast<uint32_t>(last + 1)});
      begin = static_cast<uint32_t>(next);
    }
    pieces.push_back({begin, sentence.end});
  }
  return pieces;
}

}  // namespace

std::vector<Range> Segments(std::string_view text) {
  std::vector<Range> segments;
  Terms last;
  for (const Range& sentence : Pieces(text)) {
    const std::string_view words = In(text, sentence);
    Terms terms = TermsOf(words);
    const bool joined = !segments.empty() &&
                        (segments.size() >= kSegmentsMax || LeansBack(words) || PointsBack(words) ||
                         terms.weight < kLeastSegmentWeight || last.weight < kLeastSegmentWeight ||
                         Likeness(last, terms) >= kCohesion);
    if (joined) {
      segments.back().end = sentence.end;
      std::vector<Term> ids = std::move(last.ids);
      ids.insert(ids.end(), terms.ids.begin(), terms.ids.end());
      last = MakeTerms(std::move(ids));
    } else {
      segments.push_back(sentence);
      last = std::move(terms);
    }
  }
  return segments;
}

std::string JoinSpans(const std::vector<std::string_view>& spans) {
  std::string text;
  for (const std::string_view span : spans) {
    if (span.empty()) continue;
    const bool comma = !text.empty() && text.back() == ',';
    if (comma && BeginsSentence(span)) text.back() = '.';
    if (!text.empty()) text += ' ';
    text += span;
  }
  if (!text.empty() && text.back() == ',') text.pop_back();
  return text;
}

}  // namespace verbatim::statements
