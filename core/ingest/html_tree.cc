// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/ingest/limits.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {

// What libxml2 calls while it reads. Its own tree is never made.
class HtmlTreeBuilder {
 public:
  // Of a page of so many bytes: text and attributes are most of it, a node takes some thirty.
  explicit HtmlTreeBuilder(const TrimmedHtml& trimmed) : kept_(trimmed.attributes) {
    tree_.text_.reserve(2 * trimmed.html.size());
    tree_.nodes_.reserve(trimmed.html.size() / 16);
    tree_.attributes_.reserve(kept_.size());
  }

  static void Start(void* self, const xmlChar* name, const xmlChar** attributes) {
    static_cast<HtmlTreeBuilder*>(self)->OnStart(name, attributes);
  }
  static void End(void* self, const xmlChar*) { static_cast<HtmlTreeBuilder*>(self)->OnEnd(); }
  static void Characters(void* self, const xmlChar* text, int size) {
    static_cast<HtmlTreeBuilder*>(self)->OnText(
        {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
  }

  HtmlTree Finish() {
    while (!open_.empty()) Close();
    return std::move(tree_);
  }

 private:
  void OnStart(const xmlChar* name, const xmlChar** attributes) {
    HtmlTree::Node node;
    node.tag = TagOf(reinterpret_cast<const char*>(name));
    node.depth = static_cast<uint16_t>(std::min<size_t>(open_.size(), limits::kHtmlDepthMax));
    if (!open_.empty()) node.parent = open_.back();
    node.first = static_cast<uint32_t>(tree_.attributes_.size());
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
      const auto text = [](const xmlChar* at) -> std::string_view {
        return at != nullptr ? reinterpret_cast<const char*>(at) : "";
      };
      if (text(attributes[0]) == kAttributesAt) {
        AddKept(text(attributes[1]));
      } else {
        AddAttribute(AttrNameOf(text(attributes[0])), text(attributes[1]));
      }
    }
    node.last = static_cast<uint32_t>(tree_.attributes_.size());
    open_.push_back(tree_.size());
    tree_.nodes_.push_back(node);
  }

  void AddAttribute(AttrName name, std::string_view value) {
    if (name == AttrName::kNone) return;
    const auto begin = static_cast<uint32_t>(tree_.text_.size());
    tree_.text_ += value;
    tree_.attributes_.push_back({name, begin, static_cast<uint32_t>(tree_.text_.size())});
  }

  // Those that the trimmer kept beside the markup, from a number on.
  void AddKept(std::string_view number) {
    size_t i = kept_.size();
    std::from_chars(number.data(), number.data() + number.size(), i);
    for (; i < kept_.size(); ++i) {
      AddAttribute(kept_[i].name, kept_[i].value);
      if (kept_[i].last) break;
    }
  }

  void OnEnd() {
    if (!open_.empty()) Close();
  }

  void OnText(std::string_view text) {
    const uint32_t parent = open_.empty() ? HtmlTree::kNoNode : open_.back();
    const auto begin = static_cast<uint32_t>(tree_.text_.size());
    tree_.text_ += text;
    const auto end = static_cast<uint32_t>(tree_.text_.size());
    if (!tree_.nodes_.empty()) {
      HtmlTree::Node& before = tree_.nodes_.back();
      if (before.tag == Tag::kText && before.parent == parent && before.last == begin) {
        before.last = end;
        return;
      }
    }
    HtmlTree::Node node;
    node.tag = Tag::kText;
    node.depth = static_cast<uint16_t>(std::min<size_t>(open_.size(), limits::kHtmlDepthMax));
    node.parent = parent;
    node.end = tree_.size() + 1;
    node.first = begin;
    node.last = end;
    tree_.nodes_.push_back(node);
  }

  void Close() {
    tree_.nodes_[open_.back()].end = tree_.size();
    open_.pop_back();
  }

  const std::vector<TrimmedAttribute>& kept_;
  HtmlTree tree_;
  std::vector<uint32_t> open_;
};

HtmlTree HtmlTree::Parse(const TrimmedHtml& trimmed) {
  // Once, before several threads parse: what libxml2 shares is made then.
  static const bool ready = (xmlInitParser(), true);
  static_cast<void>(ready);
  HtmlTreeBuilder builder(trimmed);
  const std::string& html = trimmed.html;
  htmlParserCtxtPtr context =
      html.empty() ? nullptr
                   : htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size()));
  if (context == nullptr) return builder.Finish();
  std::memset(context->sax, 0, sizeof *context->sax);
  context->sax->startElement = &HtmlTreeBuilder::Start;
  context->sax->endElement = &HtmlTreeBuilder::End;
  context->sax->characters = &HtmlTreeBuilder::Characters;
  context->sax->ignorableWhitespace = &HtmlTreeBuilder::Characters;
  context->sax->cdataBlock = &HtmlTreeBuilder::Characters;
  context->userData = &builder;
  htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                  HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(context);
  htmlFreeParserCtxt(context);
  return builder.Finish();
}

std::string_view HtmlTree::Attr(uint32_t node, AttrName name) const {
  const Node& at = nodes_[node];
  if (at.tag == Tag::kText) return {};
  for (uint32_t i = at.first; i < at.last; ++i) {
    const Attribute& attribute = attributes_[i];
    if (attribute.name == name)
      return std::string_view(text_).substr(attribute.begin, attribute.end - attribute.begin);
  }
  return {};
}

bool HtmlTree::Has(uint32_t node, AttrName name) const {
  const Node& at = nodes_[node];
  if (at.tag == Tag::kText) return false;
  return std::any_of(attributes_.begin() + at.first, attributes_.begin() + at.last,
                     [&](const Attribute& attribute) { return attribute.name == name; });
}

std::string_view HtmlTree::Text(uint32_t node) const {
  const Node& at = nodes_[node];
  return std::string_view(text_).substr(at.first, at.last - at.first);
}

std::string HtmlTree::InnerText(uint32_t node) const {
  std::string all;
  for (uint32_t i = node; i < nodes_[node].end; ++i) {
    if (nodes_[i].tag == Tag::kText) {
      all += Text(i);
    } else if (IsBlockTag(nodes_[i].tag) || nodes_[i].tag == Tag::kBr) {
      all += ' ';
    }
  }
  return FoldBlanks(all);
}

std::string FoldBlanks(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool blank = false;
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte > ' ' && byte < 0x7f) {
      if (blank && !folded.empty()) folded += ' ';
      blank = false;
      folded += text[i++];
      continue;
    }
    const text::Decoded decoded = text::DecodeAt(text, i);
    const char32_t c = decoded.code_point;
    if (c <= U' ' || c == 0x7f || text::IsBlank(c) || text::IsLineEnd(c)) {
      blank = true;
    } else if (c != 0xAD && c != 0x200B && c != 0xFEFF) {
      if (blank && !folded.empty()) folded += ' ';
      blank = false;
      folded += text.substr(i, decoded.size);
    }
    i += decoded.size;
  }
  return folded;
}

}  // namespace verbatim::ingest
