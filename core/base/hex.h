// SPDX-License-Identifier: Apache-2.0
// Lower-case hex, the only form in which ids and digests are shown.
#ifndef VERBATIM_CORE_BASE_HEX_H_
#define VERBATIM_CORE_BASE_HEX_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace verbatim::base {

std::string ToHex(std::string_view bytes);

// Nothing when a character is no hex digit or the length is odd. Either case is read.
std::optional<std::string> FromHex(std::string_view hex);

// The same at the end of memory that is there: for much of it at once. AppendFromHex says false,
// and leaves `bytes` as it was, where it is no hex.
void AppendHex(std::string_view bytes, std::string& hex);
[[nodiscard]] bool AppendFromHex(std::string_view hex, std::string& bytes);

// The beginning of an id as lists and messages show it: enough to tell ids apart, and to type.
inline constexpr size_t kShortIdChars = 8;
std::string ShortId(std::string_view id);

// Every character is a hex digit (any number of them, at least one).
bool IsHex(std::string_view text);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_HEX_H_
