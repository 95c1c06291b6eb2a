// SPDX-License-Identifier: Apache-2.0
// Attribution by other means than a verb and a clause: "according to", "claims that", NAME: "...",
// and what people are told or promised to do.
#include <algorithm>

#include "attacher.h"
#include "bounds.h"

namespace verbatim::quotes {
// According to the ministry, C.  -  C, according to Lund.  -  C1, according to Lund, C2.
void Attacher::AccordingTo(int32_t at) {
  if (!Word(at + 1, "to")) return;
  Attribution a;
  a.rule = "according-to";
  a.lemma = "according to";
  a.cue_first = at;
  a.cue_last = at + 1;
  a.subject = phrases_.PhraseAt(at + 2, end_);
  if (!a.subject.found()) return;
  // "according to credible reports": nothing else can stand there.
  const int32_t noun = a.subject.last + 1;
  if (a.subject.head == HeadKind::kNoun && Inside(noun) && !doc_.IsQuoted(noun) &&
      doc_.TokenOf(noun).Is(kDocument)) {
    a.subject.last = a.subject.head_last = noun;
  }
  phrases_.NameInApposition(a.subject.last + 1, end_, a.subject);
  int32_t after = std::max(a.subject.last, a.subject.reach) + 1;
  while (after < end_ && !IsKind(after, Kind::kComma) && !doc_.IsQuoted(after) &&
         !IsKind(after, Kind::kStop) && !IsKind(after, Kind::kDash))
    ++after;
  const int32_t before = IsKind(at - 1, Kind::kComma) ? at - 1 : at;
  const bool leads = Words(free_, before) < 2;
  bool taken = false;
  if (leads) {
    if (after >= end_) return;
    taken = TakeClause(a, after, ClauseEnd(after + 1));
  } else if (const int32_t quote = LeftQuote(at); quote >= 0 && Words(free_, quote) == 0) {
    taken = TakeLeftQuote(a, quote);
  } else {
    const int32_t from = free_;
    // "..., he told the council, according to a statement": what is left is nobody's clause.
    if (from > begin_ && !HasFinite(from, before)) return;
    taken = TakeClause(a, from, before);
    const bool goes_on = IsKind(before, Kind::kComma) && IsKind(after, Kind::kComma) &&
                         Words(after, end_) >= 2 && HasFinite(after, end_) &&
                         !HasFinite(from, before);
    if (taken && goes_on) TakeClause(a, after, end_);
  }
  if (!taken) return;
  Commit(std::move(a));
  free_ = std::max(free_, after);
}

// Washington's claims that C  -  his warning that C  -  allegations from Berg that C
bool Attacher::NounThat(int32_t at) {
  Attribution a;
  a.rule = "noun-that";
  a.weak = true;
  a.lemma = LowerWord(doc_.In(doc_.TokenOf(at)));
  a.cue_first = a.cue_last = at;
  int32_t that = at + 1;
  if (Word(that, "from") || Word(that, "by") || Word(that, "of")) {
    a.subject = phrases_.PhraseAt(that + 1, end_);
    if (!a.subject.found()) return false;
    that = a.subject.last + 1;
  } else if (IsKind(at - 1, Kind::kClitic)) {
    const Phrase owner = phrases_.SubjectBefore(begin_, at - 1);
    if (!owner.found() || owner.head == HeadKind::kPronoun) return false;
    a.subject = owner;
  } else if (Inside(at - 1) && !doc_.IsQuoted(at - 1) && doc_.TokenOf(at - 1).Is(kPossessive)) {
    a.subject.first = a.subject.last = a.subject.head_first = a.subject.head_last = at - 1;
    a.subject.head = HeadKind::kPronoun;
  } else {
    return false;
  }
  if (!Word(that, "that") || that + 1 >= end_) return false;
  int32_t end = that + 1;
  while (end < end_ && !IsKind(end, Kind::kComma) && !IsKind(end, Kind::kStop) &&
         !IsKind(end, Kind::kSemicolon))
    ++end;
  if (!HasFinite(that + 1, end) || !TakeClause(a, that + 1, end)) return false;
  Commit(std::move(a));
  return true;
}

// LUND: "..." at the start of a paragraph, as interviews are printed.
bool Attacher::ColonName() {
  int32_t colon = begin_;
  while (colon < end_ && colon - begin_ < 8 && !IsKind(colon, Kind::kColon)) ++colon;
  if (!IsKind(colon, Kind::kColon) || colon == begin_ || colon + 1 >= end_ ||
      !doc_.IsQuoted(colon + 1))
    return false;
  const Phrase subject = phrases_.PhraseAt(begin_, colon);
  if (!subject.found() || subject.last + 1 < colon || subject.head == HeadKind::kPronoun)
    return false;
  if (subject.head == HeadKind::kNoun && !doc_.TokenOf(subject.head_last).Is(kRole | kGroupNoun))
    return false;
  for (int32_t k = colon + 2; k < end_; ++k) {  // ANALYSIS: "...," Ada Lund said
    if (!doc_.IsQuoted(k) && doc_.TokenOf(k).Is(kSpeech)) return false;
  }
  Attribution a;
  a.rule = "s-colon-q";
  a.lemma = ":";
  a.cue_first = a.cue_last = colon;
  a.subject = subject;
  if (!TakeQuotesAt(a, colon + 1)) return false;
  Commit(std::move(a));
  return true;
}

// Bridge to stay closed until spring - ministry
bool Attacher::HeadlineDash() {
  int32_t dash = end_ - 1;
  while (dash > begin_ && end_ - dash < 6 && !IsKind(dash, Kind::kDash)) --dash;
  if (!IsKind(dash, Kind::kDash) || dash - begin_ < 4 || dash + 1 >= end_) return false;
  const Phrase subject = phrases_.PhraseAt(dash + 1, end_);
  if (!subject.found() || subject.last + 1 != end_) return false;
  const Token& head = doc_.TokenOf(subject.head_last);
  const bool speaks = !head.capital && head.Is(kRole | kOrgHead | kGroupNoun | kDocument);
  if (!speaks) return false;
  return CommitDash("headline-dash", dash, subject);
}

// Ada Lund Says Bridge Will Close: a headline in title case, where verbs are capitalised too.
bool Attacher::HeadlineSays() {
  for (int32_t verb = begin_ + 1; verb + 3 < end_ && verb - begin_ < 8; ++verb) {
    if (doc_.IsQuoted(verb)) return false;
    const Token& token = doc_.TokenOf(verb);
    if (!token.IsWord() || !token.capital) {
      if (token.kind == Kind::kClitic || token.Is(kPreposition | kConjunction | kDeterminer))
        continue;
      return false;
    }
    if ((token.word->uses & (kBare | kTell)) == 0 && !Word(verb, "warns") && !Word(verb, "claims"))
      continue;
    if ((token.word->forms & kThirdPerson) == 0) continue;
    Attribution a;
    a.subject = phrases_.PhraseAt(begin_, verb);
    if (!a.subject.found() || a.subject.last + 1 != verb) return false;
    GroupReports(verb, verb, a);
    a.rule = "headline-says";
    int32_t at = (token.word->uses & kTell) != 0 ? SkipObject(verb + 1) : verb + 1;
    if (Word(at, "that")) ++at;
    if (at == verb + 1 && (token.word->uses & kTell) != 0) return false;
    if (Words(at, end_) < 3 || !TakeClause(a, at, end_)) return false;
    Commit(std::move(a));
    return true;
  }
  return false;
}

bool Attacher::CommitDash(const char* rule, int32_t dash, const Phrase& subject) {
  Attribution a;
  a.rule = rule;
  a.lemma = "\xE2\x80\x94";
  a.cue_first = a.cue_last = dash;
  a.subject = subject;
  if (!TakeClause(a, begin_, dash)) return false;
  Commit(std::move(a));
  return true;
}

// The verb nearest before `at` that has a subject of its own and reports, whatever stands between
// it and `at`: "Lund acknowledged, however, ", "he wanted to know, ".
bool Attacher::NearestVerb(int32_t at, Attribution& a) const {
  for (int32_t verb = at - 1; verb > begin_ && at - verb < kLeadMax; --verb) {
    if (doc_.IsQuoted(verb)) {
      if (doc_.Quoted(verb).speech) return false;
      continue;
    }
    const Token& token = doc_.TokenOf(verb);
    if (token.kind == Kind::kSemicolon) return false;
    if (!token.Is(kSpeech) || token.capital) continue;
    const int32_t group = GroupStart(verb);
    Attribution probe;
    const bool gerund = (token.word->forms & kGerund) != 0;
    const bool asks = Word(group - 1, "to") && (token.word->uses & kMental) != 0;
    if (!GroupReports(group, verb, probe) && !gerund && !asks) continue;
    if (Inside(group - 1) && !doc_.IsQuoted(group - 1) &&
        doc_.TokenOf(group - 1).Is(kDeterminer | kPossessive)) {
      continue;  // a noun
    }
    probe.subject = gerund ? SentenceSubject(group) : phrases_.SubjectBefore(begin_, group);
    if (!probe.subject.found()) probe.subject = SentenceSubject(group);
    if (!probe.subject.found()) continue;
    if (group == verb && token.word->forms == kBase && !IsPlural(probe.subject)) continue;
    if (!SpeaksRatherThanNames(token, probe.subject)) continue;
    a = std::move(probe);
    return true;
  }
  return false;
}

// "Her answer", "Lund's reply": the owner of a noun; the phrase itself when nobody owns it.
Phrase Attacher::WhoseWords(const Phrase& phrase) const {
  if (phrase.head != HeadKind::kNoun) return phrase;
  if (!doc_.IsQuoted(phrase.first) && doc_.TokenOf(phrase.first).Is(kPossessive)) {
    Phrase owner;
    owner.first = owner.last = owner.head_first = owner.head_last = phrase.first;
    owner.head = HeadKind::kPronoun;
    return owner;
  }
  for (int32_t k = phrase.first + 1; k < phrase.last; ++k) {
    if (IsKind(k, Kind::kClitic)) return phrases_.PhraseAt(phrase.first, k);
  }
  return phrase;
}

// "In the words of Ada Lund, ...", "In Lund's words, ..."
bool Attacher::InTheWords(int32_t mark, Attribution& a) const {
  const int32_t floor = std::max({begin_, free_, mark - kLeadMax});
  for (int32_t words = mark - 1; words > floor; --words) {
    if (doc_.IsQuoted(words)) return false;
    if (!Word(words, "words")) continue;
    a.lemma = "words";
    a.cue_first = a.cue_last = words;
    if (Word(words + 1, "of")) {
      if (!Word(words - 1, "the") || !Word(words - 2, "in")) return false;
      a.subject = phrases_.PhraseAt(words + 2, mark);
      a.cue_first = words - 2;
      a.cue_last = words + 1;
    } else {
      int32_t in = words;
      while (in > floor && !doc_.IsQuoted(in) && !Word(in, "in")) --in;
      if (words + 1 != mark || !Word(in, "in")) return false;
      Phrase owned;
      owned.first = in + 1;
      owned.last = words;
      owned.head = HeadKind::kNoun;
      a.subject = WhoseWords(owned);
      if (a.subject.first == owned.first && a.subject.last == words) return false;
    }
    return a.subject.found();
  }
  return false;
}

// "The mayor put it plainly: ...": no verb of speech, but a colon and the subject of the sentence.
// "Lund acknowledged, however, ...": a verb of speech farther back.
void Attacher::LeadBefore(int32_t quote) {
  const bool colon = IsKind(quote - 1, Kind::kColon);
  const bool comma = IsKind(quote - 1, Kind::kComma);
  const Segment& segment = doc_.Quoted(quote);
  if (!(colon || comma) || !segment.speech || quote - 1 < free_ || NamesAWork(quote)) return;
  const bool begins = doc_.tokens[static_cast<size_t>(segment.first + 1)].capital;
  Attribution a;
  if (InTheWords(quote - 1, a)) {
    a.rule = "in-words";
  } else if ((colon || begins) && NearestVerb(quote - 1, a)) {
    a.rule = "s-v-q";
    a.weak = true;
  } else {
    a.subject = WhoseWords(SentenceSubject(quote));
    if (!colon || !a.subject.found()) return;
    if (a.subject.head == HeadKind::kNoun && !doc_.TokenOf(a.subject.head_last).Is(kRole)) return;
    a.rule = "s-colon-q";
    a.lemma = ":";
    a.cue_first = a.cue_last = quote - 1;
  }
  if (TakeQuotesAt(a, quote)) Commit(std::move(a));
}

// "The mayor said:" and the quotation in the next paragraph.
void Attacher::ColonLead() {
  const auto next = static_cast<size_t>(sentence_) + 1;
  if (!IsKind(end_ - 1, Kind::kColon) || next >= doc_.sentences.size()) return;
  const int32_t quote = doc_.sentences[next].begin;
  if (!doc_.IsQuoted(quote) || doc_.Quoted(quote).words == 0) return;
  int32_t verb = end_ - 1;
  while (verb > begin_ &&
         (doc_.IsQuoted(verb) || !doc_.TokenOf(verb).Is(kSpeech) || doc_.TokenOf(verb).capital)) {
    --verb;
  }
  if (verb <= std::max(begin_, free_ - 1)) return;
  const int32_t group = phrases_.GroupBegin(begin_, verb);
  Attribution a;
  GroupReports(group, verb, a);
  a.subject = phrases_.SubjectBefore(std::max(begin_, free_), group);
  if (!a.subject.found()) a.subject = SentenceSubject(group);
  if (!a.subject.found()) return;
  a.rule = "s-v-q";
  a.kind = QuoteKind::kDirect;
  a.pieces.push_back(doc_.Quoted(quote).inner);
  a.segments.push_back(doc_.SegmentOf(quote));
  a.flags = doc_.Quoted(quote).flags;
  Commit(std::move(a));
}

// "..." - Ada Lund, as readers' words are printed.
bool Attacher::DashName() {
  int32_t dash = begin_;
  while (dash < end_ && (doc_.IsQuoted(dash) || IsKind(dash, Kind::kComma))) ++dash;
  if (dash == begin_ || !IsKind(dash, Kind::kDash) || !doc_.IsQuoted(begin_)) return false;
  const Phrase subject = phrases_.PhraseAt(dash + 1, end_);
  if (subject.head != HeadKind::kName || subject.last - subject.first > 6) return false;
  const int32_t after = subject.last + 1;
  const bool closed = after >= end_ || IsKind(after, Kind::kStop) || IsKind(after, Kind::kComma) ||
                      IsKind(after, Kind::kOpen);
  if (!closed || Words(after, end_) > 8) return false;
  return CommitDash("q-dash-s", dash, subject);
}

// "C. This was announced on Friday by Lund.": the content is the sentence before.
void Attacher::AnnouncedBy() {
  if (sentence_ == 0 || !Word(begin_, "this") ||
      !(Word(begin_ + 1, "was") || Word(begin_ + 1, "is")))
    return;
  if (!Inside(begin_ + 2) || doc_.IsQuoted(begin_ + 2) || !doc_.TokenOf(begin_ + 2).Is(kSpeech))
    return;
  int32_t by = begin_ + 3;
  while (by < end_ && !Word(by, "by")) ++by;
  if (by + 1 >= end_) return;
  const Sentence& before = doc_.sentences[static_cast<size_t>(sentence_ - 1)];
  if (before.paragraph != doc_.sentences[static_cast<size_t>(sentence_)].paragraph) return;
  if (!found_.empty() && found_.back().sentence == sentence_ - 1) return;
  Attribution a;
  a.rule = "announced-by";
  a.subject = phrases_.PhraseAt(by + 1, end_);
  if (!a.subject.found()) return;
  phrases_.NameInApposition(a.subject.last + 1, end_, a.subject);
  a.cue_first = begin_ + 1;
  a.cue_last = begin_ + 2;
  a.lemma = std::string(doc_.words->Lemma(doc_.TokenOf(begin_ + 2).word->lemma));
  const int32_t kept = free_;
  free_ = before.begin;
  if (TakeClause(a, before.begin, before.end)) Commit(std::move(a));
  free_ = std::max(kept, free_);
}

// "urged the council to act", "called on them to act", "vowed to stay".
bool Attacher::TakeOrder(Attribution& a, int32_t at, const Token& verb) {
  const uint16_t uses = verb.word->uses;
  const bool not_to = Word(at, "not") && Word(at + 1, "to");
  if ((uses & kPromise) != 0 && (Word(at, "to") || not_to)) {
    if (Words(at, end_) < 3) return false;
    a.rule = "s-v-to";
    return TakeClause(a, at, ClauseEnd(at));
  }
  if ((uses & kOrder) == 0) return false;
  const bool call = a.lemma == "call";
  if (call && !Word(at, "on") && !Word(at, "upon")) return false;
  const int32_t object = at + (call ? 1 : 0);
  const Phrase who = phrases_.PhraseAt(object, end_);
  if (!who.found()) return false;
  int32_t to = who.last + 1;
  if (Word(to, "not")) ++to;
  if (!Word(to, "to") || Words(to, end_) < 3) return false;
  a.rule = "s-v-to";
  return TakeClause(a, call ? who.last + 1 : object, ClauseEnd(to));
}

}  // namespace verbatim::quotes
