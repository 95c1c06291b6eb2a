// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/byline.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/ingest/blocks.h"
#include "core/ingest/html_tree.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

constexpr uint32_t kNameWordsMax = 6;
constexpr uint32_t kBylineWordsMax = 14;

constexpr std::array<std::string_view, 18> kOpenings = {
    "by ",       "by: ",        "von ",    "par ",      "por ",       "di ",
    "door ",     "written by ", "text: ",  "text von ", "posted by ", "published by ",
    "story by ", "author: ",    "autor: ", "words by ", "av ",        "af "};

// Words at which a name ends.
constexpr std::array<std::string_view, 22> kEnds = {" | ",         " - ",
                                                    " – ",         " — ",
                                                    " · ",         " • ",
                                                    "(",           "/",
                                                    " for ",       " in ",
                                                    " updated",    " published",
                                                    " posted",     " on ",
                                                    " special to", " contributor",
                                                    " staff",      " correspondent",
                                                    " reporter",   " @",
                                                    " editor",     ":"};

constexpr std::array<std::string_view, 5> kRoles = {" contributor", " staff", " correspondent",
                                                    " reporter", " editor"};

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

bool IsLetterOrMark(char32_t c) { return text::IsLetter(c) || text::IsCombiningMark(c); }

bool HasCapital(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const text::Decoded at = text::DecodeAt(text, i);
    if (text::IsUpper(at.code_point) || text::IsIdeograph(at.code_point)) return true;
    // Scripts without capitals.
    if (at.code_point >= 0x590 && text::IsLetter(at.code_point)) return true;
    i += at.size;
  }
  return false;
}

std::string_view Trim(std::string_view text) {
  const auto drop = [](char32_t c) { return !IsLetterOrMark(c) && c != U'.' && c != U'\''; };
  while (!text.empty() && drop(text::DecodeAt(text, 0).code_point))
    text.remove_prefix(text::DecodeAt(text, 0).size);
  while (!text.empty()) {
    const uint32_t last = text::PreviousChar(text, static_cast<uint32_t>(text.size()));
    if (!drop(text::DecodeAt(text, last).code_point)) break;
    text = text.substr(0, last);
  }
  return text;
}

std::string_view WithoutOpening(std::string_view text) {
  const std::string small = absl::AsciiStrToLower({text.data(), text.size()});
  for (const std::string_view opening : kOpenings) {
    if (small.substr(0, opening.size()) == opening) return text.substr(opening.size());
  }
  return text;
}

bool IsName(std::string_view name, std::string_view outlet) {
  const uint32_t words = CountWords(name);
  if (words == 0 || words > kNameWordsMax || !HasCapital(name)) return false;
  // Dates and numbers are no names; a newsroom's may end in one.
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::vector<absl::string_view> parts = absl::StrSplit(View(name), ' ');
  const bool digits = std::any_of(parts.begin(), parts.end(), [&](absl::string_view part) {
    return !part.empty() && digit(part[0]);
  });
  const bool address =
      name.find('@') != std::string_view::npos || name.find("http") != std::string_view::npos ||
      name.find("www.") != std::string_view::npos || name.find(".com") != std::string_view::npos;
  if (digits || address) return false;
  const std::string folded = text::Fold(name);
  for (const char* none : {"admin", "administrator", "staff", "editor", "redaktion", "newsroom"}) {
    if (folded == none) return false;
  }
  return outlet.empty() || folded != text::Fold(outlet);
}

}  // namespace

std::vector<std::string> AuthorsIn(std::string_view byline, std::string_view outlet) {
  std::string_view rest = WithoutOpening(byline);
  std::string small = absl::AsciiStrToLower({rest.data(), rest.size()});
  size_t end = rest.size();
  for (const std::string_view word : kEnds) {
    const size_t found = small.find(word, 1);
    // "Courier staff" is a name as a whole: one word before it is no person's.
    const bool role = std::find(kRoles.begin(), kRoles.end(), word) != kRoles.end();
    if (found < end && !(role && CountWords(rest.substr(0, found)) < 2)) end = found;
  }
  rest = rest.substr(0, end);
  const std::string joined =
      absl::StrReplaceAll(absl::string_view(rest.data(), rest.size()), {{" and ", ","},
                                                                        {" und ", ","},
                                                                        {" et ", ","},
                                                                        {" y ", ","},
                                                                        {" e ", ","},
                                                                        {" & ", ","},
                                                                        {";", ","},
                                                                        {" AND ", ","},
                                                                        {" And ", ","},
                                                                        {" with ", ","},
                                                                        {" mit ", ","}});
  std::vector<std::string> names;
  for (const absl::string_view one : absl::StrSplit(joined, ',')) {
    const std::string_view name = Trim(WithoutOpening(Trim({one.data(), one.size()})));
    if (IsName(name, outlet)) names.emplace_back(name);
  }
  return names;
}

bool IsByline(std::string_view line) {
  if (CountWords(line) > kBylineWordsMax) return false;
  const std::string_view rest = WithoutOpening(line);
  if (rest.size() == line.size() || rest.empty()) return false;
  return text::IsUpper(text::DecodeAt(rest, 0).code_point) && !AuthorsIn(line, "").empty();
}

std::string WithoutSite(std::string_view title, std::string_view outlet,
                        std::string_view headline) {
  const std::string whole = FoldBlanks(title);
  static constexpr std::array<std::string_view, 8> kMarks = {" | ", " - ", " – ",  " — ",
                                                             " · ", " • ", " :: ", " » "};
  size_t at = std::string::npos;
  size_t size = 0;
  for (const std::string_view mark : kMarks) {
    const size_t found = whole.rfind(mark);
    if (found != std::string::npos && (at == std::string::npos || found > at)) {
      at = found;
      size = mark.size();
    }
  }
  if (at == std::string::npos) return whole;
  const std::string left = whole.substr(0, at);
  const std::string right = whole.substr(at + size);
  if (!headline.empty()) {
    if (text::EqualFolded(left, headline)) return left;
    if (text::EqualFolded(whole, headline)) return whole;
  }
  // The end is the outlet's name, or the name without its ending (".com", "Online").
  const std::string folded = text::Fold(right);
  const std::string site = text::Fold(outlet);
  const bool named =
      !site.empty() && (absl::StartsWith(folded, site) || absl::StartsWith(site, folded));
  if (named || (outlet.empty() && whole.find(" | ") == at))
    return WithoutSite(left, outlet, headline);
  return whole;
}

}  // namespace verbatim::ingest
