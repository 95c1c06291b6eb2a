// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/html_names.h"

#include <algorithm>
#include <array>

namespace verbatim::ingest {
namespace {

// In the order of the enums, from their first named value on; sorted, so that a name is found by
// halving.
constexpr std::array<std::string_view, 85> kTags = {
    "a",          "abbr",     "address",  "article", "aside",   "audio",  "b",      "base",
    "blockquote", "body",     "br",       "button",  "caption", "center", "cite",   "code",
    "dd",         "details",  "dialog",   "div",     "dl",      "dt",     "em",     "fieldset",
    "figcaption", "figure",   "font",     "footer",  "form",    "h1",     "h2",     "h3",
    "h4",         "h5",       "h6",       "head",    "header",  "hr",     "html",   "i",
    "iframe",     "img",      "input",    "label",   "legend",  "li",     "link",   "main",
    "meta",       "nav",      "noscript", "object",  "ol",      "option", "p",      "picture",
    "pre",        "q",        "script",   "section", "select",  "small",  "source", "span",
    "strong",     "style",    "sub",      "summary", "sup",     "svg",    "table",  "tbody",
    "td",         "template", "textarea", "tfoot",   "th",      "thead",  "time",   "title",
    "tr",         "u",        "ul",       "video",   "wbr"};
constexpr std::array<std::string_view, 21> kAttrs = {
    "aria-hidden", "charset",  "class",      "content", "data-component", "data-testid", "datetime",
    "hidden",      "href",     "http-equiv", "id",      "itemprop",       "itemtype",    "lang",
    "name",        "property", "rel",        "role",    "style",          "title",       "type"};
static_assert(kTags.size() == static_cast<size_t>(Tag::kWbr) - static_cast<size_t>(Tag::kOther));
static_assert(kAttrs.size() == static_cast<size_t>(AttrName::kType));
static_assert(std::is_sorted(kTags.begin(), kTags.end()));
static_assert(std::is_sorted(kAttrs.begin(), kAttrs.end()));

constexpr size_t kNameBytesMax = 16;

// The number of the name in a sorted list, from 1; 0 when it isn't there.
template <size_t n>
size_t Find(const std::array<std::string_view, n>& names, std::string_view name) {
  std::array<char, kNameBytesMax> lower;
  if (name.size() > lower.size()) return 0;
  std::transform(name.begin(), name.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  const std::string_view wanted(lower.data(), name.size());
  const auto found = std::lower_bound(names.begin(), names.end(), wanted);
  if (found == names.end() || *found != wanted) return 0;
  return static_cast<size_t>(found - names.begin()) + 1;
}

}  // namespace

Tag TagOf(std::string_view name) {
  return static_cast<Tag>(static_cast<size_t>(Tag::kOther) + Find(kTags, name));
}

AttrName AttrNameOf(std::string_view name) { return static_cast<AttrName>(Find(kAttrs, name)); }

bool IsVoid(Tag tag) {
  switch (tag) {
    case Tag::kBase:
    case Tag::kBr:
    case Tag::kHr:
    case Tag::kImg:
    case Tag::kInput:
    case Tag::kLink:
    case Tag::kMeta:
    case Tag::kSource:
    case Tag::kWbr:
      return true;
    default:
      return false;
  }
}

bool IsBlockTag(Tag tag) {
  switch (tag) {
    case Tag::kText:
    case Tag::kOther:
    case Tag::kA:
    case Tag::kAbbr:
    case Tag::kB:
    case Tag::kBr:
    case Tag::kCite:
    case Tag::kCode:
    case Tag::kEm:
    case Tag::kFont:
    case Tag::kI:
    case Tag::kImg:
    case Tag::kInput:
    case Tag::kLabel:
    case Tag::kQ:
    case Tag::kSmall:
    case Tag::kSpan:
    case Tag::kStrong:
    case Tag::kSub:
    case Tag::kSup:
    case Tag::kTime:
    case Tag::kU:
    case Tag::kWbr:
      return false;
    default:
      return true;
  }
}

}  // namespace verbatim::ingest
