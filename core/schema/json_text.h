// SPDX-License-Identifier: Apache-2.0
// The pieces that both writers of JSON share. Private to core/schema.
#ifndef VERBATIM_CORE_SCHEMA_JSON_TEXT_H_
#define VERBATIM_CORE_SCHEMA_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace verbatim::schema {

// \u0085: a character of the basic plane that must not stand as it is.
void AppendCodePoint(char32_t c, std::string* out);

// A text in quotation marks. UTF-8 stays; what steers a terminal (control.h) is escaped; ill-formed
// bytes become U+FFFD.
void AppendQuoted(std::string_view text, std::string* out);

// A new line with two blanks a level.
void AppendLineEnd(int depth, std::string* out);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_JSON_TEXT_H_
