// SPDX-License-Identifier: Apache-2.0
// Characters of strangers that must not reach a terminal as they are.
#ifndef VERBATIM_CORE_SCHEMA_CONTROL_H_
#define VERBATIM_CORE_SCHEMA_CONTROL_H_

#include <string>
#include <string_view>

namespace verbatim::schema {

// C0 and C1 controls and delete, which terminals obey, and the marks that turn the direction of
// what follows, with which a line can be made to show another text than it holds.
constexpr bool SteersTerminal(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

// A text to be read on a terminal: a blank for each character that would steer it, lines and tabs
// kept.
std::string ForTerminal(std::string_view text);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_CONTROL_H_
