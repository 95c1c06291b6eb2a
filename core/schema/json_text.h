// SPDX-License-Identifier: Apache-2.0
// The pieces that both writers of JSON share. Private to core/schema.
#ifndef VERBATIM_CORE_SCHEMA_JSON_TEXT_H_
#define VERBATIM_CORE_SCHEMA_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace verbatim::schema {

// A text in quotation marks. UTF-8 stays; control characters are escaped; ill-formed bytes become
// U+FFFD.
void AppendQuoted(std::string_view text, std::string* out);

// A new line with two blanks a level.
void AppendLineEnd(int depth, std::string* out);

// Lower-case hex, without quotation marks.
void AppendHex(std::string_view bytes, std::string* out);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_JSON_TEXT_H_
