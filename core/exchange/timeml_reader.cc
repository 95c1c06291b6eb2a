// SPDX-License-Identifier: Apache-2.0
// TimeML: the text within <TEXT>, and its TIMEX3 elements as time expressions; other elements are
// text. What says CREATION_TIME is the article's, not the text's, and passed by. A document type is
// refused, because entities are how XML is turned against its reader; nothing is fetched.
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/exchange/found.h"
#include "verbatim/text/utf8.h"

namespace verbatim::exchange {
namespace {

constexpr char kType[] = "verbatim.v1.TemporalExpression";
constexpr std::string_view kArticle = "article ";
// Elements within each other; TimeML has two.
constexpr int kDepthMax = 64;

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view NameOf(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? View(node->name) : std::string_view();
}

std::string AttributeOf(xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string text(View(value));
  xmlFree(value);
  return text;
}

class TimemlReader {
 public:
  explicit TimemlReader(std::string_view file) { article_.file = std::string(file); }

  absl::Status Root(xmlNode* root) {
    if (NameOf(root) != "TimeML") {
      return absl::InvalidArgumentError(
          absl::StrCat(article_.file, ": its root is ", std::string(NameOf(root)), ", not TimeML"));
    }
    for (xmlNode* child = root->children; child != nullptr; child = child->next) {
      const std::string_view name = NameOf(child);
      if (name == "DOCID") article_.name = Content(child, 0);
      if (name == "EXTRAINFO") ReadExtra(Content(child, 0));
      if (name != "TEXT") continue;
      VB_RETURN_IF_ERROR(Walk(child, 0));
      has_text_ = true;
    }
    if (has_text_) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(article_.file, ": it has no TEXT"));
  }

  FoundArticle Take() { return std::move(article_); }

 private:
  // "article 3fa9... revision 0", which this program writes.
  void ReadExtra(std::string_view extra) {
    if (extra.substr(0, kArticle.size()) != kArticle) return;
    extra.remove_prefix(kArticle.size());
    const auto id = base::FromHex(extra.substr(0, extra.find(' ')));
    if (id && id->size() == base::kIdBytes) article_.id = *id;
  }

  static std::string Content(const xmlNode* node, int depth) {
    std::string text;
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
        text += View(child->content);
      } else if (depth < kDepthMax) {
        text += Content(child, depth + 1);
      }
    }
    return text;
  }

  absl::Status Walk(xmlNode* node, int depth) {
    const auto line = static_cast<uint64_t>(xmlGetLineNo(node));
    if (depth > kDepthMax) {
      return absl::InvalidArgumentError(
          absl::StrCat(WhereOf(article_.file, line), ": elements within each other, too deeply"));
    }
    const uint32_t begin = chars_;
    const size_t begin_byte = article_.text.size();
    for (xmlNode* child = node->children; child != nullptr; child = child->next) {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
        article_.text += View(child->content);
        chars_ += text::CountChars(View(child->content));
      } else if (child->type == XML_ELEMENT_NODE) {
        VB_RETURN_IF_ERROR(Walk(child, depth + 1));
      }
    }
    if (NameOf(node) != "TIMEX3" || chars_ == begin ||
        AttributeOf(node, "functionInDocument") == "CREATION_TIME") {
      return absl::OkStatus();
    }
    Found found{.type = kType, .line = line};
    for (const char* field : {"type", "value", "mod", "quant", "freq"}) {
      found.fields.push_back({field, AttributeOf(node, field)});
    }
    found.spans.push_back({begin, chars_, article_.text.substr(begin_byte)});
    article_.annotations.push_back(std::move(found));
    return absl::OkStatus();
  }

  FoundArticle article_;
  uint32_t chars_ = 0;
  bool has_text_ = false;
};

}  // namespace

absl::StatusOr<FoundFile> ReadTimeml(std::string_view bytes, std::string_view file) {
  for (const char* declared : {"<!DOCTYPE", "<!ENTITY"}) {
    const size_t at = bytes.find(declared);
    if (at == std::string_view::npos) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(std::string(file), ": ", declared, " at byte ", at,
                     " is refused: TimeML needs no document type; take it out"));
  }
  if (bytes.size() > std::numeric_limits<int>::max()) {
    return absl::ResourceExhaustedError(absl::StrCat(std::string(file), ": too large"));
  }
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(xmlNewParserCtxt(),
                                                                             &xmlFreeParserCtxt);
  if (context == nullptr) return absl::ResourceExhaustedError("no memory to read XML in");
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlCtxtReadMemory(
          context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES),
      &xmlFreeDoc);
  xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
  if (root == nullptr) {
    const xmlError* error = xmlCtxtGetLastError(context.get());
    const uint64_t line = error == nullptr ? 1 : static_cast<uint64_t>(error->line);
    std::string what = error == nullptr || error->message == nullptr ? "" : error->message;
    while (!what.empty() && what.back() == '\n') what.pop_back();
    return absl::InvalidArgumentError(absl::StrCat(WhereOf(file, line), ": no XML: ", what));
  }
  TimemlReader reader(file);
  VB_RETURN_IF_ERROR(reader.Root(root));
  FoundFile found;
  found.articles.push_back(reader.Take());
  return found;
}

}  // namespace verbatim::exchange
