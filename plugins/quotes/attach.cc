// SPDX-License-Identifier: Apache-2.0
#include "attach.h"

#include <algorithm>

#include "attacher.h"

namespace verbatim::quotes {
namespace {

constexpr std::string_view kAccording = "according";

}  // namespace

Attacher::Attacher(const Document& doc)
    : doc_(doc), phrases_(doc), owned_(doc.segments.size(), false) {}

std::vector<Attribution> Attacher::Run() {
  found_.reserve(doc_.sentences.size());
  for (size_t n = 0; n < doc_.sentences.size(); ++n) AttachSentence(static_cast<int32_t>(n));
  return std::move(found_);
}

bool Attacher::SameLetters(std::string_view word, std::string_view lower) {
  for (size_t n = 0; n < word.size(); ++n) {
    const char c = word[n];
    if (c != lower[n] && !(c >= 'A' && c <= 'Z' && static_cast<char>(c + 32) == lower[n])) {
      return false;
    }
  }
  return true;
}

int32_t Attacher::Words(int32_t first, int32_t end) const {
  int32_t words = 0;
  for (int32_t k = first; k < end; ++k) {
    words += doc_.IsQuoted(k) ? static_cast<int32_t>(doc_.Quoted(k).words)
                              : (doc_.TokenOf(k).IsWord() ? 1 : 0);
  }
  return words;
}

void Attacher::AttachSentence(int32_t number) {
  const Sentence& sentence = doc_.sentences[static_cast<size_t>(number)];
  const Paragraph& paragraph = doc_.paragraphs[sentence.paragraph];
  if (paragraph.furniture) return;
  sentence_ = number;
  begin_ = free_ = sentence.begin;
  end_ = sentence.end;
  first_of_sentence_ = static_cast<int32_t>(found_.size());
  if (ColonName()) return;
  if (paragraph.headline && (HeadlineDash() || HeadlineSays())) return;
  if (DashName()) return;
  if (TrailingAttribution()) return;
  for (int32_t k = begin_; k < end_; ++k) {
    if (k < free_ || doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    if (token.Is(kSpeech) && TryVerb(k)) continue;
    if (token.Is(kCueNoun) && NounThat(k)) continue;
    if (token.end - token.begin == kAccording.size() && Word(k, kAccording)) AccordingTo(k);
  }
  for (int32_t k = begin_; k < end_; ++k) {
    if (doc_.IsQuoted(k) && !owned_[static_cast<size_t>(doc_.SegmentOf(k))]) TryOpenVerb(k);
  }
  for (int32_t k = begin_ + 1; k < end_; ++k) {
    if (doc_.IsQuoted(k) && !owned_[static_cast<size_t>(doc_.SegmentOf(k))]) LeadBefore(k);
  }
  for (int32_t k = begin_; k < end_; ++k) {
    if (doc_.IsQuoted(k) && !owned_[static_cast<size_t>(doc_.SegmentOf(k))]) TakeLoose(k);
  }
  ColonLead();
  AnnouncedBy();
}

// Reads auxiliaries, modals and "not" before the verb; false when the group reports nothing.
bool Attacher::GroupReports(int32_t group, int32_t verb, Attribution& a) const {
  const Token& token = doc_.TokenOf(verb);
  bool be = false;
  bool have = false;
  bool helped = false;
  for (int32_t k = group; k < verb; ++k) {
    const Token& helper = doc_.TokenOf(k);
    const std::string word = LowerWord(doc_.In(helper));
    if (helper.Is(kNegation)) a.negated = true;
    if (helper.Is(kModal)) a.modal = word;
    if (helper.Is(kModal | kAuxiliary)) helped = true;
    if (word == "have" || word == "has" || word == "had" || word == "'ve" || word == "having")
      have = true, be = false;
    if (word == "is" || word == "are" || word == "was" || word == "were" || word == "been" ||
        word == "be" || word == "being" || word == "isn't" || word == "wasn't" ||
        word == "aren't" || word == "weren't") {
      be = true;
    }
    if (word == "'s") be = (token.word->forms & kGerund) != 0, have = !be;
  }
  a.cue_first = verb;
  a.cue_last = verb;
  a.lemma = std::string(doc_.words->Lemma(token.word->lemma));
  a.weak = (token.word->uses & kMental) != 0;
  const uint8_t forms = token.word->forms;
  if ((forms & kGerund) != 0) return be;
  if (be) return false;  // passive
  if (have) return (forms & kParticiple) != 0;
  if (helped) return (forms & kBase) != 0;
  return (forms & (kPast | kThirdPerson | kBase)) != 0;
}

// First element of the verb group; "went on to say" is one.
int32_t Attacher::GroupStart(int32_t verb) const {
  const int32_t group = phrases_.GroupBegin(begin_, verb);
  if (!Word(group - 1, "to") || !Word(group - 2, "on")) return group;
  for (const std::string_view go : {"went", "goes", "go", "going", "gone"}) {
    if (Word(group - 3, go)) return phrases_.GroupBegin(begin_, group - 3);
  }
  return group;
}

bool Attacher::TryVerb(int32_t verb) {
  const Token& token = doc_.TokenOf(verb);
  if (token.capital && verb != begin_) return false;
  const std::string_view needs = doc_.words->Needs(token.word->lemma);
  if (!needs.empty() && !Word(verb + 1, needs)) return false;
  const int32_t group = GroupStart(verb);
  if (group > begin_ && !doc_.IsQuoted(group - 1)) {
    const Token& before = doc_.TokenOf(group - 1);
    if (Word(group - 1, "to") || before.Is(kDeterminer | kPossessive)) {
      const bool pronoun_like = Word(group - 1, "many") || Word(group - 1, "some") ||
                                Word(group - 1, "both") || Word(group - 1, "one");
      if (!pronoun_like) return false;
    }
    const bool noun_form = (token.word->forms & (kPast | kParticiple | kGerund)) == 0;
    if (before.kind == Kind::kClitic && noun_form) return false;
  }
  Attribution probe;
  if (!GroupReports(group, verb, probe)) return TryDependent(verb, group);
  if (verb == begin_ && TryFronted(verb)) return true;
  if (TryInverted(verb)) return true;
  if (group > begin_ && !doc_.IsQuoted(group - 1) && doc_.TokenOf(group - 1).Is(kConjunction))
    return TryDependent(verb, group);
  const Phrase subject = phrases_.SubjectBefore(std::max(begin_, free_), group);
  if (!subject.found()) return TryDependent(verb, group);
  if (Word(subject.head_last, "you")) return false;
  const bool bare_form = token.word->forms == kBase && group == verb;
  if (bare_form && !IsPlural(subject) && !Word(verb, "say")) return false;
  if (!SpeaksRatherThanNames(token, subject)) return false;
  return SubjectVerb(verb, group, subject);
}

// Can "say" without an ending stand behind this subject, or is the word a noun?
bool Attacher::IsPlural(const Phrase& subject) const {
  if (subject.group) return true;
  const Token& head = doc_.TokenOf(subject.head_last);
  if (subject.head == HeadKind::kPronoun) {
    return Word(subject.head_last, "they") || Word(subject.head_last, "we") ||
           Word(subject.head_last, "i");
  }
  if (head.Is(kGroupNoun)) return true;
  if (head.kind == Kind::kNumber || !head.IsWord() || subject.last != subject.head_last) {
    return head.IsWord() && doc_.In(head).back() == 's';
  }
  const std::string_view word = doc_.In(head);
  if (Word(subject.head_last, "some") || Word(subject.head_last, "many")) return true;
  return word.back() == 's' && word.size() > 3 && !head.Is(kNumberWord | kTimeNoun | kDeterminer);
}

// "one of the states that ...", "two reports that ...": a plural noun and no verb, unless its
// subject is somebody or something that speaks.
bool Attacher::SpeaksRatherThanNames(const Token& verb, const Phrase& subject) const {
  if ((verb.word->uses & kNounToo) == 0 || (verb.word->forms & kThirdPerson) == 0) return true;
  if (subject.head != HeadKind::kNoun) return !doc_.TokenOf(subject.head_last).Is(kNumberWord);
  return doc_.TokenOf(subject.head_last).Is(kRole | kOrgHead | kDocument | kGroupNoun);
}

bool Attacher::SubjectVerb(int32_t verb, int32_t group, const Phrase& subject) {
  const Token& token = doc_.TokenOf(verb);
  Attribution a;
  GroupReports(group, verb, a);
  a.subject = subject;
  const bool puts_it = Word(verb + 1, "it") && Word(subject.first - 1, "as");
  const Right right = LookRight(verb + (puts_it ? 2 : 1), token);
  const bool as_clause = right.next == Next::kEnd || right.next == Next::kComma ||
                         (right.next == Next::kQuote && IsKind(right.at - 1, Kind::kComma));
  if (Word(subject.first - 1, "as") && !Word(subject.first - 2, "such") && as_clause) {
    a.rule = "as-s-v";
    const int32_t as = subject.first - 1;
    const bool leads = Words(free_, as) <= 1 || right.next == Next::kQuote;
    if (right.next == Next::kQuote) {
      if (!TakeQuotesAt(a, right.at)) return false;
    } else if (right.next == Next::kComma && leads &&
               (puts_it || (token.word->uses & (kStrong | kThat | kTell)) != 0)) {
      if (!TakeClause(a, right.at, ClauseEnd(right.at))) return false;
    } else if (IsKind(as - 1, Kind::kComma) && (token.word->uses & kMental) == 0 &&
               (token.word->uses & (kStrong | kThat | kTell)) != 0) {
      const int32_t stop = IsKind(as - 1, Kind::kComma) ? as - 1 : as;
      if (!TakeClause(a, free_, stop)) return false;
    } else {
      return false;
    }
    return Commit(std::move(a)), true;
  }
  if (const int32_t quote = LeftQuote(subject.first); quote >= 0) {
    a.rule = "q-s-v";
    if (TakeLeftQuote(a, quote)) {
      if (right.next == Next::kQuote && !right.after_that)
        TakeQuotesAt(a, right.at);
      else
        TakeRest(a, verb + 1);
      Commit(std::move(a));
      return true;
    }
  }
  const bool comma_left =
      IsKind(subject.first - 1, Kind::kComma) && Words(free_, subject.first - 1) >= 2;
  if (comma_left && (token.word->uses & (kStrong | kThat | kTell)) != 0) {
    const bool trails =
        right.next == Next::kEnd || (right.next == Next::kComma && IsAfterthought(right.at) &&
                                     HasFinite(free_, subject.first - 1));
    if (trails && Words(free_, subject.first - 1) >= 4 && HasFinite(free_, subject.first - 1)) {
      a.rule = "clause-s-v";
      if (TakeClause(a, free_, subject.first - 1)) return Commit(std::move(a)), true;
    }
    if (right.next == Next::kComma && !(token.word->uses & kMental) && Words(right.at, end_) >= 2) {
      a.rule = "clause-s-v-clause";
      const int32_t end = ClauseEnd(right.at);
      if (HasFinite(right.at, end) || HasFinite(free_, subject.first - 1)) {
        const int32_t from = free_;
        if (TakeClause(a, from, subject.first - 1) && TakeClause(a, right.at, end))
          return Commit(std::move(a)), true;
      }
    }
  }
  const bool short_lead = IsKind(subject.first - 1, Kind::kComma) && !comma_left;
  if (short_lead && right.next == Next::kComma && (token.word->uses & kStrong) != 0) {
    // "Rather, he said, the bridge will close."
    a.rule = "clause-s-v-clause";
    const int32_t end = ClauseEnd(right.at);
    if (!HasFinite(right.at, end) || !TakeClause(a, right.at, end)) return false;
  } else if (!TakeOrder(a, verb + 1, token) && !TakeRight(a, right, token)) {
    return false;
  }
  Commit(std::move(a));
  return true;
}

// Said the mayor: "..."
bool Attacher::TryFronted(int32_t verb) {
  if ((doc_.TokenOf(verb).word->forms & kPast) == 0) return false;
  Attribution a;
  GroupReports(verb, verb, a);
  a.subject = phrases_.PhraseAt(verb + 1, end_);
  if (!a.subject.found()) return false;
  for (int32_t k = a.subject.last + 1; k < end_ && k - verb < 40; ++k) {
    if (!doc_.IsQuoted(k)) continue;
    const bool led = IsKind(k - 1, Kind::kComma) || IsKind(k - 1, Kind::kColon);
    a.rule = "v-s-q";
    if (!led || !TakeQuotesAt(a, k)) return false;
    return Commit(std::move(a)), true;
  }
  return false;
}

// "..." said the mayor.  -  The bridge is closed, said Lund, who runs it.
bool Attacher::TryInverted(int32_t verb) {
  const Token& token = doc_.TokenOf(verb);
  if ((token.word->uses & (kTell | kMental)) != 0 && !Word(verb, "warned") && !Word(verb, "warns"))
    return false;
  if ((token.word->forms & (kPast | kThirdPerson)) == 0 && !Word(verb, "say")) return false;
  const int32_t quote = LeftQuote(verb);
  const bool comma = IsKind(verb - 1, Kind::kComma) && Words(free_, verb - 1) >= 3;
  if (quote < 0 && !comma) return false;
  if (quote < 0 && ((token.word->uses & kStrong) == 0 || Word(verb + 1, "that"))) return false;
  const Phrase subject = phrases_.PhraseAt(verb + 1, end_);
  if (!subject.found()) return false;
  if (subject.head == HeadKind::kPronoun && doc_.TokenOf(subject.first).Is(kObjectPronoun) &&
      !doc_.TokenOf(subject.first).Is(kPronoun))
    return false;
  const int32_t after = phrases_.SkipTime(subject.last + 1, end_);
  if (after < end_ && doc_.IsQuoted(after) && quote < 0) return false;
  if (after < end_ && !doc_.IsQuoted(after)) {
    const Token& next = doc_.TokenOf(after);
    if (next.Is(kAuxiliary | kModal | kFinite) && !next.Is(kPreposition)) return false;
    if (quote < 0 && next.IsWord() &&
        !next.Is(kPreposition | kConjunction | kSubordinator | kRelative))
      return false;
  }
  Attribution a;
  GroupReports(verb, verb, a);
  a.subject = subject;
  phrases_.NameInApposition(subject.last + 1, end_, a.subject);
  if (quote >= 0) {
    a.rule = "q-v-s";
    if (!TakeLeftQuote(a, quote)) return false;
    const Right right = LookRight(subject.last + 1, token);
    if (right.next == Next::kQuote && !right.after_that)
      TakeQuotesAt(a, right.at);
    else
      TakeRest(a, subject.last + 1);
  } else {
    a.rule = "clause-v-s";
    if (!HasMainFinite(free_, verb - 1) || !TakeClause(a, free_, verb - 1)) return false;
  }
  Commit(std::move(a));
  free_ = std::max(free_, subject.last + 1);
  return true;
}

// "Freedonia urges its neighbours to talk, the minister said.": the last verb governs the sentence,
// whatever reports within it.
bool Attacher::TrailingAttribution() {
  int32_t verb = end_ - 1;
  while (verb > begin_ && end_ - verb < 14 &&
         (doc_.IsQuoted(verb) || !doc_.TokenOf(verb).Is(kSpeech) || doc_.TokenOf(verb).capital)) {
    if (doc_.IsQuoted(verb)) return false;
    --verb;
  }
  if (verb <= begin_ || doc_.IsQuoted(verb) || !doc_.TokenOf(verb).Is(kSpeech)) return false;
  bool earlier = false;
  for (int32_t k = begin_; k < verb && !earlier; ++k) {
    earlier = !doc_.IsQuoted(k) && doc_.TokenOf(k).Is(kSpeech | kCueNoun);
  }
  const Token& token = doc_.TokenOf(verb);
  if (!earlier || (token.word->uses & (kStrong | kThat | kTell)) == 0) return false;
  const std::string_view needs = doc_.words->Needs(token.word->lemma);
  if (!needs.empty() && !Word(verb + 1, needs)) return false;
  const int32_t group = phrases_.GroupBegin(begin_, verb);
  Attribution a;
  if (!GroupReports(group, verb, a) || LookRight(verb + 1, token).next != Next::kEnd) return false;
  a.subject = phrases_.SubjectBefore(begin_, group);
  if (!a.subject.found() || !IsKind(a.subject.first - 1, Kind::kComma)) return false;
  const int32_t comma = a.subject.first - 1;
  for (int32_t k = begin_; k < comma; ++k) {
    if (doc_.IsQuoted(k) && doc_.Quoted(k).speech) return false;
  }
  if (Words(begin_, comma) < 6 || Word(begin_, "as") || !HasFinite(begin_, comma)) return false;
  a.rule = "clause-s-v";
  if (!TakeClause(a, begin_, comma)) return false;
  Commit(std::move(a));
  free_ = end_;
  return true;
}

std::vector<Attribution> FindAttributions(const Document& doc) { return Attacher(doc).Run(); }

}  // namespace verbatim::quotes
