// SPDX-License-Identifier: Apache-2.0
// Lines and numbers of notes and proofs, each of which has one writing only. Private to the room.
#ifndef VERBATIM_CORE_MERKLE_LINES_H_
#define VERBATIM_CORE_MERKLE_LINES_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verbatim::merkle {

// Takes the line at the front, without its newline; nothing when there is no whole line.
inline std::optional<std::string_view> TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// Decimal digits alone, no zero before others.
inline std::optional<uint64_t> ReadNumber(std::string_view text) {
  uint64_t number = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_LINES_H_
