// SPDX-License-Identifier: Apache-2.0
// Sentences as attributions need them: a quoted segment is one element, however many stops stand in
// it, and a stop inside its end does not part it from its "he said".
#include <algorithm>
#include <string>

#include "bounds.h"
#include "scan.h"

namespace verbatim::quotes {
namespace {

// Beginnings of lines that belong to the page, not to the article.
constexpr std::string_view kFurniture[] = {
    "image result for",
    "photo credit",
    "photo by",
    "photo:",
    "leave a reply",
    "your email address",
    "required fields",
    "read more",
    "read also",
    "related:",
    "related story",
    "related stories",
    "related articles",
    "share this",
    "share on",
    "sign up",
    "subscribe",
    "follow us",
    "click here",
    "advertisement",
    "all news",
    "more:",
    "watch:",
    "listen:",
    "story continues",
    "open this photo",
    "view image in",
    "file image",
    "in this photo",
    "article continued",
    "continue reading",
    "scroll down",
    "recommended",
    "most popular",
    "copyright",
    "all rights reserved",
    "editor's note",
    "this article",
    "posted in",
    "filed under",
    "tags:",
    "image:",
    "getty images",
    "(photo",
    "file photo",
    "the associated press contributed",
};

constexpr size_t kFurnitureBytesMax = 48;  // longer than all of them
constexpr int32_t kBylineWordsMax = 12;

bool IsFurniture(std::string_view line) {
  const char c = line[0];
  const char first = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  std::string lower;
  for (const std::string_view start : kFurniture) {
    if (start[0] != first) continue;
    if (lower.empty()) lower = LowerWord(line.substr(0, kFurnitureBytesMax));
    if (lower.compare(0, start.size(), start) == 0) return true;
  }
  return false;
}

class Cutter {
 public:
  explicit Cutter(Document& doc) : doc_(doc) {}

  void Run() {
    doc_.elements.reserve(doc_.tokens.size());
    doc_.sentences.reserve(doc_.tokens.size() / 16 + 8);
    for (size_t p = 0; p < doc_.paragraphs.size(); ++p) {
      paragraph_ = static_cast<uint32_t>(p);
      Classify(doc_.paragraphs[p]);
      CutParagraph(doc_.paragraphs[p]);
    }
  }

 private:
  const Token& At(int32_t token) const { return doc_.tokens[static_cast<size_t>(token)]; }

  void Classify(Paragraph& p) const {
    p.furniture = IsFurniture(doc_.In(p.bytes));
    int32_t words = 0;
    for (int32_t t = p.first_token; t < p.end_token && words <= 24; ++t)
      words += At(t).IsWord() ? 1 : 0;
    int32_t last = p.end_token - 1;
    while (last > p.first_token && (At(last).kind == Kind::kMark || At(last).kind == Kind::kClose))
      --last;
    const Kind end = At(last).kind;
    p.headline = words <= 24 && end != Kind::kStop && end != Kind::kColon && end != Kind::kComma &&
                 !At(last).stop_within;
    p.furniture |= p.headline && IsByline(p);
  }

  // "By Ana Torres and Olof Berg", "Ana Torres, The Harbour Press": who wrote the article neither
  // speaks in it nor is meant by "she" and "the board".
  bool IsByline(const Paragraph& p) const {
    const std::string first = LowerWord(doc_.In(At(p.first_token)));
    const bool by = first == "by";
    int32_t words = 0;
    int32_t commas = 0;
    for (int32_t t = p.first_token + (by ? 1 : 0); t < p.end_token; ++t) {
      const Token& token = At(t);
      if (token.kind == Kind::kComma) {
        ++commas;
        continue;
      }
      const bool role = t + 1 == p.end_token && token.Is(kRole);
      const bool joins = by && token.Is(kConjunction);
      if (!token.IsWord() || token.Is(kSpeech) || (!token.capital && !role && !joins)) return false;
      ++words;
    }
    const bool placed = commas == 1 && words > 2 && At(p.end_token - 1).Is(kOrgHead | kRole);
    return words <= kBylineWordsMax && (by ? words > 1 : placed);
  }

  // PORTHAVEN, June 19 (Agency) -  or  PORTHAVEN, N.S. -  before the first words: the token behind
  // its dash. A dateline says who reports from where, and neither speaks nor is said.
  int32_t DatelineEnd(const Paragraph& p) const {
    int32_t t = p.first_token;
    while (t < p.end_token && At(t).IsWord() && At(t).upper) ++t;
    if (t == p.first_token) return p.first_token;
    // PORTHAVEN: Three boats ...; but LUND: "Three boats ..." names who speaks.
    const bool labels = t + 1 < p.end_token && At(t).kind == Kind::kColon && At(t + 1).segment < 0;
    if (labels) return t + 1;
    bool says_more = false;
    for (const int32_t limit = std::min(p.end_token, t + kDatelineMax); t < limit; ++t) {
      const Token& token = At(t);
      if (token.segment >= 0 || (token.IsWord() && !token.capital)) break;
      if (token.kind == Kind::kDash) return says_more ? t + 1 : p.first_token;
      says_more |=
          token.kind == Kind::kNumber || token.kind == Kind::kOpen || token.kind == Kind::kComma;
    }
    return p.first_token;
  }

  void CutParagraph(const Paragraph& p) {
    sentence_begin_ = static_cast<int32_t>(doc_.elements.size());
    const int32_t dateline_end = DatelineEnd(p);
    for (int32_t t = p.first_token; t < p.end_token;) {
      if (t == dateline_end) EndSentence();
      const int32_t segment = At(t).segment;
      if (segment >= 0) {
        doc_.elements.push_back({t, segment});
        t = doc_.segments[static_cast<size_t>(segment)].last + 1;
        if (EndsAfterQuote(doc_.segments[static_cast<size_t>(segment)], t, p) || TooLong()) {
          EndSentence();
        }
        continue;
      }
      doc_.elements.push_back({t, -1});
      ++t;
      if (EndsAfterToken(t - 1, p) || TooLong()) EndSentence();
    }
    EndSentence();
  }

  bool TooLong() const {
    return static_cast<int32_t>(doc_.elements.size()) - sentence_begin_ >= kSentenceMax;
  }

  void EndSentence() {
    const auto end = static_cast<int32_t>(doc_.elements.size());
    if (end == sentence_begin_) return;
    doc_.sentences.push_back({sentence_begin_, end, paragraph_});
    sentence_begin_ = end;
  }

  bool StartsSentence(const Token& token) const {
    return token.kind == Kind::kNumber || token.kind == Kind::kMark || token.kind == Kind::kOpen ||
           token.kind == Kind::kDash || token.capital || !token.IsWord();
  }

  bool EndsAfterToken(int32_t t, const Paragraph& p) const {
    const Token& token = At(t);
    if (t + 1 >= p.end_token) return true;
    const Token& next = At(t + 1);
    if (token.kind == Kind::kStop) {
      if (next.kind == Kind::kStop || next.kind == Kind::kClose || next.kind == Kind::kComma)
        return false;
      if (!next.blank_before && next.kind != Kind::kMark)
        return next.capital && t > p.first_token && !At(t - 1).upper;  // not within JAZZ.FM
      return StartsSentence(next);
    }
    if (token.kind == Kind::kClose && t > p.first_token && At(t - 1).kind == Kind::kStop)
      return next.capital;
    if (token.stop_within && next.segment >= 0 && !token.Is(kTitle) &&
        token.end - token.begin > 2) {
      const Segment& segment = doc_.segments[static_cast<size_t>(next.segment)];
      return segment.speech && t + 2 < p.end_token && At(t + 2).capital;
    }
    if (!token.stop_within || !next.capital || !next.IsWord()) return false;
    if (token.Is(kTitle) || token.end - token.begin == 2) return false;
    return next.Is(kPronoun | kDeterminer | kPreposition | kConjunction | kSubordinator |
                   kPossessive | kAdverb);
  }

  // Does the carrier sentence end with this quotation? `t` is the token behind it.
  bool EndsAfterQuote(const Segment& segment, int32_t t, const Paragraph& p) const {
    if (t >= p.end_token) return true;
    if (!segment.ends_sentence) return (segment.flags & kUnclosed) != 0;
    const Token& next = At(t);
    if (!StartsSentence(next) || next.kind == Kind::kComma || next.kind == Kind::kDash)
      return false;
    if (next.kind == Kind::kMark || next.segment >= 0 || next.kind == Kind::kOpen) return true;
    if (next.kind != Kind::kWord && next.kind != Kind::kNumber) return next.kind == Kind::kStop;
    return !AttributionFollows(t, p);
  }

  // "Really?" Ms. Lund asked.  -  "Go home." The mayor said no more.
  bool AttributionFollows(int32_t t, const Paragraph& p) const {
    if (At(t).Is(kSubordinator | kConjunction | kAdverb) && !At(t).Is(kGivenName)) return false;
    int32_t words = 0;
    for (int32_t n = t; n < p.end_token && words < 7; ++n) {
      const Token& token = At(n);
      if (!token.IsWord() && token.kind != Kind::kClitic) return false;
      if (token.Is(kSpeech) && !token.capital && words > 0) {
        if (n + 1 >= p.end_token) return true;
        const Token& after = At(n + 1);
        if (after.kind == Kind::kColon && n + 2 < p.end_token && At(n + 2).segment >= 0)
          return false;  // it leads to the next one
        return after.kind == Kind::kStop || after.Is(kPreposition | kWeekday | kAdverb) ||
               ((after.kind == Kind::kComma || after.kind == Kind::kColon) && words <= 3);
      }
      if (token.Is(kFinite | kAuxiliary) && !token.capital) return false;
      ++words;
    }
    return false;
  }

  Document& doc_;
  uint32_t paragraph_ = 0;
  int32_t sentence_begin_ = 0;
};

}  // namespace

void CutSentences(Document& doc) { Cutter(doc).Run(); }

}  // namespace verbatim::quotes
