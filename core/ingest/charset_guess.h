// SPDX-License-Identifier: Apache-2.0
// The encoding of bytes that say nothing of it.
#ifndef VERBATIM_CORE_INGEST_CHARSET_GUESS_H_
#define VERBATIM_CORE_INGEST_CHARSET_GUESS_H_

#include <string>
#include <string_view>

namespace verbatim::ingest {

// "shift_jis", "windows-1251" ...: what bytes beyond ASCII look most like (uchardet's judgement of
// the first 64 KiB of them), in lower case. Empty where it is no encoding that bytes can be told to
// be in: for Western Europe's they all look alike, and a few bytes look like anything.
std::string GuessCharset(std::string_view bytes);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_CHARSET_GUESS_H_
