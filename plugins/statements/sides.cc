// SPDX-License-Identifier: Apache-2.0
// Countries by the form of their adjective, with a short list of the irregular ones; bodies by
// their capitals.
#include "sides.h"

#include <cstddef>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

using text::Token;

// Adjectives that don't show their country by their ending, and other names of states.
const std::unordered_map<std::string_view, std::string_view>& Irregular() {
  static const std::unordered_map<std::string_view, std::string_view> words = {
      {"us", "United States"},       {"u.s.", "United States"},
      {"u.s", "United States"},      {"usa", "United States"},
      {"american", "United States"}, {"america", "United States"},
      {"uk", "United Kingdom"},      {"u.k.", "United Kingdom"},
      {"british", "United Kingdom"}, {"britain", "United Kingdom"},
      {"eu", "European Union"},      {"european", "European Union"},
      {"chinese", "China"},          {"french", "France"},
      {"german", "Germany"},         {"japanese", "Japan"},
      {"spanish", "Spain"},          {"dutch", "Netherlands"},
      {"polish", "Poland"},          {"turkish", "Turkey"},
      {"ukrainian", "Ukraine"},      {"iranian", "Iran"},
      {"israeli", "Israel"},         {"iraqi", "Iraq"},
      {"pakistani", "Pakistan"},     {"egyptian", "Egypt"},
      {"brazilian", "Brazil"},       {"canadian", "Canada"},
      {"hungarian", "Hungary"},      {"norwegian", "Norway"},
      {"swedish", "Sweden"},         {"danish", "Denmark"},
      {"finnish", "Finland"},        {"irish", "Ireland"},
      {"swiss", "Switzerland"},      {"greek", "Greece"},
      {"mexican", "Mexico"},         {"italian", "Italy"},
      {"belgian", "Belgium"},        {"azerbaijani", "Azerbaijan"},
      {"palestinian", "Palestine"},  {"argentinian", "Argentina"},
      {"peruvian", "Peru"},          {"jordanian", "Jordan"},
      {"lebanese", "Lebanon"},       {"sudanese", "Sudan"},
      {"taiwanese", "Taiwan"},       {"portuguese", "Portugal"},
      {"vietnamese", "Vietnam"},     {"moroccan", "Morocco"},
      {"saudi", "Saudi Arabia"},     {"czech", "Czech Republic"},
      {"scottish", "Scotland"},      {"welsh", "Wales"},
      {"english", "England"},        {"kazakh", "Kazakhstan"},
      {"uzbek", "Uzbekistan"},       {"serb", "Serbia"},
      {"croat", "Croatia"}};
  return words;
}

bool IsStateWord(std::string_view word) {
  static const std::unordered_set<std::string_view> words = {
      "ministry",     "minister",       "department",     "government", "president",  "presidency",
      "parliament",   "embassy",        "ambassador",     "army",       "navy",       "force",
      "forces",       "command",        "military",       "state",      "secretary",  "diplomat",
      "premier",      "chancellor",     "administration", "senate",     "congress",   "kremlin",
      "cabinet",      "agency",         "mission",        "envoy",      "spokesman",  "spokeswoman",
      "spokesperson", "general",        "admiral",        "council",    "foreign",    "defence",
      "defense",      "permanent",      "diplomacy",      "police",     "prosecutor", "authorities",
      "delegation",   "representative", "official",       "officials",  "leader"};
  return words.count(word) != 0;
}

// Words of a title that are written with capitals and name no body.
bool IsTitleWord(std::string_view word) {
  static const std::unordered_set<std::string_view> words = {"minister",
                                                             "president",
                                                             "secretary",
                                                             "general",
                                                             "chief",
                                                             "director",
                                                             "head",
                                                             "deputy",
                                                             "prime",
                                                             "vice",
                                                             "foreign",
                                                             "defence",
                                                             "defense",
                                                             "finance",
                                                             "transport",
                                                             "interior",
                                                             "trade",
                                                             "energy",
                                                             "environment",
                                                             "justice",
                                                             "health",
                                                             "economy",
                                                             "executive",
                                                             "officer",
                                                             "chairman",
                                                             "chairwoman",
                                                             "chair",
                                                             "governor",
                                                             "mayor",
                                                             "senator",
                                                             "ambassador",
                                                             "spokesman",
                                                             "spokeswoman",
                                                             "spokesperson",
                                                             "assistant",
                                                             "under",
                                                             "undersecretary",
                                                             "commander",
                                                             "professor",
                                                             "dr",
                                                             "mr",
                                                             "mrs",
                                                             "ms",
                                                             "sir",
                                                             "dame",
                                                             "captain",
                                                             "colonel",
                                                             "admiral",
                                                             "chancellor",
                                                             "premier",
                                                             "speaker",
                                                             "leader",
                                                             "state"};
  return words.count(word) != 0;
}

bool EndsWith(std::string_view word, std::string_view end) {
  return word.size() > end.size() && word.substr(word.size() - end.size()) == end;
}

// The country of an adjective or a possessive; empty when the word is none.
std::string CountryOf(std::string_view printed) {
  std::string word(printed);
  for (const std::string_view possessive : {"'s", "\xE2\x80\x99s"}) {
    if (EndsWith(word, possessive)) {
      word.resize(word.size() - possessive.size());
      const auto it = Irregular().find(text::Fold(word));
      return it == Irregular().end() ? word : std::string(it->second);
    }
  }
  const auto it = Irregular().find(text::Fold(word));
  if (it != Irregular().end()) return std::string(it->second);
  if (word.size() > 5 && EndsWith(word, "ian")) return word.substr(0, word.size() - 1);
  return "";
}

struct Name {
  std::string_view text;
  bool of_state = false;  // some word of the whole text is of the state
};

// Capitalised words in a row, with "of", "for", "of the" and marks inside.
class Run {
 public:
  explicit Run(std::string_view text) : text_(text) {}

  void Add(const Token& token) { tokens_.push_back(token); }
  bool empty() const { return tokens_.empty(); }
  bool EndsInTitle() const {
    return !tokens_.empty() && IsTitleWord(text::Fold(In(text_, tokens_.back())));
  }
  bool EndsIn(std::string_view word) const {
    return !tokens_.empty() && In(text_, tokens_.back()) == word;
  }

  // What is left without titles before it and small words after it. Empties the run.
  std::string_view Take() {
    size_t begin = 0;
    size_t end = tokens_.size();
    while (end > begin && !tokens_[end - 1].Has(text::kCapitalised)) --end;
    while (begin < end && (IsTitleWord(text::Fold(In(text_, tokens_[begin]))) ||
                           !tokens_[begin].Has(text::kCapitalised)))
      ++begin;
    const std::string_view name =
        begin == end
            ? std::string_view()
            : text_.substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin);
    tokens_.clear();
    return name;
  }

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
};

bool IsApostrophe(std::string_view mark) { return mark == "'" || mark == "\xE2\x80\x99"; }

// The longest name that is more than a title.
Name Read(std::string_view text) {
  Name best;
  Run run(text);
  const auto close = [&] {
    const std::string_view name = run.Take();
    if (name.size() > best.text.size()) best.text = name;
  };
  for (const Token& token : text::Tokenize(text)) {
    const std::string_view word = In(text, token);
    best.of_state = best.of_state || IsStateWord(text::Fold(word));
    if (token.IsWord() && token.Has(text::kCapitalised) && word != "The") {
      run.Add(token);
    } else if (!run.empty() && !run.EndsInTitle() &&
               (word == "of" || word == "for" || IsApostrophe(word) ||
                (word == "the" && run.EndsIn("of")))) {
      run.Add(token);
    } else {
      close();
    }
  }
  close();
  return best;
}

// The country that stands first in the text, when somebody of the state is spoken of.
std::string StateOf(std::string_view text, bool of_state) {
  if (!of_state) return "";
  for (const std::string_view name :
       {"United States", "United Kingdom", "European Union", "Saudi Arabia"}) {
    if (text.find(name) != std::string_view::npos) return std::string(name);
  }
  for (const Token& token : text::Tokenize(text)) {
    if (!token.IsWord() || !token.Has(text::kCapitalised)) continue;
    const std::string country = CountryOf(In(text, token));
    if (!country.empty()) return country;
  }
  return "";
}

}  // namespace

std::string SideOfRole(std::string_view role) {
  const Name name = Read(role);
  std::string country = StateOf(role, name.of_state);
  return country.empty() ? std::string(name.text) : country;
}

// Capitalised words and "of" between them, up to the name, one of them a title.
std::string_view RoleBefore(std::string_view before) {
  const std::vector<Token> tokens = text::Tokenize(before);
  size_t first = tokens.size();
  bool title = false;
  while (first > 0) {
    const Token& token = tokens[first - 1];
    const std::string_view word = In(before, token);
    const bool part =
        token.IsWord() && word != "The" && (token.Has(text::kCapitalised) || word == "of");
    if (!part) break;
    title = title || IsTitleWord(text::Fold(word));
    --first;
  }
  return title ? before.substr(tokens[first].begin) : std::string_view();
}

std::string SideOfBody(std::string_view name) {
  const Name read = Read(name);
  std::string country = StateOf(name, read.of_state);
  if (!country.empty()) return country;
  return CountryOf(name).empty() ? std::string(name) : CountryOf(name);
}

}  // namespace verbatim::statements
