// SPDX-License-Identifier: Apache-2.0
// Who is named in an article: capitalised runs outside quotations, with the titles, roles and
// appositions that stand beside them.
#include <algorithm>

#include "resolve.h"
#include "verbatim/text/names.h"

namespace verbatim::quotes {
namespace {

constexpr int32_t kRunMax = 10;       // words of one name
constexpr size_t kOfficesMax = 8;     // of one person
constexpr size_t kNamesakesMax = 32;  // persons of one last name that are compared

bool JoinsName(std::string_view word) {
  return word == "de" || word == "van" || word == "von" || word == "der" || word == "den" ||
         word == "la" || word == "bin" || word == "al" || word == "el" || word == "du" ||
         word == "da" || word == "di" || word == "&";
}

std::string FirstWord(const std::string& key) { return key.substr(0, key.find(' ')); }
std::string LastWord(const std::string& key) { return key.substr(key.rfind(' ') + 1); }

}  // namespace

Resolver::Resolver(const Document& doc) : doc_(doc), phrases_(doc), words_(Lexicon::Get()) {
  CollectRuns();
  MakeEntities();
  LinkShortNames();
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) {
    return a.bytes.begin < b.bytes.begin;
  });
  mentioned_at_.resize(entities_.size());
  for (const Mention& mention : mentions_) {
    mentioned_at_[static_cast<size_t>(mention.entity)].push_back(mention.bytes.begin);
  }
  CollectOrgPhrases();
}

std::string Resolver::NameText(int32_t first, int32_t last) const {
  std::string text;
  for (int32_t k = first; k <= last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    if (!text.empty() && token.blank_before) text.push_back(' ');
    text += doc_.In(token);
  }
  return text;
}

void Resolver::CollectRuns() {
  for (size_t n = 0; n < doc_.sentences.size(); ++n) {
    const Sentence& s = doc_.sentences[n];
    if (doc_.paragraphs[s.paragraph].furniture) continue;
    for (int32_t k = s.begin; k < s.end;) {
      if (!phrases_.IsName(k)) {
        ++k;
      } else {
        CollectRun(static_cast<int32_t>(n), s.begin, s.end, &k);
      }
    }
  }
}

void Resolver::CollectRun(int32_t sentence, int32_t begin, int32_t end, int32_t* at) {
  int32_t last = *at;
  const auto of_name = [&](int32_t k) {
    const std::string_view word = doc_.In(doc_.TokenOf(k));
    return (word == "of" || word == "for") && doc_.TokenOf(last).Is(kOrgHead) &&
           !doc_.TokenOf(last).Is(kRole);
  };
  while (last + 1 < end && last - *at < kRunMax && !doc_.IsQuoted(last + 1)) {
    const Token& next = doc_.TokenOf(last + 1);
    if (phrases_.IsName(last + 1)) {
      ++last;
    } else if (last + 2 < end && next.IsWord() && phrases_.IsName(last + 2) &&
               (JoinsName(doc_.In(next)) || of_name(last + 1))) {
      last += 2;
    } else {
      break;
    }
  }
  Run run;
  run.first = *at;
  run.last = last;
  run.sentence = sentence;
  run.initial = *at == begin || doc_.IsQuoted(*at - 1);
  *at = last + 1;
  if (run.last == run.first || !doc_.TokenOf(run.last).Is(kOrgHead)) {
    while (run.first < run.last) {
      const Token& token = doc_.TokenOf(run.first);
      if (!token.Is(kTitle | kRole | kRoleModifier | kDemonym) ||
          (token.Is(kGivenName) && !token.Is(kTitle)))
        break;
      if (token.Is(kTitle)) run.titled = true;
      if (token.Is(kTitle | kRole) && token.word->gender != Gender::kUnknown)
        run.gender = token.word->gender;
      ++run.first;
    }
    run.first = phrases_.BehindRoles(run.first, run.last);
  }
  if (run.first == run.last && doc_.TokenOf(run.first).Is(kRole) &&
      !doc_.TokenOf(run.first).Is(kGivenName))
    return;
  if (run.first == run.last && doc_.TokenOf(run.first).Is(kDemonym) && run.last + 1 < end &&
      phrases_.IsNominal(run.last + 1)) {
    return;  // "the Norwegian trawlers" name nobody
  }
  RoleBefore(run, begin);
  RoleBehind(run, end);
  for (int32_t k = run.first; k < run.last; ++k) {
    // "head of the Harbour Board Ada Lund"
    if (doc_.TokenOf(k).Is(kOrgHead | kNation) && doc_.TokenOf(k + 1).Is(kGivenName) &&
        !doc_.TokenOf(run.last).Is(kOrgHead)) {
      run.first = k + 1;
    }
  }
  const bool governed = run.first > begin && !doc_.IsQuoted(run.first - 1) &&
                        doc_.TokenOf(run.first - 1).Is(kPreposition);
  int32_t verb = run.last + 1;
  while (verb < end && !doc_.IsQuoted(verb) && doc_.TokenOf(verb).Is(kAdverb)) ++verb;
  if (verb < end && !doc_.IsQuoted(verb)) {
    const Token& token = doc_.TokenOf(verb);
    run.subject = token.Is(kFinite | kAuxiliary | kModal | kSpeech) && !token.Is(kPreposition);
  }
  run.verb = run.subject;
  run.subject = !governed && (run.subject || run.initial);
  runs_.push_back(std::move(run));
}

// "Freedonian Foreign Minister NAME", "spokesman NAME", "the head of the group NAME".
void Resolver::RoleBefore(Run& run, int32_t begin) const {
  int32_t first = run.first;
  while (first > begin && run.first - first < 8 && !doc_.IsQuoted(first - 1)) {
    const Token& token = doc_.TokenOf(first - 1);
    if (!token.Is(kTitle | kRole | kRoleModifier | kDemonym | kNation) &&
        token.kind != Kind::kClitic)
      break;
    if (token.Is(kConjunction | kPreposition)) break;
    --first;
  }
  while (first < run.first &&
         (doc_.TokenOf(first).kind == Kind::kClitic || doc_.TokenOf(first).Is(kTitle)))
    ++first;
  bool role = false;
  for (int32_t k = first; k < run.first; ++k) {
    const Token& token = doc_.TokenOf(k);
    role = role || token.Is(kRole);
    if (token.Is(kRole | kTitle) && token.word->gender != Gender::kUnknown)
      run.gender = token.word->gender;
  }
  if (role) {
    run.role = NameText(first, run.first - 1);
    return;
  }
  if (run.first - 2 < begin || doc_.IsQuoted(run.first - 1)) return;
  const Token& noun = doc_.TokenOf(run.first - 1);
  if (!noun.IsWord() || noun.capital || !noun.Is(kOrgHead | kGroupNoun)) return;
  for (int32_t k = run.first - 2; k > begin && run.first - k < 6; --k) {
    if (doc_.IsQuoted(k) || doc_.IsQuoted(k - 1)) return;
    if (doc_.In(doc_.TokenOf(k)) != "of" || !doc_.TokenOf(k - 1).Is(kRole)) continue;
    int32_t start = k - 1;
    while (start > begin && !doc_.IsQuoted(start - 1) &&
           doc_.TokenOf(start - 1).Is(kRole | kRoleModifier | kDemonym))
      --start;
    run.role = NameText(start, k - 1);
    return;
  }
}

// "NAME, the mayor of the town,"  "NAME, a doctor".
void Resolver::RoleBehind(Run& run, int32_t end) const {
  int32_t k = run.last + 1;
  if (!run.role.empty() || k >= end || doc_.IsQuoted(k) || doc_.TokenOf(k).kind != Kind::kComma)
    return;
  ++k;
  const int32_t limit = std::min(end, k + 9);
  int32_t first = -1;
  for (; k < limit && !doc_.IsQuoted(k); ++k) {
    const Token& token = doc_.TokenOf(k);
    if (token.Is(kDeterminer | kPossessive) && first < 0) continue;
    if (!token.IsWord() && token.kind != Kind::kClitic) return;
    if (token.Is(kPreposition | kPronoun | kRelative | kFinite | kAuxiliary | kSpeech) &&
        !token.Is(kRole))
      return;
    if (first < 0) first = k;
    if (!token.Is(kRole)) continue;
    while (k + 1 < limit && !doc_.IsQuoted(k + 1) && doc_.TokenOf(k + 1).Is(kRole)) ++k;
    run.role = NameText(first, k);
    if (token.word->gender != Gender::kUnknown) run.gender = token.word->gender;
    return;
  }
}

// The office that the longest ending of a role means: "freedonian top diplomat" -> "foreign
// minister"; its last word when none is known.
std::string Resolver::OfficeOf(const std::string& role) const {
  for (size_t at = 0; at != std::string::npos;) {
    const std::string tail = role.substr(at);
    const std::string means = words_.Office(tail);
    if (words_.IsOffice(tail)) return means;
    at = role.find(' ', at);
    if (at != std::string::npos) ++at;
  }
  return role.substr(role.rfind(' ') + 1);
}

SpeakerType Resolver::TypeOf(const Run& run, const std::string& name) const {
  if (words_.NationOf(LowerWord(name)) != 0) return SpeakerType::kGovernment;
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
  if (organisation) return SpeakerType::kOrganisation;
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
  const SpeakerType type = TypeOf(run, name);
  const auto number = static_cast<int32_t>(entities_.size());
  if (type == SpeakerType::kPerson && run.last > run.first) {
    const std::vector<int32_t>& namesakes = by_last_[LastWord(key)];
    for (size_t n = 0; n < namesakes.size() && n < kNamesakesMax; ++n) {
      const int32_t other = namesakes[n];
      const std::string& theirs = entities_[static_cast<size_t>(other)].key;
      const std::string a = FirstWord(key);
      const std::string b = FirstWord(theirs);
      const bool initial = (a.size() == 1 || b.size() == 1) && a[0] == b[0];
      if (a == b || initial) {
        by_key_[key] = other;
        if (name.size() > entities_[static_cast<size_t>(other)].name.size() && a == b)
          entities_[static_cast<size_t>(other)].name = name;
        return other;
      }
    }
    by_last_[LastWord(key)].push_back(number);
    by_given_[FirstWord(key)].push_back(number);
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
  entity.nation = words_.NationOf(LowerWord(name));
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
    return after == all.begin() ? all.front() : *(after - 1);
  }
  return -1;
}

void Resolver::LinkShortNames() {
  for (size_t n = 0; n < runs_.size(); ++n) {
    const Run& run = runs_[n];
    int32_t entity = run_entity_[n];
    const Range bytes = doc_.Bytes(run.first, run.last);
    if (run.first == run.last) {
      const Token& token = doc_.TokenOf(run.first);
      const std::string key = text::NameKey(doc_.In(token));
      if (key.empty()) continue;
      entity = ShortName(key, bytes.begin);
      if (entity >= 0) entities_[static_cast<size_t>(entity)].certain = true;
      if (entity < 0) {
        const auto known = by_key_.find(key);
        if (known != by_key_.end()) entity = known->second;
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
    mentions_.push_back({bytes, entity, run.sentence, s.paragraph, run.subject});
  }
}

// Institutions by description: "the Freedonian foreign ministry", later "the ministry".
void Resolver::CollectOrgPhrases() {
  const auto count = static_cast<int32_t>(doc_.elements.size());
  for (int32_t k = 1; k < count; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    if (!token.Is(kOrgHead) || !token.IsWord()) continue;
    int32_t first = k;
    bool specific = false;
    while (first > 0 && k - first < 7 && !doc_.IsQuoted(first - 1)) {
      const Token& before = doc_.TokenOf(first - 1);
      const bool modifier = before.Is(kDemonym | kNation | kRoleModifier | kSeat) ||
                            phrases_.IsName(first - 1) || before.kind == Kind::kClitic;
      const bool plain = phrases_.IsNominal(first - 1) && before.IsWord() && !before.Is(kSpeech);
      if (!(modifier || plain) || before.paragraph != token.paragraph ||
          before.Is(kDeterminer | kPreposition))
        break;
      specific = specific || modifier;
      --first;
    }
    if (!specific || first == k) continue;
    // What stands before the first telling word is not of the name.
    while (first < k && !doc_.TokenOf(first).capital &&
           !doc_.TokenOf(first).Is(kDemonym | kNation | kSeat)) {
      ++first;
    }
    if (first == k) continue;
    orgs_.push_back({LowerWord(doc_.In(token)), NameText(first, k), doc_.Bytes(first, k)});
  }
}

}  // namespace verbatim::quotes
