// SPDX-License-Identifier: Apache-2.0
// Tokens of the text library, folded and stemmed by a short rule list: over-stemming costs more
// here (false threads) than a missed ending.
#include "terms.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lexicon.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

enum TermClass : uint32_t { kLight = 0, kNumber = 1, kContent = 2, kPair = 3 };

// Four content words.
constexpr uint32_t kLeastWeight = 40;

Term Digest(std::string_view stem, TermClass kind) {
  uint32_t hash = 2166136261u;
  for (const char c : stem) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return (hash << 2) | kind;
}

bool EndsWith(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

bool IsWebAddress(std::string_view word) {
  return word == "http" || word == "https" || word.substr(0, 4) == "www.";
}

// British and American spellings of a stem fall together: defenc, defens; labour, labor; organis,
// organiz.
std::string OneSpelling(std::string stem) {
  if (EndsWith(stem, "our") && stem.size() > 4) stem.erase(stem.size() - 2, 1);
  if (EndsWith(stem, "enc") && stem.size() > 4) stem.back() = 's';
  if (EndsWith(stem, "iz") && stem.size() > 4) stem.back() = 's';
  return stem;
}

// The content word that stands right before another.
struct Before {
  std::string stem;  // empty: there is none
  bool capitalised = false;
};

// `before` becomes this word. Two capitalised words are the parts of a name and no pair: a name is
// in what is said of many things.
void AddWord(std::string_view word, bool light, bool capitalised, Before* before,
             std::vector<Term>* ids) {
  const Before last = std::exchange(*before, Before());
  if (word.empty() || IsEmptyWord(word)) return;
  std::string stem = Stem(word);
  if (stem.empty() || IsEmptyWord(stem)) return;
  if (light || IsLightWord(word)) {
    ids->push_back(Digest(stem, kLight));
    return;
  }
  ids->push_back(Digest(stem, kContent));
  if (!last.stem.empty() && !(capitalised && last.capitalised))
    ids->push_back(Digest(last.stem + " " + stem, kPair));
  *before = {std::move(stem), capitalised};
}

}  // namespace

uint32_t Weight(Term term) {
  static constexpr std::array<uint32_t, 4> kWeights = {3, 5, 10, 10};
  return kWeights[term & 3];
}

bool IsPair(Term term) { return (term & 3) == kPair; }

Terms MakeTerms(std::vector<Term> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  Terms terms{std::move(ids), 0};
  for (const Term term : terms.ids) {
    if (!IsPair(term)) terms.weight += Weight(term);
  }
  return terms;
}

std::string Stem(std::string_view word) {
  std::string stem(word);
  if (EndsWith(stem, "'s")) stem.resize(stem.size() - 2);
  stem.erase(std::remove(stem.begin(), stem.end(), '\''), stem.end());
  if (stem.size() > 5 && EndsWith(stem, "ies")) {
    stem.resize(stem.size() - 3);
    return stem + "y";
  }
  for (const std::string_view ending : {"ations", "ation", "ments", "ment"}) {
    if (!EndsWith(stem, ending) || stem.size() < ending.size() + 4) continue;
    stem.resize(stem.size() - ending.size());
    return OneSpelling(std::move(stem));
  }
  for (const std::string_view ending : {"ingly", "edly", "ing", "ed", "es", "s", "ly"}) {
    if (!EndsWith(stem, ending) || EndsWith(stem, "ss") || stem.size() < ending.size() + 4)
      continue;
    stem.resize(stem.size() - ending.size());
    const char last = stem.back();
    if (stem.size() > 4 && last == stem[stem.size() - 2] && last != 'l' && last != 's')
      stem.pop_back();
    break;
  }
  if (stem.size() > 4 && stem.back() == 'e') stem.pop_back();
  return OneSpelling(std::move(stem));
}

Terms TermsOf(std::string_view text) {
  std::vector<Term> ids;
  bool in_address = false;
  // "12 million crowns": what is counted in such numbers is a measure, and no matter.
  bool measured = false;
  Before before;
  for (const text::Token& token : text::Tokenize(text)) {
    if (token.Has(text::kBlankBefore)) in_address = false;
    if (in_address) continue;
    if (token.IsNumber()) {
      const std::string number = text::Fold(In(text, token));
      ids.push_back(Digest(number, kNumber));
      continue;
    }
    if (!token.IsWord()) continue;
    const std::string word = text::Fold(In(text, token));
    const bool magnitude = IsMagnitude(word);
    const bool light = measured || magnitude;
    measured = magnitude;
    if (IsWebAddress(word)) {
      in_address = true;
      continue;
    }
    size_t at = 0;
    while (at <= word.size()) {
      const size_t end = std::min(word.find_first_of("-/", at), word.size());
      AddWord(std::string_view(word).substr(at, end - at), light, token.Has(text::kCapitalised),
              &before, &ids);
      at = end + 1;
    }
  }
  return MakeTerms(std::move(ids));
}

uint32_t Likeness(const Terms& a, const Terms& b) {
  uint32_t shared = 0;
  auto i = a.ids.begin();
  auto j = b.ids.begin();
  while (i != a.ids.end() && j != b.ids.end()) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      shared += IsPair(*i) ? 0 : Weight(*i);
      ++i;
      ++j;
    }
  }
  return shared * 1000 / std::max(std::min(a.weight, b.weight), kLeastWeight);
}

}  // namespace verbatim::statements
