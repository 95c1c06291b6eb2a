// SPDX-License-Identifier: Apache-2.0
#include "tests/core/pages/read_back.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace verbatim::testing {
namespace {

constexpr size_t kNoPlace = static_cast<size_t>(-1);

size_t PlaceOf(const std::string& tag) {
  const size_t at = tag.find("data-p=\"");
  return at == std::string::npos ? kNoPlace : std::stoul(tag.substr(at + 8));
}

std::string Entity(std::string_view name) {
  static const std::map<std::string_view, std::string> entities = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"#39", "'"}, {"#13", "\r"}};
  const auto found = entities.find(name);
  EXPECT_NE(found, entities.end()) << name;
  return found == entities.end() ? "" : found->second;
}

}  // namespace

ReadBack ReadHtml(std::string_view html) {
  ReadBack read;
  std::vector<std::pair<std::string, size_t>> open;  // name, place
  const auto add = [&](std::string_view characters) {
    read.text += characters;
    size_t deep = 0;
    for (const auto& [name, place] : open) {
      if (place == kNoPlace) continue;
      read.by_place[place] += characters;
      ++deep;
    }
    read.deepest = std::max(read.deepest, deep);
  };
  for (size_t at = 0; at < html.size();) {
    const char c = html[at];
    if (c != '<' && c != '&') {
      add(html.substr(at++, 1));
      continue;
    }
    const size_t end = html.find(c == '<' ? '>' : ';', at);
    if (end == std::string_view::npos) {
      ADD_FAILURE() << "cut off: " << html.substr(at);
      return read;
    }
    const std::string inner(html.substr(at + 1, end - at - 1));
    at = end + 1;
    if (c == '&') {
      add(Entity(inner));
    } else if (inner[0] == '/') {
      EXPECT_FALSE(open.empty());
      if (open.empty()) return read;
      EXPECT_EQ(open.back().first, inner.substr(1));
      open.pop_back();
    } else {
      read.tags.push_back(inner);
      open.emplace_back(inner.substr(0, inner.find(' ')), PlaceOf(inner));
    }
  }
  EXPECT_TRUE(open.empty());
  return read;
}

}  // namespace verbatim::testing
