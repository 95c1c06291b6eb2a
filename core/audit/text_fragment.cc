// SPDX-License-Identifier: Apache-2.0
#include "core/audit/text_fragment.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace verbatim::audit {
namespace {

// A page may break a long quotation in ways that its text doesn't show; its ends are found.
constexpr size_t kWordsWhole = 12;
constexpr size_t kWordsAtEnds = 5;
constexpr size_t kWordsAround = 3;

using Words = std::vector<std::string_view>;

Words WordsIn(std::string_view text) {
  Words words;
  size_t begin = 0;
  constexpr std::string_view kBlanks = " \t\r\n";
  while ((begin = text.find_first_not_of(kBlanks, begin)) != std::string_view::npos) {
    const size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

// Words first .. last, a blank between. '-', ',' and '&' separate the parts of a directive.
std::string Encode(const Words& words, size_t first, size_t last) {
  constexpr std::string_view kPlain = "!'()*.:;@/?_~";
  std::string encoded;
  for (size_t i = first; i < last; ++i) {
    if (!encoded.empty()) encoded += "%20";
    for (const char c : words[i]) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || kPlain.find(c) != std::string_view::npos;
      encoded += plain
                     ? std::string(1, c)
                     : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return encoded;
}

bool StandsOnce(std::string_view words, std::string_view text) {
  const size_t first = text.find(words);
  return first == std::string_view::npos || text.find(words, first + 1) == std::string_view::npos;
}

// What stands before and after a span in its text, by whole words.
std::string Directive(const v1::TextSpan& span, std::string_view text) {
  const Words words = WordsIn(span.exact());
  if (words.empty()) return "";
  std::string directive = "text=";
  const bool alone = StandsOnce(span.exact(), text) || span.end_byte() > text.size() ||
                     span.begin_byte() > span.end_byte();
  if (!alone) {
    const Words before = WordsIn(text.substr(0, span.begin_byte()));
    const size_t count = std::min(before.size(), kWordsAround);
    if (count > 0) directive += Encode(before, before.size() - count, before.size()) + "-,";
  }
  if (words.size() <= kWordsWhole) {
    directive += Encode(words, 0, words.size());
  } else {
    directive += Encode(words, 0, kWordsAtEnds) + "," +
                 Encode(words, words.size() - kWordsAtEnds, words.size());
  }
  if (!alone) {
    const Words after = WordsIn(text.substr(span.end_byte()));
    const size_t count = std::min(after.size(), kWordsAround);
    if (count > 0) directive += ",-" + Encode(after, 0, count);
  }
  return directive;
}

}  // namespace

std::string LinkToWords(std::string_view url, const v1::Anchor& anchor, std::string_view text) {
  if (url.empty()) return "";
  std::string link(url);
  std::string_view separator = url.find('#') == std::string_view::npos ? "#:~:" : ":~:";
  for (const v1::TextSpan& span : anchor.spans()) {
    const std::string directive = Directive(span, text);
    if (directive.empty()) continue;
    link += separator;
    link += directive;
    separator = "&";
  }
  return link;
}

}  // namespace verbatim::audit
