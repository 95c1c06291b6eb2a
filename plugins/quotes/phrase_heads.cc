// SPDX-License-Identifier: Apache-2.0
// What a noun phrase is about: the name without titles and offices, or the noun before its first
// preposition.
#include "phrases.h"

namespace verbatim::quotes {

bool IsJoiner(std::string_view word) {
  return word == "de" || word == "van" || word == "von" || word == "der" || word == "den" ||
         word == "la" || word == "le" || word == "bin" || word == "ibn" || word == "al" ||
         word == "el" || word == "du" || word == "da" || word == "di" || word == "dos" ||
         word == "ter";
}

int32_t Phrases::BehindRoles(int32_t first, int32_t last) const {
  int32_t begin = first;
  for (int32_t k = first; k < last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    const bool office = token.Is(kRole | kTitle) && !token.Is(kGivenName) &&
                        !(k > first && doc_.TokenOf(k - 1).Is(kGivenName));
    if (office) begin = k + 1;
  }
  // "Secretary of State Ada Lund": what is left of the office goes too.
  while (begin > first && begin < last && doc_.TokenOf(begin).Is(kRoleModifier | kTitle) &&
         !doc_.TokenOf(begin).Is(kGivenName)) {
    ++begin;
  }
  return begin;
}

// "US Secretary of State Ada Lund", "head of the Harbour Board Ada Lund": the run behind the
// preposition ends in the name of who holds the office. Its first element, or -1.
int32_t Phrases::NameBehindOffice(const Phrase& phrase, int32_t run, int32_t cut) const {
  if (run < cut + 2 || run > cut + 3 || !doc_.TokenOf(cut).Is(kRole)) return -1;
  int32_t name = run;
  for (int32_t k = run; k < phrase.last; ++k) {
    if (doc_.TokenOf(k).Is(kRoleModifier | kNation | kOrgHead | kSeat | kTitle)) name = k + 1;
  }
  return name > run ? name : -1;
}

// Sets the head to the name run that begins at `run_first`, without the titles and roles in it.
void Phrases::HeadIsName(Phrase& phrase, int32_t run_first) const {
  int32_t first = run_first;
  int32_t last = phrase.head_last;
  if (!doc_.TokenOf(last).Is(kOrgHead) || last == first) {
    while (first < last && doc_.TokenOf(first).Is(kTitle | kRole | kRoleModifier | kDemonym) &&
           !(doc_.TokenOf(first).Is(kGivenName) && !doc_.TokenOf(first).Is(kTitle))) {
      ++first;
    }
    if (first < last && first == run_first && last - first >= 2 && doc_.TokenOf(first).Is(kNation))
      ++first;
    first = BehindRoles(first, last);
  }
  const Token& only = doc_.TokenOf(last);
  phrase.head_first = first;
  phrase.head = HeadKind::kName;
  const Token& article = doc_.TokenOf(phrase.first);
  if (first < last && article.Is(kDeterminer) && !article.capital && only.Is(kRole) &&
      !only.Is(kGivenName | kOrgHead | kGroupNoun)) {
    phrase.head_first = phrase.first;  // "the Northport Democrat"
    phrase.head = HeadKind::kNoun;
    return;
  }
  if (first == last && first > run_first && only.Is(kRole | kTitle) && !only.Is(kGivenName)) {
    phrase.head_first = phrase.first;  // "the Prime Minister": an office, not a name
    phrase.head = HeadKind::kNoun;
  } else if (first == last && only.Is(kRole | kGroupNoun | kDocument) &&
             !only.Is(kGivenName | kSeat) && !only.upper) {
    phrase.head_first = phrase.first;
    phrase.head = HeadKind::kNoun;
  }
}

void Phrases::FindHead(Phrase& phrase) const {
  // Up to the first preposition stands what the phrase is about.
  int32_t cut = phrase.last;
  for (int32_t k = phrase.first + 1; k <= phrase.last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    if (token.Is(kPreposition) && !token.capital) {
      const bool of_name = doc_.In(token) == "of" && IsName(k - 1) && k < phrase.last &&
                           (IsName(k + 1) || doc_.TokenOf(k + 1).Is(kDeterminer)) &&
                           doc_.TokenOf(k - 1).Is(kOrgHead) && !doc_.TokenOf(k - 1).Is(kRole);
      if (of_name) continue;  // University of Somewhere
      cut = k - 1;
      break;
    }
  }
  int32_t run = phrase.last + 1;
  while (run > phrase.first &&
         (IsName(run - 1) ||
          (run - 1 > phrase.first && run <= phrase.last && !doc_.IsQuoted(run - 1) &&
           IsJoiner(LowerWord(doc_.In(doc_.TokenOf(run - 1)))) && IsName(run)))) {
    --run;
  }
  const bool name_at_end = run <= phrase.last;
  if (name_at_end && cut < phrase.last) {
    // "a spokesman for Acme" is the spokesman; "the head of the group Jens Berg" is Berg.
    const bool close_to_noun = run > cut + 2 && !doc_.IsQuoted(run - 1) &&
                               doc_.TokenOf(run - 1).IsWord() &&
                               !doc_.TokenOf(run - 1).Is(kPreposition | kDeterminer | kPossessive |
                                                         kConjunction | kDemonym);
    if (close_to_noun && phrase.last - run >= 1) cut = phrase.last;
    if (const int32_t name = NameBehindOffice(phrase, run, cut); name >= 0) {
      phrase.head_first = name;
      phrase.head_last = phrase.last;
      phrase.head = HeadKind::kName;
      return;
    }
  }
  phrase.head_last = cut;
  int32_t first = cut + 1;
  while (first > phrase.first &&
         (IsName(first - 1) ||
          (first - 1 > phrase.first && first <= cut && !doc_.IsQuoted(first - 1) &&
           (IsJoiner(LowerWord(doc_.In(doc_.TokenOf(first - 1)))) ||
            doc_.In(doc_.TokenOf(first - 1)) == "of" || doc_.In(doc_.TokenOf(first - 1)) == "&") &&
           IsName(first)))) {
    --first;
  }
  while (first <= cut && (doc_.IsQuoted(first) || !IsName(first))) ++first;
  if (phrase.group) {
    phrase.head_first = phrase.first;
    phrase.head_last = phrase.last;
    phrase.head = name_at_end ? HeadKind::kName : HeadKind::kNoun;
    return;
  }
  if (first <= cut) return HeadIsName(phrase, first);
  phrase.head_first = phrase.first;
  phrase.head = HeadKind::kNoun;
}

}  // namespace verbatim::quotes
