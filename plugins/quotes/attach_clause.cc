// SPDX-License-Identifier: Apache-2.0
// Clauses: where one begins that a verb reports, whether it has a verb of its own, where it ends.
#include "attacher.h"

namespace verbatim::quotes {
// May this element be a finite verb? `first` begins what is looked at.
bool Attacher::IsFinite(int32_t first, int32_t k) const {
  if (doc_.IsQuoted(k)) return doc_.Quoted(k).words >= 4;
  const Token& token = doc_.TokenOf(k);
  if (token.Is(kFinite | kAuxiliary | kModal) && !token.capital) return true;
  if (token.kind == Kind::kClitic && k > first && doc_.TokenOf(k - 1).Is(kPronoun)) return true;
  if (!token.IsWord() || token.capital) return false;
  if (token.Is(kSpeech) && (token.word->forms & (kPast | kThirdPerson)) != 0) return true;
  const std::string_view word = doc_.In(token);
  return EndsIn(word, "ed") ||
         (k > first && EndsIn(word, "s") && !EndsIn(word, "ss") && !doc_.IsQuoted(k - 1) &&
          doc_.TokenOf(k - 1).IsWord() && doc_.TokenOf(k - 1).Is(kPronoun));
}

bool Attacher::HasFinite(int32_t first, int32_t end) const {
  for (int32_t k = first; k < end; ++k) {
    if (IsFinite(first, k)) return true;
  }
  return false;
}

// The same, not counting what stands behind "who" or "which" up to the next comma.
bool Attacher::HasMainFinite(int32_t first, int32_t end) const {
  bool relative = false;
  for (int32_t k = first; k < end; ++k) {
    if (IsKind(k, Kind::kComma)) {
      relative = false;
    } else if (!doc_.IsQuoted(k) && k > first &&
               (doc_.TokenOf(k).Is(kRelative) || Word(k, "where") || Word(k, "when"))) {
      relative = true;
    } else if (!relative && IsFinite(first, k)) {
      return true;
    }
  }
  return false;
}

// ", he said, though nobody asked": what follows the comma is the reporter's own.
bool Attacher::IsAfterthought(int32_t at) const {
  if (!Inside(at) || doc_.IsQuoted(at)) return false;
  const Token& token = doc_.TokenOf(at);
  if (Word(at, "though") || Word(at, "although") || Word(at, "while") || Word(at, "who")) {
    return true;
  }
  return token.IsWord() && !token.capital && EndsIn(doc_.In(token), "ing") &&
         !token.Is(kPreposition);
}

// Can a clause begin here that this verb reports without "that"?
bool Attacher::BeginsClause(int32_t at, const Token& verb) const {
  if (!Inside(at) || doc_.IsQuoted(at)) return false;
  const Token& token = doc_.TokenOf(at);
  const uint16_t uses = verb.word->uses;
  // "were told to read", "reminds us of a boat"; but "admitted to taking it".
  const bool taking =
      Inside(at + 1) && !doc_.IsQuoted(at + 1) && EndsIn(doc_.In(doc_.TokenOf(at + 1)), "ing");
  if (Word(at, "of") || (Word(at, "to") && !taking)) return false;
  // "a merger announced on Monday would turn": no object. But "what they say is a lack of
  // interest".
  if (token.Is(kAuxiliary | kModal) && (uses & kBare) == 0) return false;
  const bool wh = token.Is(kSubordinator) && !token.Is(kPreposition) && !Word(at, "while") &&
                  !Word(at, "although") && !Word(at, "because");
  if (wh && (uses & (kStrong | kThat | kTell)) != 0) return (uses & kMental) == 0;
  // "told them about living here" names a subject; "said about 40 boats sank" does not.
  if (Word(at, "about") && !IsCount(at + 1)) return false;
  const int32_t end = ClauseEnd(at);
  if ((uses & (kStrong | kTell)) != 0) {
    if (token.Is(kConjunction) || token.kind == Kind::kComma) return false;
    if (!token.IsWord() && token.kind != Kind::kNumber && token.kind != Kind::kOther) return false;
    if (token.Is(kObjectPronoun) && !token.Is(kPronoun | kPossessive)) return false;
    if ((uses & (kBare | kTell)) == 0) return FiniteSoon(at, end);
    if (token.Is(kPreposition) && !token.Is(kSubordinator) && !HasFinite(at, end)) return false;
    return Words(at, end) >= 2 && (Words(at, end) >= 4 || HasFinite(at, end));
  }
  if ((uses & kMental) != 0) return false;
  if ((uses & kThat) == 0 || Words(at, end) < 3) return false;
  const bool pronoun =
      token.Is(kPronoun) && !Word(at, "who") && !Word(at, "it") && !Word(at, "you");
  if (pronoun) return HasFinite(at + 1, end);
  if (Word(at, "it") || Word(at, "there") || Word(at, "you"))
    return at + 1 < end && !doc_.IsQuoted(at + 1) &&
           (doc_.TokenOf(at + 1).Is(kFinite | kAuxiliary | kModal) ||
            IsKind(at + 1, Kind::kClitic));
  const Phrase subject = phrases_.PhraseAt(at, end);
  if (!subject.found() || subject.last + 1 >= end || doc_.IsQuoted(subject.last + 1)) return false;
  return doc_.TokenOf(subject.last + 1).Is(kAuxiliary | kModal | kFinite);
}

// Does a clause begin here, with its verb close to its subject? "added that" may be left without
// "that", but "added three goals" reports nothing.
bool Attacher::FiniteSoon(int32_t at, int32_t end) const {
  if (doc_.TokenOf(at).Is(kPronoun) || Word(at, "there")) return HasFinite(at + 1, end);
  for (int32_t k = at + 1; k < end && k - at < 12; ++k) {
    if (doc_.IsQuoted(k)) return false;
    const Token& token = doc_.TokenOf(k);
    if (!token.IsWord() && token.kind != Kind::kClitic && token.kind != Kind::kNumber) return false;
    if (token.capital) continue;
    if (token.Is(kFinite | kAuxiliary | kModal) && !token.Is(kPreposition)) return true;
    if (token.Is(kRelative | kSubordinator)) return false;
  }
  return false;
}

// A number, in figures or in words?
bool Attacher::IsCount(int32_t at) const {
  return Inside(at) && !doc_.IsQuoted(at) &&
         (doc_.TokenOf(at).kind == Kind::kNumber || doc_.TokenOf(at).Is(kNumberWord));
}

// Does a comma or a colon stand here, and behind it a quotation that begins anew?
bool Attacher::LeadsToQuote(int32_t at) const {
  return (IsKind(at, Kind::kComma) || IsKind(at, Kind::kColon)) && Inside(at + 1) &&
         doc_.IsQuoted(at + 1);
}

// Does another attribution begin at this comma or conjunction, so that the clause ends here?
bool Attacher::CutsClause(int32_t at) const {
  int32_t k = at;
  const bool stop = IsKind(k, Kind::kSemicolon);
  const bool comma = stop || IsKind(k, Kind::kComma) || IsKind(k, Kind::kDash);
  if (comma) ++k;
  if (!Inside(k) || doc_.IsQuoted(k)) return false;
  const bool contrast = Word(k, "though") || Word(k, "although");
  if (comma && Word(k, "according") && Word(k + 1, "to")) return true;
  const bool conjunction =
      doc_.TokenOf(k).Is(kConjunction) || Word(k, "while") || contrast || Word(k, "before");
  if (conjunction) ++k;
  if (!comma && !conjunction) return false;
  while (Inside(k) && !doc_.IsQuoted(k) && doc_.TokenOf(k).Is(kAdverb)) ++k;
  if (!Inside(k) || doc_.IsQuoted(k)) return false;
  const Token& token = doc_.TokenOf(k);
  const auto governs = [&](int32_t verb) {
    const int32_t next = verb + 1;
    if (!Inside(next)) return false;
    if (doc_.IsQuoted(next)) return true;
    if (Word(next, "that") || IsKind(next, Kind::kColon)) return true;
    if (IsKind(next, Kind::kComma)) return Inside(next + 1) && doc_.IsQuoted(next + 1);
    return (doc_.TokenOf(verb).word->uses & (kStrong | kTell)) != 0;
  };
  if (token.Is(kSpeech) && !token.capital) {
    const uint8_t forms = token.word->forms;
    if ((forms & kGerund) != 0) {
      return (token.word->uses & kMental) == 0 && ((comma && !conjunction) || governs(k));
    }
    if ((token.word->uses & kMental) != 0 || !conjunction) return false;
    // "and said that", "and says, “...”": without its ending or a quotation it may be a noun.
    return ((forms & kPast) != 0 && governs(k)) ||
           ((forms & kThirdPerson) != 0 && LeadsToQuote(k + 1));
  }
  const Phrase subject = phrases_.PhraseAt(k, end_);
  if (!subject.found() || subject.last + 1 >= end_ || doc_.IsQuoted(subject.last + 1)) return false;
  int32_t verb = subject.last + 1;
  while (Inside(verb) && !doc_.IsQuoted(verb) && doc_.TokenOf(verb).Is(kAdverb | kAuxiliary))
    ++verb;
  if (!Inside(verb) || doc_.IsQuoted(verb)) return false;
  const Token& word = doc_.TokenOf(verb);
  if (!word.Is(kSpeech) || word.capital || (word.word->uses & kMental) != 0) return false;
  if (comma && (word.word->forms & (kPast | kThirdPerson)) != 0 &&
      LeadsToQuote(phrases_.SkipTime(verb + 1, end_))) {
    return true;
  }
  if (!contrast && !stop && (!conjunction || !comma)) return false;
  return (word.word->uses & (kStrong | kTell)) != 0 &&
         (word.word->forms & (kPast | kThirdPerson)) != 0;
}

int32_t Attacher::ClauseEnd(int32_t at) const {
  for (int32_t k = at + 1; k < end_; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    const bool joint = token.kind == Kind::kComma || token.kind == Kind::kDash ||
                       token.kind == Kind::kSemicolon || token.Is(kConjunction) ||
                       Word(k, "though") || Word(k, "although");
    if (joint && CutsClause(k)) return k;
  }
  return end_;
}

}  // namespace verbatim::quotes
