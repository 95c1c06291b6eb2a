// SPDX-License-Identifier: Apache-2.0
// Who is meant by a description: an office by its holder, "the ministry" by the institution named
// last, "her statement" by whose words they are, "the 32-year-old" by whoever was named just
// before.
#include <algorithm>
#include <utility>

#include "bounds.h"
#include "resolve.h"

namespace verbatim::quotes {
namespace {

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

// Does one of these roles mean the office asked for? All its words stand in the role, or both mean
// the same office ("top diplomat", "foreign minister").
int Resolver::Holds(const Entity& entity, const std::vector<std::string>& words,
                    const std::string& office) const {
  int best = 0;
  for (const std::string& role : entity.offices) {
    const std::vector<std::string> theirs = SplitWords(role);
    const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(theirs.begin(), theirs.end(), word) != theirs.end();
    });
    if (all) return 2;
    if (office != words.back() && OfficeOf(role) == office) best = 1;
  }
  return best;
}

// The person who holds an office: "the foreign minister", "Freedonia's top diplomat". Of several
// the one named last; only the first few are looked at.
Speaker Resolver::HolderOf(const std::vector<std::string>& words, uint16_t nation, uint32_t at) {
  const std::string office = OfficeOf(JoinFrom(words, 0));
  int32_t best = -1;
  int64_t best_mention = -2;
  int best_holds = 0;
  for (const std::string& index : {words.back(), office}) {
    const auto holders = holders_.find(index);
    if (holders == holders_.end()) continue;
    for (size_t n = 0; n < holders->second.size() && n < kHoldersMax; ++n) {
      const int32_t number = holders->second[n];
      const Entity& e = entities_[static_cast<size_t>(number)];
      if (nation != 0 && e.nation != 0 && e.nation != nation) continue;
      const int holds = Holds(e, words, office);
      if (holds < std::max(best_holds, 1)) continue;
      if (holds == 1 && e.nation == 0) continue;  // a province's premier is no prime minister
      const int64_t mention = LastMention(number, at);
      if (holds > best_holds || mention > best_mention)
        best = number, best_mention = mention, best_holds = holds;
    }
  }
  return best >= 0 ? OfEntity(best, {}) : Speaker{};
}

// "a statement from the ministry", "the ministry's letter", "the Acme website", "her statement":
// whose words they are.
Speaker Resolver::OwnerOf(const Context& context, const Phrase& phrase) {
  static constexpr std::string_view kUtterances[] = {
      "statement", "statements", "letter",  "email",    "e-mail",  "tweet",     "tweets",  "post",
      "message",   "release",    "remarks", "comments", "posting", "memo",      "website", "blog",
      "database",  "page",       "account", "site",     "report",  "newsletter"};
  const std::string head = LowerWord(doc_.In(doc_.TokenOf(phrase.head_last)));
  if (std::find(std::begin(kUtterances), std::end(kUtterances), head) == std::end(kUtterances)) {
    return {};
  }
  const int32_t before = phrase.head_last - 1;
  if (before > phrase.first && phrases_.IsName(before) && !doc_.TokenOf(before).Is(kDemonym)) {
    Phrase owner = phrases_.PhraseAt(phrase.first, before + 1);
    if (owner.head == HeadKind::kName) return ByName(owner);
  }
  for (int32_t k = phrase.first; k <= phrase.last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const std::string word = LowerWord(doc_.In(doc_.TokenOf(k)));
    Phrase owner;
    if (k > phrase.head_last && (word == "from" || word == "by")) {
      owner = phrases_.PhraseAt(k + 1, phrase.last + 1);
    } else if (doc_.TokenOf(k).kind == Kind::kClitic && k < phrase.head_last) {
      owner = phrases_.PhraseAt(phrase.first, k);
    } else if (k < phrase.head_last && doc_.TokenOf(k).Is(kPossessive)) {
      return Pronoun(context, word, doc_.TokenOf(k).begin);
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
  if (Speaker owner = OwnerOf(context, phrase); !owner.name.empty()) return owner;
  if (definite && (head->classes & kRole) != 0) {
    Speaker holder = HolderOf(office.empty() ? words : office, nation, at);
    if (!holder.name.empty()) return holder;
    holder = DescribedBefore(context, words.back());
    if (!holder.name.empty()) return holder;
    holder = OnlyPerson(nation, at);
    if (!holder.name.empty()) return holder;
  }
  if (definite && (head->classes & kOrgHead) != 0) {
    Speaker institution = Institution(words, context, at);
    if (!institution.name.empty()) return institution;
  }
  if (Speaker known = Known(phrase, words, context, at); !known.name.empty()) return known;
  return Described(phrase, *head);
}

// "a harbour official said", then "the official": the same one, whoever it is.
Speaker Resolver::DescribedBefore(const Context& context, const std::string& noun) const {
  for (size_t n = context.said.size(); n-- > 0 && context.said.size() - n < kSpeakersLookedAt;) {
    const Speaker& s = context.speakers[static_cast<size_t>(context.said[n])];
    const bool same = s.generic && s.name.size() >= noun.size() &&
                      s.name.compare(s.name.size() - noun.size(), noun.size(), noun) == 0;
    if (same) return s;  // "a justice official", then "the official"
  }
  return {};
}

// "the 32-year-old labourer", "the affable owner", "the former sergeant": somebody named just
// before.
Speaker Resolver::Known(const Phrase& phrase, const std::vector<std::string>& words,
                        const Context& context, uint32_t at) {
  const std::string& noun = words.back();
  const Word* head = words_.Find(noun);
  if (LowerWord(doc_.In(doc_.TokenOf(phrase.head_first))) != "the" || noun.back() == 's') return {};
  const bool thing = (head->classes &
                      (kGroupNoun | kOrgHead | kDocument | kVenueNoun | kCueNoun | kTimeNoun)) != 0;
  const bool aged = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word.size() > 8 && word.compare(word.size() - 8, 8, "year-old") == 0;
  });
  const bool person = (head->classes & kRole) != 0 && words.size() > 1;
  const std::string_view rule = context.a.rule;
  const bool beside = rule == "q-s-v" || rule == "q-v-s";
  if (!aged && !person && (thing || !beside || phrase.last != phrase.head_last)) return {};
  if (thing && !aged) return {};
  Speaker found = Nearest(context, Want::kPerson, at, aged ? kPronounParagraphsMax : 1);
  if (found.entity < 0 || !entities_[static_cast<size_t>(found.entity)].certain) return {};
  return found;
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

}  // namespace verbatim::quotes
