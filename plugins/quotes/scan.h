// SPDX-License-Identifier: Apache-2.0
// An article as the rules read it: tokens with what the lexicon knows of them, paragraphs, quoted
// segments, and sentences in which a quoted segment is one element. Built in one pass each; linear.
#ifndef VERBATIM_QUOTES_SCAN_H_
#define VERBATIM_QUOTES_SCAN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon.h"
#include "verbatim/text/utf8.h"

namespace verbatim::quotes {

using text::Range;

enum class Kind : uint8_t {
  kWord,
  kNumber,
  kClitic,  // 's or ’s after a word
  kComma,
  kColon,
  kSemicolon,
  kDash,  // set off by blanks, or long
  kStop,  // . ! ? …
  kOpen,  // ( [
  kClose,
  kMark,  // a quotation mark, or an apostrophe that stands alone
  kOther,
};

struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  Kind kind = Kind::kOther;
  bool capital = false;
  bool upper = false;           // two or more capitals and no small letter
  bool blank_before = false;    // or the start of a paragraph
  bool stop_within = false;     // ends in its own stop: U.S., Mr.
  bool capital_within = false;  // may have one of A to Z, anywhere in it
  int32_t segment = -1;         // the quoted segment that it stands in, marks included
  uint32_t paragraph = 0;
  const Word* word = nullptr;  // never null

  bool Is(uint64_t classes) const { return (word->classes & classes) != 0; }
  bool IsWord() const { return kind == Kind::kWord; }
};

enum Flag : uint8_t {
  kUnclosed = 1,
  kMismatched = 2,
  kNested = 4,
  kContinued = 8,
  kElided = 16,
  kInserted = 32,
  kHeadline = 64,
};

// What stands between two marks, within one paragraph.
struct Segment {
  int32_t first = 0;  // tokens, marks included, both inclusive
  int32_t last = 0;
  Range inner;  // bytes without the marks and the blanks beside them
  uint32_t paragraph = 0;
  int32_t previous = -1;  // the same quotation, in the paragraph before
  int32_t next = -1;
  uint8_t flags = 0;  // Flag
  bool single = false;
  uint32_t words = 0;
  bool title = false;        // most of its words are capitalised
  bool titled = false;       // all but its small words are, however it ends
  bool speech = false;       // reads like something said, not like a title or a term
  bool ends_clause = false;  // the last character inside is , . ! ? … or a dash
  bool ends_sentence = false;
};

// A token outside quotations, or a whole quoted segment.
struct Element {
  int32_t token = -1;    // of a segment: its first
  int32_t segment = -1;  // -1: a token
  bool name = false;     // may be part of a capitalised name
};

struct Sentence {
  int32_t begin = 0;  // elements, half open
  int32_t end = 0;
  uint32_t paragraph = 0;
};

struct Paragraph {
  Range bytes;
  int32_t first_token = 0;  // half open
  int32_t end_token = 0;
  bool headline = false;   // short, without a stop, before the text or between its parts
  bool furniture = false;  // caption, share line, reply form
};

struct Document {
  std::string_view text;
  const Lexicon* words = &Lexicon::Get();
  std::vector<Token> tokens;
  std::vector<Paragraph> paragraphs;
  std::vector<Segment> segments;
  std::vector<Element> elements;
  std::vector<Sentence> sentences;

  std::string_view In(const Range& range) const {
    return text.substr(range.begin, range.end - range.begin);
  }
  std::string_view In(const Token& token) const {
    return text.substr(token.begin, token.end - token.begin);
  }
  const Token& TokenOf(int32_t element) const {
    return tokens[static_cast<size_t>(elements[static_cast<size_t>(element)].token)];
  }
  int32_t SegmentOf(int32_t element) const {
    return elements[static_cast<size_t>(element)].segment;
  }
  bool IsQuoted(int32_t element) const { return SegmentOf(element) >= 0; }
  const Segment& Quoted(int32_t element) const {
    return segments[static_cast<size_t>(SegmentOf(element))];
  }
  // Bytes of an element; of a segment with its marks.
  Range BytesOf(int32_t element) const;
  // From the first to the last of these elements, both inclusive.
  Range Bytes(int32_t first, int32_t last) const {
    return {BytesOf(first).begin, BytesOf(last).end};
  }
};

// Reads a text. Borrows it, and the lexicon. Ill-formed UTF-8 is safe.
Document Read(std::string_view text, const Lexicon& words = Lexicon::Get());

// The steps of Read, in order.
void ScanTokens(Document& doc);    // tokens and paragraphs
void FindSegments(Document& doc);  // marks.cc
void CutSentences(Document& doc);  // sentences.cc
void MarkNames(Document& doc);     // phrases.cc

// A lower-case copy of ASCII letters with straight apostrophes, for looking words up.
std::string LowerWord(std::string_view word);

// Has the word this ending behind two letters or more: "closed", not "red"?
inline bool EndsIn(std::string_view word, std::string_view ending) {
  return word.size() > ending.size() + 1 && word.substr(word.size() - ending.size()) == ending;
}

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_SCAN_H_
