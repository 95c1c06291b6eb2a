// SPDX-License-Identifier: Apache-2.0
// Numbers of several tokens become one: "1,500", "2.5", "2 1/2", "twenty-one", "a hundred", "two
// and a half", "twenty-first", and years as they are spoken ("nineteen ninety-seven").
#include <algorithm>

#include "tokens.h"

namespace verbatim::dates {
namespace {

constexpr int32_t kValueMax = 2000000;

class Folder {
 public:
  Folder(std::string_view text, std::vector<Token>* tokens) : text_(text), tokens_(*tokens) {}

  void Run() {
    size_t out = 0;
    for (size_t i = 0; i < tokens_.size();) {
      if (!tokens_[i].Is(cls::kNumber | cls::kNumberWord | cls::kBigNumber)) {
        if (out != i) tokens_[out] = tokens_[i];
        ++out;
        ++i;
        continue;
      }
      Token token = tokens_[i];
      size_t next = i + 1;
      if (token.kind == TokenKind::kNumber && token.Is(cls::kNumber)) {
        // The parts of "20.10.2021" and "192.168.1.7" stay apart.
        const bool after_dot = out >= 2 && tokens_[out - 1].mark == '.' && token.Has(kGlued) &&
                               tokens_[out - 2].kind == TokenKind::kNumber &&
                               tokens_[out - 1].Has(kGlued);
        next = after_dot ? i + 1 : Digits(i, &token);
      } else if (token.Is(cls::kNumberWord)) {
        next = Words(i, &token);
      } else if (token.Is(cls::kBigNumber) && out > 0 && tokens_[out - 1].Is(cls::kDeterminer)) {
        next = Words(i, &token);
      }
      tokens_[out++] = token;
      i = next;
    }
    tokens_.resize(out);
  }

 private:
  const Token& At(size_t i) const { return tokens_[std::min(i, tokens_.size() - 1)]; }
  bool Glued(size_t i) const { return At(i).Has(kGlued); }
  bool IsWord(size_t i, std::string_view word) const {
    const Token& token = At(i);
    return token.kind == TokenKind::kWord &&
           text_.substr(token.begin, token.end - token.begin) == word;
  }
  bool IsPlainNumber(size_t i) const {
    return At(i).kind == TokenKind::kNumber && At(i).Is(cls::kNumber);
  }

  // "1,500", "2.5", "2 1/2", "2-1/2".
  size_t Digits(size_t i, Token* token) {
    size_t next = i + 1;
    int64_t value = token->value;
    bool grouped = false;
    while (At(next).mark == ',' && Glued(next) && IsPlainNumber(next + 1) && Glued(next + 1) &&
           At(next + 1).end - At(next + 1).begin == 3) {
      value = std::min<int64_t>(value * 1000 + At(next + 1).value, kValueMax);
      next += 2;
      grouped = true;
    }
    if (grouped) token->classes = cls::kNumber;
    if (At(next).mark == '.' && Glued(next) && IsPlainNumber(next + 1) && Glued(next + 1) &&
        !(At(next + 2).mark == '.' && Glued(next + 2) && IsPlainNumber(next + 3) &&
          Glued(next + 3))) {
      const Token& decimals = At(next + 1);
      // A clock or a day may be written with a full stop: keep what it could be beside the
      // fraction.
      if (decimals.end - decimals.begin <= 3 && value < 2000) {
        int32_t thousandths = decimals.value;
        for (uint32_t k = decimals.end - decimals.begin; k < 3; ++k) thousandths *= 10;
        value = value * 1000 + thousandths;
      }
      token->classes = cls::kNumber | cls::kFraction;
      next += 2;
    } else if (!grouped && value < 2000) {
      next = MixedFraction(next, token, &value);
    }
    return Finish(token, next, value);
  }

  size_t MixedFraction(size_t next, Token* token, int64_t* value) {
    size_t f = next;
    if (At(f).mark == '-' && Glued(f)) ++f;
    if (IsPlainNumber(f) && At(f + 1).mark == '/' && IsPlainNumber(f + 2) && Glued(f + 1) &&
        Glued(f + 2) && At(f).value < At(f + 2).value && At(f + 2).value <= 8 &&
        !At(f).Has(kHardBreak)) {
      *value = *value * 1000 + At(f).value * 1000 / At(f + 2).value;
      token->classes = cls::kNumber | cls::kFraction;
      return f + 3;
    }
    return AndAHalf(next, token, value);
  }

  size_t AndAHalf(size_t next, Token* token, int64_t* value) {
    if (IsWord(next, "and") && IsWord(next + 1, "a") && IsWord(next + 2, "half") && *value < 2000) {
      *value = *value * 1000 + 500;
      token->classes = cls::kNumber | cls::kFraction;
      return next + 3;
    }
    return next;
  }

  // A number of several words is none of them.
  size_t Finish(Token* token, size_t next, int64_t value) {
    if (token->end != At(next - 1).end) token->lexeme = 0;
    token->value = static_cast<int32_t>(std::min<int64_t>(value, kValueMax));
    token->end = At(next - 1).end;
    return next;
  }

  struct Spelled {
    int64_t value = 0;
    size_t next = 0;  // 0: no number here
    bool ordinal = false;
    bool bare = true;  // no "hundred" or "thousand"
  };

  bool Joined(size_t i) const { return At(i).mark == '-' && Glued(i) && Glued(i + 1); }

  // 1 to 99: "seven", "ninety-seven", "twenty-first", "forty two".
  Spelled UnderHundred(size_t i) const {
    const Token& first = At(i);
    if (!first.Is(cls::kNumberWord)) return {};
    Spelled spelled{first.value, i + 1, false, true};
    if (first.value < 20) return spelled;
    const bool joined = Joined(i + 1);
    const Token& unit = At(joined ? i + 2 : i + 1);
    if (unit.Has(kHardBreak)) return spelled;
    if (unit.Is(cls::kNumberWord) && unit.value < 10) {
      spelled.value += unit.value;
      spelled.next = i + (joined ? 3 : 2);
    } else if (joined && unit.kind == TokenKind::kWord && unit.Is(cls::kDayOrdinal) &&
               unit.value < 10) {
      spelled = {first.value + unit.value, i + 3, true, true};
    }
    return spelled;
  }

  // A spoken year: two halves ("nineteen ninety-seven", "nineteen oh five"), or "two thousand (and)
  // nine".
  size_t SpokenYear(size_t i, const Spelled& first, int64_t* year) const {
    if (!first.bare || first.value < 11 || first.value > 21 || first.ordinal) return 0;
    size_t second = first.next;
    if (Joined(second)) ++second;
    if (At(second).kind == TokenKind::kWord && IsWord(second, "oh") &&
        At(second + 1).Is(cls::kNumberWord)) {
      *year = first.value * 100 + At(second + 1).value;
      return second + 2;
    }
    const Spelled rest = UnderHundred(second);
    if (rest.next == 0 || rest.value < 10 || rest.ordinal || At(second).Has(kHardBreak)) return 0;
    // "twenty thirty" can be anything; "nineteen ninety" can't.
    if (first.value >= 20 && i + 2 < rest.next && rest.value < 13) return 0;
    *year = first.value * 100 + rest.value;
    return rest.next;
  }

  size_t Words(size_t i, Token* token) {
    token->flags |= kSpelled;
    Spelled total = UnderHundred(i);
    if (total.next == 0) total = {1, i, false, true};
    int64_t year = 0;
    if (const size_t next = SpokenYear(i, total, &year); next != 0) {
      token->classes = cls::kYear;
      return Finish(token, next, year);
    }
    int64_t sum = 0;
    int64_t part = total.value;
    size_t next = total.next;
    while (At(next).Is(cls::kBigNumber) && !At(next).Has(kHardBreak)) {
      const int64_t scale = At(next).value;
      part = std::min<int64_t>(part * scale, kValueMax);
      ++next;
      total.bare = false;
      if (scale >= 1000) {
        sum = std::min<int64_t>(sum + part, kValueMax);
        part = 0;
      }
      const size_t rest_at = IsWord(next, "and") ? next + 1 : next;
      if (const Spelled rest = UnderHundred(rest_at); rest.next != 0 && scale != 12) {
        part += rest.value;
        next = rest.next;
        total.ordinal = rest.ordinal;
      }
    }
    const int64_t value = std::min<int64_t>(sum + part, kValueMax);
    if (total.ordinal) {
      token->classes = cls::kOrdinal | (value <= 31 ? cls::kDayOrdinal : 0);
      return Finish(token, next, value);
    }
    token->classes = cls::kNumber;
    if (!total.bare && value >= 2000 && value <= 2099) token->classes |= cls::kYear;
    int64_t folded = value;
    if (value < 2000) next = AndAHalf(next, token, &folded);
    return Finish(token, next, folded);
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
};

}  // namespace

void FoldNumbers(std::string_view text, std::vector<Token>* tokens) { Folder(text, tokens).Run(); }

}  // namespace verbatim::dates
