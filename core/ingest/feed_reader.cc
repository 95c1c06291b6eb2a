// SPDX-License-Identifier: Apache-2.0
// RSS, Atom and JSON feeds: an item with a text is an article, as far as the feed prints it. A
// document type is refused: no feed needs one, and entities are how XML is turned against its
// reader.
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <simdjson.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/ingest/charset.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"
#include "core/ingest/record_fields.h"

namespace verbatim::ingest {
namespace {

std::string_view NameOf(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? reinterpret_cast<const char*>(node->name)
                                        : std::string_view();
}

std::string ContentOf(xmlNode* node) {
  xmlChar* content = xmlNodeGetContent(node);
  if (content == nullptr) return "";
  std::string text(reinterpret_cast<const char*>(content));
  xmlFree(content);
  return text;
}

// The same of an element that may hold markup as elements of its own, as Atom's "xhtml" does.
std::string MarkupOf(xmlNode* node) {
  bool elements = false;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next)
    elements |= child->type == XML_ELEMENT_NODE;
  if (!elements) return ContentOf(node);
  const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(),
                                                                    &xmlBufferFree);
  for (xmlNode* child = node->children; child != nullptr; child = child->next)
    xmlNodeDump(buffer.get(), node->doc, child, 0, 0);
  return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

std::string AttributeOf(xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return "";
  std::string text(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return text;
}

// What its declaration says, as a header would.
std::string DeclaredInXml(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, bytes.find("?>"));
  const size_t at = head.substr(0, 200).find("encoding=");
  if (at == std::string_view::npos || at + 11 > head.size()) return "";
  const size_t end = head.find_first_of("\"'", at + 10);
  return absl::StrCat("charset=", absl::AsciiStrToLower({head.data() + at + 10,
                                                         std::min(end, head.size()) - at - 10}));
}

// An address, where the feed gives it within its own.
std::string Absolute(xmlDoc* document, xmlNode* node, const std::string& url) {
  if (url.empty() || absl::StartsWith(url, "http")) return url;
  xmlChar* base = xmlNodeGetBase(document, node);
  if (base == nullptr) return url;
  xmlChar* built = xmlBuildURI(reinterpret_cast<const xmlChar*>(url.c_str()), base);
  std::string absolute = built == nullptr ? url : reinterpret_cast<const char*>(built);
  if (built != nullptr) xmlFree(built);
  xmlFree(base);
  return absolute;
}

// The child of that name; the first of several names that is there and not empty.
std::string Child(xmlNode* item, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (xmlNode* child = item->children; child != nullptr; child = child->next) {
      if (NameOf(child) != name) continue;
      std::string text = MarkupOf(child);
      if (text.find_first_not_of(" \t\r\n") != std::string::npos) return text;
    }
  }
  return "";
}

std::string LinkOf(xmlNode* item) {
  std::string first;
  for (xmlNode* child = item->children; child != nullptr; child = child->next) {
    if (NameOf(child) != "link") continue;
    const std::string href = AttributeOf(child, "href");
    const std::string relation = AttributeOf(child, "rel");
    if (href.empty()) return ContentOf(child);
    if (relation.empty() || relation == "alternate") return href;
    if (first.empty()) first = href;
  }
  const std::string guid = Child(item, {"guid", "id"});
  return first.empty() && absl::StartsWith(guid, "http") ? guid : first;
}

RecordFields FieldsOf(xmlNode* item) {
  RecordFields fields;
  fields.title = Child(item, {"title"});
  fields.url = LinkOf(item);
  fields.html = Child(item, {"encoded", "content", "description", "summary"});
  fields.description = TextOfFragment(Child(item, {"description", "summary"}));
  fields.published = Child(item, {"pubDate", "published", "date", "issued"});
  fields.modified = Child(item, {"updated", "modified"});
  if (fields.published.empty()) fields.published = fields.modified;
  for (xmlNode* child = item->children; child != nullptr; child = child->next) {
    const std::string_view name = NameOf(child);
    if (name == "creator" || name == "author") {
      const std::string within = Child(child, {"name"});
      fields.authors.push_back(within.empty() ? ContentOf(child) : within);
    } else if (name == "category") {
      const std::string term = AttributeOf(child, "term");
      fields.tags.push_back(term.empty() ? ContentOf(child) : term);
    }
  }
  return fields;
}

std::string Dump(xmlDoc* document, xmlNode* item) {
  const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(),
                                                                    &xmlBufferFree);
  xmlNodeDump(buffer.get(), document, item, 0, 0);
  return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

class FeedReader {
 public:
  FeedReader(std::string_view name, const Given& given, const OnReading& on_reading)
      : name_(name), given_(given), on_reading_(on_reading) {}

  absl::Status Xml(std::string_view bytes) {
    const size_t doctype = bytes.find("<!DOCTYPE");
    const size_t entity = bytes.find("<!ENTITY");
    if (doctype != std::string_view::npos || entity != std::string_view::npos) {
      return Fail(absl::StrCat("doctype-refused at byte ", std::min(doctype, entity),
                               ": a feed needs no document type; take it out"));
    }
    const auto decoded = Decode(bytes, DeclaredInXml(bytes));
    if (!decoded.ok()) return Fail(std::string(decoded.status().message()));
    const std::string& text = decoded->text;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(text.data(), static_cast<int>(text.size()), "feed.xml", "UTF-8",
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                          XML_PARSE_RECOVER | XML_PARSE_NOCDATA),
        &xmlFreeDoc);
    xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
    if (root == nullptr) return Fail("bad-feed: no XML");
    const bool nested = NameOf(root) == "rss";
    for (xmlNode* child = root->children; child != nullptr; child = child->next) {
      if (nested && NameOf(child) == "channel") VB_RETURN_IF_ERROR(Items(document.get(), child));
    }
    if (!nested) VB_RETURN_IF_ERROR(Items(document.get(), root));
    return items_ > 0 ? absl::OkStatus() : Fail("bad-feed: no item in it");
  }

  absl::Status Json(const std::string& bytes) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::array items;
    if (parser.parse(bytes).get(root) != simdjson::SUCCESS ||
        root["items"].get(items) != simdjson::SUCCESS)
      return Fail("bad-feed: no JSON feed");
    const std::string outlet = Text(root, "title");
    for (const simdjson::dom::element item : items) {
      RecordFields fields;
      fields.text = Text(item, "content_text");
      fields.html = Text(item, "content_html");
      if (fields.text.empty() && fields.html.empty()) fields.text = Text(item, "summary");
      fields.title = Text(item, "title");
      fields.url = Text(item, "url");
      fields.published = Text(item, "date_published");
      fields.modified = Text(item, "date_modified");
      fields.description = Text(item, "summary");
      fields.outlet = outlet;
      if (fields.url.empty()) fields.url = Text(item, "external_url");
      if (const std::string id = Text(item, "id");
          fields.url.empty() && absl::StartsWith(id, "http"))
        fields.url = id;
      fields.language = Text(item, "language");
      simdjson::dom::element author;
      if (item["author"].get(author) == simdjson::SUCCESS)
        fields.authors.push_back(Text(author, "name"));
      simdjson::dom::array authors;
      if (item["authors"].get(authors) == simdjson::SUCCESS) {
        for (const simdjson::dom::element one : authors)
          fields.authors.push_back(Text(one, "name"));
      }
      VB_RETURN_IF_ERROR(Emit(fields, simdjson::to_string(item)));
    }
    return items_ > 0 ? absl::OkStatus() : Fail("bad-feed: no item in it");
  }

  absl::Status Fail(std::string why) {
    Reading reading;
    reading.draft = NoDraft(absl::InvalidArgumentError(std::move(why)));
    return on_reading_(std::move(reading));
  }

 private:
  static std::string Text(const simdjson::dom::element& from, const char* key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
  }

  absl::Status Items(xmlDoc* document, xmlNode* parent) {
    const std::string outlet = Child(parent, {"title"});
    for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
      const std::string_view name = NameOf(child);
      if (name == "channel") VB_RETURN_IF_ERROR(Items(document, child));
      if (name != "item" && name != "entry") continue;
      RecordFields fields = FieldsOf(child);
      fields.outlet = outlet;
      fields.url = Absolute(document, child, std::string(absl::StripAsciiWhitespace(fields.url)));
      VB_RETURN_IF_ERROR(Emit(fields, Dump(document, child)));
    }
    return absl::OkStatus();
  }

  absl::Status Emit(const RecordFields& fields, std::string bytes) {
    Reading reading;
    reading.record = absl::StrCat("item ", ++items_);
    Given given = given_;
    given.record = reading.record;
    reading.bytes = bytes.size();
    reading.draft = [fields, bytes = std::move(bytes), name = std::string(name_), given]() mutable {
      return DraftFromFields(fields, std::move(bytes), name, given, "feed");
    };
    return on_reading_(std::move(reading));
  }

  std::string_view name_;
  const Given& given_;
  const OnReading& on_reading_;
  size_t items_ = 0;
};

}  // namespace

absl::Status ReadFeed(ByteStream& stream, std::string_view name, const Given& given,
                      const OnReading& on_reading) {
  FeedReader reader(name, given, on_reading);
  if (stream.Need(limits::kDocumentBytesMax + 1)) {
    return reader.Fail(
        absl::StrCat("too-large: a feed has at most ", limits::kDocumentBytesMax, " bytes"));
  }
  if (!stream.status().ok()) return reader.Fail(std::string(stream.status().message()));
  const std::string bytes(stream.Peek());
  const size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string::npos && bytes[first] == '{' ? reader.Json(bytes) : reader.Xml(bytes);
}

}  // namespace verbatim::ingest
