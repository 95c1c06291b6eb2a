// SPDX-License-Identifier: Apache-2.0
#include "phrases.h"

#include <algorithm>

#include "bounds.h"

namespace verbatim::quotes {
namespace {

bool ReadsAsName(const Document& doc, int32_t element) {
  if (doc.IsQuoted(element)) return false;
  const Token& token = doc.TokenOf(element);
  if (!token.IsWord()) return false;
  if (!token.capital) {
    // al-Something, eBay
    const std::string_view word = doc.In(token);
    return token.capital_within && word.size() > 3 && !token.Is(kGrammar) &&
           std::any_of(word.begin() + 1, word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }
  // WHO is an acronym, as US is one.
  if (token.upper && (!token.Is(kPronoun) || doc.In(token) == "WHO")) return true;
  if (EndsIn(doc.In(token), "ly") && !token.Is(kGivenName) &&
      (element == 0 || doc.IsQuoted(element - 1) || doc.TokenOf(element - 1).kind == Kind::kStop ||
       doc.TokenOf(element - 1).paragraph != token.paragraph)) {
    return false;
  }
  if (token.Is(kGivenName) && !token.Is(kDeterminer | kPreposition | kConjunction | kPronoun))
    return true;
  if (element > 0 && token.Is(kMonth) && !doc.IsQuoted(element - 1) &&
      doc.TokenOf(element - 1).Is(kTitle | kGivenName) && doc.TokenOf(element - 1).capital) {
    return true;  // Theresa May
  }
  return !token.Is(kGrammar | kWeekday | kMonth) && !(token.Is(kAdverb) && !token.Is(kTitle));
}

}  // namespace

void MarkNames(Document& doc) {
  const auto count = static_cast<int32_t>(doc.elements.size());
  for (int32_t k = 0; k < count; ++k) {
    doc.elements[static_cast<size_t>(k)].name = ReadsAsName(doc, k);
  }
}

// A word that can stand within a noun phrase.
bool Phrases::IsNominal(int32_t element) const {
  if (doc_.IsQuoted(element)) return false;
  const Token& token = doc_.TokenOf(element);
  if (token.kind == Kind::kNumber || token.kind == Kind::kClitic) return true;
  if (!token.IsWord()) {
    const std::string_view text = doc_.In(token);
    return text == "&" || text == "/" || text == "%";
  }
  if (IsName(element)) return true;
  if (token.Is(kNumberWord | kRole | kOrgHead | kGroupNoun | kDocument | kCueNoun | kVenueNoun |
               kRoleModifier | kTitle) &&
      !token.Is(kPreposition)) {
    return true;
  }
  if (token.Is(kGrammar | kAdverb | kFinite | kWeekday | kObjectPronoun)) return false;
  if (token.Is(kSpeech))
    return (token.word->forms & (kPast | kThirdPerson)) == 0 || (token.word->forms & kBase) != 0;
  return !EndsIn(doc_.In(token), "ly") || token.capital;
}

// Does a clause begin with this element?
bool Phrases::AtBoundary(int32_t begin, int32_t first) const {
  if (first <= begin || doc_.IsQuoted(first - 1)) return true;
  const Token& before = doc_.TokenOf(first - 1);
  return !before.IsWord() || before.Is(kConjunction | kSubordinator | kAdverb) ||
         doc_.In(before) == "that";
}

int32_t Phrases::GroupBegin(int32_t begin, int32_t verb) const {
  int32_t at = verb;
  while (at > begin && verb - at < 7 && !doc_.IsQuoted(at - 1)) {
    const Token& token = doc_.TokenOf(at - 1);
    if (token.kind == Kind::kClitic) {
      if (at - 1 == begin || !doc_.TokenOf(at - 2).Is(kPronoun)) break;
    } else if (!token.IsWord()) {
      break;
    } else {
      const bool adverb = token.Is(kAdverb) || (EndsIn(doc_.In(token), "ly") && !token.capital &&
                                                !token.Is(kRole | kGroupNoun));
      if (!adverb && !token.Is(kAuxiliary | kModal | kNegation)) break;
      if (token.Is(kWeekday | kMonth) || (token.capital && at - 1 > begin && !adverb)) break;
    }
    --at;
  }
  return at;
}

// "on Tuesday", "last week", "earlier this month" between subject and verb.
int32_t Phrases::SkipTimeBack(int32_t begin, int32_t at) const {
  int32_t k = at;
  while (k > begin && !doc_.IsQuoted(k) &&
         doc_.TokenOf(k).Is(kWeekday | kTimeNoun | kTimeModifier | kMonth) &&
         !doc_.TokenOf(k).Is(kRole | kModal)) {
    --k;
    if (k > begin && !doc_.IsQuoted(k) &&
        (doc_.TokenOf(k).Is(kTimeModifier) || doc_.In(doc_.TokenOf(k)) == "on"))
      --k;
  }
  return k;
}

int32_t Phrases::SkipTime(int32_t at, int32_t end) const {
  while (at < end && !doc_.IsQuoted(at)) {
    const Token& token = doc_.TokenOf(at);
    const bool of_time = token.Is(kWeekday | kTimeNoun) || (token.Is(kMonth) && token.capital) ||
                         (token.Is(kAdverb) && !token.Is(kPreposition)) ||
                         (token.Is(kTimeModifier) && at + 1 < end && !doc_.IsQuoted(at + 1) &&
                          doc_.TokenOf(at + 1).Is(kTimeNoun | kWeekday | kMonth));
    if (of_time) {
      ++at;
    } else if (token.Is(kPreposition) && at + 1 < end && !doc_.IsQuoted(at + 1) &&
               doc_.TokenOf(at + 1).Is(kWeekday | kMonth)) {
      at += 2;
      while (at < end && !doc_.IsQuoted(at) && doc_.TokenOf(at).kind == Kind::kNumber) ++at;
    } else {
      break;
    }
  }
  return at;
}

Phrase Phrases::SubjectBefore(int32_t begin, int32_t verb) const {
  int32_t at = verb - 1;
  if (at < begin) return {};
  at = SkipTimeBack(begin, at);
  if (at < begin || doc_.IsQuoted(at)) return {};
  if (at > begin && doc_.TokenOf(at).Is(kDeterminer) && IsNominal(at - 1)) {
    const std::string_view word = doc_.In(doc_.TokenOf(at));
    if (word == "both" || word == "all" || word == "each") --at;  // "Lund and Berg both said"
  }
  const Token& token = doc_.TokenOf(at);
  if (token.kind == Kind::kComma || token.kind == Kind::kDash) return BehindApposition(begin, at);
  if (token.Is(kRelative) && LowerWord(doc_.In(token)) == "who") return RelativeSubject(begin, at);
  Phrase phrase = Backward(begin, at);
  phrase.reach = at;
  // "An official who was present in court said": the subject stands before "who".
  if (phrase.found() && phrase.head != HeadKind::kPronoun) {
    for (int32_t k = phrase.first - 1; k > begin && phrase.first - k < 10; --k) {
      if (doc_.IsQuoted(k) || !doc_.TokenOf(k).IsWord()) break;
      if (LowerWord(doc_.In(doc_.TokenOf(k))) != "who") continue;
      if (doc_.IsQuoted(k - 1) || !doc_.TokenOf(k - 1).IsWord()) break;
      Phrase outer = Backward(begin, k - 1);
      if (outer.found() && outer.head != HeadKind::kPronoun) {
        outer.reach = at;
        return outer;
      }
      break;
    }
  }
  return phrase;
}

// "Lund, who has served since May, said": the phrase before "who".
Phrase Phrases::RelativeSubject(int32_t begin, int32_t who) const {
  int32_t at = who - 1;
  if (at >= begin && !doc_.IsQuoted(at) && doc_.TokenOf(at).kind == Kind::kComma) --at;
  if (at < begin) return {};
  Phrase phrase = Backward(begin, at);
  phrase.reach = who;
  return phrase.head == HeadKind::kPronoun ? Phrase{} : phrase;
}

// "When contacted, ...": one word behind a subordinator says what was done, not who speaks.
bool Phrases::IsParticiple(int32_t begin, const Phrase& phrase) const {
  if (phrase.first != phrase.last || phrase.first <= begin || doc_.IsQuoted(phrase.first - 1))
    return false;
  const Token& word = doc_.TokenOf(phrase.first);
  return !word.capital && EndsIn(doc_.In(word), "ed") && !word.Is(kRole | kGroupNoun) &&
         doc_.TokenOf(phrase.first - 1).Is(kSubordinator);
}

// The verb stands behind a comma: the subject is before the comma that opens the apposition. A
// phrase at the start of a clause wins over one that is itself part of a list.
Phrase Phrases::BehindApposition(int32_t begin, int32_t comma) const {
  const bool dash = doc_.TokenOf(comma).kind == Kind::kDash;
  int groups = 0;
  Phrase fallback;
  for (int32_t at = comma - 1; at > begin && comma - at < kAppositionMax; --at) {
    if (doc_.IsQuoted(at)) {
      if (doc_.Quoted(at).speech) break;
      continue;
    }
    const Token& token = doc_.TokenOf(at);
    if (token.kind == Kind::kSemicolon || token.kind == Kind::kColon) break;
    if (token.kind != (dash ? Kind::kDash : Kind::kComma)) continue;
    if (++groups > kGroupsMax) break;
    Phrase phrase = Backward(begin, at - 1);
    if (!phrase.found() || phrase.head == HeadKind::kPronoun || IsParticiple(begin, phrase))
      continue;
    phrase.reach = comma;
    NameInApposition(at, comma, phrase);
    const bool clause_start = AtBoundary(begin, phrase.first);
    const bool after_comma = phrase.first > begin && !doc_.IsQuoted(phrase.first - 1) &&
                             doc_.TokenOf(phrase.first - 1).kind == Kind::kComma;
    if (clause_start && !after_comma) return phrase;
    if (!fallback.found() && (phrase.head == HeadKind::kName || clause_start)) fallback = phrase;
  }
  return fallback;
}

// Leftwards over everything that a noun phrase may hold; the number of its first element.
int32_t Phrases::WalkBack(int32_t begin, int32_t at, int32_t* conjunction) const {
  int32_t k = at;
  int32_t first = at + 1;
  for (; k >= begin && at - k < kPhraseMax; --k) {
    if (doc_.IsQuoted(k)) {
      if (k == at || doc_.Quoted(k).words > 4 || doc_.Quoted(k).ends_clause) break;
      first = k;
      continue;
    }
    const Token& token = doc_.TokenOf(k);
    if (IsNominal(k)) {
      first = k;
      continue;
    }
    const std::string word = LowerWord(doc_.In(token));
    if (token.IsWord() && IsJoiner(word) && k < at && k > begin && IsName(k + 1)) {
      first = k;
      continue;
    }
    if (token.Is(kDeterminer | kPossessive | kDemonstrative) && word != "that") {
      first = k;
      if (k > begin && !doc_.IsQuoted(k - 1) && doc_.In(doc_.TokenOf(k - 1)) == "of") continue;
      if (k > begin && !doc_.IsQuoted(k - 1) && doc_.TokenOf(k - 1).Is(kNpPreposition) &&
          k - 1 > begin && IsNominal(k - 2))
        continue;
      if (k > begin && !doc_.IsQuoted(k - 1) && (doc_.In(doc_.TokenOf(k - 1)) == "and") &&
          *conjunction < 0 && k - 1 > begin && IsNominal(k - 2))
        continue;
      break;
    }
    if (k == at) break;
    // "an expert cited in the report"
    if (token.Is(kSpeech) && (token.word->forms & kParticiple) != 0 && k > begin &&
        IsNominal(k - 1) && !doc_.IsQuoted(k + 1) && doc_.TokenOf(k + 1).Is(kNpPreposition)) {
      continue;
    }
    if (token.Is(kNpPreposition) && k > begin &&
        (IsNominal(k - 1) || doc_.TokenOf(k - 1).Is(kDeterminer)))
      continue;
    if ((word == "and" || word == "&") && *conjunction < 0 && k > begin && IsNominal(k - 1)) {
      *conjunction = k;
      continue;
    }
    break;
  }
  return first;
}

Phrase Phrases::Backward(int32_t begin, int32_t at) const {
  Phrase phrase;
  if (at >= begin && !doc_.IsQuoted(at) && doc_.TokenOf(at).kind == Kind::kClose) {
    int32_t open = at;
    while (open > begin && at - open < 16 &&
           (doc_.IsQuoted(open) || doc_.TokenOf(open).kind != Kind::kOpen)) {
      --open;
    }
    at = open - 1;  // "Lund (Northport)"
  }
  if (at < begin || doc_.IsQuoted(at)) return phrase;
  const Token& end = doc_.TokenOf(at);
  phrase.last = at;
  if (end.Is(kPronoun) && !(end.capital && end.upper) && LowerWord(doc_.In(end)) != "who") {
    phrase.first = phrase.head_first = phrase.head_last = at;
    phrase.head = HeadKind::kPronoun;
    return phrase;
  }
  if (end.kind == Kind::kClitic) return phrase;
  const bool bare_group =
      end.Is(kDeterminer | kNumberWord) && !end.Is(kPreposition) &&
      (LowerWord(doc_.In(end)) == "many" || LowerWord(doc_.In(end)) == "some" ||
       LowerWord(doc_.In(end)) == "others" || LowerWord(doc_.In(end)) == "one" ||
       LowerWord(doc_.In(end)) == "both" || LowerWord(doc_.In(end)) == "another");
  int32_t conjunction = -1;
  int32_t first = bare_group ? at : WalkBack(begin, at, &conjunction);
  if (first > at) return phrase;
  if (conjunction >= 0 && first < conjunction) {
    if (AtBoundary(begin, first)) {
      phrase.group = true;
    } else {
      first = conjunction + 1;
    }
  }
  while (first < at && !doc_.IsQuoted(first) && doc_.TokenOf(first).kind == Kind::kClitic) ++first;
  // "only to find said walls in ruins": an infinitive.
  if (first == at && first > begin && !end.capital && !end.Is(kRole | kGroupNoun | kOrgHead) &&
      !doc_.IsQuoted(first - 1) && doc_.In(doc_.TokenOf(first - 1)) == "to") {
    return phrase;
  }
  phrase.first = first;
  FindHead(phrase);
  return phrase;
}

bool Phrases::NameInApposition(int32_t at, int32_t end, Phrase& phrase) const {
  if (phrase.head != HeadKind::kNoun || phrase.group || at >= end || doc_.IsQuoted(at) ||
      doc_.TokenOf(at).kind != Kind::kComma) {
    return false;
  }
  int32_t name = at + 1;
  if (name < end && !doc_.IsQuoted(name) && doc_.TokenOf(name).Is(kDeterminer)) ++name;
  const bool article = name > at + 1;  // "the industry body, the Harbour Alliance, warned"
  int32_t k = name;
  while (k < end && k - name < 6 && IsName(k)) ++k;
  if (k == name) return false;
  if (article && (k - name < 2 || !doc_.TokenOf(k - 1).Is(kOrgHead))) return false;
  const bool closed =
      k >= end || doc_.IsQuoted(k) ||
      (doc_.TokenOf(k).kind != Kind::kWord && doc_.TokenOf(k).kind != Kind::kClitic);
  const Token& last = doc_.TokenOf(k - 1);
  if (!closed || last.Is(kNation | kSeat | kWeekday) || last.Is(kOrgHead) != article) return false;
  phrase.head_first = article ? name : BehindRoles(name, k - 1);
  phrase.head_last = k - 1;
  phrase.head = HeadKind::kName;
  phrase.reach = std::max(phrase.reach, k - 1);
  return true;
}

Phrase Phrases::PhraseAt(int32_t at, int32_t end) const {
  Phrase phrase;
  if (at >= end || doc_.IsQuoted(at)) return phrase;
  const Token& start = doc_.TokenOf(at);
  phrase.first = at;
  if (start.Is(kPronoun | kObjectPronoun) && !start.upper && !start.Is(kRelative) &&
      !start.Is(kPossessive)) {
    phrase.last = phrase.head_first = phrase.head_last = phrase.reach = at;
    phrase.head = HeadKind::kPronoun;
    return phrase;
  }
  int32_t k = at;
  bool any = false;
  for (; k < end && k - at < kPhraseMax; ++k) {
    if (doc_.IsQuoted(k)) {
      const bool names = k + 1 < end && IsNominal(k + 1);
      if (doc_.Quoted(k).words > 4 || doc_.Quoted(k).ends_clause || !names) break;
      continue;
    }
    const Token& token = doc_.TokenOf(k);
    if (any && token.IsWord() && !token.capital && !token.Is(kRole | kRoleModifier) &&
        EndsIn(doc_.In(token), "ed") && k + 1 < end && !doc_.IsQuoted(k + 1) &&
        (doc_.TokenOf(k + 1).Is(kDeterminer | kPossessive | kPreposition | kObjectPronoun) ||
         IsName(k + 1) ||
         (!doc_.IsQuoted(k - 1) && !doc_.TokenOf(k - 1).capital &&
          doc_.TokenOf(k - 1).Is(kGroupNoun | kRole | kOrgHead)))) {
      break;  // a verb: "the group raised alarm"
    }
    if (IsNominal(k) && !(token.Is(kTimeNoun) && any)) {
      if (token.Is(kSpeech) && any && !token.capital &&
          (token.word->forms & (kPast | kThirdPerson)) != 0)
        break;
      any = true;
      continue;
    }
    if (token.Is(kDeterminer | kPossessive | kDemonstrative) && (!any)) continue;
    if (!any) break;
    const std::string word = LowerWord(doc_.In(token));
    if (k + 1 >= end || doc_.IsQuoted(k + 1)) break;
    const Token& next = doc_.TokenOf(k + 1);
    if (IsJoiner(word) && IsName(k + 1)) continue;
    if (word == "and" && !next.capital && !doc_.TokenOf(k - 1).capital && k + 3 < end &&
        !doc_.IsQuoted(k + 2) && doc_.TokenOf(k + 2).Is(kRole) && IsName(k + 3)) {
      continue;  // "oil and gas worker Ada Lund"
    }
    if (token.Is(kNpPreposition) && word != "to" &&
        !next.Is(kVenueNoun | kWeekday | kMonth | kTimeModifier | kTimeNoun) &&
        (IsNominal(k + 1) || next.Is(kDeterminer | kPossessive))) {
      const bool venue = (word == "in" || word == "at" || word == "on" || word == "with") &&
                         next.Is(kDeterminer | kPossessive);
      if (!venue) {
        if (next.Is(kDeterminer | kPossessive)) ++k;
        continue;
      }
    }
    break;
  }
  if (!any) return {};
  phrase.last = k - 1;
  phrase.reach = phrase.last;
  FindHead(phrase);
  return phrase;
}

}  // namespace verbatim::quotes
