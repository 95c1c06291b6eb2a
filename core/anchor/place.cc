// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/place.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"

namespace verbatim::anchor {
namespace {

constexpr std::string_view kGap = " ... ";
constexpr uint32_t kContextShown = 24;  // characters on either side of an occurrence

// A folded text that knows where each of its bytes came from.
struct Folded {
  std::string text;
  std::vector<text::Range> from;  // of each byte
};

Folded FoldWithPlaces(std::string_view source) {
  Folded folded;
  for (uint32_t at = 0; at < source.size();) {
    const text::Decoded c = text::DecodeAt(source, at);
    const text::Range range{at, at + c.size};
    at += c.size;
    const bool blank = text::IsBlank(c.code_point) || text::IsLineEnd(c.code_point);
    std::string piece = blank ? " " : text::Fold(text::In(source, range));
    if (blank && (folded.text.empty() || folded.text.back() == ' ')) piece.clear();
    folded.text += piece;
    folded.from.insert(folded.from.end(), piece.size(), range);
  }
  return folded;
}

template <class Found>
void FindAll(std::string_view text, std::string_view words, const Found& found) {
  for (size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    found(at);
  }
}

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

// "  2  line 7, characters 120..127: the port on [Tuesday], and then".
std::string Describe(const RevisionText& ground, const text::Range& range, size_t number) {
  const std::string_view text = ground.text();
  const uint32_t begin = ground.chars().CharOf(range.begin);
  const uint32_t end = ground.chars().CharOf(range.end);
  const uint32_t from = ground.chars().ByteOf(begin > kContextShown ? begin - kContextShown : 0);
  const uint32_t to = ground.chars().ByteOf(std::min(end + kContextShown, ground.chars().chars()));
  const auto line = std::count(text.begin(), text.begin() + range.begin, '\n') + 1;
  return absl::StrCat("\n  ", number, "  line ", line, ", characters ", begin, "..", end, ": ",
                      OneLine(text.substr(from, range.begin - from)), "[",
                      OneLine(text::In(text, range)), "]",
                      OneLine(text.substr(range.end, to - range.end)));
}

absl::Status Ambiguous(const RevisionText& ground, std::string_view words,
                       const std::vector<text::Range>& places, uint32_t wanted) {
  const std::string what =
      wanted == 0 ? absl::StrCat(places.size(), " times: say which with an occurrence, or give ",
                                 "characters A..B")
                  : absl::StrCat(places.size(), " times, so there is no occurrence ", wanted);
  std::string message = absl::StrCat("'", std::string(words), "' stands in the text ", what);
  for (size_t i = 0; i < std::min(places.size(), limits::kAnchorCandidatesMax); ++i) {
    message += Describe(ground, places[i], i + 1);
  }
  if (places.size() > limits::kAnchorCandidatesMax) {
    absl::StrAppend(&message, "\n  and ", places.size() - limits::kAnchorCandidatesMax, " more");
  }
  return absl::InvalidArgumentError(message);
}

absl::Status Absent(const RevisionText& ground, std::string_view words) {
  return absl::InvalidArgumentError(absl::StrCat("the words '", std::string(words),
                                                 "' don't stand in revision ", ground.revision(),
                                                 " of the article: copy them from its text"));
}

// The parts one after the other, each the first after the one before.
std::optional<std::vector<text::Range>> FindParts(std::string_view text, std::string_view words) {
  std::vector<text::Range> spans;
  uint32_t from = 0;
  for (size_t begin = 0; begin <= words.size();) {
    const size_t end = std::min(words.find(kGap, begin), words.size());
    const std::vector<text::Range> places =
        FindWords(text.substr(from), words.substr(begin, end - begin));
    if (places.empty()) return std::nullopt;
    spans.push_back({from + places[0].begin, from + places[0].end});
    from = spans.back().end;
    begin = end + kGap.size();
  }
  return spans;
}

absl::StatusOr<std::vector<text::Range>> FindQuote(const RevisionText& ground,
                                                   const PlaceName& name) {
  const std::vector<text::Range> places = FindWords(ground.text(), name.quote);
  if (places.empty()) {
    if (name.quote.find(kGap) != std::string::npos) {
      if (auto parts = FindParts(ground.text(), name.quote)) return *std::move(parts);
    }
    return Absent(ground, name.quote);
  }
  if (name.occurrence == 0 && places.size() == 1) return places;
  if (name.occurrence == 0 || name.occurrence > places.size()) {
    return Ambiguous(ground, name.quote, places, name.occurrence);
  }
  return std::vector<text::Range>{places[name.occurrence - 1]};
}

std::optional<text::Range> ParseOne(std::string_view text) {
  text::Range range;
  const char* const end = text.data() + text.size();
  auto parsed = std::from_chars(text.data(), end, range.begin);
  if (parsed.ec != std::errc() || end - parsed.ptr < 3) return std::nullopt;
  if (parsed.ptr[0] != '.' || parsed.ptr[1] != '.') return std::nullopt;
  parsed = std::from_chars(parsed.ptr + 2, end, range.end);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return range;
}

std::optional<std::vector<text::Range>> ParseNumbers(std::string_view chars) {
  std::vector<text::Range> ranges;
  for (size_t begin = 0; begin <= chars.size();) {
    const size_t end = std::min(chars.find(',', begin), chars.size());
    const auto range = ParseOne(chars.substr(begin, end - begin));
    if (!range) return std::nullopt;
    ranges.push_back(*range);
    begin = end + 1;
  }
  return ranges;
}

}  // namespace

bool LooksLikeChars(std::string_view text) { return ParseNumbers(text).has_value(); }

std::vector<text::Range> FindWords(std::string_view text, std::string_view words) {
  std::vector<text::Range> places;
  if (words.empty()) return places;
  FindAll(text, words, [&](size_t at) {
    places.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())});
  });
  if (!places.empty()) return places;
  const std::string wanted = text::Fold(words);
  if (wanted.empty()) return places;
  const Folded folded = FoldWithPlaces(text);
  FindAll(folded.text, wanted, [&](size_t at) {
    places.push_back({folded.from[at].begin, folded.from[at + wanted.size() - 1].end});
  });
  return places;
}

absl::StatusOr<std::vector<text::Range>> ParseChars(const RevisionText& ground,
                                                    std::string_view chars) {
  auto ranges = ParseNumbers(chars);
  if (!ranges) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", std::string(chars), "' is no range of characters: write 120..135"));
  }
  uint32_t last = 0;
  for (text::Range& range : *ranges) {
    if (range.begin >= range.end || range.end > ground.chars().chars() || range.begin < last) {
      return absl::InvalidArgumentError(absl::StrCat(
          "characters ", range.begin, "..", range.end,
          " are no part of this text: ranges are half open, in order, not empty, and it has ",
          ground.chars().chars(), " characters"));
    }
    last = range.end;
    range = {ground.chars().ByteOf(range.begin), ground.chars().ByteOf(range.end)};
  }
  return *std::move(ranges);
}

absl::StatusOr<std::vector<text::Range>> FindPlace(const RevisionText& ground,
                                                   const PlaceName& name) {
  if (!name.quote.empty() && !name.chars.empty()) {
    return absl::InvalidArgumentError(
        "a place is named by its words or by characters, not by both at once");
  }
  if (name.empty()) return absl::InvalidArgumentError("name a place: its words, or characters");
  if (!name.chars.empty()) return ParseChars(ground, name.chars);
  return FindQuote(ground, name);
}

}  // namespace verbatim::anchor
