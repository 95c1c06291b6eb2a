// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/html_names.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace verbatim::ingest {
namespace {

// In the order of the enums, from their first named value on; sorted, so that
// nobody adds a name twice.
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
constexpr std::array<std::string_view, 19> kAttrs = {
    "aria-hidden", "class",      "content", "data-component", "data-testid", "datetime", "hidden",
    "href",        "http-equiv", "id",      "itemprop",       "lang",        "name",     "property",
    "rel",         "role",       "style",   "title",          "type"};
static_assert(kTags.size() == static_cast<size_t>(Tag::kWbr) - static_cast<size_t>(Tag::kOther));
static_assert(kAttrs.size() == static_cast<size_t>(AttrName::kType));
static_assert(std::is_sorted(kTags.begin(), kTags.end()));
static_assert(std::is_sorted(kAttrs.begin(), kAttrs.end()));

constexpr size_t kNameBytesMax = 16;

constexpr char Small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr size_t kSlots = 512;

// Of a name that isn't empty, whatever its case: its ends, its middle and its length tell most
// names apart.
constexpr size_t SlotOf(std::string_view name) {
  const auto at = [&](size_t i) { return static_cast<size_t>(Small(name[i])) & 0x7f; };
  return (at(0) * 31 + at(name.size() / 2) * 7 + at(name.size() - 1) * 131 + name.size() * 17) %
         kSlots;
}

// Where each name of a list stands in it, from 1, by its slot or the next free one behind.
template <size_t n>
constexpr std::array<uint8_t, kSlots> SlotsOf(const std::array<std::string_view, n>& names) {
  std::array<uint8_t, kSlots> slots{};
  for (size_t i = 0; i < n; ++i) {
    size_t slot = SlotOf(names[i]);
    while (slots[slot] != 0) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<uint8_t>(i + 1);
  }
  return slots;
}

constexpr std::array<uint8_t, kSlots> kTagSlots = SlotsOf(kTags);
constexpr std::array<uint8_t, kSlots> kAttrSlots = SlotsOf(kAttrs);

// The number of the name in a list, from 1; 0 when it isn't there.
template <size_t n>
size_t Find(const std::array<std::string_view, n>& names, const std::array<uint8_t, kSlots>& slots,
            std::string_view name) {
  if (name.empty() || name.size() > kNameBytesMax) return 0;
  for (size_t slot = SlotOf(name); slots[slot] != 0; slot = (slot + 1) % kSlots) {
    const std::string_view known = names[slots[slot] - 1u];
    if (known.size() == name.size() && std::equal(name.begin(), name.end(), known.begin(),
                                                  [](char a, char b) { return Small(a) == b; }))
      return slots[slot];
  }
  return 0;
}

}  // namespace

Tag TagOf(std::string_view name) {
  return static_cast<Tag>(static_cast<size_t>(Tag::kOther) + Find(kTags, kTagSlots, name));
}

AttrName AttrNameOf(std::string_view name) {
  return static_cast<AttrName>(Find(kAttrs, kAttrSlots, name));
}

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
