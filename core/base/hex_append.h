// SPDX-License-Identifier: Apache-2.0
// hex.h for much of it at once: at the end of memory that is there.
#ifndef VERBATIM_CORE_BASE_HEX_APPEND_H_
#define VERBATIM_CORE_BASE_HEX_APPEND_H_

#include <string>
#include <string_view>

namespace verbatim::base {

// ToHex at the end of `hex`.
void AppendHex(std::string_view bytes, std::string& hex);

// FromHex at the end of `bytes`; false, and `bytes` as it was, where it is no hex.
[[nodiscard]] bool AppendFromHex(std::string_view hex, std::string& bytes);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_HEX_APPEND_H_
