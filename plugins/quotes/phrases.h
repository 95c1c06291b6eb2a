// SPDX-License-Identifier: Apache-2.0
// Noun phrases around a reporting verb, found without a parser: from the verb leftwards over
// adverbs and appositions to the subject, or rightwards in "said the mayor".
#ifndef VERBATIM_QUOTES_PHRASES_H_
#define VERBATIM_QUOTES_PHRASES_H_

#include <cstdint>
#include <string_view>

#include "scan.h"

namespace verbatim::quotes {

enum class HeadKind : uint8_t { kNone, kName, kNoun, kPronoun };

// All element numbers, both ends inclusive.
struct Phrase {
  int32_t first = -1;  // the whole phrase
  int32_t last = -1;
  int32_t head_first =
      -1;  // what names the speaker: the name without titles, the noun with its article
  int32_t head_last = -1;
  HeadKind head = HeadKind::kNone;
  bool group = false;  // "Lund and Berg"
  int32_t reach = -1;  // last element of what belongs to it: appositions stepped over
  bool found() const { return head != HeadKind::kNone; }
};

// A small word within a name: de, van, bin.
bool IsJoiner(std::string_view word);

class Phrases {
 public:
  explicit Phrases(const Document& doc) : doc_(doc) {}

  // The subject that ends right before `verb` (first element of the verb group), not reaching
  // before `begin`.
  Phrase SubjectBefore(int32_t begin, int32_t verb) const;

  // The phrase that begins at `at`, not reaching `end`.
  Phrase PhraseAt(int32_t at, int32_t end) const;

  // Where the name begins in a capitalised run such as "Northport Mayor Ada Lund": behind its last
  // role.
  int32_t BehindRoles(int32_t first, int32_t last) const;

  // May this element be part of a capitalised name?
  bool IsName(int32_t element) const { return doc_.elements[static_cast<size_t>(element)].name; }

  // May it stand within a noun phrase?
  bool IsNominal(int32_t element) const;

  // First element of the verb group that ends in `verb`: auxiliaries, adverbs and "not" before it.
  int32_t GroupBegin(int32_t begin, int32_t verb) const;

  // First element after adverbials and times that starts at `at`.
  int32_t SkipTime(int32_t at, int32_t end) const;

  // "the harbour's director, Ada Lund": the name beside a noun, when nothing else stands between
  // `at` and the next comma or the end.
  bool NameInApposition(int32_t at, int32_t end, Phrase& phrase) const;

 private:
  bool AtBoundary(int32_t begin, int32_t first) const;
  bool IsParticiple(int32_t begin, const Phrase& phrase) const;
  int32_t SkipTimeBack(int32_t begin, int32_t at) const;
  Phrase Backward(int32_t begin, int32_t at) const;
  Phrase BehindApposition(int32_t begin, int32_t comma) const;
  Phrase RelativeSubject(int32_t begin, int32_t who) const;
  int32_t WalkBack(int32_t begin, int32_t at, int32_t* conjunction) const;
  void FindHead(Phrase& phrase) const;
  int32_t NameBehindOffice(const Phrase& phrase, int32_t run, int32_t cut) const;
  void HeadIsName(Phrase& phrase, int32_t run_first) const;

  const Document& doc_;
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_PHRASES_H_
