// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/units.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::text {
namespace {

// Sorted. What makes a number an amount. "percentage" and "basis" want "points" after them, "per"
// wants "cent".
constexpr std::string_view kAmountWords[] = {
    "basis",  "billion", "billions", "bn",       "cents",    "dollars",    "dozen",
    "euros",  "hundred", "million",  "millions", "percent",  "percentage", "per",
    "pounds", "roubles", "rubles",   "thousand", "trillion", "yen",        "yuan"};

// Sorted. Words that a reader passes over, a narrower choice than IsFunctionWord: "may", "more",
// "their" are news when they change, and worth keeping when they stay.
constexpr std::string_view kConnectives[] = {
    "a",    "an",  "and",  "are",  "as",   "at", "be",  "been", "being", "but",  "by",   "for",
    "from", "had", "has",  "have", "in",   "is", "it",  "its",  "no",    "not",  "of",   "on",
    "or",   "s",   "that", "the",  "this", "to", "was", "were", "will",  "with", "would"};

constexpr size_t kConnectiveBytesMax = 5;

bool IsConnective(std::string_view word) {
  if (word.size() > kConnectiveBytesMax) return false;
  char lower[kConnectiveBytesMax];
  std::transform(word.begin(), word.end(), lower, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return std::binary_search(std::begin(kConnectives), std::end(kConnectives),
                            std::string_view(lower, word.size()));
}

bool EqualAsciiFolded(std::string_view word, std::string_view lower) {
  return word.size() == lower.size() &&
         std::equal(word.begin(), word.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + ('a' - 'A')) : x) == y;
         });
}

// Finds the units of one text.
class UnitReader {
 public:
  UnitReader(std::string_view text, bool skip_cuts)
      : text_(text), skip_cuts_(skip_cuts), tokens_(Tokenize(text)) {
    tokens_.erase(std::remove_if(tokens_.begin(), tokens_.end(),
                                 [](const Token& t) { return t.kind == TokenKind::kNewline; }),
                  tokens_.end());
  }

  std::vector<Unit> Run() {
    std::vector<Unit> units;
    units.reserve(tokens_.size());
    for (size_t at = 0; at < tokens_.size();) {
      if (skip_cuts_ && IsCutMark(at)) {
        at += 3;
        continue;
      }
      const size_t size = std::max({size_t{1}, Amount(at), Bracketed(at)});
      units.push_back(MakeUnit(at, size));
      at += size;
    }
    return units;
  }

 private:
  bool Is(size_t at, std::string_view lower) const {
    return at < tokens_.size() && EqualAsciiFolded(In(text_, tokens_[at]), lower);
  }

  bool IsNumber(size_t at) const { return at < tokens_.size() && tokens_[at].IsNumber(); }

  // <...> or <…>
  bool IsCutMark(size_t at) const {
    const bool dots = Is(at + 1, "...") || Is(at + 1, "\xE2\x80\xA6");
    return Is(at, "<") && dots && Is(at + 2, ">");
  }

  // One word that an editor put in brackets: "[he]".
  size_t Bracketed(size_t at) const {
    const bool closed = Is(at, "[") && Is(at + 2, "]") && tokens_[at + 1].IsWord() &&
                        tokens_[at].end == tokens_[at + 1].begin &&
                        tokens_[at + 1].end == tokens_[at + 2].begin;
    return closed ? 3 : 0;
  }

  // Tokens of the unit of measure at `at`.
  size_t Measure(size_t at) const {
    if (at >= tokens_.size() || !tokens_[at].IsWord()) return 0;
    const std::string_view word = In(text_, tokens_[at]);
    const auto* found =
        std::find_if(std::begin(kAmountWords), std::end(kAmountWords),
                     [word](std::string_view w) { return EqualAsciiFolded(word, w); });
    if (found == std::end(kAmountWords)) return 0;
    if (*found == "per") return Is(at + 1, "cent") ? 2 : 0;
    if (*found == "percentage" || *found == "basis") {
      return Is(at + 1, "points") || Is(at + 1, "point") ? 2 : 0;
    }
    return 1 + Measure(at + 1);
  }

  // Tokens of the amount at `at`, the preposition before it included; 0 when there is none.
  size_t Amount(size_t at) const {
    size_t end = at;
    if (Is(end, "at") || Is(end, "to") || Is(end, "between")) ++end;
    if (!IsNumber(end)) return 0;
    size_t measured = end + 1 + Measure(end + 1);
    if ((Is(measured, "to") || Is(measured, "and") || Is(measured, "or")) &&
        IsNumber(measured + 1)) {
      const size_t second = Measure(measured + 2);
      if (second > 0) measured += 2 + second;
    }
    const bool bare = measured == end + 1;
    // A bare number is a unit by itself, without the preposition.
    return bare ? 0 : measured - at;
  }

  Unit MakeUnit(size_t at, size_t count) const {
    Unit unit;
    unit.begin = tokens_[at].begin;
    unit.end = tokens_[at + count - 1].end;
    const Token& token = tokens_[at];
    const bool bracketed = count > 1 && token.kind == TokenKind::kPunctuation;
    unit.tokens = bracketed ? 1 : static_cast<uint8_t>(std::min<size_t>(count, 255));
    if (count == 1 && token.kind == TokenKind::kPunctuation) {
      unit.kind = UnitKind::kMark;
    } else if (count == 1 && IsConnective(In(text_, token))) {
      unit.kind = UnitKind::kFunction;
    }
    return unit;
  }

  std::string_view text_;
  bool skip_cuts_;
  std::vector<Token> tokens_;
};

// Gives equal folded strings equal ids. Open addressing; hashes are compared first, then the
// strings.
class Interner {
 public:
  Interner(size_t strings, bool folded) : folded_(folded) {
    size_t size = 16;
    while (size < strings * 2) size *= 2;
    slots_.resize(size);
  }

  uint32_t IdOf(std::string_view word) {
    const uint64_t hash = Hash(word);
    const size_t mask = slots_.size() - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
      Slot& slot = slots_[at];
      if (slot.id == 0) {
        slot = {hash, word, ++ids_};
        return ids_ - 1;
      }
      if (slot.hash == hash && Same(slot.word, word)) return slot.id - 1;
    }
  }

  uint32_t ids() const { return ids_; }

 private:
  struct Slot {
    uint64_t hash = 0;
    std::string_view word;
    uint32_t id = 0;  // + 1; 0: free
  };

  // Bytes that Fold leaves as they are but for their case.
  static bool IsPlain(char c) {
    return c > ' ' && static_cast<unsigned char>(c) < 0x80 && c != '`' && c != '\'';
  }

  // FoldKeepCase would take one mark for another; only blanks inside of an amount may differ.
  static bool EqualButBlanks(std::string_view x, std::string_view y) {
    const std::vector<Token> xs = Tokenize(x), ys = Tokenize(y);
    return std::equal(xs.begin(), xs.end(), ys.begin(), ys.end(),
                      [x, y](const Token& s, const Token& t) { return In(x, s) == In(y, t); });
  }

  bool Same(std::string_view x, std::string_view y) const {
    return x == y || (folded_ ? EqualFolded(x, y) : EqualButBlanks(x, y));
  }

  static uint64_t Hash(std::string_view word) {
    uint64_t hash = 0x9E3779B97F4A7C15u;
    const auto mix = [&hash](char c) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x9FB21C651E98DF25u;
      hash ^= hash >> 29;
    };
    if (std::all_of(word.begin(), word.end(), IsPlain)) {
      for (const char c : word) mix(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
    } else {
      for (const char c : Fold(word)) mix(c);
    }
    return hash;
  }

  bool folded_;
  std::vector<Slot> slots_;
  uint32_t ids_ = 0;
};

}  // namespace

UnitPair MakeUnits(std::string_view a, std::string_view b, bool folded) {
  UnitPair pair{UnitReader(a, folded).Run(), UnitReader(b, folded).Run(), 0};
  Interner interner(pair.a.size() + pair.b.size(), folded);
  for (Unit& unit : pair.a) unit.id = interner.IdOf(a.substr(unit.begin, unit.end - unit.begin));
  for (Unit& unit : pair.b) unit.id = interner.IdOf(b.substr(unit.begin, unit.end - unit.begin));
  pair.ids = interner.ids();
  return pair;
}

UnitLists MakeUnits(const std::vector<std::string_view>& texts) {
  UnitLists out;
  size_t units = 0;
  for (const std::string_view text : texts) {
    out.lists.push_back(UnitReader(text, true).Run());
    units += out.lists.back().size();
  }
  Interner interner(units, true);
  for (size_t n = 0; n < texts.size(); ++n) {
    for (Unit& unit : out.lists[n]) {
      unit.id = interner.IdOf(texts[n].substr(unit.begin, unit.end - unit.begin));
    }
  }
  out.ids = interner.ids();
  return out;
}

}  // namespace verbatim::text
