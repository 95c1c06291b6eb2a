// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/html_trim.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "core/ingest/html_names.h"
#include "core/ingest/limits.h"
#include "core/ingest/url.h"
#include "fmt/format.h"

namespace verbatim::ingest {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

bool EndsName(char c) { return IsSpace(c) || c == '>' || c == '/'; }

// Elements whose whole content is left out: no tree ever has one.
bool IsLeftOut(Tag tag) {
  switch (tag) {
    case Tag::kScript:
    case Tag::kStyle:
    case Tag::kNoscript:
    case Tag::kTemplate:
    case Tag::kSvg:
    case Tag::kIframe:
    case Tag::kTextarea:
      return true;
    default:
      return false;
  }
}

// Elements whose end tag is often left out: they don't nest by being opened again and again.
bool EndsByItself(Tag tag) {
  switch (tag) {
    case Tag::kP:
    case Tag::kLi:
    case Tag::kDd:
    case Tag::kDt:
    case Tag::kTr:
    case Tag::kTd:
    case Tag::kTh:
    case Tag::kThead:
    case Tag::kTbody:
    case Tag::kTfoot:
    case Tag::kOption:
    case Tag::kHead:
    case Tag::kBody:
    case Tag::kHtml:
      return true;
    default:
      return IsVoid(tag);
  }
}

// Does this style hide the element?
bool Hides(std::string_view style) {
  const std::string css = absl::AsciiStrToLower({style.data(), style.size()});
  for (const char* hides :
       {"display:none", "display: none", "visibility:hidden", "visibility: hidden"}) {
    if (absl::StrContains(css, hides)) return true;
  }
  return false;
}

// Is this attribute looked at, there? Links and styles are a third of a page's tags.
bool IsRead(Tag tag, AttrName name, std::string_view value) {
  switch (name) {
    case AttrName::kType:
      return false;
    case AttrName::kHref:
      return tag == Tag::kLink || tag == Tag::kBase || (tag == Tag::kA && LeadsToAuthor(value));
    case AttrName::kName:
      return tag == Tag::kMeta;
    case AttrName::kStyle:
      return Hides(value);
    default:
      return true;
  }
}

// Would a parser find other characters in it than those that stand there? Eight bytes at once are
// asked whether any is '&' or a control character: a byte that is below n borrows from its
// highest bit when n is subtracted from it.
bool NeedsDecoding(std::string_view value) {
  constexpr uint64_t kEach = 0x0101010101010101u;
  const auto any_below = [](uint64_t bytes, uint64_t n) {
    return (bytes - kEach * n) & ~bytes & (kEach * 0x80);
  };
  uint64_t found = 0;
  for (; value.size() >= sizeof found; value.remove_prefix(sizeof found)) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, value.data(), sizeof bytes);
    found |= any_below(bytes, 0x20) | any_below(bytes ^ (kEach * '&'), 1);
  }
  return found != 0 || std::any_of(value.begin(), value.end(), [](char c) {
           return c == '&' || static_cast<unsigned char>(c) < 0x20;
         });
}

class Trimmer {
 public:
  explicit Trimmer(std::string_view html) : html_(html) {
    out_.html.reserve(html.size() / 2 + 256);
    out_.attributes.reserve(html.size() / 256);
    no_end_.fill(false);
  }

  TrimmedHtml Run() {
    while (at_ < html_.size()) {
      const size_t mark = html_.find('<', at_);
      CopyText(html_.substr(at_, mark == kNone ? kNone : mark - at_));
      if (mark == kNone) break;
      at_ = mark;
      if (++nodes_ > limits::kHtmlNodesMax) {
        Warn("nodes");
        break;
      }
      Markup();
    }
    return std::move(out_);
  }

 private:
  // Control characters say nothing in a page, and a NUL ends it for some parsers. They and the
  // indentation of the source, which is a third of what stands between tags, become one blank.
  void CopyText(std::string_view text) {
    bool blank = false;
    for (size_t i = 0; i < text.size();) {
      if (static_cast<unsigned char>(text[i]) <= 0x20) {
        blank = true;
        ++i;
        continue;
      }
      size_t end = i + 1;
      while (end < text.size() && static_cast<unsigned char>(text[end]) > 0x20) ++end;
      if (blank) out_.html += ' ';
      blank = end < text.size();
      out_.html += text.substr(i, end - i);
      i = end;
    }
    if (blank) out_.html += ' ';
  }

  void Warn(const char* what) {
    if (std::find(out_.warnings.begin(), out_.warnings.end(), what) == out_.warnings.end())
      out_.warnings.emplace_back(what);
  }

  // At '<'.
  void Markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.substr(0, 4) == "<!--") {
      Skip("-->", 4);
    } else if (rest.size() > 1 && (rest[1] == '!' || rest[1] == '?')) {
      Skip(">", 2);
    } else if (rest.size() > 1 && IsLetter(rest[1])) {
      Opening();
    } else if (rest.size() > 2 && rest[1] == '/' && IsLetter(rest[2])) {
      Closing();
    } else {
      out_.html += "&lt;";
      ++at_;
    }
  }

  void Skip(std::string_view end, size_t from) {
    const size_t found = html_.find(end, at_ + from);
    at_ = found == kNone ? html_.size() : found + end.size();
  }

  std::string_view Name(size_t begin) const {
    size_t end = begin;
    while (end < html_.size() && !EndsName(html_[end])) ++end;
    return html_.substr(begin, end - begin);
  }

  void Closing() {
    const std::string_view name = Name(at_ + 2);
    const Tag tag = TagOf(name);
    Skip(">", 2);
    if (IsLeftOut(tag) || IsVoid(tag)) return;
    if (!EndsByItself(tag)) {
      if (flattened_ > 0) {
        --flattened_;
        return;
      }
      if (depth_ > 0) --depth_;
    }
    Put({"</", name, ">"});
  }

  void Opening() {
    const std::string_view name = Name(at_ + 1);
    const Tag tag = TagOf(name);
    at_ += 1 + name.size();
    const size_t tag_begin = out_.html.size();
    const size_t first_attribute = out_.attributes.size();
    Put({"<", name});
    const bool json_ld = Attributes(tag);
    const auto take_back = [&] {
      out_.html.resize(tag_begin);
      out_.attributes.resize(first_attribute);
    };
    if (IsLeftOut(tag)) {
      take_back();
      LeaveOut(tag, name, json_ld);
      return;
    }
    if (!EndsByItself(tag)) {
      if (depth_ >= limits::kHtmlDepthMax) {
        ++flattened_;
        Warn("depth");
        take_back();
        return;
      }
      ++depth_;
    }
    if (out_.attributes.size() > first_attribute) {
      out_.attributes.back().last = true;
      Put({" ", kAttributesAt, "=", fmt::format_int(first_attribute).c_str()});
    }
    out_.html += '>';
  }

  void Put(std::initializer_list<std::string_view> pieces) {
    for (const std::string_view piece : pieces) out_.html += piece;
  }

  // Copies what is read of a tag's attributes and goes behind its '>'. Is it a script of JSON-LD?
  bool Attributes(Tag tag) {
    bool json_ld = false;
    uint32_t seen = 0;
    size_t count = 0;
    while (at_ < html_.size() && html_[at_] != '>') {
      if (IsSpace(html_[at_]) || html_[at_] == '/') {
        ++at_;
        continue;
      }
      const size_t begin = at_++;
      while (at_ < html_.size() && !EndsName(html_[at_]) && html_[at_] != '=') ++at_;
      const std::string_view name = html_.substr(begin, at_ - begin);
      const std::string_view value = Value();
      if (++count > limits::kHtmlAttributesMax) {
        Warn("attributes");
        continue;
      }
      const AttrName known = AttrNameOf(name);
      const uint32_t bit = 1u << static_cast<uint32_t>(known);
      if (known == AttrName::kNone || (seen & bit) != 0) continue;
      seen |= bit;
      if (known == AttrName::kType)
        json_ld |=
            absl::StrContains(absl::AsciiStrToLower({value.data(), value.size()}), "ld+json");
      if (!IsRead(tag, known, value)) continue;
      if (!NeedsDecoding(value)) {
        out_.attributes.push_back({known, false, value});
        continue;
      }
      const bool has_quote = value.find('"') != kNone;
      const bool has_both = has_quote && value.find('\'') != kNone;
      const std::string_view mark = has_quote ? "'" : "\"";
      if (!has_both) Put({" ", name, "=", mark, value, mark});
    }
    if (at_ < html_.size()) ++at_;
    return json_ld;
  }

  // Behind an attribute's name: its value, with the quotation marks gone.
  std::string_view Value() {
    size_t i = at_;
    while (i < html_.size() && IsSpace(html_[i])) ++i;
    if (i >= html_.size() || html_[i] != '=') return {};
    ++i;
    while (i < html_.size() && IsSpace(html_[i])) ++i;
    if (i < html_.size() && (html_[i] == '"' || html_[i] == '\'')) {
      const size_t end = std::min(html_.find(html_[i], i + 1), html_.size());
      at_ = std::min(end + 1, html_.size());
      return html_.substr(i + 1, end - i - 1);
    }
    at_ = i;
    while (at_ < html_.size() && !IsSpace(html_[at_]) && html_[at_] != '>') ++at_;
    return html_.substr(i, at_ - i);
  }

  // Behind the opening tag of something that is left out whole.
  void LeaveOut(Tag tag, std::string_view name, bool json_ld) {
    bool& no_end = no_end_[static_cast<size_t>(tag)];
    const size_t end = no_end ? kNone : EndTag(name);
    if (end == kNone) {
      // Nothing closes it: only a script's or a style's content would show as text.
      no_end = true;
      if (tag == Tag::kScript || tag == Tag::kStyle) at_ = html_.size();
      return;
    }
    if (json_ld && tag == Tag::kScript) out_.json_ld.emplace_back(html_.substr(at_, end - at_));
    at_ = end;
    Skip(">", 2);
  }

  // The byte at which "</name" begins.
  size_t EndTag(std::string_view name) const {
    for (size_t i = html_.find("</", at_); i != kNone; i = html_.find("</", i + 2)) {
      const std::string_view after = html_.substr(i + 2, name.size());
      if (absl::EqualsIgnoreCase(absl::string_view(after.data(), after.size()),
                                 absl::string_view(name.data(), name.size())))
        return i;
    }
    return kNone;
  }

  std::string_view html_;
  TrimmedHtml out_;
  size_t at_ = 0;
  size_t nodes_ = 0;
  size_t depth_ = 0;
  size_t flattened_ = 0;
  std::array<bool, 256> no_end_;  // by tag: no end tag stands further on
};

// What counts as a page's own tag when a file's nature is guessed.
constexpr size_t kLookBytes = 64 * 1024;
constexpr int kKnownTagsMin = 3;
constexpr size_t kTagNameBytesMax = 32;

bool IsBodyTag(Tag tag) {
  return tag == Tag::kHtml || tag == Tag::kHead || tag == Tag::kBody || tag == Tag::kP ||
         tag == Tag::kDiv;
}

}  // namespace

TrimmedHtml TrimHtml(std::string_view html) { return Trimmer(html).Run(); }

bool LooksLikeHtml(std::string_view text) {
  const std::string_view head = text.substr(0, kLookBytes);
  const size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == kNone) return false;
  const std::string_view begin = head.substr(first);
  if (absl::StartsWithIgnoreCase(absl::string_view(begin.data(), begin.size()), "<!doctype html"))
    return true;
  int known = 0;
  bool of_body = false;
  for (size_t i = head.find('<'); i != kNone; i = head.find('<', i + 1)) {
    size_t name = i + 1;
    if (name < head.size() && head[name] == '/') ++name;
    size_t end = name;
    while (end < head.size() && end < name + kTagNameBytesMax && !EndsName(head[end])) ++end;
    const Tag tag = TagOf(head.substr(name, end - name));
    if (end == name || tag == Tag::kOther || head.find('>', end) == kNone) continue;
    ++known;
    of_body |= IsBodyTag(tag);
    if (known >= kKnownTagsMin && of_body) return true;
  }
  return false;
}

}  // namespace verbatim::ingest
