// SPDX-License-Identifier: Apache-2.0
// Which language a text is in, as far as its commonest words tell.
#ifndef VERBATIM_CORE_INGEST_LANGUAGE_H_
#define VERBATIM_CORE_INGEST_LANGUAGE_H_

#include <string>
#include <string_view>

namespace verbatim::ingest {

// A BCP 47 tag, or empty when the text is too short or fits none of the languages known here
// clearly enough: an article in an unknown language is still read, and flagged.
std::string GuessLanguage(std::string_view text);

// Is it written as BCP 47 has it, "en", "pt-BR", "zh-Hans-CN"? Pages say "utf-8" there too.
bool IsLanguageTag(std::string_view tag);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_LANGUAGE_H_
