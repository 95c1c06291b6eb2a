// SPDX-License-Identifier: Apache-2.0
// The automaton over quotation marks. Outside: an opening mark begins a segment. Inside: a closing
// mark of the same kind ends it; the end of the paragraph ends it too, and then the next paragraph
// decides whether the quotation goes on. Never throws, never pairs over more than kReachMax
// paragraphs, one look at every mark.
#include "marks.h"

#include <algorithm>

#include "bounds.h"
#include "scan.h"

namespace verbatim::quotes {
namespace {

class Automaton {
 public:
  explicit Automaton(Document& doc) : doc_(doc) {}

  void Run() {
    for (size_t p = 0; p < doc_.paragraphs.size(); ++p) {
      const Paragraph& paragraph = doc_.paragraphs[p];
      CollectMarks(paragraph);
      if (doubles_ == 0) {
        BreakChain();
        PairSingles(paragraph);
      } else {
        PairDoubles(paragraph);
      }
    }
    BreakChain();
  }

 private:
  struct Place {
    int32_t token;
    Mark mark;
  };

  const Token& At(int32_t token) const { return doc_.tokens[static_cast<size_t>(token)]; }
  bool BlankAfter(int32_t token, const Paragraph& p) const {
    return token + 1 >= p.end_token || At(token + 1).blank_before;
  }
  bool OpensAfter(int32_t token, const Paragraph& p) const {
    if (At(token).blank_before || token == p.first_token) return true;
    const Kind left = At(token - 1).kind;
    return left == Kind::kOpen || left == Kind::kDash || left == Kind::kMark;
  }

  void CollectMarks(const Paragraph& p) {
    marks_.clear();
    doubles_ = 0;
    for (int32_t t = p.first_token; t < p.end_token; ++t) {
      if (At(t).kind != Kind::kMark) continue;
      const std::string_view bytes = doc_.In(At(t));
      const Mark mark = MarkAt(bytes);
      marks_.push_back({t, mark});
      doubles_ += mark.single ? 0 : 1;
    }
  }

  void PairDoubles(const Paragraph& p) {
    open_ = -1;
    bool first = true;
    for (size_t n = 0; n < marks_.size(); ++n) {
      const Place& place = marks_[n];
      if (place.mark.single) {
        if (open_ >= 0) inner_ = true;
        continue;
      }
      if (const size_t inner_end = InnerPair(n, p); inner_end > 0) {
        inner_ = true;
        n = inner_end;
        continue;
      }
      const bool opens = FacesRight(place, p);
      if (first && waiting_ >= 0) Resume(p, place, opens);
      first = false;
      if (open_ < 0) {
        if (opens) Open(place);
      } else if (opens && place.token > open_ + 1) {
        CloseUnfinished(place.token);
        Open(place);
      } else {
        Close(place.token,
              open_mark_.shape != MarkShape::kStraight && place.mark.shape == MarkShape::kStraight);
      }
    }
    if (open_ >= 0) {
      Leave(p);
    } else if (first && waiting_ >= 0) {
      BreakChain();
    } else if (!first) {
      waiting_ = -1;
    }
  }

  // Within a quotation in marks of one style, a pair of the other style quotes somebody else: the
  // number of the mark that closes the pair begun by the n-th; 0 when it begins none.
  size_t InnerPair(size_t n, const Paragraph& p) const {
    const Place& place = marks_[n];
    const bool curly = place.mark.shape == MarkShape::kOpening && !place.mark.low;
    const bool straight = place.mark.shape == MarkShape::kStraight;
    if (open_ < 0 || open_mark_.guillemet || place.mark.guillemet || BlankAfter(place.token, p) ||
        !OpensAfter(place.token, p) || place.token == open_ + 1)
      return 0;
    const size_t closer = NextDouble(n);
    if (closer == 0 || OpensAfter(marks_[closer].token, p)) return 0;
    const MarkShape shape = marks_[closer].mark.shape;
    const size_t outer = NextDouble(closer);
    if (curly && open_mark_.shape == MarkShape::kStraight && shape == MarkShape::kClosing) {
      const bool ends = outer > 0 && marks_[outer].mark.shape == MarkShape::kStraight &&
                        !OpensAfter(marks_[outer].token, p);
      return ends || open_ == p.first_token ? closer : 0;
    }
    if (straight && open_mark_.shape == MarkShape::kOpening && shape == MarkShape::kStraight) {
      const bool ends = outer > 0 && marks_[outer].mark.shape == MarkShape::kClosing;
      return ends ? closer : 0;
    }
    return 0;
  }

  // The double mark behind the n-th; 0 when there is none near by.
  size_t NextDouble(size_t n) const {
    for (size_t m = n + 1; m < marks_.size() && m - n < kInnerMarksMax; ++m) {
      if (!marks_[m].mark.single) return m;
    }
    return 0;
  }

  bool FacesRight(const Place& place, const Paragraph& p) const {
    if (place.mark.guillemet) return open_ < 0;
    if (open_ >= 0 && open_mark_.low && place.mark.shape == MarkShape::kOpening) return false;
    if (place.mark.shape == MarkShape::kOpening) {
      // Set the wrong way round, or alone at the end: it can only close.
      const bool closes = open_ >= 0 && BlankAfter(place.token, p) &&
                          (!At(place.token).blank_before || place.token + 1 == p.end_token);
      return !closes;
    }
    if (place.token == p.first_token && place.token + 1 < p.end_token) return true;
    const bool left_free = OpensAfter(place.token, p);
    const bool right_free = BlankAfter(place.token, p);
    if (place.mark.shape == MarkShape::kClosing) return open_ < 0 && left_free && !right_free;
    if (left_free && !right_free) {
      // After a dash or another mark it may face either way: the state decides.
      return At(place.token).blank_before || open_ < 0;
    }
    if (!left_free && right_free) return false;
    if (open_ >= 0) return false;
    if (left_free) return true;
    const Kind left = At(place.token - 1).kind;  // said,"Yes
    return left == Kind::kComma || left == Kind::kColon || left == Kind::kStop;
  }

  // The first mark of a paragraph after one that ended within a quotation.
  void Resume(const Paragraph& p, const Place& place, bool opens) {
    Segment& before = doc_.segments[static_cast<size_t>(waiting_)];
    if (opens && place.token == p.first_token) {
      before.flags = static_cast<uint8_t>(before.flags & ~kUnclosed);
      resumes_ = waiting_;
    } else if (!opens && ++reach_ <= kReachMax) {
      before.flags = static_cast<uint8_t>(before.flags & ~kUnclosed);
      open_ = p.first_token;  // no mark of its own
      bare_start_ = true;
      resumes_ = waiting_;
      open_mark_ = place.mark;
    }
    waiting_ = -1;
  }

  void Open(const Place& place) {
    open_ = place.token;
    open_mark_ = place.mark;
    bare_start_ = false;
    inner_ = false;
  }

  // Another quotation begins though this one never ended: it ends with its last full sentence.
  void CloseUnfinished(int32_t before) {
    int32_t end = before - 1;
    for (int32_t t = before - 1; t > open_; --t) {
      if (At(t).kind == Kind::kStop) {
        end = t;
        break;
      }
    }
    AddSegment(end, false, kUnclosed);
    open_ = -1;
  }

  void Close(int32_t token, bool mismatched) {
    AddSegment(token, true, mismatched ? kMismatched : 0);
    open_ = -1;
  }

  void Leave(const Paragraph& p) {
    AddSegment(p.end_token - 1, false, kUnclosed);
    waiting_ = static_cast<int32_t>(doc_.segments.size()) - 1;
    open_ = -1;
  }

  void BreakChain() {
    waiting_ = resumes_ = -1;
    reach_ = 0;
  }

  void AddSegment(int32_t last, bool closed, int flags) {
    Segment segment;
    segment.first = open_;
    segment.last = last;
    segment.paragraph = At(open_).paragraph;
    segment.flags = static_cast<uint8_t>(flags | (inner_ ? kNested : 0));
    const auto number = static_cast<int32_t>(doc_.segments.size());
    if (resumes_ >= 0) {
      segment.previous = resumes_;
      doc_.segments[static_cast<size_t>(resumes_)].next = number;
      resumes_ = -1;
    }
    segment.single = open_mark_.single;
    const int32_t first_inner = open_ + (bare_start_ ? 0 : 1);
    const int32_t last_inner = last - (closed ? 1 : 0);
    Describe(segment, first_inner, last_inner);
    for (int32_t t = segment.first; t <= segment.last; ++t) {
      doc_.tokens[static_cast<size_t>(t)].segment = number;
    }
    doc_.segments.push_back(segment);
    inner_ = bare_start_ = false;
  }

  // What stands inside: its words, and how it begins and ends.
  void Describe(Segment& segment, int32_t first, int32_t last) const {
    if (first > last) {  // nothing between the marks
      segment.inner = {At(segment.last).begin, At(segment.last).begin};
      return;
    }
    segment.inner = {At(first).begin, At(last).end};
    uint32_t capitals = 0;
    uint32_t content = 0;
    bool small = false;  // a word in small letters that carries more than grammar
    bool great = false;  // one with a capital
    bool last_great = false;
    for (int32_t t = first; t <= last; ++t) {
      const Token& token = At(t);
      if (token.kind != Kind::kWord && token.kind != Kind::kNumber) {
        if (token.kind == Kind::kOpen && doc_.text[token.begin] == '[') segment.flags |= kInserted;
        if (doc_.In(token) == "..." || doc_.In(token) == "\xE2\x80\xA6" || doc_.In(token) == "<")
          segment.flags |= kElided;
        continue;
      }
      ++segment.words;
      last_great = token.capital || token.kind == Kind::kNumber;
      if (token.IsWord() && !token.Is(kGrammar)) (token.capital ? great : small) = true;
      if (token.Is(kDeterminer | kPreposition | kConjunction)) continue;
      ++content;
      capitals += token.capital ? 1 : 0;
    }
    const Kind end = At(last).kind;
    segment.ends_sentence = end == Kind::kStop;
    segment.ends_clause = end == Kind::kStop || end == Kind::kComma || end == Kind::kDash;
    const bool title =
        content > 0 && capitals * 5 >= content * 4 && (content > 1 || !segment.ends_clause);
    const bool begins =
        At(first).capital || At(first).kind == Kind::kOpen || At(first).kind == Kind::kStop;
    segment.titled = great && !small && last_great && At(first).capital;
    segment.title = title && !segment.ends_clause;
    segment.speech = segment.words > 0 &&
                     (segment.words >= 9 ||
                      (begins && segment.ends_clause && (!title || segment.ends_sentence)) ||
                      (segment.words >= 4 && !title && segment.ends_clause));
  }

  // Single marks count where no double mark stands. An apostrophe after a word is a closing mark
  // only when something opened, and a plural's possessive only when nothing better follows.
  void PairSingles(const Paragraph& p) {
    for (size_t n = 0; n < marks_.size(); ++n) {
      const Place& opener = marks_[n];
      if (!opener.mark.single || opener.mark.shape == MarkShape::kClosing) continue;
      if (!OpensAfter(opener.token, p) || BlankAfter(opener.token, p)) continue;
      const size_t closer = SingleCloser(n, p);
      if (closer == 0) continue;
      if (marks_[closer].token - opener.token < 3) continue;
      Open(opener);
      Close(marks_[closer].token, false);
      n = closer;
    }
  }

  // Number of the mark that closes the n-th; 0 when none does.
  size_t SingleCloser(size_t n, const Paragraph& p) const {
    size_t fallback = 0;
    for (size_t m = n + 1; m < marks_.size() && m < n + 64; ++m) {
      const Place& place = marks_[m];
      if (!place.mark.single) continue;
      if (place.mark.shape != MarkShape::kClosing && OpensAfter(place.token, p) &&
          !BlankAfter(place.token, p))
        break;
      if (At(place.token).blank_before) continue;
      const Token& left = At(place.token - 1);
      const bool right_ok = BlankAfter(place.token, p) || At(place.token + 1).kind != Kind::kWord;
      if (!right_ok) continue;
      if (left.kind != Kind::kWord) return m;
      const bool plural = doc_.text[left.end - 1] == 's';
      if (!plural) return m;
      if (fallback == 0) fallback = m;
    }
    return fallback;
  }

  Document& doc_;
  std::vector<Place> marks_;
  int doubles_ = 0;
  int32_t open_ = -1;
  Mark open_mark_;
  bool bare_start_ = false;
  bool inner_ = false;
  int32_t waiting_ = -1;  // a segment that its paragraph's end cut short
  int32_t resumes_ = -1;
  int reach_ = 0;
};

}  // namespace

Mark MarkAt(std::string_view bytes) {
  if (bytes == "\"") return {MarkShape::kStraight, false, false};
  if (bytes == "'") return {MarkShape::kStraight, true, false};
  if (bytes == "`") return {MarkShape::kOpening, true, false};
  if (bytes == "''") return {MarkShape::kStraight, false, false};
  if (bytes == "``") return {MarkShape::kOpening, false, false};
  if (bytes == "\xE2\x80\x99\xE2\x80\x99") return {MarkShape::kClosing, false, false};
  if (bytes == "\xE2\x80\x98\xE2\x80\x98") return {MarkShape::kOpening, false, false};
  if (bytes.size() == 2) {
    if (bytes == "\xC2\xAB") return {MarkShape::kOpening, false, true};
    if (bytes == "\xC2\xBB") return {MarkShape::kClosing, false, true};
    if (bytes == "\xC2\xB4") return {MarkShape::kClosing, true, false};
    return {};
  }
  if (bytes.size() != 3) return {};
  const auto second = static_cast<unsigned char>(bytes[1]);
  const auto third = static_cast<unsigned char>(bytes[2]);
  if (bytes[0] == '\xE3' && second == 0x80) {
    if (third == 0x9D) return {MarkShape::kOpening, false, false};
    if (third == 0x9E || third == 0x9F) return {MarkShape::kClosing, false, false};
  }
  if (bytes[0] != '\xE2' || second != 0x80) return {};
  switch (third) {
    case 0x98:
      return {MarkShape::kOpening, true, false};  // ‘
    case 0x99:
      return {MarkShape::kClosing, true, false};  // ’
    case 0x9A:
      return {MarkShape::kOpening, true, false, true};  // ‚
    case 0x9B:
      return {MarkShape::kOpening, true, false};  // ‛
    case 0x9C:
      return {MarkShape::kOpening, false, false};  // “
    case 0x9D:
      return {MarkShape::kClosing, false, false};  // ”
    case 0x9E:
      return {MarkShape::kOpening, false, false, true};  // „
    case 0x9F:
      return {MarkShape::kOpening, false, false};  // ‟
    case 0xB2:
      return {MarkShape::kStraight, true, false};  // ′
    case 0xB3:
      return {MarkShape::kStraight, false, false};  // ″
    default:
      return {};
  }
}

void FindSegments(Document& doc) { Automaton(doc).Run(); }

}  // namespace verbatim::quotes
