// SPDX-License-Identifier: Apache-2.0
// What a reporting verb governs: quotations beside it, the clause behind or before it.
#include <algorithm>

#include "attacher.h"
#include "bounds.h"

namespace verbatim::quotes {
// The quotation that ends right before `before`, a comma, a dash or a time between them allowed;
// -1.
int32_t Attacher::LeftQuote(int32_t before) const {
  int32_t at = before - 1;
  if (IsKind(at, Kind::kComma) || IsKind(at, Kind::kDash)) --at;
  if (!Inside(at) || !doc_.IsQuoted(at) || owned_[static_cast<size_t>(doc_.SegmentOf(at))])
    return -1;
  if (TitleEndsALead(free_, at)) return -1;
  const Segment& segment = doc_.Quoted(at);
  const bool comma = at < before - 1;
  if (!comma && !segment.ends_clause && !segment.speech) return -1;
  return segment.words > 0 ? at : -1;
}

// "on “The Morning Hour,” Lund said", "in her book, “The Long Bridge.”": a title, not a saying.
bool Attacher::NamesAWork(int32_t quote) const {
  const int32_t before = quote - 1;
  if (!doc_.Quoted(quote).titled || !Inside(before) || doc_.IsQuoted(before)) return false;
  if (IsKind(before, Kind::kComma)) {
    return Inside(before - 1) && !doc_.IsQuoted(before - 1) &&
           doc_.TokenOf(before - 1).Is(kWorkNoun);
  }
  const Token& token = doc_.TokenOf(before);
  if (token.kind == Kind::kClitic) return Inside(before - 1) && phrases_.IsName(before - 1);
  return token.Is(kWorkNoun) ||
         (token.Is(kPreposition) && !token.Is(kSubordinator) && !Word(before, "like"));
}

// Does the sentence so far only say where something was said, up to this title?
bool Attacher::TitleEndsALead(int32_t first, int32_t quote) const {
  if (!NamesAWork(quote)) return false;
  return (!doc_.IsQuoted(first) && doc_.TokenOf(first).Is(kPreposition)) ||
         !HasMainFinite(first, quote);
}

// Over the one who is told: "reporters", "the court", "him".
int32_t Attacher::SkipObject(int32_t at) const {
  if (!Inside(at) || doc_.IsQuoted(at)) return at;
  if (Word(at, "that")) return at;
  const Token& token = doc_.TokenOf(at);
  if (token.Is(kObjectPronoun) || Word(at, "you")) return at + 1;
  if (token.Is(kPronoun)) return at;
  const Phrase object = phrases_.PhraseAt(at, end_);
  return object.found() ? object.last + 1 : at;
}

// First element behind the adverbials of the verb before `at`: "on Tuesday", "in a statement to
// the paper", "repeatedly". Stays at a prepositional phrase that may begin the content itself.
int32_t Attacher::SkipAdjuncts(int32_t at, const Token& verb) const {
  int32_t k = at;
  if ((verb.word->uses & kAsk) != 0) {
    const int32_t object = SkipObject(k);
    if (Inside(object) && !doc_.IsQuoted(object) && doc_.TokenOf(object).Is(kSubordinator))
      k = object;
  }
  if ((verb.word->uses & kTell) != 0) {
    k = SkipObject(k);
    if (IsKind(k, Kind::kComma) && Word(k + 1, "and")) return k;
    // "told Peter Berg, 45, that": over what is said of them
    for (int32_t n = k + 1; IsKind(k, Kind::kComma) && n + 1 < end_ && n - k < kAsideMax; ++n) {
      if (doc_.IsQuoted(n) || doc_.TokenOf(n).Is(kSpeech)) break;
      if (!IsKind(n, Kind::kComma)) continue;
      if (Word(n + 1, "that")) return n + 1;
      break;
    }
  }
  while (k < end_ && !doc_.IsQuoted(k)) {
    k = phrases_.SkipTime(k, end_);
    if (k >= end_ || doc_.IsQuoted(k)) break;
    const Token& token = doc_.TokenOf(k);
    const bool adverb = token.IsWord() && !token.capital && EndsIn(doc_.In(token), "ly") &&
                        !token.Is(kRole | kGroupNoun);
    if (adverb) {
      ++k;
      continue;
    }
    if (!token.Is(kPreposition) || token.Is(kDeterminer) || Word(k, "that")) break;
    if (Word(k, "about") && IsCount(k + 1)) break;
    // The phrase runs to "that", a colon, a quotation, or the end of its noun.
    int32_t stop = k + 1;
    bool venue = false;
    int32_t that = -1;
    while (stop < end_ && stop - k < kAdjunctMax) {
      if (doc_.IsQuoted(stop)) {
        const bool named = NamesAWork(stop) && doc_.Quoted(stop).words > 1;
        const bool ends = stop + 1 >= end_ || IsKind(stop + 1, Kind::kStop);
        if (!named && (!doc_.Quoted(stop).title || ends)) break;
        venue = true;  // on "The Morning Hour"
        ++stop;
        continue;
      }
      const Token& inner = doc_.TokenOf(stop);
      if (inner.kind == Kind::kComma || inner.kind == Kind::kColon || inner.kind == Kind::kStop ||
          inner.kind == Kind::kDash)
        break;
      if (Word(stop, "that")) {
        that = stop;
        break;
      }
      venue = venue || inner.Is(kVenueNoun | kWeekday | kTimeNoun | kMonth);
      if (inner.Is(kPronoun) && !inner.Is(kRelative) && !inner.upper && stop > k + 1) break;
      if (inner.Is(kFinite | kAuxiliary | kModal) && !inner.capital)
        return that >= 0 ? that : (venue && stop - k > 12 ? k : k);
      ++stop;
    }
    if (that >= 0) return that;
    if (stop >= end_ || doc_.IsQuoted(stop) || !doc_.TokenOf(stop).IsWord() || venue) {
      k = stop;
      continue;
    }
    break;
  }
  return k;
}

Attacher::Right Attacher::LookRight(int32_t at, const Token& verb) const {
  Right right;
  int32_t k = at;
  const bool named = k + 1 < end_ && doc_.IsQuoted(k + 1) && NamesAWork(k + 1);
  if ((Word(k, "out") || Word(k, "on") || Word(k, "back")) && !named) {
    if (Word(k + 1, "that") || doc_.IsQuoted(std::min(k + 1, end_ - 1)) ||
        IsKind(k + 1, Kind::kComma) || IsKind(k + 1, Kind::kStop) || k + 1 >= end_)
      ++k;
  }
  const std::string_view attention = "attention";
  if (Word(k, attention) && Word(k + 1, "to")) k += 2;
  if (Word(k, "to") && Word(k + 1, "the") && Word(k + 2, "fact")) k += 3;
  if (Word(k, "the") && Word(k + 1, "fact")) k += 2;
  k = SkipAdjuncts(k, verb);
  right.at = k;
  if (k >= end_) return right;
  if (doc_.IsQuoted(k)) {
    right.next = Next::kQuote;
    right.far = k > at;
    return right;
  }
  if (Word(k, "that") && k + 1 < end_) {
    const bool comma = IsKind(k + 1, Kind::kComma);
    right.at = k + 1 + (comma ? 1 : 0);
    right.after_that = true;
    right.next = Inside(right.at) && doc_.IsQuoted(right.at) ? Next::kQuote : Next::kThat;
    return right;
  }
  switch (doc_.TokenOf(k).kind) {
    case Kind::kStop:
    case Kind::kSemicolon:
    case Kind::kDash:
      return right;
    case Kind::kColon:
    case Kind::kComma: {
      right.at = k + 1;
      if (right.at >= end_) return right;
      if (Word(right.at, "that") && k <= at + 1 && Inside(right.at + 1)) {
        ++right.at;
        right.after_that = true;
        right.next = doc_.IsQuoted(right.at) ? Next::kQuote : Next::kThat;
        return right;
      }
      if (doc_.IsQuoted(right.at) && NamesAWork(right.at)) return right;
      if (doc_.IsQuoted(right.at))
        right.next = Next::kQuote;
      else if (doc_.TokenOf(k).kind == Kind::kColon)
        right.next = Next::kThat;
      else
        right.next = Next::kComma;
      return right;
    }
    default:
      break;
  }
  // "said in the autumn the mill would close": the phrase skipped may be the content's own.
  right.next = BeginsClause(k, verb) ? Next::kClause : Next::kPhrase;
  return right;
}

// Adds elements [first, end) as content. Direct when only quotations stand there.
bool Attacher::TakeClause(Attribution& a, int32_t first, int32_t end) {
  const auto trims = [&](int32_t k) {
    if (doc_.IsQuoted(k)) return false;
    const Kind kind = doc_.TokenOf(k).kind;
    return kind == Kind::kComma || kind == Kind::kStop || kind == Kind::kColon ||
           kind == Kind::kDash || kind == Kind::kSemicolon;
  };
  while (first < end && trims(first)) ++first;
  while (end > first && trims(end - 1)) --end;
  if (first >= end) return false;
  bool outside = false;
  bool inside = false;
  for (int32_t k = first; k < end; ++k) {
    if (doc_.IsQuoted(k)) {
      if (owned_[static_cast<size_t>(doc_.SegmentOf(k))]) return false;
      inside = inside || doc_.Quoted(k).words > 0;
    } else if (doc_.TokenOf(k).IsWord() && !doc_.TokenOf(k).Is(kConjunction)) {
      outside = true;
    }
  }
  if (!outside && !inside) return false;
  const bool had = !a.pieces.empty();
  const QuoteKind kind =
      !inside ? QuoteKind::kIndirect : (outside ? QuoteKind::kMixed : QuoteKind::kDirect);
  for (int32_t k = first; k < end; ++k) {
    if (!doc_.IsQuoted(k)) continue;
    const Segment& segment = doc_.Quoted(k);
    if (segment.words == 0) continue;
    a.segments.push_back(doc_.SegmentOf(k));
    a.flags = static_cast<uint8_t>(a.flags | segment.flags);
    if (kind == QuoteKind::kDirect) a.pieces.push_back(segment.inner);
  }
  if (kind != QuoteKind::kDirect) a.pieces.push_back(doc_.Bytes(first, end - 1));
  a.kind = had && a.kind != kind ? QuoteKind::kMixed : kind;
  free_ = std::max(free_, end);
  return true;
}

// Quotations in a row from `at` on, as one saying; with the words around them when they are part of
// a longer clause.
bool Attacher::TakeQuotesAt(Attribution& a, int32_t at) {
  if (owned_[static_cast<size_t>(doc_.SegmentOf(at))]) return false;
  const int32_t end = ClauseEnd(at);
  const Segment& segment = doc_.Quoted(at);
  const bool whole = segment.ends_clause || Words(at + 1, end) < 2 ||
                     IsKind(at + 1, Kind::kSemicolon) || IsKind(at + 1, Kind::kDash);
  if (!whole) return TakeClause(a, at, end);
  int32_t last = at;
  for (int32_t k = at + 1; k < end; ++k) {
    if (doc_.IsQuoted(k)) {
      if (doc_.Quoted(k).words == 0 || owned_[static_cast<size_t>(doc_.SegmentOf(k))]) break;
      last = k;
      continue;
    }
    const Token& token = doc_.TokenOf(k);
    if (token.kind != Kind::kComma && !token.Is(kConjunction) && token.kind != Kind::kStop) break;
  }
  return TakeClause(a, at, last + 1);
}

// "...," he said two days after the storm, "...": the rest of what was said, behind a comma and
// with no other verb of speech before it.
void Attacher::TakeRest(Attribution& a, int32_t at) {
  for (int32_t k = at; k < end_ && k - at < kRestMax; ++k) {
    if (!doc_.IsQuoted(k)) {
      const Token& token = doc_.TokenOf(k);
      if (token.kind == Kind::kSemicolon || (token.Is(kSpeech) && !token.capital)) return;
      continue;
    }
    const Segment& segment = doc_.Quoted(k);
    if (segment.words < 4 && !segment.speech) continue;
    if (segment.title || !(IsKind(k - 1, Kind::kComma) || IsKind(k - 1, Kind::kColon))) return;
    TakeQuotesAt(a, k);
    return;
  }
}

// A quotation that its attribution follows. Words before it in the same sentence make it mixed.
bool Attacher::TakeLeftQuote(Attribution& a, int32_t quote) {
  int32_t first = std::min(std::max(free_, begin_), quote);
  for (int32_t k = quote - 1; k >= first; --k) {
    if (doc_.IsQuoted(k)) {
      if (owned_[static_cast<size_t>(doc_.SegmentOf(k))]) {
        first = k + 1;
        break;
      }
      continue;
    }
    const Kind kind = doc_.TokenOf(k).kind;
    if (kind == Kind::kColon || kind == Kind::kStop || kind == Kind::kSemicolon ||
        kind == Kind::kDash) {
      first = k + 1;
      break;
    }
  }
  int32_t words = 0;
  for (int32_t k = first; k < quote; ++k)
    words += !doc_.IsQuoted(k) && doc_.TokenOf(k).IsWord() ? 1 : 0;
  const bool begins_anew = doc_.Quoted(quote).speech &&
                           doc_.tokens[static_cast<size_t>(doc_.Quoted(quote).first + 1)].capital &&
                           IsKind(quote - 1, Kind::kComma);
  if (words < 2 || begins_anew) {
    if (words > 0) first = quote;
  }
  return TakeClause(a, first, quote + 1);
}

// Does the last quotation of these elements have an attribution of its own behind it?
bool Attacher::AttributedBehind(int32_t at, int32_t end) const {
  int32_t last = end - 1;
  while (last >= at && !doc_.IsQuoted(last)) --last;
  if (last < at || !doc_.Quoted(last).ends_clause || last + 2 >= end) return false;
  const Phrase subject = phrases_.PhraseAt(last + 1, end);
  if (!subject.found() || subject.last + 1 >= end || doc_.IsQuoted(subject.last + 1)) return false;
  const Token& verb = doc_.TokenOf(subject.last + 1);
  return verb.Is(kSpeech) && (verb.word->forms & (kPast | kThirdPerson)) != 0;
}

// "... praised what Lund called "a gift"": the words are hers.
bool Attacher::WhatSomebodySaid(int32_t at, int32_t end) const {
  if (!Word(at, "what")) return false;
  for (int32_t k = at + 1; k < end && !doc_.IsQuoted(k); ++k) {
    if (doc_.TokenOf(k).Is(kSpeech) && !doc_.TokenOf(k).capital) return true;
  }
  return false;
}

bool Attacher::TakeRight(Attribution& a, const Right& right, const Token& verb) {
  const uint16_t uses = verb.word->uses;
  switch (right.next) {
    case Next::kQuote:
      if (*a.rule == '\0') a.rule = right.after_that ? "s-v-that" : "s-v-q";
      if ((uses & kMental) != 0 && !doc_.Quoted(right.at).speech) return false;
      if (doc_.Quoted(right.at).title && (uses & kQuoteOnly) != 0) return false;
      if (right.far && !doc_.Quoted(right.at).speech && doc_.Quoted(right.at).words < 4) {
        return false;
      }
      return TakeQuotesAt(a, right.at);
    case Next::kThat:
      if (*a.rule == '\0') a.rule = "s-v-that";
      if ((uses & kMental) != 0) return false;
      if ((uses & (kStrong | kThat | kTell)) == 0 && !right.after_that) return false;
      if (Words(right.at, ClauseEnd(right.at)) < 3) return false;
      return TakeClause(a, right.at, ClauseEnd(right.at));
    case Next::kClause:
      if (*a.rule == '\0') a.rule = "s-v-clause";
      return TakeClause(a, right.at, ClauseEnd(right.at));
    case Next::kPhrase: {
      int32_t end = ClauseEnd(right.at);
      if (!doc_.IsQuoted(right.at) && doc_.TokenOf(right.at).Is(kConjunction)) return false;
      bool quoted = false;
      for (int32_t k = right.at; k < end && k - right.at < 24; ++k)
        quoted = quoted || (doc_.IsQuoted(k) && doc_.Quoted(k).words > 0);
      if (!quoted || (uses & kMental) != 0 || AttributedBehind(right.at, end)) return false;
      if (WhatSomebodySaid(right.at, end)) return false;
      if (*a.rule == '\0') a.rule = "s-v-phrase";
      int32_t last = end - 1;
      while (last > right.at && !doc_.IsQuoted(last)) --last;
      // "hailed its "spirit" after the match": when it was said is no part of it.
      if (last + 1 < end && doc_.TokenOf(last + 1).Is(kSubordinator) &&
          doc_.TokenOf(last + 1).Is(kPreposition)) {
        end = last + 1;
      }
      const bool led = IsKind(last - 1, Kind::kColon) && doc_.Quoted(last).speech;
      const bool long_quote =
          (led || doc_.Quoted(last).words >= kLongQuoteWords) && Words(last + 1, end) == 0;
      return TakeClause(a, long_quote ? last : right.at, end);
    }
    default:
      return false;
  }
}

void Attacher::Commit(Attribution a) {
  a.sentence = sentence_;
  a.paragraph = doc_.sentences[static_cast<size_t>(sentence_)].paragraph;
  if (doc_.paragraphs[a.paragraph].headline) a.flags |= kHeadline;
  for (const int32_t segment : a.segments) owned_[static_cast<size_t>(segment)] = true;
  free_ = std::max(free_, a.cue_last + 1);
  found_.push_back(std::move(a));
}

}  // namespace verbatim::quotes
