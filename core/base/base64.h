// SPDX-License-Identifier: Apache-2.0
// Standard base64 (RFC 4648, section 4), with its padding: in notes, keys and proofs, whose formats
// ask for it. Ids and digests are shown in hex.
#ifndef VERBATIM_CORE_BASE_BASE64_H_
#define VERBATIM_CORE_BASE_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace verbatim::base {

std::string ToBase64(std::string_view bytes);

// Reads only the one writing that ToBase64 gives: no blanks, no other padding, no spare bits.
// Nothing for any other text; the empty text is no bytes.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_BASE64_H_
