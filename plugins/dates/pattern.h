// SPDX-License-Identifier: Apache-2.0
// Patterns over tokens, compiled into one trie for all rules of a pass.
//
//   (WEEKDAY ,?)? MONTH DAY|DAYTH ,? YEAR
//
// Words in capitals are token classes, words in small letters stand for themselves, marks too. `?`
// after an element or a group makes it optional, `|` separates alternatives of one token, `;` whole
// patterns, `~` before an element asks that no blank stands before the token; OPEN and CLOSE are
// the round brackets. A match never crosses a hard break.
#ifndef VERBATIM_PLUGINS_DATES_PATTERN_H_
#define VERBATIM_PLUGINS_DATES_PATTERN_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon.h"
#include "tokens.h"

namespace verbatim::dates {

inline constexpr size_t kPatternTokensMax = 14;

// Which token filled which class of the pattern. A class that occurs twice fills `second` too.
struct Match {
  int rule = -1;     // number of the rule in its table
  size_t begin = 0;  // tokens, half open
  size_t end = 0;
  std::array<int32_t, 64> first{};  // by class bit; -1: not in the match
  std::array<int32_t, 64> second{};

  int32_t Slot(Classes one_class) const { return first[Bit(one_class)]; }
  int32_t SecondSlot(Classes one_class) const { return second[Bit(one_class)]; }

  static size_t Bit(Classes one_class) { return static_cast<size_t>(__builtin_ctzll(one_class)); }
};

class PatternSet {
 public:
  // Adds a pattern for rule number `rule`. Aborts on a pattern that doesn't parse: patterns are
  // constants. Words that it names are interned.
  void Add(std::string_view pattern, int rule, Lexicon* lexicon);

  // Builds the dispatch table of first tokens. Call once, after the last Add.
  void Finish(const Lexicon& lexicon);

  // Could a match begin with this token?
  bool MayBegin(const Token& token) const {
    if ((token.classes & root_classes_) != 0) return true;
    return token.lexeme != 0 ? begins_[token.lexeme] : root_marks_[Byte(token.mark)];
  }

  // All matches that begin at token `at`: the longest first, and of equal ones the rule added
  // first.
  std::vector<Match> MatchesAt(const std::vector<Token>& tokens, size_t at) const;

 private:
  struct Element {
    std::string text;
    Classes classes = 0;
    std::vector<LexemeId> words;
    std::string marks;
    bool glued = false;
  };
  struct Edge {
    uint32_t element = 0;
    uint32_t node = 0;
    // Copied from the element, so that a walk reads edges alone until one may fit.
    Classes classes = 0;
    uint64_t words = 0;  // by lexeme modulo 64
    bool marks = false;
    bool ends = false;  // of an opener: a match may end with it

    bool MayTake(const Token& token) const {
      return (token.classes & classes) != 0 ||
             (token.lexeme != 0 && (words >> (token.lexeme & 63) & 1) != 0) ||
             (token.mark != 0 && marks);
    }
  };
  struct Node {
    std::vector<Edge> edges;
    std::vector<int> rules;
    Edge any;  // what any edge could take: most tokens are turned away by it
  };
  struct Step {
    uint32_t token;
    uint32_t element;
  };

  // Is this a word of the lexicon that opens several matches, none of which goes on with what
  // stands behind it?
  bool OpensNothing(const std::vector<Token>& tokens, size_t at) const;
  // Could any edge of a node take the token at `at`, as number `depth` of a match?
  bool MayGoOn(const std::vector<Token>& tokens, size_t at, uint32_t node, size_t depth) const {
    if (at >= tokens.size() || (depth > 0 && tokens[at].Has(kHardBreak))) return false;
    return nodes_[node].any.MayTake(tokens[at]);
  }
  static size_t Byte(char mark) { return static_cast<unsigned char>(mark); }
  bool Accepts(const Element& element, const Token& token) const;
  uint32_t ElementFor(std::string_view text, Lexicon* lexicon);
  void AddSequence(const std::vector<std::string>& elements, int rule, Lexicon* lexicon);
  using Path = std::array<Step, kPatternTokensMax>;
  // A match before its slots are filled.
  struct Hit {
    int rule;
    uint32_t end;
    uint32_t depth;
    Path path;
  };
  void Walk(const std::vector<Token>& tokens, size_t at, uint32_t node, Path* path, size_t depth,
            std::vector<Hit>* out) const;
  // The same from the root, where `at` is a plain word of the lexicon.
  void WalkOpeners(const std::vector<Token>& tokens, size_t at, Path* path,
                   std::vector<Hit>* out) const;
  bool IsPlainWord(const Token& token) const {
    return token.lexeme != 0 && token.lexeme < openers_.size() &&
           (token.classes & (cls::kChunk | cls::kNumber)) == 0;
  }
  Match MakeMatch(const std::vector<Token>& tokens, const Hit& hit) const;

  std::vector<Element> elements_;
  std::vector<Node> nodes_{1};
  std::vector<char> begins_;  // by lexeme: some pattern begins with this word
  // By lexeme: the root's edges that take this word; what such an edge "may take" is what may stand
  // behind the word, so that a walk of the list touches nothing else.
  std::vector<std::vector<Edge>> openers_;
  std::vector<Edge> seconds_;  // by lexeme: what may stand behind it when it opens a match
  std::vector<char> whole_;    // by lexeme: it is a match alone
  Classes root_classes_ = 0;
  std::array<bool, 256> root_marks_{};  // by byte
};

// All element sequences that a pattern stands for: options written out.
std::vector<std::vector<std::string>> ExpandPattern(std::string_view pattern);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_PATTERN_H_
