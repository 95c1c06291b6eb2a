// SPDX-License-Identifier: Apache-2.0
// Verbs away from their subject (", adding that ...", "... and said ..."), and verbs that report
// only because they stand beside a finished quotation.
#include <algorithm>

#include "attacher.h"
#include "bounds.h"

namespace verbatim::quotes {

// "Looking back, the council ...": what the subject does, before the subject itself.
bool Attacher::LeadsWithDeed(int32_t at, int32_t before) const {
  if (!Inside(at + 1) || doc_.IsQuoted(at) || doc_.IsQuoted(at + 1)) return false;
  const Token& next = doc_.TokenOf(at + 1);
  if (!EndsIn(doc_.In(doc_.TokenOf(at)), "ing") || doc_.TokenOf(at).Is(kGivenName | kRole)) {
    return false;
  }
  if (next.capital || !next.IsWord() || next.Is(kSpeech | kFinite | kAuxiliary | kModal)) {
    return false;
  }
  for (int32_t k = at + 2; k < before; ++k) {
    if (IsKind(k, Kind::kComma)) return true;
    if (doc_.IsQuoted(k) || IsFinite(at, k)) return false;
  }
  return false;
}

// The subject of the sentence, when `before` stands in a later clause of it.
Phrase Attacher::SentenceSubject(int32_t before) const {
  int32_t at = begin_;
  while (at < before && !doc_.IsQuoted(at) && doc_.TokenOf(at).Is(kConjunction | kAdverb)) ++at;
  at = phrases_.SkipTime(at, before);
  if (at < before && !doc_.IsQuoted(at) && doc_.TokenOf(at).Is(kPreposition | kSubordinator)) {
    while (at < before && !IsKind(at, Kind::kComma)) ++at;
    ++at;
  }
  if (LeadsWithDeed(at, before)) {
    while (!IsKind(at, Kind::kComma)) ++at;
  }
  if (IsKind(at, Kind::kComma)) ++at;
  if (at >= before) return {};
  Phrase subject = phrases_.PhraseAt(at, before);
  if (!subject.found() || subject.last + 1 >= before) return {};
  return subject;
}

// A reporting verb without a subject beside it: ", adding that ...", "... and said ...".
bool Attacher::TryDependent(int32_t verb, int32_t group) {
  const Token& token = doc_.TokenOf(verb);
  const bool gerund = (token.word->forms & kGerund) != 0;
  if (group <= begin_ && !gerund) return false;
  if (Word(group - 1, "worth")) return false;  // "it is worth noting that": nobody's words
  const bool after_comma = IsKind(group - 1, Kind::kComma);
  const bool after_conjunction =
      group > begin_ && !doc_.IsQuoted(group - 1) && doc_.TokenOf(group - 1).Is(kConjunction);
  const bool after_preposition = Word(group - 1, "by") || Word(group - 1, "before") ||
                                 Word(group - 1, "after") || Word(group - 1, "while");
  Attribution a;
  const bool reports = GroupReports(group, verb, a);
  if (gerund) {
    const bool free_standing = group > begin_ && !doc_.IsQuoted(group - 1) &&
                               doc_.TokenOf(group - 1).IsWord() &&
                               !doc_.TokenOf(group - 1).Is(kPreposition | kDeterminer |
                                                           kPossessive | kAuxiliary | kPronoun);
    if (!after_comma && !after_conjunction && !after_preposition && !free_standing &&
        group != begin_)
      return false;
  } else if (!reports || !(after_conjunction || after_comma) ||
             (token.word->forms & (kPast | kThirdPerson)) == 0) {
    return false;
  }
  const Right right = LookRight(verb + 1, token);
  const bool wants = right.next == Next::kQuote || right.next == Next::kThat ||
                     (right.next == Next::kClause && (token.word->uses & kMental) == 0);
  const bool orders = (token.word->uses & (kOrder | kPromise)) != 0;
  if (!wants && !orders && !(right.next == Next::kPhrase && (gerund || after_conjunction))) {
    return false;
  }
  const bool own = gerund && !after_comma && !after_conjunction && !after_preposition;
  if (own) {
    a.subject = phrases_.SubjectBefore(std::max(begin_, free_), group);
    // "with one reader writing that ..."; "pages declaring the sale void" report nothing.
    if (a.subject.found() && right.next != Next::kQuote && !right.after_that) return false;
  }
  if (a.subject.found()) {
    // Its own.
  } else if (static_cast<int32_t>(found_.size()) > first_of_sentence_) {
    a.inherits = static_cast<int32_t>(found_.size()) - 1;
    a.subject = found_.back().subject;
  } else {
    a.subject = SentenceSubject(group);
    if (!a.subject.found()) return false;
  }
  if (!(orders && TakeOrder(a, verb + 1, token))) {
    a.rule = gerund ? "adding" : "and-v";
    if (!TakeRight(a, right, token)) return false;
  }
  Commit(std::move(a));
  return true;
}

// Beside a finished quotation every verb reports: "...," grumbled Jo. "...," Jo shrugged.
bool Attacher::TryOpenVerb(int32_t quote) {
  const Segment& segment = doc_.Quoted(quote);
  if (segment.words < 2 || !segment.speech) return false;
  if (TitleEndsALead(begin_, quote)) return false;
  int32_t at = quote + 1;
  const bool comma = IsKind(at, Kind::kComma);
  if (comma) ++at;
  if ((!segment.ends_clause && !comma) || at >= end_ || doc_.IsQuoted(at)) return false;
  const auto past = [&](int32_t element) {
    if (!Inside(element) || doc_.IsQuoted(element)) return false;
    const Token& token = doc_.TokenOf(element);
    const std::string_view word = doc_.In(token);
    if (!token.IsWord() || token.capital ||
        token.Is(kAuxiliary | kModal | kPreposition | kConjunction | kSubordinator | kDeterminer |
                 kPossessive))
      return false;
    if (token.Is(kSpeech)) return (token.word->forms & (kPast | kThirdPerson)) != 0;
    return word.size() > 4 && (word.substr(word.size() - 2) == "ed" ||
                               (word.back() == 's' && word[word.size() - 2] != 's'));
  };
  Attribution a;
  if (past(at)) {
    a.subject = phrases_.PhraseAt(at + 1, end_);
    if (!a.subject.found() || doc_.TokenOf(a.subject.first).Is(kObjectPronoun)) return false;
    if (a.subject.head == HeadKind::kNoun &&
        !doc_.TokenOf(a.subject.first).Is(kDeterminer | kPossessive | kRole | kGroupNoun))
      return false;
    a.cue_first = a.cue_last = at;
    a.rule = "q-v-s";
  } else {
    a.subject = phrases_.PhraseAt(at, end_);
    if (!a.subject.found()) return false;
    int32_t verb = a.subject.last + 1;
    while (verb < end_ && !doc_.IsQuoted(verb) && doc_.TokenOf(verb).Is(kAdverb | kAuxiliary))
      ++verb;
    if (!past(verb)) return false;
    a.cue_first = a.cue_last = verb;
    a.rule = "q-s-v";
  }
  const Token& cue = doc_.TokenOf(a.cue_first);
  a.lemma =
      cue.Is(kSpeech) ? std::string(doc_.words->Lemma(cue.word->lemma)) : LowerWord(doc_.In(cue));
  a.weak = !cue.Is(kSpeech);
  if (!TakeLeftQuote(a, quote)) return false;
  Commit(std::move(a));
  return true;
}

// "It surprised nobody less than the diver Jens Berg: ...": the name that ends at the colon.
Phrase Attacher::NameBefore(int32_t colon) const {
  int32_t first = colon;
  while (first > begin_ && colon - first < kNameBackMax && !doc_.IsQuoted(first - 1) &&
         phrases_.IsName(first - 1)) {
    --first;
  }
  if (first == colon) return {};
  const Phrase name = phrases_.PhraseAt(first, colon);
  return name.head == HeadKind::kName && name.last + 1 == colon ? name : Phrase{};
}

// "...," Mr. Berg, now 81 and living in Eastmoor, Fla., said by telephone: the first verb of speech
// behind a quotation that begins its sentence, however it is parted from it.
bool Attacher::VerbBehind(int32_t quote, Attribution& a) const {
  for (int32_t verb = quote + 1; verb < end_ && verb - quote < kLeadMax; ++verb) {
    if (doc_.IsQuoted(verb)) return false;
    const Token& token = doc_.TokenOf(verb);
    if (!token.Is(kSpeech) || token.capital || (token.word->uses & kMental) != 0) continue;
    if ((token.word->forms & (kPast | kThirdPerson)) == 0 && !Word(verb, "say") &&
        !Word(verb, "write")) {
      continue;
    }
    if (!GroupReports(phrases_.GroupBegin(quote + 1, verb), verb, a)) continue;
    const bool inverted = verb == quote + 1;
    const std::string_view needs = doc_.words->Needs(token.word->lemma);
    const int32_t behind = verb + (!needs.empty() && Word(verb + 1, needs) ? 2 : 1);
    a.subject = inverted ? phrases_.PhraseAt(behind, end_) : phrases_.PhraseAt(quote + 1, verb);
    return true;
  }
  return false;
}

// A finished quotation that no other rule took is somebody's words all the same.
void Attacher::TakeLoose(int32_t quote) {
  const Segment& segment = doc_.Quoted(quote);
  if (!segment.speech || segment.titled || !segment.ends_clause || segment.words < 4) return;
  if (doc_.paragraphs[segment.paragraph].headline || quote < free_) return;
  const bool begins = doc_.tokens[static_cast<size_t>(segment.first + 1)].capital;
  Attribution a;
  a.weak = true;
  a.rule = "loose";
  a.continues = true;
  if (quote == begin_) {
    if (!begins || segment.ends_sentence || quote + 1 >= end_) return;
    if (VerbBehind(quote, a)) {
      a.rule = a.cue_first == quote + 1 ? "q-v-s" : "q-s-v";
      a.continues = false;
    }
  } else if (begins && IsKind(quote - 1, Kind::kColon)) {
    a.subject = NameBefore(quote - 1);
    if (!a.subject.found()) a.subject = SentenceSubject(quote);
  } else if (!(begins && IsKind(quote - 1, Kind::kComma))) {
    if (segment.words < kLoudWords || !segment.ends_sentence || begins) return;
    a.subject = SentenceSubject(quote);
  } else {
    a.rule = "bare";  // "Lund was asked, ...": not by whom it is about
    a.continues = false;
  }
  if (a.cue_first < 0 && a.subject.head == HeadKind::kNoun &&
      !doc_.TokenOf(a.subject.head_last).Is(kRole | kGroupNoun | kOrgHead | kDocument)) {
    a.subject = {};
  }
  if (!begins && !a.subject.found()) return;  // whatever "is billed as" it
  if (TakeQuotesAt(a, quote)) Commit(std::move(a));
}

}  // namespace verbatim::quotes
