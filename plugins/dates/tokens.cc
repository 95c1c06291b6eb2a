// SPDX-License-Identifier: Apache-2.0
// The byte tokenizer. A table gives every byte its kind; marks outside ASCII (curly quotes, dashes,
// hard blanks) are decoded by hand and everything else above 0x7F counts as a letter.
#include "tokens.h"

#include <array>
#include <utility>

namespace verbatim::dates {
namespace {

enum ByteKind : uint8_t { kLetter, kDigit, kBlank, kNewline, kPunct, kWide };

constexpr std::array<uint8_t, 256> MakeByteKinds() {
  std::array<uint8_t, 256> kinds{};
  for (int c = 0; c < 256; ++c) {
    uint8_t kind = kPunct;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) kind = kLetter;
    if (c >= '0' && c <= '9') kind = kDigit;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == 0) kind = kBlank;
    if (c == '\n') kind = kNewline;
    if (c >= 0x80) kind = kWide;
    kinds[static_cast<size_t>(c)] = kind;
  }
  return kinds;
}

constexpr std::array<uint8_t, 256> kByteKinds = MakeByteKinds();

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What a character outside ASCII is to the rules: a blank, a mark, or (0) part of a word.
struct WideChar {
  char mark;
  uint8_t bytes;
};

WideChar DecodeWide(std::string_view text, size_t i) {
  const auto at = [&](size_t k) {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u;
  };
  if (at(i) == 0xC2 && at(i + 1) == 0xA0) return {' ', 2};
  if (at(i) == 0xC2 && (at(i + 1) == 0xA3 || at(i + 1) == 0xA5)) return {'$', 2};
  if (at(i) == 0xE2 && at(i + 1) == 0x82 && at(i + 2) == 0xAC) return {'$', 3};
  if (at(i) == 0xE2 && at(i + 1) == 0x80) {
    const unsigned last = at(i + 2);
    if ((last >= 0x80 && last <= 0x8A) || last == 0xAF) return {' ', 3};
    if (last >= 0x90 && last <= 0x95) return {'-', 3};
    if (last == 0x98 || last == 0x99) return {'\'', 3};
    if (last == 0x9C || last == 0x9D || last == 0x9E) return {'"', 3};
    if (last == 0xA2) return {'*', 3};
    if (last == 0xA6) return {';', 3};
  }
  return {0, 1};
}

bool IsLetterAt(std::string_view text, size_t i) {
  if (i >= text.size()) return false;
  const uint8_t kind = kByteKinds[static_cast<unsigned char>(text[i])];
  if (kind == kWide) return DecodeWide(text, i).mark == 0;
  return kind == kLetter;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon) {
    tokens_.reserve(text.size() / 4 + 8);
  }

  std::vector<Token> Run() {
    while (at_ < text_.size()) {
      switch (kByteKinds[static_cast<unsigned char>(text_[at_])]) {
        case kLetter:
          Word();
          SkipBlank();
          break;
        case kDigit:
          Number();
          break;
        case kBlank:
          ++at_;
          glued_ = false;
          break;
        case kNewline:
          ++at_;
          ++newlines_;
          glued_ = false;
          break;
        case kPunct:
          Mark(text_[at_], 1);
          SkipBlank();
          break;
        default:
          Wide();
      }
    }
    newlines_ = 2;
    Push(TokenKind::kEnd, text_.size(), text_.size());
    return std::move(tokens_);
  }

  // Tokens that a single newline stands before.
  const std::vector<size_t>& lines() const { return lines_; }

 private:
  // What stands behind nearly every word and mark.
  void SkipBlank() {
    if (at_ == text_.size() || text_[at_] != ' ') return;
    ++at_;
    glued_ = false;
  }

  Token& Push(TokenKind kind, size_t begin, size_t end) {
    Token& token = tokens_.emplace_back();
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    token.kind = kind;
    if (glued_) token.flags = kGlued;
    if (newlines_ > 0) token.flags = newlines_ > 1 ? kLineStart | kHardBreak : kLineStart;
    if (newlines_ == 1) lines_.push_back(tokens_.size() - 1);
    newlines_ = 0;
    glued_ = true;
    return token;
  }

  void Word() {
    const size_t begin = at_;
    size_t end = WordEnd(begin);
    if (text_[begin] == 'F' && IsFiscalYear(begin, end)) end = begin + 2;
    at_ = end;
    if (end - begin == 1 && end < text_.size() && text_[end] == '.' && DottedPair(begin)) return;
    const LexemeId id = lexicon_.Find(text_, begin, end);
    Token& token = Push(TokenKind::kWord, begin, end);
    if (IsUpper(text_[begin])) {
      token.flags |= kCapital;
      if (end - begin > 1 && AllCapitals(begin, end)) token.flags |= kAllCapitals;
    }
    if (id == 0) return;
    const Lexeme& lexeme = lexicon_[id];
    token.lexeme = id;
    token.classes = lexeme.classes;
    token.value = lexeme.value;
    if (lexeme.abbreviation && at_ < text_.size() && text_[at_] == '.')
      token.end = static_cast<uint32_t>(++at_);
  }

  // "FY2008", "FY08": a word and a number.
  bool IsFiscalYear(size_t begin, size_t end) const {
    if ((end - begin != 4 && end - begin != 6) || text_[begin + 1] != 'Y') return false;
    for (size_t i = begin + 2; i < end; ++i) {
      if (!IsDigit(text_[i])) return false;
    }
    return true;
  }

  size_t WordEnd(size_t at) const {
    for (; at < text_.size(); ++at) {
      const uint8_t kind = kByteKinds[static_cast<unsigned char>(text_[at])];
      if (kind == kLetter || kind == kDigit) continue;
      if (kind != kWide || DecodeWide(text_, at).mark != 0) break;
    }
    return at;
  }

  // "a.m.", "P.M", "A.D.", "B.C." at one letter before a dot.
  bool DottedPair(size_t begin) {
    const auto at = [&](size_t k) { return begin + k < text_.size() ? text_[begin + k] : '\0'; };
    const char first = at(0);
    const char second = at(2);
    const bool dotted = at(3) == '.';
    if ((second | 0x20) == 'm' && ((first | 0x20) == 'a' || (first | 0x20) == 'p') &&
        !IsLetterAt(text_, begin + 3)) {
      at_ = begin + (dotted ? 4 : 3);
      Token& token = Push(TokenKind::kWord, begin, at_);
      token.classes = cls::kAmPm;
      token.value = (first | 0x20) == 'p' ? 12 : 0;
      return true;
    }
    if (dotted && ((first == 'A' && second == 'D') || (first == 'B' && second == 'C'))) {
      at_ = begin + 4;
      Token& token = Push(TokenKind::kWord, begin, at_);
      token.classes = cls::kEra;
      token.value = first == 'A' ? 1 : -1;
      return true;
    }
    return false;
  }

  bool AllCapitals(size_t begin, size_t end) const {
    for (size_t i = begin; i < end; ++i) {
      if (!IsUpper(text_[i]) && !IsDigit(text_[i])) return false;
    }
    return true;
  }

  void Number() {
    const size_t begin = at_;
    int64_t value = 0;
    while (at_ < text_.size() && IsDigit(text_[at_])) {
      if (value < 2000000) value = value * 10 + (text_[at_] - '0');
      ++at_;
    }
    const size_t digits = at_ - begin;
    size_t suffix = at_;
    while (IsLetterAt(text_, suffix)) ++suffix;
    const std::string_view tail = text_.substr(at_, suffix - at_);
    Token& token = Push(TokenKind::kNumber, begin, at_);
    if (tail == "st" || tail == "nd" || tail == "rd" || tail == "th") {
      token.end = static_cast<uint32_t>(at_ = suffix);
      token.classes = cls::kOrdinal | (value >= 1 && value <= 31 ? cls::kDayOrdinal : 0);
      token.value = static_cast<int32_t>(value);
      return;
    }
    if (tail == "s" && value % 10 == 0 && digits >= 2 && digits <= 4) {
      token.end = static_cast<uint32_t>(at_ = suffix);
      token.classes = cls::kDecade;
      token.value = static_cast<int32_t>(value / 10);
      return;
    }
    token.value = static_cast<int32_t>(value);
    token.classes = cls::kNumber;
    if (digits == 2) token.classes |= cls::kTwoDigits;
    if (digits == 4) token.classes |= cls::kFourDigits;
    if (digits <= 2 && value >= 1 && value <= 31) token.classes |= cls::kDay;
    if (digits <= 2 && value >= 1 && value <= 12) token.classes |= cls::kMonthNumber;
    if (digits <= 2 && value <= 24) token.classes |= cls::kHour;
    if (digits == 2 && value <= 59) token.classes |= cls::kMinute;
    if (digits == 4 && value >= 1000 && value <= 2199) token.classes |= cls::kYear;
  }

  void Wide() {
    const WideChar wide = DecodeWide(text_, at_);
    if (wide.mark == 0) {
      Word();
    } else if (wide.mark == ' ') {
      at_ += wide.bytes;
      glued_ = false;
    } else {
      Mark(wide.mark, wide.bytes);
    }
  }

  void Mark(char mark, size_t bytes) {
    const size_t begin = at_;
    at_ += bytes;
    Token& token = Push(TokenKind::kMark, begin, at_);
    token.mark = mark;
    if (mark == '-') token.classes = cls::kDash;
    // 's after a letter or digit.
    if (mark == '\'' && token.Has(kGlued) && at_ < text_.size() && (text_[at_] | 0x20) == 's' &&
        !IsLetterAt(text_, at_ + 1)) {
      token.end = static_cast<uint32_t>(++at_);
      token.classes = cls::kPossessive;
    }
  }

  std::string_view text_;
  const Lexicon& lexicon_;
  std::vector<Token> tokens_;
  std::vector<size_t> lines_;
  size_t at_ = 0;
  int newlines_ = 2;  // before the next token; a text begins like a paragraph
  bool glued_ = false;
};

// A text whose lines end in the middle of sentences was wrapped: its single newlines mean nothing.
bool IsWrapped(const std::vector<Token>& tokens, const std::vector<size_t>& lines) {
  size_t broken = 0;
  for (const size_t i : lines) {
    const Token& before = tokens[i - 1];
    const bool open = before.kind == TokenKind::kWord || before.mark == ',';
    if (open && tokens[i].kind == TokenKind::kWord && !tokens[i].Has(kCapital)) ++broken;
  }
  return broken >= 2 && broken * 4 >= lines.size();
}

// "P." of a name, "Mr.", "Corp.": a capital behind the dot begins no sentence.
bool DotOfAbbreviation(std::string_view text, const Token& before, const Token& after) {
  if (before.kind != TokenKind::kWord || !before.Has(kCapital)) return false;
  const std::string_view word = text.substr(before.begin, before.end - before.begin);
  // "in the U.S. The": a common opener begins a sentence even there.
  static constexpr std::string_view kOpeners[] = {"The", "In", "On", "But",  "And", "It",  "He",
                                                  "She", "A",  "An", "They", "At",  "For", "This"};
  const std::string_view next = text.substr(after.begin, after.end - after.begin);
  for (const std::string_view opener : kOpeners) {
    if (next == opener) return false;
  }
  if (word.size() == 1) return true;
  static constexpr std::string_view kTitles[] = {"Mr",  "Mrs", "Ms",   "Dr",  "Gen",  "Sen",  "Rep",
                                                 "Gov", "Lt",  "Col",  "Sgt", "Capt", "Prof", "Rev",
                                                 "St",  "No",  "Corp", "Inc", "Co",   "Ltd",  "Jr",
                                                 "Sr",  "Cos", "Bros", "Adm", "Maj",  "Pres"};
  for (const std::string_view title : kTitles) {
    if (word == title) return true;
  }
  return false;
}

// Decides where sentences and paragraphs begin.
void MarkBreaks(std::string_view text, bool wrapped, std::vector<Token>* tokens) {
  for (size_t i = 0; i < tokens->size(); ++i) {
    Token& token = (*tokens)[i];
    // Most tokens follow a word on its line.
    if (!token.Has(kLineStart | kHardBreak) && (*tokens)[i - 1].mark == 0) continue;
    if (i > 0 && token.Has(kLineStart) && !wrapped) {
      const Token& before = (*tokens)[i - 1];
      const bool runs_on = (before.kind != TokenKind::kMark || before.mark == ',') &&
                           (token.kind == TokenKind::kNumber ||
                            (token.kind == TokenKind::kWord && !token.Has(kCapital)));
      if (!runs_on) token.flags |= kHardBreak;
    }
    bool starts = token.Has(kHardBreak);
    if (i > 0 && !starts && token.kind != TokenKind::kMark) {
      size_t k = i - 1;
      while (k > 0 &&
             ((*tokens)[k].mark == '"' || (*tokens)[k].mark == '\'' || (*tokens)[k].mark == ')'))
        --k;
      const char mark = (*tokens)[k].mark;
      starts = mark == '!' || mark == '?' ||
               (mark == '.' && !token.Has(kGlued) && token.Has(kCapital) &&
                (k == 0 || !DotOfAbbreviation(text, (*tokens)[k - 1], token)));
    }
    if (starts) token.flags |= kSentence;
  }
}

}  // namespace

std::vector<Token> Tokenize(std::string_view text, const Lexicon& lexicon) {
  Tokenizer tokenizer(text, lexicon);
  std::vector<Token> tokens = tokenizer.Run();
  MarkBreaks(text, IsWrapped(tokens, tokenizer.lines()), &tokens);
  FoldNumbers(text, &tokens);
  return tokens;
}

}  // namespace verbatim::dates
