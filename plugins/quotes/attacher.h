// SPDX-License-Identifier: Apache-2.0
// Internal to the attribution rules: one sentence at a time, from left to right. attach.cc has the
// verbs, attach_content.cc what they govern, attach_other.cc the patterns without a verb.
#ifndef VERBATIM_QUOTES_ATTACHER_H_
#define VERBATIM_QUOTES_ATTACHER_H_

#include <string>
#include <string_view>
#include <vector>

#include "attach.h"

namespace verbatim::quotes {

class Attacher {
 public:
  explicit Attacher(const Document& doc);
  std::vector<Attribution> Run();

 private:
  // What follows a verb behind its adverbials.
  enum class Next : uint8_t { kEnd, kQuote, kThat, kClause, kComma, kPhrase };
  struct Right {
    Next next = Next::kEnd;
    int32_t at = -1;  // first element of the content, or of what stands there
    bool after_that = false;
    bool far = false;  // words stand between the verb and the quotation
  };

  // attach.cc
  void AttachSentence(int32_t number);
  bool TryVerb(int32_t verb);
  int32_t GroupStart(int32_t verb) const;
  bool TryFronted(int32_t verb);
  bool TryInverted(int32_t verb);
  bool TryDependent(int32_t verb, int32_t group);
  bool SubjectVerb(int32_t verb, int32_t group, const Phrase& subject);
  bool TryOpenVerb(int32_t quote);
  void TakeLoose(int32_t quote);
  Phrase NameBefore(int32_t colon) const;
  bool VerbBehind(int32_t quote, Attribution& a) const;
  bool GroupReports(int32_t group, int32_t verb, Attribution& a) const;
  bool LeadsWithDeed(int32_t at, int32_t before) const;
  Phrase SentenceSubject(int32_t before) const;
  bool IsPlural(const Phrase& subject) const;
  bool SpeaksRatherThanNames(const Token& verb, const Phrase& subject) const;
  bool TrailingAttribution();

  // attach_content.cc
  Right LookRight(int32_t at, const Token& verb) const;
  int32_t SkipAdjuncts(int32_t at, const Token& verb) const;
  int32_t SkipObject(int32_t at) const;
  bool IsAfterthought(int32_t at) const;
  bool FiniteSoon(int32_t at, int32_t end) const;
  bool BeginsClause(int32_t at, const Token& verb) const;
  int32_t ClauseEnd(int32_t at) const;
  bool CutsClause(int32_t at) const;
  bool LeadsToQuote(int32_t at) const;
  bool IsCount(int32_t at) const;
  bool HasFinite(int32_t first, int32_t end) const;
  bool HasMainFinite(int32_t first, int32_t end) const;
  bool IsFinite(int32_t first, int32_t element) const;
  bool TakeRight(Attribution& a, const Right& right, const Token& verb);
  bool AttributedBehind(int32_t at, int32_t end) const;
  bool NamesAWork(int32_t quote) const;
  bool TitleEndsALead(int32_t first, int32_t quote) const;
  bool WhatSomebodySaid(int32_t at, int32_t end) const;
  bool TakeOrder(Attribution& a, int32_t at, const Token& verb);
  bool TakeQuotesAt(Attribution& a, int32_t at);
  void TakeRest(Attribution& a, int32_t at);
  bool TakeLeftQuote(Attribution& a, int32_t quote);
  bool TakeClause(Attribution& a, int32_t first, int32_t end);
  int32_t LeftQuote(int32_t before) const;
  void Commit(Attribution a);

  // attach_other.cc
  void AccordingTo(int32_t at);
  void AsClause(int32_t as);
  bool NounThat(int32_t at);
  bool ColonName();
  bool HeadlineDash();
  // What stands before a dash is said by whom it names.
  bool CommitDash(const char* rule, int32_t dash, const Phrase& subject);
  bool DashName();
  void ColonLead();
  bool NearestVerb(int32_t at, Attribution& a) const;
  bool InTheWords(int32_t mark, Attribution& a) const;
  void LeadBefore(int32_t quote);
  Phrase WhoseWords(const Phrase& phrase) const;
  bool HeadlineSays();
  void AnnouncedBy();

  bool Word(int32_t element, std::string_view lower) const {
    if (!Inside(element) || doc_.IsQuoted(element)) return false;
    const std::string_view word = doc_.In(doc_.TokenOf(element));
    return word.size() == lower.size() && SameLetters(word, lower);
  }
  static bool SameLetters(std::string_view word, std::string_view lower);
  bool IsKind(int32_t element, Kind kind) const {
    return Inside(element) && !doc_.IsQuoted(element) && doc_.TokenOf(element).kind == kind;
  }
  bool Inside(int32_t element) const { return element >= begin_ && element < end_; }
  int32_t Words(int32_t first, int32_t end) const;

  const Document& doc_;
  Phrases phrases_;
  std::vector<Attribution> found_;
  std::vector<bool> owned_;  // segments that an attribution has taken
  int32_t sentence_ = -1;
  int32_t begin_ = 0;  // elements of the sentence at hand, half open
  int32_t end_ = 0;
  int32_t free_ = 0;               // content may not begin before: what stands there is taken
  int32_t first_of_sentence_ = 0;  // first attribution of the sentence at hand
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_ATTACHER_H_
