// SPDX-License-Identifier: Apache-2.0
#include "lexicon.h"

#include <utility>

namespace verbatim::quotes {
namespace {

// Calls line(text) for every line that says something.
template <class F>
void ForEachLine(std::string_view list, F&& line) {
  while (!list.empty()) {
    const size_t end = list.find('\n');
    std::string_view text = list.substr(0, end);
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    if (const size_t comment = text.find('#'); comment != std::string_view::npos) {
      text = text.substr(0, comment);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    if (!text.empty()) line(text);
  }
}

std::vector<std::string_view> Split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(by);
    std::string_view part = text.substr(0, end);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty() || by != ' ') parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c == '_') c = ' ';
  }
  return lower;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

struct Forms {
  std::string past, participle, third, gerund;
};

// What English does to a regular verb; doubled letters are given in the list.
Forms Regular(const std::string& lemma) {
  const bool consonant_y =
      EndsWith(lemma, "y") && lemma.size() > 1 && !IsVowel(lemma[lemma.size() - 2]);
  const std::string stem = lemma.substr(0, lemma.size() - 1);
  Forms forms;
  if (EndsWith(lemma, "e")) {
    forms.past = lemma + "d";
    forms.gerund = (EndsWith(lemma, "ee") ? lemma : stem) + "ing";
  } else {
    forms.past = consonant_y ? stem + "ied" : lemma + "ed";
    forms.gerund = lemma + "ing";
  }
  const bool hissing = EndsWith(lemma, "s") || EndsWith(lemma, "x") || EndsWith(lemma, "ch") ||
                       EndsWith(lemma, "sh") || EndsWith(lemma, "o");
  forms.third = consonant_y ? stem + "ies" : lemma + (hissing ? "es" : "s");
  forms.participle = forms.past;
  return forms;
}

const std::pair<std::string_view, uint64_t> kFunctionClasses[] = {
    {"pronoun", kPronoun},
    {"object_pronoun", kObjectPronoun},
    {"demonstrative", kDemonstrative},
    {"determiner", kDeterminer},
    {"possessive", kPossessive},
    {"preposition", kPreposition},
    {"np_preposition", kNpPreposition},
    {"conjunction", kConjunction},
    {"subordinator", kSubordinator},
    {"relative", kRelative},
    {"auxiliary", kAuxiliary},
    {"modal", kModal},
    {"negation", kNegation},
    {"adverb", kAdverb},
    {"number_word", kNumberWord},
    {"weekday", kWeekday},
    {"month", kMonth},
    {"time_noun", kTimeNoun},
    {"time_modifier", kTimeModifier},
};

}  // namespace

const Lexicon& Lexicon::Get() {
  static const Lexicon* const lexicon = new Lexicon(std::string_view());
  return *lexicon;
}

Lexicon::Lexicon(std::string_view more_nations) {
  ReadClasses(EmbeddedList("function_words"));
  ReadPlain(EmbeddedList("verbs"), kFinite);
  ReadPlain(EmbeddedList("group_nouns"), kGroupNoun);
  ReadPlain(EmbeddedList("org_heads"), kOrgHead);
  ReadPlain(EmbeddedList("documents"), kDocument);
  ReadPlain(EmbeddedList("cue_nouns"), kCueNoun);
  ReadPlain(EmbeddedList("venue_nouns"), kVenueNoun);
  ReadPlain(EmbeddedList("works"), kWorkNoun);
  ReadPlain(EmbeddedList("role_modifiers"), kRoleModifier);
  ReadPlain(EmbeddedList("abbreviations"), kAbbreviation);
  ReadSexed(EmbeddedList("titles"), kTitle);
  ReadSexed(EmbeddedList("roles"), kRole);
  ReadVerbs(EmbeddedList("speech_verbs"), 0);
  ReadVerbs(EmbeddedList("mental_verbs"), kMental);
  ReadNations(EmbeddedList("nations"));
  ReadNations(more_nations);
  ReadGivenNames(EmbeddedList("given_names"));
  ReadOffices(EmbeddedList("role_synonyms"));
  BuildTables();
}

void Lexicon::ReadClasses(std::string_view list) {
  ForEachLine(list, [&](std::string_view line) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    for (const auto& [name, word_class] : kFunctionClasses) {
      if (name != line.substr(0, colon)) continue;
      for (std::string_view word : Split(line.substr(colon + 1), ' ')) Add(word, word_class);
    }
  });
}

void Lexicon::ReadPlain(std::string_view list, uint64_t word_class) {
  ForEachLine(list, [&](std::string_view line) {
    for (std::string_view word : Split(line, ' ')) Add(Lower(word), word_class);
  });
}

void Lexicon::ReadSexed(std::string_view list, uint64_t word_class) {
  ForEachLine(list, [&](std::string_view line) {
    const auto parts = Split(line, ' ');
    Word& word = words_[Lower(parts[0])];
    word.classes |= word_class;
    if (parts.size() > 1) word.gender = parts[1] == "f" ? Gender::kFemale : Gender::kMale;
  });
}

void Lexicon::AddForm(const std::string& form, uint16_t lemma, uint16_t uses, uint8_t form_bit) {
  Word& word = words_[form];
  word.classes |= kSpeech;
  word.lemma = lemma;
  word.uses = static_cast<uint16_t>(word.uses | uses);
  word.forms = static_cast<uint8_t>(word.forms | form_bit);
}

void Lexicon::ReadVerbs(std::string_view list, uint16_t always) {
  ForEachLine(list, [&](std::string_view line) {
    const auto parts = Split(line, ' ');
    const std::string lemma(parts[0]);
    Forms forms = Regular(lemma);
    uint16_t uses = always;
    std::string needs;
    int past_seen = 0;
    for (size_t n = 1; n < parts.size(); ++n) {
      const std::string_view part = parts[n];
      if (part == "strong")
        uses |= kStrong;
      else if (part == "that")
        uses |= kThat;
      else if (part == "bare")
        uses |= kBare;
      else if (part == "order")
        uses |= kOrder;
      else if (part == "promise")
        uses |= kPromise;
      else if (part == "quote")
        uses |= kQuoteOnly;
      else if (part == "ask")
        uses |= kAsk;
      else if (part == "noun")
        uses |= kNounToo;
      else if (part == "tell")
        uses |= kTell;
      else if (part.substr(0, 6) == "needs:")
        needs = part.substr(6);
      else if (part == "phrase")
        uses |= kPhrase;
      else if (EndsWith(part, "ing") && part.size() > 5)
        forms.gerund = part;
      else if (EndsWith(part, "s") && part.size() > 3)
        forms.third = part;
      else if (past_seen++ == 0)
        forms.past = forms.participle = part;
      else
        forms.participle = part;
    }
    const auto number = static_cast<uint16_t>(lemmas_.size());
    lemmas_.push_back(lemma);
    needs_.push_back(needs);
    AddForm(lemma, number, uses, kBase);
    AddForm(forms.past, number, uses, kPast);
    AddForm(forms.participle, number, uses, kParticiple);
    AddForm(forms.third, number, uses, kThirdPerson);
    AddForm(forms.gerund, number, uses, kGerund);
  });
}

void Lexicon::ReadNations(std::string_view list) {
  ForEachLine(list, [&](std::string_view line) {
    const auto columns = Split(line, '|');
    const auto number = static_cast<uint16_t>(nations_.size());
    nations_.emplace_back(columns[0]);
    const auto add = [&](std::string_view name, uint64_t word_class) {
      const std::string lower = Lower(name);
      nation_of_.emplace(lower, number);
      if (lower.find(' ') != std::string::npos) return;
      Word& word = words_[lower];
      word.classes |= word_class;
      word.nation = number;
    };
    add(columns[0], kNation);
    if (columns.size() > 1) {
      for (std::string_view name : Split(columns[1], ' ')) {
        const bool state = name.size() <= 4 || name == "U.S.A." || name == "U.A.E." ||
                           name == "America" || name == "Britain";
        const bool upper =
            name.size() > 1 && (name[1] == '.' || (name[1] >= 'A' && name[1] <= 'Z'));
        add(name, state && (upper || name.size() > 4) ? kNation : kDemonym);
      }
    }
    if (columns.size() > 2) {
      for (std::string_view name : Split(columns[2], ' ')) add(name, kSeat);
    }
  });
  words_["us"].nation = 0;  // the pronoun: "US" in capitals is looked up with NationOf
  words_["us"].classes &= ~static_cast<uint64_t>(kNation | kDemonym);
}

void Lexicon::ReadGivenNames(std::string_view list) {
  ForEachLine(list, [&](std::string_view line) {
    if (line.size() < 3 || line[1] != ':') return;
    const Gender gender = line[0] == 'f'   ? Gender::kFemale
                          : line[0] == 'm' ? Gender::kMale
                                           : Gender::kUnknown;
    for (std::string_view name : Split(line.substr(2), ' ')) {
      Word& word = words_[std::string(name)];
      const bool clash = (word.classes & kGivenName) != 0 && word.gender != gender;
      word.classes |= kGivenName;
      word.gender = clash ? Gender::kUnknown : gender;
    }
  });
}

void Lexicon::ReadOffices(std::string_view list) {
  ForEachLine(list, [&](std::string_view line) {
    const auto sides = Split(line, '=');
    if (sides.size() == 2) offices_[std::string(sides[0])] = std::string(sides[1]);
  });
}

void Lexicon::BuildTables() {
  table_.Reserve(words_.size());
  for (const auto& [key, word] : words_) table_.Add(Padded(key), word);
  nation_table_.Reserve(nation_of_.size());
  for (const auto& [name, nation] : nation_of_) nation_table_.Add(Padded(name), nation);
  words_.clear();
  nation_of_.clear();
}

uint16_t Lexicon::NationOf(std::string_view lower) const {
  const uint16_t* nation = nation_table_.Find(Padded(lower));
  return nation == nullptr ? uint16_t{0} : *nation;
}

}  // namespace verbatim::quotes
