// SPDX-License-Identifier: Apache-2.0
// Two passes of pattern matching, then what needs the neighbours: range tails, direction, page
// furniture.
#include "parse.h"

#include <algorithm>
#include <optional>

#include "compose.h"
#include "direction.h"
#include "ranges.h"
#include "rules.h"

namespace verbatim::dates {
namespace {

constexpr size_t kLookBack =
    7;  // tokens before a chunk where a pattern of the second pass may begin

class Parser {
 public:
  explicit Parser(std::string_view text)
      : grammar_(TheGrammar()), p_{text, grammar_.lexicon, Tokenize(text, grammar_.lexicon), {}} {}

  std::vector<Expression> Run() {
    FirstPass();
    SecondPass();
    Collect();
    found_ = CompleteRanges(p_, std::move(found_));
    std::vector<Expression> out;
    out.reserve(found_.size());
    for (Found& found : found_) {
      Finish(&found);
      out.push_back(std::move(found.expression));
    }
    return out;
  }

 private:
  void FirstPass() {
    for (size_t i = 0; i < p_.tokens.size();) {
      size_t next = i + 1;
      if (grammar_.first.MayBegin(p_.tokens[i])) {
        for (const Match& match : grammar_.first.MatchesAt(p_.tokens, i)) {
          const Rule& rule = *grammar_.first_rules[static_cast<size_t>(match.rule)];
          if (rule.guard != nullptr && !rule.guard(p_, match)) continue;
          auto expression = Compose(p_, rule, match);
          if (!expression) continue;
          MakeChunk(match, std::move(*expression));
          chunks_.push_back(match.begin);
          next = match.end;
          break;
        }
      }
      i = next;
    }
  }

  void MakeChunk(const Match& match, Expression expression) {
    Token& token = p_.tokens[match.begin];
    token.classes = ChunkClasses(expression);
    token.value = static_cast<int32_t>(p_.expressions.size());
    token.end = expression.span.end;
    token.width = static_cast<uint16_t>(match.end - match.begin);
    token.kind = TokenKind::kWord;
    token.mark = 0;
    p_.expressions.push_back(std::move(expression));
  }

  void SecondPass() {
    const std::vector<size_t> firsts = std::move(chunks_);
    chunks_.clear();
    size_t done = 0;  // tokens before it belong to finished chunks
    for (const size_t first : firsts) {
      if (first < done) continue;
      size_t at = first;
      while (const auto grown = Grow(at, done)) at = *grown;
      chunks_.push_back(at);
      done = at + p_.tokens[at].width;
    }
  }

  // Joins the chunk at token `at` with what stands around it; the token where the larger chunk
  // begins.
  std::optional<size_t> Grow(size_t at, size_t done) {
    const size_t first = std::max(done, at > kLookBack ? at - kLookBack : 0);
    for (size_t start = first; start <= at; ++start) {
      if (!grammar_.second.MayBegin(p_.tokens[start])) continue;
      for (const Match& match : grammar_.second.MatchesAt(p_.tokens, start)) {
        if (match.end <= at) break;
        const Rule& rule = *grammar_.second_rules[static_cast<size_t>(match.rule)];
        if (rule.guard != nullptr && !rule.guard(p_, match)) continue;
        auto expression = Compose(p_, rule, match);
        if (!expression) continue;
        MakeChunk(match, std::move(*expression));
        return start;
      }
    }
    return std::nullopt;
  }

  void Collect() {
    found_.reserve(chunks_.size());
    for (const size_t at : chunks_) {
      const Token& token = p_.tokens[at];
      found_.push_back(
          {std::move(p_.expressions[static_cast<size_t>(token.value)]), at, at + token.width});
    }
  }

  void Finish(Found* found) {
    Expression& e = found->expression;
    const bool named = e.type != Type::kDuration && e.type != Type::kSet &&
                       e.vague == Vague::kNone && e.shift == Shift::kNone && e.base == Base::kNone;
    const bool the_weekend = e.weekend && e.shift == Shift::kThat;
    if (named || the_weekend) e.direction = FindDirection(p_, found->begin, found->end);
    // "4 minutes read", "5 min read": what a page says of itself.
    e.boilerplate = e.type == Type::kDuration && e.unit <= Unit::kHour &&
                    (p_.IsWord(found->end, "read") || p_.IsWord(found->end, "reading"));
  }

  const Grammar& grammar_;
  Parsing p_;
  std::vector<size_t> chunks_;  // token where each chunk begins
  std::vector<Found> found_;
};

}  // namespace

std::vector<Expression> Parse(std::string_view text) { return Parser(text).Run(); }

}  // namespace verbatim::dates
