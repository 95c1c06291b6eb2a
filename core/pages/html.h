// SPDX-License-Identifier: Apache-2.0
// Text into HTML. Everything that stands in an archive was written by others: it reaches a page
// through one of these functions and no other way.
#ifndef VERBATIM_CORE_PAGES_HTML_H_
#define VERBATIM_CORE_PAGES_HTML_H_

#include <string>
#include <string_view>

namespace verbatim::pages {

// As text, or as a value of an attribute in double quotes. A browser reads back the same
// characters; NUL, which HTML has no way to say, becomes U+FFFD.
std::string Escape(std::string_view text);
void AppendEscaped(std::string_view text, std::string* html);

// The same in an element that keeps the direction of its writing to itself.
std::string Isolated(std::string_view text);

// For <title>, which has no elements: without the characters that turn the direction of writing.
std::string PlainTitle(std::string_view text);

// JSON as the content of a <script type="application/json">: the same value, in which no markup can
// begin or end.
std::string JsonForScript(std::string_view json);

// A link that opens nothing but http and https; else only the text.
std::string WebLink(std::string_view url, std::string_view text);

// A diff with [-old-] and {+new+} as <del> and <ins>.
std::string DiffHtml(std::string_view diff);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_HTML_H_
