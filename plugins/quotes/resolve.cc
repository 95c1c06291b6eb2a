// SPDX-License-Identifier: Apache-2.0
#include "resolve.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "verbatim/text/names.h"

namespace verbatim::quotes {
namespace {

constexpr uint32_t kPronounParagraphsMax = 3;
constexpr size_t kHoldersMax = 64;           // of one office that are compared
constexpr size_t kOrgPhrasesLookedAt = 200;  // back from "the ministry"
constexpr size_t kOnlyPersonMentions = 200;
constexpr uint32_t kInstitutionParagraphsMax = 3;
constexpr uint32_t kOrgReachBytes = 400;   // back from "it" to an institution by description
constexpr int32_t kMentionsLookedAt = 40;  // back from a pronoun
constexpr size_t kDescriptionWordsMax = 9;

std::vector<std::string> SplitWords(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + ' ') {
    if (c != ' ')
      word.push_back(c);
    else if (!word.empty())
      words.push_back(std::exchange(word, std::string()));
  }
  return words;
}

std::string JoinFrom(const std::vector<std::string>& words, size_t from) {
  std::string text;
  for (size_t n = from; n < words.size(); ++n) text += (n > from ? " " : "") + words[n];
  return text;
}

}  // namespace

std::vector<Speaker> Resolver::Resolve(const std::vector<Attribution>& found) {
  std::vector<int32_t> order(found.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return found[static_cast<size_t>(a)].pieces.front().begin <
           found[static_cast<size_t>(b)].pieces.front().begin;
  });
  std::vector<Speaker> speakers(found.size());
  std::vector<bool> done(found.size(), false);
  std::vector<int32_t> said;  // resolved so far, in text order
  for (const int32_t n : order) {
    const Attribution& a = found[static_cast<size_t>(n)];
    int32_t from = a.inherits;
    // Whoever is inherited from may stand later in the list but was resolved by its own turn; a
    // chain ends at the first attribution that has a subject.
    if (from >= 0 && !a.subject.found() && done[static_cast<size_t>(from)]) {
      speakers[static_cast<size_t>(n)] = speakers[static_cast<size_t>(from)];
    } else if (from >= 0 && done[static_cast<size_t>(from)] &&
               found[static_cast<size_t>(from)].subject.first == a.subject.first) {
      speakers[static_cast<size_t>(n)] = speakers[static_cast<size_t>(from)];
    } else {
      speakers[static_cast<size_t>(n)] = ResolveOne({a, found, speakers, said});
    }
    done[static_cast<size_t>(n)] = true;
    said.push_back(n);
  }
  for (size_t n = 0; n < found.size(); ++n) {  // inherited from a later place
    const int32_t from = found[n].inherits;
    if (from >= 0 && !found[n].subject.found() && speakers[n].name.empty())
      speakers[n] = speakers[static_cast<size_t>(from)];
  }
  return speakers;
}

Speaker Resolver::ResolveOne(const Context& context) {
  const Phrase& subject = context.a.subject;
  switch (subject.head) {
    case HeadKind::kName:
      return ByName(subject);
    case HeadKind::kNoun:
      return ByNoun(context, doc_.BytesOf(subject.head_first).begin);
    case HeadKind::kPronoun:
      return ByPronoun(context);
    default:
      return {};
  }
}

Speaker Resolver::OfEntity(int32_t entity, Range evidence) const {
  const Entity& e = entities_[static_cast<size_t>(entity)];
  Speaker speaker;
  speaker.name = e.name;
  speaker.type = e.type;
  speaker.role = e.role;
  speaker.entity = entity;
  speaker.evidence.push_back(e.first);
  if (evidence.end > evidence.begin && !(evidence == e.first)) speaker.evidence.push_back(evidence);
  return speaker;
}

Speaker Resolver::Nation(uint16_t nation) const {
  Speaker speaker;
  speaker.name = std::string(words_.NationName(nation));
  speaker.type = SpeakerType::kGovernment;
  return speaker;
}

Speaker Resolver::ByName(const Phrase& phrase) {
  const std::string name = NameText(phrase.head_first, phrase.head_last);
  if (const uint16_t nation = words_.NationOf(LowerWord(name)); nation != 0) return Nation(nation);
  if (phrase.group) {
    Speaker speaker;
    speaker.name = name;
    speaker.type = SpeakerType::kGroup;
    return speaker;
  }
  const std::string key = text::NameKey(name);
  const uint32_t at = doc_.BytesOf(phrase.head_first).begin;
  int32_t entity = -1;
  if (key.find(' ') == std::string::npos) entity = ShortName(key, at);
  if (entity < 0) {
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) entity = found->second;
  }
  if (entity < 0 && key.find(' ') != std::string::npos) {
    // The run may hold more than the registered name: "Berg Lund Holdings" read as one.
    auto mention = FirstMention(at);
    const uint32_t end = doc_.BytesOf(phrase.head_last).end;
    for (; mention != mentions_.end() && mention->bytes.begin < end; ++mention) {
      entity = mention->entity;
    }
  }
  if (entity >= 0) return OfEntity(entity, {});
  Speaker speaker;
  speaker.name = name;
  speaker.type = SpeakerType::kUnknown;
  return speaker;
}

std::vector<Resolver::Mention>::const_iterator Resolver::FirstMention(uint32_t at) const {
  return std::lower_bound(
      mentions_.begin(), mentions_.end(), at,
      [](const Mention& mention, uint32_t byte) { return mention.bytes.begin < byte; });
}

// Where the entity is named last before `before`; -1.
int64_t Resolver::LastMention(int32_t entity, uint32_t before) const {
  const std::vector<uint32_t>& places = mentioned_at_[static_cast<size_t>(entity)];
  const auto after = std::lower_bound(places.begin(), places.end(), before);
  return after == places.begin() ? -1 : static_cast<int64_t>(*(after - 1));
}

// Does one of these roles mean the office asked for? All its words stand in the role, or both mean
// the same office ("top diplomat", "foreign minister").
bool Resolver::Holds(const Entity& entity, const std::vector<std::string>& words,
                     const std::string& office) const {
  for (const std::string& role : entity.offices) {
    const std::vector<std::string> theirs = SplitWords(role);
    const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(theirs.begin(), theirs.end(), word) != theirs.end();
    });
    if (all || (office != words.back() && OfficeOf(role) == office)) return true;
  }
  return false;
}

// The person who holds an office: "the foreign minister", "Freedonia's top diplomat". Of several
// the one named last; only the first few are looked at.
Speaker Resolver::HolderOf(const std::vector<std::string>& words, uint16_t nation, uint32_t at) {
  const std::string office = OfficeOf(JoinFrom(words, 0));
  int32_t best = -1;
  int64_t best_mention = -2;
  for (const std::string& index : {words.back(), office}) {
    const auto holders = holders_.find(index);
    if (holders == holders_.end()) continue;
    for (size_t n = 0; n < holders->second.size() && n < kHoldersMax; ++n) {
      const int32_t number = holders->second[n];
      const Entity& e = entities_[static_cast<size_t>(number)];
      if (nation != 0 && e.nation != 0 && e.nation != nation) continue;
      if (!Holds(e, words, office)) continue;
      const int64_t mention = LastMention(number, at);
      if (mention > best_mention) best = number, best_mention = mention;
    }
  }
  return best >= 0 ? OfEntity(best, {}) : Speaker{};
}

// "a statement from the ministry", "the ministry's letter": whose words they are.
Speaker Resolver::OwnerOf(const Phrase& phrase) {
  static constexpr std::string_view kUtterances[] = {
      "statement", "statements", "letter",  "email",   "e-mail",   "tweet",   "tweets",
      "post",      "message",    "release", "remarks", "comments", "posting", "memo"};
  const std::string head = LowerWord(doc_.In(doc_.TokenOf(phrase.head_last)));
  if (std::find(std::begin(kUtterances), std::end(kUtterances), head) == std::end(kUtterances)) {
    return {};
  }
  for (int32_t k = phrase.first; k <= phrase.last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const std::string word = LowerWord(doc_.In(doc_.TokenOf(k)));
    Phrase owner;
    if (k > phrase.head_last && (word == "from" || word == "by")) {
      owner = phrases_.PhraseAt(k + 1, phrase.last + 1);
    } else if (doc_.TokenOf(k).kind == Kind::kClitic && k < phrase.head_last) {
      owner = phrases_.PhraseAt(phrase.first, k);
    }
    if (owner.head == HeadKind::kName) return ByName(owner);
  }
  return {};
}

// "the ministry": the institution of that kind named last, here or in full further on.
Speaker Resolver::Institution(const std::vector<std::string>& words, const Context& context,
                              uint32_t at) {
  const auto behind =
      std::lower_bound(orgs_.begin(), orgs_.end(), at + 40,
                       [](const OrgPhrase& org, uint32_t byte) { return org.bytes.begin < byte; });
  size_t looked = 0;
  for (auto n = behind; n != orgs_.begin() && looked < kOrgPhrasesLookedAt; ++looked) {
    const OrgPhrase& org = *--n;
    if (org.head != words.back()) continue;
    const std::string lower = LowerWord(org.name);
    const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& w) {
      return lower.find(w) != std::string::npos;
    });
    if (!all) continue;
    Speaker speaker;
    speaker.name = org.name;
    speaker.type = SpeakerType::kOrganisation;
    speaker.evidence.push_back(org.bytes);
    return speaker;
  }
  if (words.size() > 2) return {};
  return Nearest(context, Want::kThing, at, kInstitutionParagraphsMax);
}

// A speaker without a name: the description is all that the article gives.
Speaker Resolver::Described(const Phrase& phrase, const Word& head) const {
  Speaker speaker;
  speaker.generic = true;
  const int32_t last =
      std::min(phrase.last, phrase.first + static_cast<int32_t>(kDescriptionWordsMax));
  int32_t first = phrase.head_first;
  if (LowerWord(doc_.In(doc_.TokenOf(first))) == "the" && first < last) ++first;
  speaker.name = NameText(first, std::max(last, phrase.head_last));
  if ((head.classes & kRole) != 0)
    speaker.type = SpeakerType::kPerson;
  else if ((head.classes & kOrgHead) != 0)
    speaker.type = SpeakerType::kOrganisation;
  else if ((head.classes & kGroupNoun) != 0)
    speaker.type = SpeakerType::kGroup;
  return speaker;
}

Speaker Resolver::ByNoun(const Context& context, uint32_t at) {
  const Phrase& phrase = context.a.subject;
  std::vector<std::string> words;
  std::vector<std::string> office;  // without the country
  uint16_t nation = 0;
  bool definite = true;
  for (int32_t k = phrase.head_first; k <= phrase.head_last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    const std::string lower = LowerWord(doc_.In(token));
    if (token.kind == Kind::kClitic) continue;
    if (token.Is(kDeterminer | kPossessive | kDemonstrative | kNumberWord)) {
      if (lower != "the" && lower != "this" && lower != "that") definite = false;
      continue;
    }
    const uint16_t known = words_.NationOf(token.upper && lower == "us" ? "u.s." : lower);
    if (known != 0) nation = known;
    if (known == 0) office.push_back(lower);
    words.push_back(lower);
  }
  if (words.empty()) return {};
  const Word* head = words_.Find(words.back());
  if (nation != 0 && words.back() == "side") return Nation(nation);
  if (Speaker owner = OwnerOf(phrase); !owner.name.empty()) return owner;
  if (definite && (head->classes & kRole) != 0) {
    Speaker holder = HolderOf(office.empty() ? words : office, nation, at);
    if (!holder.name.empty()) return holder;
    holder = OnlyPerson(nation, at);
    if (!holder.name.empty()) return holder;
  }
  if (definite && (head->classes & kOrgHead) != 0) {
    Speaker institution = Institution(words, context, at);
    if (!institution.name.empty()) return institution;
  }
  const std::string first = LowerWord(doc_.In(doc_.TokenOf(phrase.head_first)));
  const bool singular = words.back().back() != 's';
  const bool thing = (head->classes &
                      (kGroupNoun | kOrgHead | kDocument | kVenueNoun | kCueNoun | kTimeNoun)) != 0;
  if (first == "the" && singular && !thing && phrase.last == phrase.head_last &&
      (context.a.rule == std::string_view("q-s-v") ||
       context.a.rule == std::string_view("q-v-s"))) {
    Speaker person = Nearest(context, Want::kPerson, at, 1);
    if (person.entity >= 0 && entities_[static_cast<size_t>(person.entity)].certain) return person;
  }
  return Described(phrase, *head);
}

// The one person whom the article has named so far, when there is only one.
Speaker Resolver::OnlyPerson(uint16_t nation, uint32_t at) const {
  int32_t only = -1;
  for (size_t n = 0; n < mentions_.size() && n < kOnlyPersonMentions; ++n) {
    const Mention& mention = mentions_[n];
    if (mention.bytes.begin >= at) break;
    const Entity& e = entities_[static_cast<size_t>(mention.entity)];
    if (e.type != SpeakerType::kPerson) continue;
    if (!e.offices.empty() && nation != 0 && e.nation != nation) continue;
    if (only >= 0 && only != mention.entity) return {};
    only = mention.entity;
  }
  return only >= 0 ? OfEntity(only, {}) : Speaker{};
}

bool Resolver::Fits(const Speaker& s, Want want) const {
  if (s.name.empty()) return false;
  const bool person = s.type == SpeakerType::kPerson;
  if (want == Want::kThing) return !person && s.type != SpeakerType::kGroup && !s.generic;
  if (want == Want::kSeveral) return !person || s.generic;
  if (!person && s.type != SpeakerType::kUnknown) return false;
  if (want == Want::kPerson) return true;
  const Gender theirs =
      s.entity >= 0 ? entities_[static_cast<size_t>(s.entity)].gender : Gender::kUnknown;
  return theirs == Gender::kUnknown ||
         theirs == (want == Want::kMale ? Gender::kMale : Gender::kFemale);
}

// Who of those named or speaking before `at` is nearest: whoever spoke last, the subject of a
// sentence near by, and names whose sex is known count for more.
Speaker Resolver::Nearest(const Context& context, Want want, uint32_t at, uint32_t paragraphs_max) {
  const Attribution& a = context.a;
  Speaker best;
  double best_score = -1e9;
  for (size_t n = context.said.size(); n-- > 0 && context.said.size() - n < 12;) {
    const Attribution& other = context.found[static_cast<size_t>(context.said[n])];
    if (a.paragraph - other.paragraph > paragraphs_max) break;
    const Speaker& s = context.speakers[static_cast<size_t>(context.said[n])];
    if (!Fits(s, want)) continue;
    const double score = 2.0 - 0.5 * (a.sentence - other.sentence);
    if (score > best_score) best_score = score, best = s;
  }
  const bool sexed = want == Want::kMale || want == Want::kFemale;
  const Gender gender = want == Want::kMale ? Gender::kMale : Gender::kFemale;
  auto m = FirstMention(at);
  for (int32_t looked = 0; m != mentions_.begin() && looked < kMentionsLookedAt; ++looked) {
    --m;
    if (a.paragraph - m->paragraph > paragraphs_max) break;
    const Entity& e = entities_[static_cast<size_t>(m->entity)];
    const Speaker candidate = OfEntity(m->entity, m->bytes);
    if (!Fits(candidate, want)) continue;
    if (want == Want::kThing && e.type == SpeakerType::kUnknown && !m->subject) continue;
    double score = (m->subject ? 1.9 : 0.3) - 0.5 * (a.sentence - m->sentence);
    if (e.type == SpeakerType::kUnknown) score -= 0.6;
    if (!e.certain) score -= 0.5;
    if (sexed && e.gender == gender) score += 0.4;
    if (score > best_score) best_score = score, best = candidate;
  }
  return best;
}

Speaker Resolver::ByPronoun(const Context& context) {
  const int32_t element = context.a.subject.head_first;
  const std::string word = LowerWord(doc_.In(doc_.TokenOf(element)));
  const uint32_t at = doc_.BytesOf(element).begin;
  Want want = Want::kThing;
  if (word == "he" || word == "him" || word == "his")
    want = Want::kMale;
  else if (word == "she" || word == "her")
    want = Want::kFemale;
  else if (word == "they" || word == "them" || word == "their")
    want = Want::kSeveral;
  else if (word != "it" && word != "its")
    return {};
  Speaker best = Nearest(context, want, at, kPronounParagraphsMax);
  if (best.name.empty() && want == Want::kThing) {
    const auto org = std::lower_bound(
        orgs_.begin(), orgs_.end(), at,
        [](const OrgPhrase& phrase, uint32_t byte) { return phrase.bytes.begin < byte; });
    if (org != orgs_.begin() && at - (org - 1)->bytes.begin <= kOrgReachBytes) {
      best.name = (org - 1)->name;
      best.type = SpeakerType::kOrganisation;
    }
  }
  if (best.name.empty()) return best;
  best.by_pronoun = true;
  if (best.entity >= 0 && (want == Want::kMale || want == Want::kFemale)) {
    Entity& e = entities_[static_cast<size_t>(best.entity)];
    e.gender = want == Want::kMale ? Gender::kMale : Gender::kFemale;
    e.certain = true;
  }
  return best;
}

}  // namespace verbatim::quotes
