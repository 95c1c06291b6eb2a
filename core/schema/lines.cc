// SPDX-License-Identifier: Apache-2.0
#include "core/schema/lines.h"

#include <algorithm>

#include "core/schema/render.h"
#include "verbatim/text/utf8.h"

namespace verbatim::schema {

std::vector<std::string> Wrap(std::string_view cell, size_t width) {
  std::vector<std::string> lines;
  std::string_view rest = cell;
  while (DisplayWidth(rest) > width) {
    size_t byte = 0;
    size_t blank = 0;
    size_t cells = 0;
    while (byte < rest.size()) {
      const size_t size = text::DecodeAt(rest, byte).size;
      cells += DisplayWidth(rest.substr(byte, size));
      if (cells > width) break;
      if (rest[byte] == ' ') blank = byte;
      byte += size;
    }
    if (byte < rest.size() && rest[byte] == ' ') blank = byte;
    const size_t end = blank > 0 ? blank : std::max<size_t>(byte, 1);
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end);
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  }
  lines.emplace_back(rest);
  return lines;
}

std::string PaintDiff(std::string_view line, std::string_view* open) {
  std::string painted(*open);
  for (size_t i = 0; i < line.size(); ++i) {
    const std::string_view two = line.substr(i, 2);
    if (two == "[-" || two == "{+") {
      *open = two == "[-" ? kRed : kGreen;
      painted.append(*open).append(two);
      ++i;
    } else if (!open->empty() && (two == "-]" || two == "+}")) {
      painted.append(two).append(kReset);
      *open = {};
      ++i;
    } else {
      painted.push_back(line[i]);
    }
  }
  if (!open->empty()) painted.append(kReset);
  return painted;
}

}  // namespace verbatim::schema
