// SPDX-License-Identifier: Apache-2.0
#include "resolve.h"

#include <algorithm>
#include <numeric>

#include "bounds.h"
#include "verbatim/text/names.h"

namespace verbatim::quotes {
namespace {

// How near somebody is to a pronoun: by having spoken, as a subject, or merely named, and by how
// many sentences ago.
constexpr double kSpeakerScore = 2.0;
constexpr double kSubjectScore = 1.9;
constexpr double kMentionScore = 0.3;
constexpr double kSentenceStep = 0.5;
constexpr double kGenericPenalty = 0.4;
constexpr double kUnknownPenalty = 0.6;
constexpr double kUncertainPenalty = 0.5;
constexpr double kSameSexScore = 0.4;
constexpr double kPluralScore = 0.5;

// Can "they" be said of them?
double Plural(SpeakerType type, const std::string& name) {
  if (type == SpeakerType::kGovernment) return -kPluralScore;
  return type == SpeakerType::kGroup || name.back() == 's' ? kPluralScore : 0;
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

bool Resolver::Fits(const Speaker& s, Want want) const {
  if (s.name.empty()) return false;
  const bool known = s.entity >= 0;
  return Fits(s.type, s.generic, known ? &entities_[static_cast<size_t>(s.entity)] : nullptr, want);
}

bool Resolver::Fits(SpeakerType type, bool generic, const Entity* e, Want want) {
  const bool person = type == SpeakerType::kPerson;
  if (want == Want::kThing && person && e != nullptr && !e->certain) return true;
  if (want == Want::kThing) return !person && type != SpeakerType::kGroup && !generic;
  if (want == Want::kSeveral) return !person || generic;
  if (!person && type != SpeakerType::kUnknown) return false;
  if (e != nullptr && e->place && (!e->certain || e->type == SpeakerType::kUnknown)) return false;
  if (want == Want::kPerson) return true;
  const Gender theirs = e != nullptr ? e->gender : Gender::kUnknown;
  return theirs == Gender::kUnknown ||
         theirs == (want == Want::kMale ? Gender::kMale : Gender::kFemale);
}

// Who of those named or speaking before `at` is nearest: whoever spoke last, the subject of a
// sentence near by, and names whose sex is known count for more.
Speaker Resolver::Nearest(const Context& context, Want want, uint32_t at, uint32_t paragraphs_max) {
  const Attribution& a = context.a;
  const Speaker* speaker = nullptr;
  double best = -1e9;
  for (size_t n = context.said.size(); n-- > 0 && context.said.size() - n < kSpeakersLookedAt;) {
    const Attribution& other = context.found[static_cast<size_t>(context.said[n])];
    if (a.paragraph - other.paragraph > paragraphs_max) break;
    const Speaker& s = context.speakers[static_cast<size_t>(context.said[n])];
    if (!Fits(s, want)) continue;
    double score = kSpeakerScore - kSentenceStep * (a.sentence - other.sentence);
    if (s.generic && want != Want::kSeveral) score -= kGenericPenalty;
    if (want == Want::kSeveral) score += Plural(s.type, s.name);
    if (score > best) best = score, speaker = &s;
  }
  const bool sexed = want == Want::kMale || want == Want::kFemale;
  const Gender gender = want == Want::kMale ? Gender::kMale : Gender::kFemale;
  const Mention* mention = nullptr;
  auto m = FirstMention(at);
  for (int32_t looked = 0; m != mentions_.begin() && looked < kMentionsLookedAt; ++looked) {
    --m;
    if (a.paragraph - m->paragraph > paragraphs_max) break;
    if (m->aside) continue;
    const Entity& e = entities_[static_cast<size_t>(m->entity)];
    if (e.name.empty() || !Fits(e.type, false, &e, want)) continue;
    if (want == Want::kThing && e.type == SpeakerType::kUnknown && !m->subject) continue;
    double score =
        (m->subject ? kSubjectScore : kMentionScore) - kSentenceStep * (a.sentence - m->sentence);
    if (want == Want::kSeveral) score += Plural(e.type, e.name);
    if (e.type == SpeakerType::kUnknown) score -= kUnknownPenalty;
    if (!e.certain) score -= kUncertainPenalty;
    if (sexed && e.gender == gender) score += kSameSexScore;
    if (score > best) best = score, mention = &*m;
  }
  if (mention != nullptr) return OfEntity(mention->entity, mention->bytes);
  return speaker != nullptr ? *speaker : Speaker{};
}

Speaker Resolver::ByPronoun(const Context& context) {
  const int32_t element = context.a.subject.head_first;
  return Pronoun(context, LowerWord(doc_.In(doc_.TokenOf(element))), doc_.BytesOf(element).begin);
}

Speaker Resolver::Pronoun(const Context& context, const std::string& word, uint32_t at) {
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
