// SPDX-License-Identifier: Apache-2.0
#include "core/pages/html.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace verbatim::pages {
namespace {

// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 in UTF-8: bytes of the direction marks at
// `at`, 0 when there is none.
size_t DirectionMark(std::string_view text, size_t at) {
  if (text.size() - at < 3 || text[at] != '\xE2') return 0;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const auto third = static_cast<unsigned char>(text[at + 2]);
  const bool general = second == 0x80 && (third == 0x8E || third == 0x8F ||  //
                                          (third >= 0xAA && third <= 0xAE));
  const bool isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
  return general || isolate ? 3 : 0;
}

}  // namespace

void AppendEscaped(std::string_view text, std::string* html) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html->append("&amp;");
        break;
      case '<':
        html->append("&lt;");
        break;
      case '>':
        html->append("&gt;");
        break;
      case '"':
        html->append("&quot;");
        break;
      case '\'':
        html->append("&#39;");
        break;
      case '\r':
        html->append("&#13;");
        break;
      case '\0':
        html->append("\xEF\xBF\xBD");
        break;
      default:
        html->push_back(c);
    }
  }
}

std::string Escape(std::string_view text) {
  std::string html;
  html.reserve(text.size() + text.size() / 16);
  AppendEscaped(text, &html);
  return html;
}

std::string Isolated(std::string_view text) {
  return absl::StrCat("<bdi>", Escape(text), "</bdi>");
}

std::string PlainTitle(std::string_view text) {
  std::string kept;
  for (size_t at = 0; at < text.size();) {
    const size_t mark = DirectionMark(text, at);
    if (mark == 0) kept.push_back(text[at]);
    at += std::max<size_t>(mark, 1);
  }
  return Escape(kept);
}

std::string JsonForScript(std::string_view json) {
  std::string safe;
  safe.reserve(json.size() + json.size() / 16);
  for (const char c : json) {
    // Only ever within a string of JSON, where these are the same characters.
    switch (c) {
      case '<':
        safe.append("\\u003c");
        break;
      case '>':
        safe.append("\\u003e");
        break;
      case '&':
        safe.append("\\u0026");
        break;
      default:
        safe.push_back(c);
    }
  }
  return safe;
}

std::string WebLink(std::string_view url, std::string_view text) {
  const absl::string_view address(url.data(), url.size());
  if (!absl::StartsWithIgnoreCase(address, "http://") &&
      !absl::StartsWithIgnoreCase(address, "https://")) {
    return Isolated(text);
  }
  return absl::StrCat("<a href=\"", Escape(url), "\" rel=\"noopener noreferrer\">", Isolated(text),
                      "</a>");
}

std::string DiffHtml(std::string_view diff) {
  std::string html;
  size_t at = 0;
  while (at < diff.size()) {
    const size_t old_at = diff.find("[-", at);
    const size_t new_at = diff.find("{+", at);
    const size_t begin = std::min(old_at, new_at);
    const bool removed = old_at < new_at;
    const size_t end =
        begin == std::string_view::npos ? begin : diff.find(removed ? "-]" : "+}", begin + 2);
    if (end == std::string_view::npos) break;
    AppendEscaped(diff.substr(at, begin - at), &html);
    const std::string_view tag = removed ? "del" : "ins";
    html.append("<").append(tag).append(">");
    AppendEscaped(diff.substr(begin + 2, end - begin - 2), &html);
    html.append("</").append(tag).append(">");
    at = end + 2;
  }
  AppendEscaped(diff.substr(at), &html);
  return html;
}

}  // namespace verbatim::pages
