// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/name_lines.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/blocks.h"
#include "core/ingest/byline.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

bool IsFormatting(Tag tag) {
  return tag == Tag::kB || tag == Tag::kI || tag == Tag::kEm || tag == Tag::kStrong ||
         tag == Tag::kU || tag == Tag::kFont || tag == Tag::kAbbr || tag == Tag::kSup ||
         tag == Tag::kSub;
}

bool HasSmall(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const text::Decoded at = text::DecodeAt(text, i);
    if (text::IsLetter(at.code_point) && !text::IsUpper(at.code_point)) return true;
    i += at.size;
  }
  return false;
}

// Does a line say that another name follows?
bool Joins(std::string_view line) {
  const std::string small = absl::AsciiStrToLower(View(line));
  for (const char* word : {"and", "und", "et", "y", "e", "&", "en", "og", "och", "with", "mit"}) {
    if (small == word || absl::EndsWith(small, absl::StrCat(" ", word))) return true;
  }
  return absl::EndsWith(small, ",") || absl::EndsWith(small, ";");
}

// One word that may be half of a name.
bool IsPiece(std::string_view line) {
  return CountWords(line) == 1 && !Joins(line) && !AuthorsIn(line, "").empty();
}

}  // namespace

std::vector<std::string> LinesOf(const HtmlTree& tree, uint32_t from, uint32_t to) {
  std::vector<std::string> lines;
  uint32_t owner = HtmlTree::kNoNode;
  for (uint32_t i = from; i < to; ++i) {
    if (tree[i].tag != Tag::kText) {
      if (tree[i].tag == Tag::kBr) owner = HtmlTree::kNoNode;
      continue;
    }
    uint32_t parent = tree[i].parent;
    while (parent != HtmlTree::kNoNode && IsFormatting(tree[parent].tag))
      parent = tree[parent].parent;
    if (parent != owner || lines.empty()) lines.emplace_back();
    owner = parent;
    lines.back() += tree.Text(i);
  }
  for (std::string& line : lines) line = FoldBlanks(line);
  std::erase_if(lines, [](const std::string& line) { return line.empty(); });
  return lines;
}

std::string WithoutPlace(std::string text) {
  const size_t comma = text.rfind(", ");
  if (comma == std::string::npos) return text;
  const std::string_view before = std::string_view(text).substr(0, comma);
  const std::string_view behind = std::string_view(text).substr(comma + 2);
  const bool capitals = !HasSmall(behind) && HasSmall(before);
  if ((CountWords(behind) == 1 || capitals) && CountWords(before) >= 2) text.resize(comma);
  return text;
}

std::vector<std::string> NamesInLines(const std::vector<std::string>& lines,
                                      std::string_view outlet, bool persons_only) {
  std::vector<std::string> names;
  bool more = true;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::string line = lines[i];
    if (IsBylineLabel(line)) {
      more = more || names.empty();
      continue;
    }
    if (Joins(line) && CountWords(line) <= 1) {
      more = true;
      continue;
    }
    if (IsPiece(line) && i + 1 < lines.size() && IsPiece(lines[i + 1])) line += " " + lines[++i];
    if (!more) break;
    const std::vector<std::string> found = AuthorsIn(WithoutPlace(line), outlet);
    if (persons_only && !std::all_of(found.begin(), found.end(),
                                     [](const std::string& name) { return IsPerson(name); }))
      continue;
    names.insert(names.end(), found.begin(), found.end());
    more = names.empty() || Joins(line);
  }
  return names;
}

}  // namespace verbatim::ingest
