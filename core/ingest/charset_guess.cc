// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/charset_guess.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <memory>

#include "absl/strings/ascii.h"

namespace verbatim::ingest {
namespace {

constexpr size_t kLookBytes = 64 * 1024;
// A sentence or two of another script; a Western page has some dashes and quotation marks.
constexpr std::ptrdiff_t kBytesBeyondAsciiMin = 24;

// Of the many that it knows, those whose letters are bytes that Western texts don't have in a row.
constexpr std::array<std::string_view, 20> kBelieved = {
    "shift_jis",    "euc-jp",     "euc-kr",       "uhc",          "gb18030",
    "big5",         "euc-tw",     "windows-1251", "koi8-r",       "iso-8859-5",
    "windows-1253", "iso-8859-7", "windows-1255", "iso-8859-8",   "windows-1256",
    "iso-8859-6",   "tis-620",    "windows-1250", "windows-1254", "iso-8859-2"};

bool IsBeyondAscii(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }

}  // namespace

std::string GuessCharset(std::string_view bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(), IsBeyondAscii);
  bytes.remove_prefix(static_cast<size_t>(first - bytes.begin()));
  bytes = bytes.substr(0, kLookBytes);
  if (std::count_if(bytes.begin(), bytes.end(), IsBeyondAscii) < kBytesBeyondAsciiMin) return "";
  const std::unique_ptr<uchardet, void (*)(uchardet_t)> detector(uchardet_new(), &uchardet_delete);
  if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return "";
  uchardet_data_end(detector.get());
  const std::string name = absl::AsciiStrToLower(uchardet_get_charset(detector.get()));
  return std::find(kBelieved.begin(), kBelieved.end(), name) == kBelieved.end() ? "" : name;
}

}  // namespace verbatim::ingest
