// SPDX-License-Identifier: Apache-2.0
// From names to who bears them: one entity for all spellings of a name, its type and offices, and
// which entity a last name, a given name or an acronym means at its place.
#include <algorithm>

#include "bounds.h"
#include "resolve.h"
#include "verbatim/text/names.h"

namespace verbatim::quotes {
namespace {

std::string FirstWord(const std::string& key) { return key.substr(0, key.find(' ')); }
std::string LastWord(const std::string& key) { return key.substr(key.rfind(' ') + 1); }

}  // namespace

// The office that the longest ending of a role means: "freedonian top diplomat" -> "foreign
// minister"; its last word when none is known.
std::string Resolver::OfficeOf(const std::string& role) const {
  for (size_t at = 0; at != std::string::npos;) {
    if (const std::string* means = words_.Office(role.substr(at))) return *means;
    at = role.find(' ', at);
    if (at != std::string::npos) ++at;
  }
  return role.substr(role.rfind(' ') + 1);
}

SpeakerType Resolver::TypeOf(const Run& run, uint16_t nation) const {
  if (nation != 0) return SpeakerType::kGovernment;
  if (run.titled || !run.role.empty()) return SpeakerType::kPerson;
  const Token& first = doc_.TokenOf(run.first);
  const Token& last = doc_.TokenOf(run.last);
  if (run.last > run.first && first.Is(kGivenName) && !last.Is(kOrgHead))
    return SpeakerType::kPerson;
  bool organisation = last.Is(kOrgHead) || last.Is(kGroupNoun);
  int32_t words = 0;
  for (int32_t k = run.first; k <= run.last; ++k) {
    const Token& token = doc_.TokenOf(k);
    words += token.capital ? 1 : 0;
    organisation = organisation || doc_.In(token) == "of" || doc_.In(token) == "for" ||
                   doc_.In(token) == "&" || token.Is(kOrgHead | kNation | kDemonym | kTimeNoun);
  }
  if (organisation || run.article) return SpeakerType::kOrganisation;
  if (run.first == run.last) {
    if (first.Is(kGivenName)) return SpeakerType::kPerson;
    return first.upper ? SpeakerType::kOrganisation : SpeakerType::kUnknown;
  }
  return words <= 3 && !last.upper ? SpeakerType::kPerson : SpeakerType::kOrganisation;
}

void Resolver::GiveRole(int32_t number, const std::string& role) {
  if (role.empty()) return;
  Entity& entity = entities_[static_cast<size_t>(number)];
  if (entity.role.empty()) entity.role = role;
  const std::string lower = LowerWord(role);
  if (entity.offices.size() >= kOfficesMax ||
      std::find(entity.offices.begin(), entity.offices.end(), lower) != entity.offices.end()) {
    return;
  }
  entity.offices.push_back(lower);
  const std::string meaning = OfficeOf(lower);
  for (const std::string& name : {lower.substr(lower.rfind(' ') + 1), meaning}) {
    std::vector<int32_t>& holders = holders_[name];
    if (holders.empty() || holders.back() != number) holders.push_back(number);
  }
  std::string word;
  for (const char c : lower + ' ') {
    if (c != ' ') {
      word.push_back(c);
      continue;
    }
    if (const uint16_t nation = words_.NationOf(word); nation != 0 && entity.nation == 0)
      entity.nation = nation;
    word.clear();
  }
}

int32_t Resolver::EntityFor(const Run& run) {
  const std::string name = NameText(run.first, run.last);
  const std::string key = text::NameKey(name);
  if (key.empty()) return -1;
  if (const auto found = by_key_.find(key); found != by_key_.end()) return found->second;
  const uint16_t nation = words_.NationOf(LowerWord(name));
  const SpeakerType type = TypeOf(run, nation);
  const auto number = static_cast<int32_t>(entities_.size());
  if (type == SpeakerType::kPerson && run.last > run.first) {
    std::vector<int32_t>& namesakes = by_last_[LastWord(key)];
    const std::string a = FirstWord(key);
    for (size_t n = 0; n < namesakes.size() && n < kNamesakesMax; ++n) {
      const int32_t other = namesakes[n];
      const std::string& theirs = entities_[static_cast<size_t>(other)].key;
      const std::string b = FirstWord(theirs);
      const bool initial = (a.size() == 1 || b.size() == 1) && a[0] == b[0];
      if (a == b || initial) {
        by_key_[key] = other;
        if (name.size() > entities_[static_cast<size_t>(other)].name.size() && a == b)
          entities_[static_cast<size_t>(other)].name = name;
        return other;
      }
    }
    namesakes.push_back(number);
    by_given_[a].push_back(number);
  }
  if (type == SpeakerType::kOrganisation && run.last > run.first) {
    const Token& word = doc_.TokenOf(run.first);
    const bool telling = !word.Is(kOrgHead | kNation | kDemonym | kSeat | kRoleModifier | kRole |
                                  kGivenName | kTimeNoun) &&
                         doc_.In(word).size() > 3;
    if (telling) by_given_[FirstWord(key)].push_back(number);
  }
  Entity entity;
  entity.name = name;
  entity.key = key;
  entity.type = type;
  entity.first = doc_.Bytes(run.first, run.last);
  entity.certain = type != SpeakerType::kPerson || run.titled || !run.role.empty() ||
                   doc_.TokenOf(run.first).Is(kGivenName);
  entity.nation = nation;
  if (entity.nation != 0) entity.name = std::string(words_.NationName(entity.nation));
  entities_.push_back(std::move(entity));
  by_key_[key] = number;
  return number;
}

void Resolver::Acronym(const Run& run, int32_t entity) {
  const auto count = static_cast<int32_t>(doc_.elements.size());
  if (run.last + 2 >= count || doc_.IsQuoted(run.last + 1) || doc_.IsQuoted(run.last + 2)) return;
  if (doc_.TokenOf(run.last + 1).kind != Kind::kOpen || !doc_.TokenOf(run.last + 2).upper) return;
  by_key_.emplace(text::NameKey(doc_.In(doc_.TokenOf(run.last + 2))), entity);
}

// Which words stand capitalised where that is no matter of place: names do.
void Resolver::FindMidSentence() {
  name_words_.reserve(2 * runs_.size());
  for (const Run& run : runs_) {
    const Sentence& s = doc_.sentences[static_cast<size_t>(run.sentence)];
    if (doc_.paragraphs[s.paragraph].headline) continue;
    for (int32_t k = run.first + (run.initial ? 1 : 0); k <= run.last; ++k) {
      if (!doc_.IsQuoted(k)) name_words_[doc_.In(doc_.TokenOf(k))].mid_sentence = true;
    }
  }
}

void Resolver::MakeEntities() {
  run_entity_.assign(runs_.size(), -1);
  for (size_t n = 0; n < runs_.size(); ++n) {
    const Run& run = runs_[n];
    if (run.first == run.last) continue;
    const int32_t entity = EntityFor(run);
    run_entity_[n] = entity;
    if (entity < 0) continue;
    Entity& e = entities_[static_cast<size_t>(entity)];
    GiveRole(entity, run.role);
    const Word* given = doc_.TokenOf(run.first).word;
    if (run.gender != Gender::kUnknown) e.gender = run.gender;
    if (e.gender == Gender::kUnknown && e.type == SpeakerType::kPerson &&
        (given->classes & kGivenName) != 0)
      e.gender = given->gender;
    Acronym(run, entity);
  }
}

// The entity that a single name means at this place: the one mentioned last, else the next one.
int32_t Resolver::ShortName(const std::string& key, uint32_t at) const {
  for (const auto* index : {&by_last_, &by_given_}) {
    const auto found = index->find(key);
    if (found == index->end() || found->second.empty()) continue;
    // In the order in which they were first named.
    const std::vector<int32_t>& all = found->second;
    const auto after = std::upper_bound(all.begin(), all.end(), at, [&](uint32_t byte, int32_t e) {
      return byte < entities_[static_cast<size_t>(e)].first.begin;
    });
    const int32_t chosen = after == all.begin() ? all.front() : *(after - 1);
    // "Acme" before anybody wrote "Acme Research" is a name of its own.
    if (entities_[static_cast<size_t>(chosen)].type == SpeakerType::kOrganisation &&
        (after == all.begin() || by_key_.count(key) != 0)) {
      continue;
    }
    return chosen;
  }
  return -1;
}

const Resolver::WordOfName& Resolver::KeyedWord(const Token& token) {
  WordOfName& word = name_words_[doc_.In(token)];
  if (!word.keyed) word.key = text::NameKey(doc_.In(token));
  word.keyed = true;
  return word;
}

void Resolver::LinkShortNames() {
  for (size_t n = 0; n < runs_.size(); ++n) {
    const Run& run = runs_[n];
    int32_t entity = run_entity_[n];
    const Range bytes = doc_.Bytes(run.first, run.last);
    if (run.first == run.last) {
      const Token& token = doc_.TokenOf(run.first);
      const WordOfName& word = KeyedWord(token);
      const std::string& key = word.key;
      if (key.empty()) continue;
      entity = ShortName(key, bytes.begin);
      if (entity >= 0) entities_[static_cast<size_t>(entity)].certain = true;
      if (entity < 0) {
        const auto known = by_key_.find(key);
        if (known != by_key_.end()) entity = known->second;
      }
      if (entity < 0 && run.initial && !token.upper && !token.Is(kGivenName | kNation | kSeat) &&
          !run.titled && run.role.empty() && !word.mid_sentence) {
        continue;  // "Evacuees were waiting" names nobody
      }
      const bool plain = run.initial && !run.titled && run.role.empty() &&
                         !token.Is(kGivenName | kNation | kSeat) && !token.upper;
      if (entity < 0 && plain && !run.verb) continue;
      if (entity < 0 && token.stop_within && token.Is(kAbbreviation)) continue;
      if (entity < 0) entity = EntityFor(run);
      if (entity < 0) continue;
      Entity& e = entities_[static_cast<size_t>(entity)];
      GiveRole(entity, run.role);
      if (run.titled && e.type == SpeakerType::kUnknown) e.type = SpeakerType::kPerson;
      if (run.gender != Gender::kUnknown) e.gender = run.gender;
      if (e.gender == Gender::kUnknown && e.type == SpeakerType::kPerson && token.Is(kGivenName) &&
          e.key == key)
        e.gender = token.word->gender;
    }
    if (entity < 0) continue;
    run_entity_[n] = entity;
    const Sentence& s = doc_.sentences[static_cast<size_t>(run.sentence)];
    if (run.within) entities_[static_cast<size_t>(entity)].place = true;
    mentions_.push_back({bytes, entity, run.sentence, s.paragraph, run.subject, run.aside});
  }
}

}  // namespace verbatim::quotes
