// SPDX-License-Identifier: Apache-2.0
// A paragraph is walked from stop to stop; each stop is asked whether a sentence ends there. The
// rules look at the word before the stop and at what follows it, never further, so the walk is
// linear.
#include "verbatim/text/sentences.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "verbatim/text/chars.h"

namespace verbatim::text {
namespace {

// Abbreviations that something always follows: titles, ranks, "vs.". Sorted, lower case, without
// the stop.
constexpr std::string_view kNeverLast[] = {
    "adm",   "amb",  "approx", "asst", "atty", "brig",  "capt", "cf",     "cmdr", "col",
    "comdr", "cpl",  "det",    "dist", "dr",   "ens",   "eq",   "fig",    "figs", "fr",
    "gen",   "gov",  "govs",   "hon",  "insp", "lt",    "maj",  "messrs", "mlle", "mme",
    "mr",    "mrs",  "ms",     "msgr", "mt",   "mx",    "nos",  "op",     "pfc",  "pp",
    "pres",  "prof", "profs",  "pvt",  "rep",  "reps",  "rev",  "rt",     "sec",  "sen",
    "sens",  "sgt",  "spc",    "ste",  "supt", "treas", "viz",  "vol",    "vols", "vs"};

// Abbreviations that may also end a sentence; they do when the next word looks like the first of
// one.
constexpr std::string_view kMayBeLast[] = {
    "al",  "apr",  "aug",  "ave",  "blvd", "bros", "calif", "co",  "colo", "conn", "corp", "ct",
    "dec", "del",  "dept", "ed",   "est",  "et",   "etc",   "feb", "fla",  "fri",  "ft",   "hwy",
    "ill", "inc",  "ind",  "jan",  "jr",   "jul",  "jun",   "kan", "ky",   "ltd",  "mar",  "mass",
    "md",  "mich", "minn", "miss", "mo",   "mon",  "nev",   "nov", "oct",  "okla", "ore",  "pa",
    "plc", "rd",   "sat",  "sep",  "sept", "sq",   "sr",    "st",  "sun",  "tel",  "tenn", "tex",
    "thu", "tue",  "univ", "va",   "wash", "wed",  "wis",   "wyo"};

// Before a number only: "No. 5", "p. 12", "Art. 3".
constexpr std::string_view kBeforeNumber[] = {"art", "ch", "no", "p", "para", "sect"};

// Words that start a sentence far more often than they follow an abbreviation with a capital.
// Sorted.
constexpr std::string_view kStarters[] = {
    "a",   "after",  "although", "an",    "and",   "as",        "at",   "both",    "but",
    "by",  "during", "for",      "from",  "he",    "her",       "his",  "however", "i",
    "if",  "in",     "it",       "its",   "many",  "meanwhile", "most", "no",      "not",
    "on",  "one",    "our",      "she",   "since", "so",        "some", "such",    "that",
    "the", "their",  "then",     "there", "these", "they",      "this", "those",   "though",
    "to",  "we",     "what",     "when",  "while", "with",      "you"};

// After "a.m." and "p.m." the sentence goes on with these.
constexpr std::string_view kAfterClock[] = {
    "april",   "august",  "central",  "december",  "eastern", "february", "friday",   "january",
    "july",    "june",    "local",    "march",     "may",     "monday",   "mountain", "november",
    "october", "pacific", "saturday", "september", "sunday",  "thursday", "tuesday",  "wednesday"};

constexpr size_t kListedBytesMax = 9;
constexpr size_t kDottedBytesMax = 7;

template <size_t N>
bool Listed(const std::string_view (&list)[N], std::string_view word) {
  if (word.empty() || word.size() > kListedBytesMax) return false;
  std::string lower(word);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return std::binary_search(std::begin(list), std::end(list), std::string_view(lower));
}

bool IsStop(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 ||
         c == 0xFF1F || c == 0x203C || (c >= 0x2047 && c <= 0x2049);
}

// A bracket or mark that closes what stands before it. The straight mark closes when it follows a
// stop.
bool IsCloser(char32_t c) {
  return c == U')' || c == U']' || c == U'}' || c == U'"' || c == U'\'' || c == 0x201D ||
         c == 0x2019 || c == 0xBB || c == 0x203A || c == 0x300D || c == 0x300F;
}

bool IsOpener(char32_t c) {
  return c == U'(' || c == U'[' || c == U'{' || IsDoubleQuote(c) || IsSingleQuote(c);
}

bool IsSpace(char32_t c) { return IsBlank(c) || IsInvisible(c); }

class Walker {
 public:
  Walker(std::string_view text, Range paragraph)
      : text_(text), begin_(paragraph.begin), end_(paragraph.end) {}

  void Run(std::vector<Range>* sentences) {
    uint32_t start = begin_;
    uint32_t at = begin_;
    while (at < end_) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte < 0x80 && byte != '.' && byte != '!' && byte != '?') {
        ++at;
        continue;
      }
      const Decoded d = DecodeAt(text_, at);
      if (!IsStop(d.code_point)) {
        at += d.size;
        continue;
      }
      const Stop stop = StopAt(at);
      at = stop.after;
      if (!Ends(stop, start)) continue;
      sentences->push_back({start, stop.after});
      start = at = SkipSpace(stop.after);
    }
    if (start < end_) sentences->push_back({start, end_});
  }

 private:
  // The word after a stop.
  struct Follower {
    std::string_view word;
    bool all_caps = false;
  };

  struct Stop {
    uint32_t begin = 0;
    uint32_t marks_end = 0;  // end of the stops
    uint32_t after = 0;      // end of the closing marks too
    bool single_dot = false;
  };

  Stop StopAt(uint32_t at) const {
    Stop stop;
    stop.begin = at;
    while (at < end_) {
      const Decoded d = DecodeAt(text_, at);
      if (!IsStop(d.code_point)) break;
      at += d.size;
    }
    stop.marks_end = at;
    stop.single_dot = at - stop.begin == 1 && text_[stop.begin] == '.';
    while (at < end_) {
      const Decoded d = DecodeAt(text_, at);
      if (!IsCloser(d.code_point) && !IsStop(d.code_point)) break;
      at += d.size;
    }
    stop.after = at;
    return stop;
  }

  uint32_t SkipSpace(uint32_t at) const {
    while (at < end_) {
      const Decoded d = DecodeAt(text_, at);
      if (!IsSpace(d.code_point)) break;
      at += d.size;
    }
    return at;
  }

  bool Ends(const Stop& stop, uint32_t start) const {
    const uint32_t next = SkipSpace(stop.after);
    if (next >= end_) return true;
    if (next == stop.after) return EndsWithoutBlank(stop, next);
    const uint32_t word = SkipOpeners(next);
    const char32_t first = word < end_ ? DecodeAt(text_, word).code_point : U' ';
    const bool opened = word != next;
    if (IsLetter(first) && !IsUpper(first) && ToLower(first) == first && HasCase(first)) {
      // A small letter goes on with the sentence, unless a new quotation opens after a plain stop.
      return opened && stop.after == stop.marks_end && !stop.single_dot;
    }
    if (!stop.single_dot) return EndsAfterMark(first, opened);
    const bool marked = opened || stop.after != stop.marks_end;
    return EndsAfterDot(stop.begin, start, word, first, marked);
  }

  // Letters of scripts without case (ideographs, Arabic) say nothing about the start of a sentence.
  static bool HasCase(char32_t c) { return c < 0x590 || (c >= 0x1E00 && c < 0x2000); }

  // "said.The" and the stops of scripts that set no blanks end; "3.5", "U.S", "site.com" don't.
  bool EndsWithoutBlank(const Stop& stop, uint32_t next) const {
    const Decoded last = DecodeAt(text_, PreviousChar(text_, stop.marks_end));
    if (last.code_point > 0x2FFF) return true;
    const char32_t c = DecodeAt(text_, next).code_point;
    if (!IsUpper(c) || stop.begin < begin_ + 2) return false;
    const Range word = WordBefore(stop.begin);
    return word.size() > 2 && !IsUpper(DecodeAt(text_, PreviousChar(text_, stop.begin)).code_point);
  }

  // ! ? ... end a sentence before anything but a small letter; dots alone want a capital or a mark.
  static bool EndsAfterMark(char32_t first, bool opened) {
    return opened || IsUpper(first) || IsDigit(first) || !HasCase(first);
  }

  bool EndsAfterDot(uint32_t dot, uint32_t start, uint32_t next_word, char32_t first,
                    bool marked) const {
    const Range before = WordBefore(dot);
    const std::string_view word = text_.substr(before.begin, before.size());
    if (word.empty()) return true;
    const Follower follows = FollowerAt(next_word);
    if (before.begin == start && IsListNumber(word)) return false;
    if (Listed(kNeverLast, word)) return false;
    if (IsDigit(first) && Listed(kBeforeNumber, word)) return false;
    if (word.find('.') != std::string_view::npos)
      return marked || EndsAfterDotted(word, first, follows);
    if (IsInitial(word)) return EndsAfterInitial(before, start, follows);
    if (Listed(kMayBeLast, word) && IsUpper(DecodeAt(word, 0).code_point)) {
      return marked || (!IsDigit(first) && Listed(kStarters, follows.word));
    }
    return true;
  }

  // U.S., a.m., Ph.D.: over when a usual first word follows; "U.S. Senate" goes on, and so does
  // "a.m. Monday".
  static bool EndsAfterDotted(std::string_view word, char32_t first, Follower follows) {
    if (word.size() > kDottedBytesMax) return true;
    if (word == "e.g" || word == "i.e") return false;
    if (Listed(kStarters, follows.word)) return true;
    const bool clock = word == "a.m" || word == "p.m";
    return clock && IsUpper(first) && !follows.all_caps && !Listed(kAfterClock, follows.word);
  }

  static bool IsInitial(std::string_view word) {
    const Decoded d = DecodeAt(word, 0);
    return d.size == word.size() && IsUpper(d.code_point);
  }

  // "John F. Kennedy", "J. Smith": a name goes on. "vitamin C. The": a sentence is over.
  static bool EndsAfterInitial(Range before, uint32_t start, Follower follows) {
    return before.begin != start && follows.word.size() > 1 && Listed(kStarters, follows.word);
  }

  static bool IsListNumber(std::string_view word) {
    return word.size() <= 2 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  uint32_t SkipOpeners(uint32_t at) const {
    while (at < end_) {
      const Decoded d = DecodeAt(text_, at);
      if (!IsOpener(d.code_point)) break;
      at += d.size;
    }
    return at;
  }

  // Letters, digits, inner stops and hyphens that end at `end`, at most as many bytes as a word
  // has.
  Range WordBefore(uint32_t end) const {
    const uint32_t floor = end - begin_ > kWordBytesMax ? end - kWordBytesMax : begin_;
    uint32_t at = end;
    while (at > floor) {
      const uint32_t previous = PreviousChar(text_, at);
      const char32_t c = DecodeAt(text_, previous).code_point;
      const bool joint = c == U'.' && at != end;
      if (!IsLetter(c) && !IsDigit(c) && !IsCombiningMark(c) && !joint) break;
      at = previous;
    }
    while (at < end && text_[at] == '.') ++at;
    return {at, end};
  }

  Follower FollowerAt(uint32_t begin) const {
    uint32_t at = begin;
    uint32_t small = 0;
    while (at < end_ && at - begin < kWordBytesMax) {
      const Decoded d = DecodeAt(text_, at);
      if (!IsLetter(d.code_point) && !IsDigit(d.code_point)) break;
      small += IsUpper(d.code_point) ? 0 : 1;
      at += d.size;
    }
    return {text_.substr(begin, at - begin), at > begin + 1 && small == 0};
  }

  static constexpr uint32_t kWordBytesMax = 64;

  std::string_view text_;
  uint32_t begin_;
  uint32_t end_;
};

// The range without blanks and invisible characters at its ends.
Range Trim(std::string_view text, Range range) {
  while (range.begin < range.end) {
    const Decoded d = DecodeAt(text, range.begin);
    if (!IsSpace(d.code_point)) break;
    range.begin += d.size;
  }
  while (range.end > range.begin) {
    const uint32_t last = PreviousChar(text, range.end);
    if (!IsSpace(DecodeAt(text, last).code_point)) break;
    range.end = last;
  }
  return range;
}

// Size of the line end at `at`; 0 when there is none.
uint32_t LineEndSize(std::string_view text, uint32_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return byte >= '\n' && byte <= '\r' ? 1 : 0;
  if (byte != 0xC2 && byte != 0xE2) return 0;
  const Decoded d = DecodeAt(text, at);
  return IsLineEnd(d.code_point) ? d.size : 0;
}

}  // namespace

std::vector<Range> Paragraphs(std::string_view text) {
  std::vector<Range> paragraphs;
  const auto size = static_cast<uint32_t>(text.size());
  uint32_t begin = 0;
  for (uint32_t at = 0; at <= size;) {
    const uint32_t line_end = at < size ? LineEndSize(text, at) : 1;
    if (line_end > 0) {
      const Range range = Trim(text, {begin, at});
      if (!range.empty()) paragraphs.push_back(range);
      begin = at + line_end;
    }
    at += std::max(line_end, 1u);
  }
  return paragraphs;
}

std::vector<Range> Sentences(std::string_view text, Range paragraph) {
  std::vector<Range> sentences;
  const Range trimmed = Trim(text, paragraph);
  if (!trimmed.empty()) Walker(text, trimmed).Run(&sentences);
  return sentences;
}

std::vector<Range> Sentences(std::string_view text) {
  std::vector<Range> sentences;
  for (const Range& paragraph : Paragraphs(text)) Walker(text, paragraph).Run(&sentences);
  return sentences;
}

Range SentenceAround(const std::vector<Range>& sentences, uint32_t byte) {
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), byte,
                                      [](uint32_t b, const Range& r) { return b < r.begin; });
  return after == sentences.begin() ? Range{} : *(after - 1);
}

}  // namespace verbatim::text
