// SPDX-License-Identifier: Apache-2.0
// The closed lists of English words that threading and labels rest on: words of no or little
// content, modals, hedges, negations, decisions, words of time. No names of persons or bodies.
#ifndef VERBATIM_PLUGINS_STATEMENTS_LEXICON_H_
#define VERBATIM_PLUGINS_STATEMENTS_LEXICON_H_

#include <optional>
#include <string_view>

namespace verbatim::statements {

// All words are given folded (lower case, straight apostrophes).

// Carries grammar only: the, of, was, don't, themselves.
bool IsEmptyWord(std::string_view word);

// Used by everybody about everything: say, people, good, year, country.
bool IsLightWord(std::string_view word);

// Makes a great number of the one before it: million, billion.
bool IsMagnitude(std::string_view word);

// not, never, nobody, without, can't.
bool IsNegation(std::string_view word);

// How binding a modal is: must 5, will 4, should 3, can 2, may 1.
std::optional<int> ModalStrength(std::string_view word);

// What a modal of a report stood for when it was said: will of "would". Empty: it is none.
std::string_view PresentOf(std::string_view modal);

// said, announced, promised: what follows stands in the reporter's tense.
bool IsPastSaying(std::string_view word);

// and, but, which, while: a clause begins.
bool IsClauseOpener(std::string_view word);

// Weakens or strengthens what it stands by: perhaps, nearly, somewhat; absolutely, strongly.
bool IsHedge(std::string_view word);
bool IsBooster(std::string_view word);

// Says that the speaker isn't sure: probably, perhaps, approximately.
bool IsDoubt(std::string_view word);

// What "I cannot ..." takes back from a claim: speak, know, promise, confirm.
bool IsAssurance(std::string_view word);

// A month, a weekday, yesterday, recent, earlier, month, quarter, year.
bool IsTimeWord(std::string_view word);
bool IsMonth(std::string_view word);

// this, that, the: points at the time that follows.
bool IsPointer(std::string_view word);

// How far an act is decided, by the word before "to" and a verb: ready, plan; decided; refuse.
enum class Resolve { kConsidered, kRefused, kDecided };
std::optional<Resolve> ResolveOf(std::string_view word);

// What somebody does about a matter or how they judge it. Two words of one field and different
// sides are two positions: raise | lower | keep; support | oppose; weak | strong.
struct Stance {
  int field = 0;
  int side = 0;
};
std::optional<Stance> StanceOf(std::string_view stem);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_LEXICON_H_
