// SPDX-License-Identifier: Apache-2.0
// A hand scanner: one class a byte by table, and only bytes above ASCII are decoded.
#include "verbatim/text/tokens.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "verbatim/text/chars.h"

namespace verbatim::text {
namespace {

enum Class : uint8_t {
  kBlankByte,
  kLineByte,
  kLowerByte,
  kUpperByte,
  kDigitByte,
  kMarkByte,
  kHighByte,  // above ASCII: look at the character
};

constexpr std::array<Class, 256> MakeClasses() {
  std::array<Class, 256> classes{};
  for (size_t c = 0; c < 256; ++c) {
    Class k = kMarkByte;
    if (c == ' ' || c == '\t') k = kBlankByte;
    if (c >= '\n' && c <= '\r') k = kLineByte;
    if ((c >= 'a' && c <= 'z') || c == '_') k = kLowerByte;
    if (c >= 'A' && c <= 'Z') k = kUpperByte;
    if (c >= '0' && c <= '9') k = kDigitByte;
    if (c >= 0x80) k = kHighByte;
    classes[c] = k;
  }
  return classes;
}

constexpr std::array<Class, 256> kClasses = MakeClasses();

// Adding these up counts the letters and digits of a run of ASCII in one sum; 0 ends the run.
constexpr uint32_t kCountBits = 10;
constexpr uint32_t kCountMask = (1u << kCountBits) - 1;

constexpr std::array<uint32_t, 256> MakeCounts() {
  std::array<uint32_t, 256> counts{};
  for (size_t c = 0; c < 256; ++c) {
    if (kClasses[c] == kLowerByte) counts[c] = 1;
    if (kClasses[c] == kUpperByte) counts[c] = 1u << kCountBits;
    if (kClasses[c] == kDigitByte) counts[c] = 1u << (2 * kCountBits);
  }
  return counts;
}

constexpr std::array<uint32_t, 256> kCounts = MakeCounts();

// What stands at one place, whatever its size in bytes.
struct Look {
  Class kind;
  uint32_t size;
  char32_t c;
  bool IsAlnum() const { return kind == kLowerByte || kind == kUpperByte || kind == kDigitByte; }
  bool IsAlpha() const { return kind == kLowerByte || kind == kUpperByte; }
};

Class ClassOfChar(char32_t c, uint32_t size) {
  if (c == 0xFFFD && size == 1) return kMarkByte;
  if (IsBlank(c) || IsInvisible(c)) return kBlankByte;
  if (IsLineEnd(c)) return kLineByte;
  if (IsDigit(c)) return kDigitByte;
  if (IsUpper(c)) return kUpperByte;
  return IsLetter(c) || IsCombiningMark(c) ? kLowerByte : kMarkByte;
}

constexpr char32_t kSoftHyphen = 0xAD;

// Two hundred bytes hold any honest word; a longer run of letters is cut so that later stages stay
// bounded.
constexpr uint32_t kWordBytesMax = 512;
static_assert(kWordBytesMax <= kCountMask);

class Scanner {
 public:
  Scanner(std::string_view text, Range range) : text_(text.substr(0, range.end)), at_(range.begin) {
    tokens_.reserve(range.size() / 4 + 4);
  }

  std::vector<Token> Run() {
    while (at_ < text_.size()) {
      if (text_[at_] != ' ') {
        Step();
      } else {
        blank_ = true;
        ++at_;
      }
    }
    return std::move(tokens_);
  }

 private:
  Class ByteClass(size_t at) const { return kClasses[static_cast<unsigned char>(text_[at])]; }

  Look At(size_t at) const {
    if (at >= text_.size()) return {kMarkByte, 0, 0};
    const Class kind = ByteClass(at);
    if (kind != kHighByte) return {kind, 1, static_cast<unsigned char>(text_[at])};
    const Decoded d = DecodeAt(text_, at);
    return {ClassOfChar(d.code_point, d.size), d.size, d.code_point};
  }

  void Step() {
    const Look look = At(at_);
    switch (look.kind) {
      case kBlankByte:
        blank_ = true;
        at_ += look.size;
        return;
      case kLineByte:
        return TakeLineEnd(look);
      case kLowerByte:
      case kUpperByte:
        return TakeWord(look);
      case kDigitByte:
        return TakeNumber(at_);
      default:
        return TakeMark(look);
    }
  }

  void Put(uint32_t end, TokenKind kind, unsigned flags) {
    if (blank_) flags |= kBlankBefore;
    tokens_.push_back({at_, end, kind, static_cast<uint8_t>(flags)});
    at_ = end;
    blank_ = kind == TokenKind::kNewline;
  }

  void TakeLineEnd(const Look& look) {
    uint32_t end = at_ + look.size;
    if (look.c == U'\r' && end < text_.size() && text_[end] == '\n') ++end;
    Put(end, TokenKind::kNewline, 0);
  }

  void TakeMark(const Look& look) {
    const uint32_t after = at_ + look.size;
    if (IsCurrency(look.c) && At(after).kind == kDigitByte) return TakeNumber(after);
    uint32_t end = after;
    if (look.c == U'.' || look.c == U'-') {
      const char mark = static_cast<char>(look.c);
      while (end < text_.size() && text_[end] == mark && end - at_ < kWordBytesMax) ++end;
    }
    Put(end, TokenKind::kPunctuation, 0);
  }

  void TakeWord(const Look& first) {
    if (first.size > 1 && IsIdeograph(first.c)) return Put(at_ + first.size, TokenKind::kWord, 0);
    flags_ = first.kind == kUpperByte ? unsigned{kCapitalised} : 0;
    upper_ = lower_ = 0;
    dotted_ = false;
    segment_ = at_;
    const uint32_t end = WordEnd(at_);
    if (lower_ == 0 && upper_ >= 2) flags_ |= kAllCaps;
    Put(end, flags_ & kIsAmount ? TokenKind::kNumber : TokenKind::kWord, flags_ & 0xFFu);
  }

  // Runs over letters and digits and the joints between them.
  uint32_t WordEnd(uint32_t at) {
    const uint32_t limit = at_ + kWordBytesMax;
    while (at < limit) {
      const uint32_t run = RunEnd(at);
      if (run >= text_.size() || text_[run] == ' ') return run;
      const uint32_t joint = Joint(run);
      if (joint == run) return run;
      at = joint;
    }
    return at;
  }

  // Counts in a local: bytes may alias members, and this is the innermost loop.
  uint32_t RunEnd(uint32_t at) {
    const auto limit = std::min(at_ + kWordBytesMax, static_cast<uint32_t>(text_.size()));
    uint32_t counts = 0;
    while (at < limit) {
      const uint32_t count = kCounts[static_cast<unsigned char>(text_[at])];
      if (count != 0) {
        counts += count;
        ++at;
        continue;
      }
      if (ByteClass(at) != kHighByte) break;
      const Look look = At(at);
      if (!look.IsAlnum() || IsIdeograph(look.c)) break;
      counts += look.kind == kUpperByte   ? 1u << kCountBits
                : look.kind == kLowerByte ? 1u
                                          : 1u << (2 * kCountBits);
      at += look.size;
    }
    lower_ += counts & kCountMask;
    upper_ += (counts >> kCountBits) & kCountMask;
    if ((counts >> (2 * kCountBits)) != 0) flags_ |= kHasDigit;
    return at;
  }

  // Where the word goes on behind the joint at `at`; `at` when it ends there.
  uint32_t Joint(uint32_t at) {
    const Look look = At(at);
    if (look.kind != kMarkByte && look.c != kSoftHyphen) return at;
    const Look next = At(at + look.size);
    if (look.c == U'.') return DotJoint(at, next);
    segment_ = at + look.size;
    const bool hyphen = look.c == U'-' || look.c == 0x2010 || look.c == 0x2011;
    const bool apostrophe = look.c == U'\'' || look.c == 0x2019 || look.c == 0x2BC;
    const bool plain = hyphen || look.c == U'/' || look.c == U'&' || look.c == kSoftHyphen;
    if ((plain && next.IsAlnum()) || (apostrophe && next.IsAlpha())) return at + look.size;
    if (IsCurrency(look.c) && next.kind == kDigitByte && lower_ == 0 && at - at_ <= 3) {
      flags_ |= kIsAmount;
      return NumberEnd(at + look.size);
    }
    return at;
  }

  // U.S is joined, U.S. takes its last stop, example.com is joined, "end.The" is two words.
  uint32_t DotJoint(uint32_t at, const Look& next) {
    const bool short_segment = IsShortSegment(at);
    if (next.IsAlnum() && (short_segment || next.kind != kUpperByte)) {
      dotted_ = short_segment && (dotted_ || segment_ == at_);
      segment_ = at + 1;
      return at + 1;
    }
    if (!dotted_ || !short_segment || next.c == U'.') return at;
    dotted_ = false;
    flags_ |= kAbbreviation;
    return at + 1;
  }

  // One letter, or two of which the first is a capital: U, a, Ph.
  bool IsShortSegment(uint32_t end) const {
    const uint32_t size = end - segment_;
    return size == 1 || (size == 2 && ByteClass(segment_) == kUpperByte);
  }

  void TakeNumber(uint32_t digits) {
    flags_ = kHasDigit;
    upper_ = lower_ = 0;
    dotted_ = false;
    const uint32_t core = NumberEnd(digits);
    segment_ = core;
    // A few letters are a unit (15th, 1.2bn); a joint or more of them makes it a word (10-year).
    const uint32_t end = text_[core - 1] == '%' ? core : WordEnd(core);
    const bool number = lower_ + upper_ <= 3 && SuffixIsPlain(core, end);
    Put(end, number ? TokenKind::kNumber : TokenKind::kWord, flags_ & 0xFFu);
  }

  bool SuffixIsPlain(uint32_t begin, uint32_t end) const {
    return std::none_of(text_.begin() + begin, text_.begin() + end,
                        [](char c) { return c == '-' || c == '/' || c == '&'; });
  }

  // Digits with . , / : - or a dash between them, and a percent sign.
  uint32_t NumberEnd(uint32_t at) const {
    const uint32_t limit = at_ + kWordBytesMax;
    while (at < text_.size() && at < limit) {
      const Look look = At(at);
      if (look.kind == kDigitByte) {
        at += look.size;
        continue;
      }
      if (look.c == U'%' || look.c == 0x2030) return at + look.size;
      const bool joint = look.c == U'.' || look.c == U',' || look.c == U'/' || look.c == U':' ||
                         (look.c != 0 && IsDash(look.c));
      if (!joint || At(at + look.size).kind != kDigitByte) return at;
      at += look.size;
    }
    return at;
  }

  static constexpr unsigned kIsAmount = 256;  // beyond the public flags

  std::string_view text_;
  uint32_t at_;
  std::vector<Token> tokens_;
  bool blank_ = true;
  // Of the word at hand.
  unsigned flags_ = 0;
  uint32_t upper_ = 0;
  uint32_t lower_ = 0;
  uint32_t segment_ = 0;  // begin of the letters since the last joint
  bool dotted_ = false;   // so far only one or two letters between stops
};

// Sorted. Determiners, prepositions, conjunctions, pronouns, auxiliaries and particles.
constexpr std::string_view kFunctionWords[] = {
    "a",      "about",   "after",  "again",   "all",   "also",  "although", "am",      "an",
    "and",    "any",     "are",    "as",      "at",    "be",    "because",  "been",    "before",
    "being",  "both",    "but",    "by",      "can",   "could", "did",      "do",      "does",
    "during", "each",    "either", "else",    "for",   "from",  "had",      "has",     "have",
    "he",     "her",     "here",   "hers",    "him",   "his",   "how",      "i",       "if",
    "in",     "into",    "is",     "it",      "its",   "may",   "me",       "might",   "more",
    "most",   "must",    "my",     "neither", "no",    "nor",   "not",      "of",      "off",
    "on",     "onto",    "or",     "our",     "ours",  "out",   "over",     "s",       "shall",
    "she",    "should",  "since",  "so",      "some",  "such",  "t",        "than",    "that",
    "the",    "their",   "theirs", "them",    "then",  "there", "these",    "they",    "this",
    "those",  "through", "to",     "too",     "under", "until", "up",       "upon",    "us",
    "very",   "was",     "we",     "were",    "what",  "when",  "where",    "whether", "which",
    "while",  "who",     "whom",   "whose",   "why",   "will",  "with",     "within",  "without",
    "would",  "you",     "your",   "yours"};

constexpr size_t kFunctionWordBytesMax = 8;

}  // namespace

std::vector<Token> Tokenize(std::string_view text) {
  return Tokenize(text, {0, static_cast<uint32_t>(text.size())});
}

std::vector<Token> Tokenize(std::string_view text, Range range) {
  return Scanner(text, range).Run();
}

bool IsFunctionWord(std::string_view word) {
  if (word.empty() || word.size() > kFunctionWordBytesMax) return false;
  char lower[kFunctionWordBytesMax];
  std::transform(word.begin(), word.end(), lower, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return std::binary_search(std::begin(kFunctionWords), std::end(kFunctionWords),
                            std::string_view(lower, word.size()));
}

}  // namespace verbatim::text
