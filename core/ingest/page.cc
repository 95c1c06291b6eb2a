// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/page.h"

#include <libxml/HTMLparser.h>

#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/html_trim.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

constexpr size_t kEntityBytesMax = 12;

PageHead ReadHead(const HtmlTree& tree) {
  PageHead head;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    switch (tree[i].tag) {
      case Tag::kHtml:
        if (head.language.empty()) head.language = tree.Attr(i, AttrName::kLang);
        break;
      case Tag::kTitle:
        if (head.title.empty()) head.title = tree.InnerText(i);
        break;
      case Tag::kBase:
        if (head.base.empty()) head.base = tree.Attr(i, AttrName::kHref);
        break;
      case Tag::kLink:
        if (head.canonical.empty() &&
            absl::EqualsIgnoreCase(View(tree.Attr(i, AttrName::kRel)), "canonical"))
          head.canonical = FoldBlanks(tree.Attr(i, AttrName::kHref));
        break;
      case Tag::kMeta:
        for (const AttrName name :
             {AttrName::kProperty, AttrName::kName, AttrName::kItemprop, AttrName::kHttpEquiv}) {
          const std::string_view key = tree.Attr(i, name);
          if (!key.empty())
            head.metas.emplace_back(absl::AsciiStrToLower(View(key)),
                                    std::string(tree.Attr(i, AttrName::kContent)));
        }
        break;
      default:
        break;
    }
  }
  return head;
}

// The character that "amp" or "#8217" stands for; empty when nothing.
std::string Entity(std::string_view name) {
  std::string out;
  if (name.size() > 1 && name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    uint32_t value = 0;
    const char* const begin = name.data() + (hex ? 2 : 1);
    const char* const end = name.data() + name.size();
    const auto read = std::from_chars(begin, end, value, hex ? 16 : 10);
    if (read.ec == std::errc() && read.ptr == end && value > 0)
      text::AppendUtf8(static_cast<char32_t>(value), &out);
    return out;
  }
  const htmlEntityDesc* known =
      htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
  if (known != nullptr) text::AppendUtf8(static_cast<char32_t>(known->value), &out);
  return out;
}

std::string UnescapeOnce(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t mark = text.find('&', i);
    out += text.substr(i, mark == std::string_view::npos ? mark : mark - i);
    if (mark == std::string_view::npos) break;
    const size_t end = text.find(';', mark);
    const bool near = end != std::string_view::npos && end - mark <= kEntityBytesMax;
    const std::string character = near ? Entity(text.substr(mark + 1, end - mark - 1)) : "";
    out += character.empty() ? "&" : character;
    i = character.empty() ? mark + 1 : end + 1;
  }
  return out;
}

}  // namespace

std::string_view PageHead::Meta(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    for (const auto& [key, content] : metas) {
      if (key == name && content.find_first_not_of(" \t\r\n") != std::string::npos) return content;
    }
  }
  return {};
}

std::vector<std::string_view> PageHead::Metas(std::string_view name) const {
  std::vector<std::string_view> contents;
  for (const auto& [key, content] : metas) {
    if (key == name) contents.push_back(content);
  }
  return contents;
}

std::string Unescape(std::string_view text) {
  if (text.find('&') == std::string_view::npos) return FoldBlanks(text);
  return FoldBlanks(UnescapeOnce(UnescapeOnce(text)));
}

Page ParsePage(std::string_view html) {
  TrimmedHtml trimmed = TrimHtml(html);
  Page page;
  page.tree = HtmlTree::Parse(trimmed);
  page.warnings = std::move(trimmed.warnings);
  page.head = ReadHead(page.tree);
  page.json_ld = ReadJsonLd(
      trimmed.json_ld, absl::StrCat(page.head.title, "\n", View(page.head.Meta({"og:title"}))));
  const auto first = [](std::initializer_list<std::string_view> choices) {
    for (const std::string_view choice : choices) {
      if (!choice.empty()) return Unescape(choice);
    }
    return std::string();
  };
  const std::string_view og_title = page.head.Meta({"og:title", "twitter:title", "dc.title"});
  page.best_title = first({page.json_ld.headline, og_title, page.head.title});
  const std::string_view description =
      page.head.Meta({"og:description", "description", "twitter:description", "dc.description"});
  page.best_description = first({description, page.json_ld.description});
  return page;
}

}  // namespace verbatim::ingest
