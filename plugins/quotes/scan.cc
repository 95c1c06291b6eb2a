// SPDX-License-Identifier: Apache-2.0
#include "scan.h"

#include "bounds.h"
#include "marks.h"
#include "verbatim/text/tokens.h"

namespace verbatim::quotes {
namespace {

// Bytes of a clitic at the end of a word (apostrophe included), 0 when there is none.
uint32_t CliticBytes(std::string_view word) {
  const auto apostrophe = [&](size_t letters) {
    const char c = word[word.size() - letters - 1];
    return c == '\'' || c == '\x99';
  };
  for (const size_t letters : {size_t{1}, size_t{2}}) {
    if (word.size() < letters + 2) return 0;
    if (!apostrophe(letters)) continue;  // most words: told from one byte
    const std::string_view tail = word.substr(word.size() - letters);
    const std::string_view stem = word.substr(0, word.size() - letters);
    const bool curly = stem.size() > 3 && stem.substr(stem.size() - 3) == "\xE2\x80\x99";
    if (stem.back() != '\'' && !curly) continue;
    const bool clitic = letters == 1 ? tail == "s" || tail == "S" || tail == "d" || tail == "m"
                                     : tail == "ll" || tail == "ve" || tail == "re";
    return clitic ? static_cast<uint32_t>(letters) + (curly ? 3 : 1) : 0;
  }
  return 0;
}

Kind KindOfPunctuation(std::string_view mark, bool blank_before, bool blank_after) {
  switch (mark[0]) {
    case ',':
      return Kind::kComma;
    case ':':
      return Kind::kColon;
    case ';':
      return Kind::kSemicolon;
    case '.':
    case '!':
    case '?':
      return Kind::kStop;
    case '(':
    case '[':
      return Kind::kOpen;
    case ')':
    case ']':
      return Kind::kClose;
    case '-':
      return mark.size() > 1 || (blank_before && blank_after) ? Kind::kDash : Kind::kOther;
    default:
      break;
  }
  if (MarkAt(mark).shape != MarkShape::kNone) return Kind::kMark;
  if (mark == "\xE2\x80\xA6") return Kind::kStop;  // …
  if (mark == "\xE2\x80\x93" || mark == "\xE2\x80\x94" || mark == "\xE2\x80\x95")
    return Kind::kDash;
  return Kind::kOther;
}

class Builder {
 public:
  explicit Builder(Document& doc) : doc_(doc), words_(*doc.words) {}

  void Run() {
    const std::vector<text::Token> raw = text::Tokenize(doc_.text);
    doc_.tokens.reserve(raw.size() + raw.size() / 16);
    for (size_t n = 0; n < raw.size(); ++n) {
      switch (raw[n].kind) {
        case text::TokenKind::kNewline:
          EndParagraph();
          break;
        case text::TokenKind::kPunctuation: {
          const bool blank_after = n + 1 == raw.size() || raw[n + 1].Has(text::kBlankBefore) ||
                                   raw[n + 1].kind == text::TokenKind::kNewline;
          TakePunctuation(raw[n], text::In(doc_.text, raw[n]), blank_after);
          break;
        }
        default:
          TakeWord(raw[n]);
      }
    }
    EndParagraph();
  }

 private:
  void EndParagraph() {
    const auto end = static_cast<int32_t>(doc_.tokens.size());
    if (end == paragraph_begin_) return;
    Paragraph paragraph;
    paragraph.first_token = paragraph_begin_;
    paragraph.end_token = end;
    paragraph.bytes = {doc_.tokens[static_cast<size_t>(paragraph_begin_)].begin,
                       doc_.tokens.back().end};
    doc_.paragraphs.push_back(paragraph);
    paragraph_begin_ = end;
  }

  bool AtParagraphStart() const {
    return static_cast<size_t>(paragraph_begin_) == doc_.tokens.size();
  }

  // A word or a number.
  void TakeWord(const text::Token& raw) {
    const uint32_t clitic = raw.IsWord() ? CliticBytes(text::In(doc_.text, raw)) : 0;
    Token& token = Push(raw.begin, raw.end - clitic, raw.IsNumber() ? Kind::kNumber : Kind::kWord,
                        raw.Has(text::kBlankBefore));
    token.capital = raw.Has(text::kCapitalised);
    token.upper = raw.Has(text::kAllCaps);
    token.stop_within = raw.Has(text::kAbbreviation);
    if (token.IsWord()) LookUp(token);
    if (clitic != 0) LookUp(Push(raw.end - clitic, raw.end, Kind::kClitic, false));
  }

  void TakePunctuation(const text::Token& raw, std::string_view bytes, bool blank_after) {
    if (bytes == "." && TakesStop(raw)) {
      doc_.tokens.back().end = raw.end;
      doc_.tokens.back().stop_within = true;
      return;
    }
    if ((bytes == "'" || bytes == "`" || bytes == "\xE2\x80\x99" || bytes == "\xE2\x80\x98") &&
        !AtParagraphStart() && !raw.Has(text::kBlankBefore)) {
      Token& before = doc_.tokens.back();
      if (before.end == raw.begin && before.end - before.begin == 2 * bytes.size() &&
          doc_.In(before).substr(bytes.size()) == bytes && StandsBehindAWord()) {
        // Three of them behind a word: first the inner quotation ends, then the outer.
        before.end -= static_cast<uint32_t>(bytes.size());
        Push(before.end, raw.end, Kind::kMark, false);
        return;
      }
      if (before.kind == Kind::kMark && before.end == raw.begin && doc_.In(before) == bytes) {
        before.end = raw.end;  // two of them are one double mark of an old typewriter
        return;
      }
    }
    const bool blank_before = raw.Has(text::kBlankBefore);
    Push(raw.begin, raw.end, KindOfPunctuation(bytes, blank_before, blank_after), blank_before);
  }

  // Does the last token, a mark, stand right behind a word or a stop?
  bool StandsBehindAWord() const {
    return doc_.tokens.back().kind == Kind::kMark && !doc_.tokens.back().blank_before &&
           doc_.tokens[doc_.tokens.size() - 2].kind != Kind::kMark;
  }

  // Is this stop part of the abbreviation or initial before it?
  bool TakesStop(const text::Token& stop) const {
    if (AtParagraphStart() || stop.Has(text::kBlankBefore)) return false;
    const Token& word = doc_.tokens.back();
    if (!word.IsWord() || !word.capital || word.stop_within) return false;
    const uint32_t size = word.end - word.begin;
    if (size == 1) return doc_.text[word.begin] != 'I';
    return word.Is(kAbbreviation) && !word.upper;
  }

  // In its place, since to copy what was just written piece by piece is slow. Valid until the next.
  Token& Push(uint32_t begin, uint32_t end, Kind kind, bool blank_before) {
    const bool first = AtParagraphStart();
    Token& token = doc_.tokens.emplace_back();
    token.begin = begin;
    token.end = end;
    token.kind = kind;
    token.blank_before = blank_before || first;
    token.paragraph = static_cast<uint32_t>(doc_.paragraphs.size());
    token.word = none_;
    return token;
  }

  void LookUp(Token& token) const {
    const uint32_t size = token.end - token.begin;
    if (token.upper && size == 2 && doc_.In(token) == "US") {
      token.word = united_states_;
      return;
    }
    if (size <= kStepBytes) {  // most words
      const uint64_t bytes = step::At(doc_.text, token.begin, token.end);
      if ((bytes & step::kHighBits) == 0) {
        const uint64_t capitals = step::Capitals(bytes);
        token.word = words_.FindStep(bytes | (capitals >> 2), size);  // 0x80 to 0x20
        token.capital_within = capitals != 0;
        return;
      }
    }
    const LookupWord lower = LowerPadded(doc_.text, token.begin, token.end);
    token.word = words_.Find(lower);
    token.capital_within = lower.had_capital;
    if (token.word->classes == 0) LookUpPart(token);
  }

  // "ex-mayor" is a mayor, "mother-of-three" a mother.
  void LookUpPart(Token& token) const {
    const std::string_view word = doc_.In(token);
    const size_t hyphen = word.rfind('-');
    if (hyphen == std::string_view::npos) return;
    const size_t of = word.find("-of-");
    const size_t begin = of == std::string_view::npos ? hyphen + 1 : 0;
    const size_t end = of == std::string_view::npos ? word.size() : of;
    const Word* part = words_.Find(LowerPadded(doc_.text, token.begin + begin, token.begin + end));
    if ((part->classes & kRole) != 0 && (part->classes & kGivenName) == 0) token.word = part;
  }

  Document& doc_;
  const Lexicon& words_;
  const Word* none_ = words_.Find(std::string_view());
  const Word* united_states_ = words_.Find("u.s.");
  int32_t paragraph_begin_ = 0;
};

}  // namespace

std::string LowerWord(std::string_view word) {
  std::string lower(word);
  bool ascii = true;
  for (char& c : lower) {
    ascii &= static_cast<signed char>(c) >= 0;
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (ascii) return lower;
  for (size_t at = lower.find("\xE2\x80\x99"); at != std::string::npos;
       at = lower.find("\xE2\x80\x99", at)) {
    lower.replace(at, 3, "'");
  }
  return lower;
}

Range Document::BytesOf(int32_t element) const {
  const Element& e = elements[static_cast<size_t>(element)];
  if (e.segment < 0) {
    const Token& token = tokens[static_cast<size_t>(e.token)];
    return {token.begin, token.end};
  }
  const Segment& s = segments[static_cast<size_t>(e.segment)];
  return {tokens[static_cast<size_t>(s.first)].begin, tokens[static_cast<size_t>(s.last)].end};
}

void ScanTokens(Document& doc) { Builder(doc).Run(); }

Document Read(std::string_view text, const Lexicon& words) {
  Document doc;
  doc.text = text;
  doc.words = &words;
  ScanTokens(doc);
  FindSegments(doc);
  CutSentences(doc);
  MarkNames(doc);
  return doc;
}

}  // namespace verbatim::quotes
