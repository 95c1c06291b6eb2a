// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/language.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::ingest {
namespace {

// What is read: a language shows itself early.
constexpr size_t kSampleBytes = 8 * 1024;
// Fewer words than this say nothing.
constexpr int kWordsMin = 12;
// Share of a text's words that are function words of its language, in running news about a third.
constexpr double kShareMin = 0.15;
// The best language must have this many times the hits of the second.
constexpr double kLeadMin = 1.5;

struct Language {
  const char* tag;
  const char* words;  // folded function words
};

constexpr std::array<Language, 9> kLanguages = {{
    {"en",
     "the of and to in a is that for it was on with as his he by at from be are has have had this "
     "not but "
     "will would which an they were said who been their its"},
    {"de",
     "der die und den von zu das mit sich des auf fur ist im dem nicht ein eine als auch es an "
     "werden aus er "
     "hat dass sie nach wird bei einer um am sind noch wie einem uber"},
    {"fr",
     "le la les des et du en un une est que dans qui pour par sur pas au plus ce il elle ont avec "
     "se sont "
     "aux ne mais ses cette son leur ete comme"},
    {"es",
     "el los las de que y en un una por con para del se no al lo su es mas como pero sus ha este "
     "entre "
     "cuando muy sobre tambien hasta desde"},
    {"it",
     "il di che e la per un una in con non del della sono si le dei al da nel alla ha gli piu "
     "anche come ma "
     "delle questo suo dopo stato"},
    {"pt",
     "o os de que e do da em um uma para com nao no na por mais as dos como mas foi ao ele das tem "
     "sua seu "
     "pela pelo ate isso"},
    {"nl",
     "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij door "
     "naar uit nog "
     "wordt heeft hij zij werd over"},
    {"sv",
     "och i att det som en pa ar av for med den till inte har de ett om var men sig fran vi sa kan "
     "nar under "
     "efter hade skulle"},
    {"pl",
     "i w na z do sie nie ze to jest o jak po od za przez co ale dla tym czy przed byl oraz jego "
     "jej ktory "
     "ktora bedzie moze"},
}};

using Lexicon = absl::flat_hash_map<std::string_view, uint32_t>;

// Function words with the languages that have them, a bit each.
const Lexicon& Words() {
  static const auto* const lexicon = [] {
    auto* made = new Lexicon;
    for (size_t i = 0; i < kLanguages.size(); ++i) {
      for (const absl::string_view word : absl::StrSplit(kLanguages[i].words, ' '))
        (*made)[{word.data(), word.size()}] |= 1u << i;
    }
    return made;
  }();
  return *lexicon;
}

constexpr size_t kWordBytesMax = 16;  // of a function word

// The languages that have this word, whatever its case and accents.
uint32_t LanguagesOf(std::string_view word) {
  std::array<char, kWordBytesMax> small;
  bool ascii = true;
  for (size_t i = 0; i < word.size() && ascii; ++i)
    ascii = static_cast<unsigned char>(word[i]) < 0x80;
  Lexicon::const_iterator known;
  if (!ascii) {
    known = Words().find(text::Fold(word));
  } else if (word.size() <= small.size()) {
    std::transform(word.begin(), word.end(), small.begin(),
                   [](char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); });
    known = Words().find(std::string_view(small.data(), word.size()));
  } else {
    return 0;
  }
  return known == Words().end() ? 0 : known->second;
}

// Scripts of other languages: Cyrillic, Greek, Arabic, CJK and so on make up most of a text or none
// of it.
bool MostlyLatin(std::string_view text) {
  size_t latin = 0;
  size_t other = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') ++latin;
    if (byte >= 0xCD && byte < 0xE2) ++other;  // lead bytes of Greek to Indic scripts
    if (byte >= 0xE3 && byte < 0xF0) ++other;  // of CJK and kana
  }
  return latin > other;
}

}  // namespace

std::string GuessLanguage(std::string_view text) {
  std::string_view sample = text.substr(0, kSampleBytes);
  if (!MostlyLatin(sample)) return "";
  std::array<int, kLanguages.size()> hits{};
  int words = 0;
  for (const text::Token& token : text::Tokenize(sample)) {
    if (token.kind != text::TokenKind::kWord) continue;
    ++words;
    const uint32_t languages = LanguagesOf(text::In(sample, token));
    if (languages == 0) continue;
    for (size_t i = 0; i < kLanguages.size(); ++i) hits[i] += static_cast<int>(languages >> i & 1u);
  }
  const auto best = std::max_element(hits.begin(), hits.end());
  std::array<int, kLanguages.size()> sorted = hits;
  std::nth_element(sorted.begin(), sorted.begin() + 1, sorted.end(), std::greater<>());
  const bool clear =
      words >= kWordsMin && *best > kShareMin * words && *best >= kLeadMin * sorted[1];
  return clear ? kLanguages[static_cast<size_t>(best - hits.begin())].tag : "";
}

bool IsLanguageTag(std::string_view tag) {
  size_t part = 0;
  for (const absl::string_view subtag :
       absl::StrSplit(absl::string_view(tag.data(), tag.size()), '-')) {
    const bool language = part++ == 0;
    const bool letters = std::all_of(subtag.begin(), subtag.end(), [&](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return language ? absl::ascii_isalpha(byte) : absl::ascii_isalnum(byte);
    });
    if (!letters || subtag.size() < 2 || subtag.size() > (language ? 3 : 8)) return false;
  }
  return true;
}

}  // namespace verbatim::ingest
