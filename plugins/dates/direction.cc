// SPDX-License-Identifier: Apache-2.0
// The nearest verb on the left decides, else the first one on the right; a preposition right before
// the date can settle it alone.
#include "direction.h"

#include <optional>

namespace verbatim::dates {
namespace {

constexpr size_t kReach = 40;  // tokens looked at on either side

class Finder {
 public:
  Finder(const Parsing& p, size_t begin, size_t end) : p_(p), begin_(begin), end_(end) {}

  Direction Find() const {
    if (const auto direction = Preposition()) return *direction;
    const bool possessive = At(end_).Is(cls::kPossessive);
    auto right = Right();
    // "In January, it closed", told in autumn: no slip for a January to come.
    const bool opens = begin_ > 0 && At(begin_ - 1).Has(kSentence) && p_.IsWord(begin_ - 1, "in");
    if (opens && right && right->tense == Tense::kPast) right->certain = true;
    if (possessive && right && right->tense == Tense::kFuture) return *right;
    bool clause_begins = false;
    const auto left = Left(&clause_begins);
    if (clause_begins && right) return *right;
    if (left) return *left;
    if (right) return *right;
    return {};
  }

 private:
  const Token& At(size_t i) const {
    return p_.tokens[i < p_.tokens.size() ? i : p_.tokens.size() - 1];
  }
  Direction Say(Tense tense, size_t cue) const {
    return {tense, {At(cue).begin, At(cue).end}, false};
  }

  bool EndsInEd(size_t i) const {
    const Token& token = At(i);
    if (token.kind != TokenKind::kWord || token.Has(kCapital) || token.end - token.begin < 5)
      return false;
    const std::string_view word = p_.Spelling(i);
    return word.substr(word.size() - 2) == "ed" && word != "hundred" &&
           word.substr(word.size() - 3) != "eed";
  }
  bool EndsInIng(size_t i) const {
    const std::string_view word = p_.Spelling(i);
    return word.size() > 4 && word.substr(word.size() - 3) == "ing";
  }

  std::optional<Direction> Preposition() const {
    size_t i = begin_;
    // "by the Feb. 3 accord": not by that day.
    const Token& after = At(end_);
    const bool noun = after.kind == TokenKind::kWord && after.lexeme == 0 &&
                      !after.Has(kHardBreak) && !after.Has(kCapital);
    if (noun && i > 0 && p_.IsWord(i - 1, "the")) return std::nullopt;
    while (i > 0 && (At(i - 1).Is(cls::kPart | cls::kNearly) || p_.IsWord(i - 1, "the"))) --i;
    if (i == 0) return std::nullopt;
    if (p_.IsWord(i - 1, "until") || p_.IsWord(i - 1, "till") || p_.IsWord(i - 1, "due") ||
        p_.IsWord(i - 1, "starting") || p_.IsWord(i - 1, "beginning") ||
        p_.IsWord(i - 1, "effective")) {
      // "Until Thursday they had not called."
      if (p_.IsWord(i - 1, "until") && At(i - 1).Has(kSentence)) {
        const auto right = Right();
        if (right && right->tense == Tense::kPast) return *right;
      }
      return Say(Tense::kFuture, i - 1);
    }
    if (p_.IsWord(i - 1, "through")) return Say(Tense::kEither, i - 1);
    if (p_.IsWord(i - 1, "since")) {
      Direction since = Say(Tense::kPast, i - 1);
      since.certain = true;
      return since;
    }
    if (p_.IsWord(i - 1, "by") && !HadBefore(i - 1)) {
      // "By October it was over."
      const auto right = At(i - 1).Has(kSentence) ? Right() : std::nullopt;
      return right ? *right : Say(Tense::kFuture, i - 1);
    }
    return std::nullopt;
  }

  // "had fallen by Friday"
  bool HadBefore(size_t i) const {
    for (size_t k = i; k > 0 && i - k < 12 && !At(k).Has(kSentence); --k) {
      if (p_.IsWord(k - 1, "had") || p_.IsWord(k - 1, "was") || p_.IsWord(k - 1, "were"))
        return true;
    }
    return false;
  }

  // "will be signed", "to be held", "is expected to be signed": what the verb group of a participle
  // begins with.
  bool GroupPointsAhead(size_t i, size_t* cue) const {
    for (size_t k = i; k > 0 && i - k < 5; --k) {
      const Token& token = At(k - 1);
      if (At(k).Has(kSentence)) return false;
      if (token.Is(cls::kFutureCue) && !token.Is(cls::kMonth)) {
        *cue = k - 1;
        return true;
      }
      if (p_.IsWord(k - 1, "to")) {
        *cue = k - 1;
        return k < i;  // "to" right before a participle is a preposition
      }
      if (!token.Is(cls::kAuxiliary) && !p_.IsWord(k - 1, "not")) return false;
    }
    return false;
  }

  // What token `i` says, when it is a verb or stands for one.
  std::optional<Direction> Verb(size_t i) const {
    const Token& token = At(i);
    if (token.kind != TokenKind::kWord) return std::nullopt;
    const bool had_been =
        token.Is(cls::kPlan) && i > 1 && p_.IsWord(i - 1, "been") && p_.IsWord(i - 2, "had");
    if (token.Is(cls::kFutureCue) && !had_been && !(token.Is(cls::kMonth) && token.Has(kCapital))) {
      return Say(Tense::kFuture, i);
    }
    if (token.Is(cls::kPlanTo) && p_.IsWord(i + 1, "to")) return Say(Tense::kFuture, i);
    if (token.Is(cls::kPlan)) {
      // "It had been due to expire Friday."
      if (had_been) return Say(Tense::kPast, i - 2);
      // "They scheduled a conference Thursday."
      if (i < begin_ && p_.IsWord(i, "scheduled")) return Say(Tense::kFuture, i);
      // "expected to", "scheduled for", "due on"; "begins", "opens" by themselves.
      const bool leads_on =
          i + 1 == begin_ || At(i + 1).Is(cls::kPreposition) || p_.IsWord(i + 1, "the");
      if (leads_on || Finite(i)) return Say(Tense::kFuture, i);
      return std::nullopt;
    }
    if (p_.IsWord(i, "to") && i > 0 && At(i - 1).Is(cls::kAuxiliary)) return Say(Tense::kFuture, i);
    if (token.Is(cls::kPastVerb) || EndsInEd(i)) {
      size_t cue = i;
      if (GroupPointsAhead(i, &cue)) return Say(Tense::kFuture, cue);
      return Say(Tense::kPast, i);
    }
    if (i > 0 && EndsInIng(i) && (p_.IsWord(i - 1, "is") || p_.IsWord(i - 1, "are"))) {
      return Say(Tense::kFuture, i);
    }
    return std::nullopt;
  }

  // A verb in the third person: "begins", "opens".
  bool Finite(size_t i) const {
    const std::string_view word = p_.Spelling(i);
    return word.back() == 's' || p_.IsWord(i, "due");
  }

  std::optional<Direction> Left(bool* clause_begins) const {
    *clause_begins = false;
    for (size_t i = begin_; i > 0 && begin_ - i < kReach; --i) {
      if (At(i).Has(kSentence) || At(i - 1).mark == ';') break;
      if (const auto direction = Verb(i - 1)) return direction;
      if (p_.IsWord(i - 1, "that") || p_.IsWord(i - 1, "which") || p_.IsWord(i - 1, "when"))
        *clause_begins = true;
    }
    return std::nullopt;
  }

  std::optional<Direction> Right() const {
    for (size_t i = end_; i < p_.tokens.size() && i - end_ < kReach; ++i) {
      const Token& token = At(i);
      if (token.Has(kSentence) || token.Has(kHardBreak) || token.mark == ';' || token.mark == '"')
        break;
      // "On May 3 the board decided to sell": it decided then.
      const bool bare_plan =
          token.Is(cls::kPlan | cls::kPlanTo) && EndsInEd(i) && !At(i - 1).Is(cls::kAuxiliary);
      if (bare_plan) return Say(Tense::kPast, i);
      if (const auto direction = Verb(i)) return direction;
    }
    return std::nullopt;
  }

  const Parsing& p_;
  size_t begin_;
  size_t end_;
};

}  // namespace

Direction FindDirection(const Parsing& parsing, size_t begin, size_t end) {
  return Finder(parsing, begin, end).Find();
}

}  // namespace verbatim::dates
