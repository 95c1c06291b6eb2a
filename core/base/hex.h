// SPDX-License-Identifier: Apache-2.0
// Lower-case hex, the only form in which ids and digests are shown.
#ifndef VERBATIM_CORE_BASE_HEX_H_
#define VERBATIM_CORE_BASE_HEX_H_

#include <optional>
#include <string>
#include <string_view>

namespace verbatim::base {

std::string ToHex(std::string_view bytes);

// Nothing when a character is no hex digit or the length is odd. Either case is read.
std::optional<std::string> FromHex(std::string_view hex);

// Every character is a hex digit (any number of them, at least one).
bool IsHex(std::string_view text);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_HEX_H_
