// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "core/schema/control.h"
#include "core/schema/render.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::schema {
namespace {

// Blocks that terminals draw two cells wide (Unicode East Asian Width W and F, whole blocks).
constexpr std::array<std::pair<char32_t, char32_t>, 14> kWide = {{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

size_t WidthOf(char32_t c) {
  if (c < 0x300) return c == 0xAD ? 0 : 1;
  if (text::IsCombiningMark(c) || text::IsInvisible(c)) return 0;
  const auto in = [c](const auto& block) { return c >= block.first && c <= block.second; };
  return std::any_of(kWide.begin(), kWide.end(), in) ? 2 : 1;
}

// Blanks for what steers a terminal, but for the controls in `kept`.
std::string Blanked(std::string_view text, std::string_view kept) {
  std::string blanked;
  blanked.reserve(text.size());
  for (size_t byte = 0; byte < text.size();) {
    const text::Decoded c = text::DecodeAt(text, byte);
    if (SteersTerminal(c.code_point) && kept.find(text[byte]) == std::string_view::npos) {
      blanked.push_back(' ');
    } else {
      blanked.append(text.substr(byte, c.size));
    }
    byte += c.size;
  }
  return blanked;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t byte = 0; byte < text.size();) {
    const text::Decoded c = text::DecodeAt(text, byte);
    width += WidthOf(c.code_point);
    byte += c.size;
  }
  return width;
}

std::string ForTerminal(std::string_view text) { return Blanked(text, "\n\t"); }

std::string Shorten(std::string_view text, size_t width) {
  std::string line = Blanked(text, "");  // a cell is one line
  if (width == 0 || DisplayWidth(line) <= width) return line;
  size_t taken = 0;
  size_t byte = 0;
  while (byte < line.size()) {
    const text::Decoded c = text::DecodeAt(line, byte);
    const size_t next = taken + WidthOf(c.code_point);
    if (next > width - 1) break;
    taken = next;
    byte += c.size;
  }
  line.resize(byte);
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + "…";
}

}  // namespace verbatim::schema
