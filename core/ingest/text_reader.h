// SPDX-License-Identifier: Apache-2.0
// From bytes to plain text that can be stored, or to the reason why not. Nothing is repaired in
// silence.
#ifndef VERBATIM_CORE_INGEST_TEXT_READER_H_
#define VERBATIM_CORE_INGEST_TEXT_READER_H_

#include <string>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::ingest {

// The content of a gzip file (all members), or the bytes themselves when they aren't gzip. A result
// over limits::kExpandedBytesMax, or a damaged file, is an error that names the offset.
absl::StatusOr<std::string> Expand(std::string bytes);

// Can these bytes be a text in any encoding? kInvalidArgument says why not, and begins with a word
// that scripts can rely on: "empty", "binary".
absl::Status CheckReadable(std::string_view bytes);

// The same of a text that is taken as it is, byte for byte; "invalid-utf8" with the byte.
absl::Status CheckPlainText(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_TEXT_READER_H_
