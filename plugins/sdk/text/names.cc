// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/names.h"

#include <algorithm>
#include <array>

#include "verbatim/text/fold.h"

namespace verbatim::text {
namespace {

// Before a name these say nothing about who it is.
constexpr std::array<std::string_view, 33> kTitles = {
    "mr",   "mrs",      "ms",   "miss", "mx",        "dr",  "prof", "professor", "sir",
    "dame", "lord",     "lady", "rev",  "reverend",  "hon", "sen",  "senator",   "rep",
    "gov",  "governor", "gen",  "col",  "lt",        "maj", "capt", "sgt",       "cpl",
    "adm",  "the",      "a",    "an",   "president", "st"};

// Behind a name.
constexpr std::array<std::string_view, 6> kSuffixes = {"jr", "sr", "ii", "iii", "iv", "phd"};

// The bit of a letter, of all bytes above ASCII and marks some bit.
constexpr uint32_t Letter(char c) { return 1u << (static_cast<unsigned char>(c) & 31u); }

constexpr uint32_t FirstLetters() {
  uint32_t letters = 0;
  for (const std::string_view title : kTitles) letters |= Letter(title[0]);
  return letters;
}

bool IsTitle(std::string_view word) {
  constexpr uint32_t kFirst = FirstLetters();
  return (kFirst & Letter(word[0])) != 0 &&
         std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}
bool IsSuffix(std::string_view word) {
  return std::find(kSuffixes.begin(), kSuffixes.end(), word) != kSuffixes.end();
}

// Does a suffix go from the key? "Jr." tells a son from his father and stays; behind a given name
// alone ("Charles III") most leave it out.
bool Goes(std::string_view suffix, std::string_view before) {
  return suffix == "phd" || before.find(' ') == std::string_view::npos;
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}
bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

void ReplaceAll(std::string& word, std::string_view from, std::string_view to) {
  for (size_t at = word.find(from); at != std::string::npos; at = word.find(from, at + to.size()))
    word.replace(at, from.size(), to);
}

void ReplaceStart(std::string& word, std::string_view from, std::string_view to) {
  if (word.size() > from.size() && StartsWith(word, from)) word.replace(0, from.size(), to);
}

// Words of at least this many bytes are folded: shorter ones ("xi", "yi", "li") would collide.
constexpr size_t kFoldedBytesMin = 4;

void FoldEnding(std::string& word) {
  const char last = word.back();
  if (last != 'i' && last != 'y' && last != 'j') return;
  constexpr std::array<std::string_view, 8> kEndings = {"iy", "ii", "yi", "yy",
                                                        "ey", "ei", "ij", "i"};
  for (const std::string_view ending : kEndings) {
    if (word.size() <= ending.size() + 1 || !EndsWith(word, ending)) continue;
    word.replace(word.size() - ending.size(), ending.size(), "y");
    return;
  }
}

void FoldTransliteration(std::string& word) {
  if (word.size() < kFoldedBytesMin) return;
  uint32_t letters = 0;
  for (const char c : word) letters |= Letter(c);
  const auto has = [letters](char c) { return (letters & Letter(c)) != 0; };
  if (word[0] == 'y') ReplaceStart(word, "ye", "e");
  if (word[0] == 'i') {
    ReplaceStart(word, "iu", "yu");
    ReplaceStart(word, "ia", "ya");
  }
  // Most names have none of these, and then need not be searched for all of them.
  if (has('k') || has('z')) {
    ReplaceAll(word, "dzh", "j");
    ReplaceAll(word, "kh", "h");
    ReplaceAll(word, "ks", "x");
  }
  if (has('g')) {
    ReplaceAll(word, "guei", "gei");
    ReplaceAll(word, "guey", "gey");
  }
  if (EndsWith(word, "ander")) word.replace(word.size() - 5, 5, "andr");
  FoldEnding(word);
  for (size_t n = 1; n + 1 < word.size(); ++n) {
    if (word[n] == 'y') word[n] = 'i';
  }
  word.erase(std::unique(word.begin(), word.end(),
                         [](char a, char b) { return a == b && !(a >= '0' && a <= '9'); }),
             word.end());
}

// What an abbreviation of a state stands for, in folded words; others stay what they are.
std::string_view SpeltOut(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kStates = {
      {{"us", "united states"}, {"usa", "united states"}, {"uk", "united kingdom"}}};
  for (const auto& [letters, state] : kStates) {
    if (word == letters) return state;
  }
  return word;
}

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Calls take(word) for the words of folded text. An apostrophe or a stop within a word joins
// ("O'Neil", "U.S."), and a possessive ending goes.
template <class Take>
void ForEachWord(std::string_view folded, Take&& take) {
  std::string word;
  for (size_t n = 0; n <= folded.size(); ++n) {
    size_t end = n;
    while (end < folded.size() && IsWordByte(folded[end])) ++end;
    word.append(folded.substr(n, end - n));
    n = end;
    const char c = n < folded.size() ? folded[n] : ' ';
    if (c == '\'' || c == '.') {
      const bool possessive = c == '\'' && folded.compare(n, 2, "'s") == 0 &&
                              (n + 2 >= folded.size() || !IsWordByte(folded[n + 2]));
      if (possessive) ++n;
      if (!possessive) continue;
    }
    if (word.empty()) continue;
    take(word);
    word.clear();
  }
}

constexpr size_t kPlainBytesMax = 96;

// Writes Fold(name) for a short name in letters, digits and stops of ASCII, as most are, but for
// blanks in a row; false when it is another.
bool FoldPlain(std::string_view name, std::array<char, kPlainBytesMax>& folded) {
  if (name.size() > kPlainBytesMax) return false;
  for (size_t n = 0; n < name.size(); ++n) {
    const char c = name[n];
    if (c < ' ' || c > '~' || c == '\'' || c == '`') return false;
    folded[n] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return true;
}

}  // namespace

std::string NameKey(std::string_view name) {
  std::array<char, kPlainBytesMax> buffer;
  std::string other;
  const std::string_view folded = FoldPlain(name, buffer)
                                      ? std::string_view(buffer.data(), name.size())
                                      : std::string_view(other = Fold(name));
  std::string key;
  bool only_title = false;    // so far; it goes when another word follows
  size_t without_suffix = 0;  // bytes of the key before the suffixes at its end; 0: has none
  ForEachWord(folded, [&](std::string& word) {
    if (only_title) key.clear();
    only_title = key.empty() && IsTitle(word);
    const bool suffix = !key.empty() && IsSuffix(word) && Goes(word, key);
    if (!suffix) without_suffix = 0;
    if (suffix && without_suffix == 0) without_suffix = key.size();
    if (!key.empty()) key.push_back(' ');
    const std::string_view state = SpeltOut(word);
    if (state == word) {
      FoldTransliteration(word);
      key += word;
    } else {
      key += state;
    }
  });
  if (without_suffix > 0) key.resize(without_suffix);
  return key;
}

std::string_view LastName(std::string_view name) {
  while (true) {
    while (!name.empty() && (name.back() == ' ' || name.back() == ',' || name.back() == '.'))
      name.remove_suffix(1);
    if (EndsWith(name, "'s"))
      name.remove_suffix(2);
    else if (EndsWith(name, "\xE2\x80\x99s"))
      name.remove_suffix(4);
    const size_t blank = name.find_last_of(' ');
    if (blank == std::string_view::npos) return name;
    const std::string_view last = name.substr(blank + 1);
    if (!IsSuffix(Fold(last))) return last;
    name = name.substr(0, blank);
  }
}

}  // namespace verbatim::text
