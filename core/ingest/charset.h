// SPDX-License-Identifier: Apache-2.0
// Bytes to UTF-8: which encoding a document is in, and what of it could not be read. A declaration
// is believed only where the bytes don't speak against it.
#ifndef VERBATIM_CORE_INGEST_CHARSET_H_
#define VERBATIM_CORE_INGEST_CHARSET_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::ingest {

struct Decoded {
  std::string text;       // well-formed UTF-8 without a byte order mark
  std::string used;       // decoded from: "utf-8", "windows-1252" ...
  std::string declared;   // what the header or the page said; empty: nothing
  uint32_t replaced = 0;  // undecodable sequences that became U+FFFD
};

// In order: byte order mark; well-formed UTF-8; UTF-8 with a few broken characters; the charset of
// `content_type` ("text/html; charset=..."); a <meta> in the first bytes; what the bytes look like
// (charset_guess.h); windows-1252. kInvalidArgument "bad-encoding" when more than
// limits::kReplacedShareMax of the text could not be read.
absl::StatusOr<Decoded> Decode(std::string_view bytes, std::string_view content_type = {});

// The charset that a Content-Type or a <meta> at the head of a page names, in lower case.
std::string DeclaredCharset(std::string_view text);

// The text without UTF-8's byte order mark at its beginning.
std::string_view WithoutByteOrderMark(std::string_view text);

// "utf-16le" or "utf-16be" where each second byte of these first ones is zero as in no other text;
// else empty. What has a byte order mark needs no guess.
std::string_view WideEncoding(std::string_view head);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_CHARSET_H_
