// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/json_record.h"

#include <simdjson.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "core/ingest/charset.h"
#include "core/ingest/record_fields.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

using Names = absl::Span<const std::string_view>;

// Names are compared in small letters, without what parts their words: "date_publish",
// "datePublish" and "Date-Publish" are one.
constexpr std::string_view kText[] = {"maintext",    "text",     "rawtext",     "articlebody",
                                      "body",        "content",  "plaintext",   "fulltext",
                                      "articletext", "bodytext", "textcontent", "cleanedtext",
                                      "contents",    "story",    "paragraphs"};
constexpr std::string_view kHtml[] = {"html", "rawhtml", "contenthtml", "bodyhtml", "htmlcontent"};
constexpr std::string_view kTitle[] = {"title",        "headline", "titlepage",
                                       "articletitle", "webtitle", "heading"};
constexpr std::string_view kUrl[] = {
    "url",       "canonicalurl",     "canonicallink", "link", "weburl", "articleurl",
    "permalink", "mainentityofpage", "originalurl",   "uri",  "source", "sourceurl",
    "id"};
constexpr std::string_view kPublished[] = {"datepublish",
                                           "datepublished",
                                           "published",
                                           "publishedat",
                                           "publisheddate",
                                           "publishdate",
                                           "publicationdate",
                                           "publishedtime",
                                           "publishtime",
                                           "publicationtime",
                                           "pubdate",
                                           "articlepublishedtime",
                                           "webpublicationdate",
                                           "firstpublished",
                                           "date",
                                           "datetime"};
constexpr std::string_view kModified[] = {"datemodify",  "datemodified",       "modified",
                                          "modifiedat",  "modifieddate",       "modifiedtime",
                                          "updated",     "updatedat",          "lastmodified",
                                          "lastupdated", "articlemodifiedtime"};
constexpr std::string_view kFetched[] = {
    "datedownload", "downloaddate", "downloadedat", "crawldate", "crawledat",
    "crawltime",    "fetchedat",    "fetchtime",    "filedate",  "retrieved",
    "retrievedat",  "scrapedat",    "seendate",     "warcdate"};
constexpr std::string_view kOutlet[] = {"outlet",     "sitename",  "ogsitename",   "publisher",
                                        "sourcename", "newspaper", "sourcedomain", "sourcehostname",
                                        "hostname",   "source",    "domain"};
constexpr std::string_view kLanguage[] = {"language", "lang", "inlanguage", "languagecode",
                                          "metalang"};
constexpr std::string_view kDescription[] = {"description", "excerpt", "summary", "abstract",
                                             "metadescription"};
constexpr std::string_view kSection[] = {"section", "category", "articlesection", "sectionname",
                                         "categories"};
constexpr std::string_view kAuthors[] = {"authors", "author", "byline", "creator"};
constexpr std::string_view kTags[] = {"tags", "keywords"};
// Where a search engine or an interface puts the record itself.
constexpr std::string_view kWrappers[] = {"source", "article", "document", "doc", "item", "data"};
// What a value that is an object says in its place.
constexpr const char* kSaysIt[] = {"rendered", "name", "value", "text", "#text", "$date", "@id"};

std::string Plain(std::string_view key) {
  std::string plain;
  for (const char c : key) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0)
      plain += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return plain;
}

bool IsHttp(std::string_view text) { return text.substr(0, 4) == "http"; }

// Programs write "None" and "nan" for nothing.
bool SaysNothing(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos || text == "None" ||
         text == "null" || text == "nan" || text == "NaN";
}

// What a value says as one string; empty: nothing.
std::string Said(const element& value, int depth = 0) {
  constexpr int kDepthMax = 3;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(SaysNothing(text) ? "" : text);
  if (value.is_int64() || value.is_uint64()) return simdjson::to_string(value);
  // Seconds with a fraction; what no clock shows says nothing.
  constexpr double kSecondsMax = 1e15;
  if (double seconds = 0; value.is_double() && value.get(seconds) == simdjson::SUCCESS)
    return std::abs(seconds) < kSecondsMax ? absl::StrCat(static_cast<int64_t>(seconds)) : "";
  if (depth >= kDepthMax) return "";
  if (value.is_array()) {
    for (const element one : array(value)) {
      if (std::string said = Said(one, depth + 1); !said.empty()) return said;
    }
  } else if (value.is_object()) {
    for (const char* key : kSaysIt) {
      element inner;
      if (object(value)[key].get(inner) != simdjson::SUCCESS) continue;
      if (std::string said = Said(inner, depth + 1); !said.empty()) return said;
    }
  }
  return "";
}

std::vector<std::string> AllSaid(const element& value) {
  std::vector<std::string> all;
  if (value.is_array()) {
    for (const element one : array(value)) {
      if (std::string said = Said(one); !said.empty()) all.push_back(std::move(said));
    }
  } else if (std::string said = Said(value); !said.empty()) {
    all.push_back(std::move(said));
  }
  return all;
}

class Record {
 public:
  explicit Record(const object& from) {
    for (const auto field : from) values_.emplace(Plain(field.key), field.value);
  }

  std::optional<element> Find(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    return found->second;
  }

  // The first name under which something stands that `takes` takes.
  template <typename Takes>
  std::string First(Names names, const Takes& takes) const {
    for (const std::string_view name : names) {
      const auto value = Find(name);
      if (!value) continue;
      if (std::string said = Said(*value); !said.empty() && takes(said)) return said;
    }
    return "";
  }
  std::string First(Names names) const {
    return First(names, [](std::string_view) { return true; });
  }

  std::vector<std::string> FirstList(Names names) const {
    for (const std::string_view name : names) {
      const auto value = Find(name);
      if (!value) continue;
      if (auto all = AllSaid(*value); !all.empty()) return all;
    }
    return {};
  }

  // A text may come as a list of its paragraphs; a number is none.
  std::string Text() const {
    for (const std::string_view name : kText) {
      const auto value = Find(name);
      if (!value || value->is_number()) continue;
      std::string text;
      for (const std::string& paragraph : AllSaid(*value))
        absl::StrAppend(&text, text.empty() ? "" : "\n\n", paragraph);
      if (!text.empty()) return text;
    }
    return "";
  }

 private:
  std::map<std::string, element, std::less<>> values_;
};

bool IsMarkup(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '<') return false;
  return text.find("</", first) != std::string_view::npos ||
         text.find("/>", first) != std::string_view::npos;
}

RecordFields FieldsOf(const Record& from) {
  const auto not_http = [](std::string_view value) { return !IsHttp(value); };
  RecordFields fields;
  fields.text = from.Text();
  if (IsMarkup(fields.text)) fields.html = std::exchange(fields.text, "");
  if (fields.text.empty() && fields.html.empty()) fields.html = from.First(kHtml);
  fields.title = from.First(kTitle);
  fields.url = from.First(kUrl, IsHttp);
  fields.published = from.First(kPublished);
  fields.modified = from.First(kModified);
  fields.fetched = from.First(kFetched);
  fields.outlet = from.First(kOutlet, not_http);
  fields.language = from.First(kLanguage);
  fields.description = from.First(kDescription);
  fields.section = from.First(kSection);
  fields.authors = from.FirstList(kAuthors);
  fields.tags = from.FirstList(kTags);
  if (fields.tags.size() == 1) {
    const std::string listed = std::exchange(fields.tags, {}).front();
    for (const absl::string_view tag : absl::StrSplit(listed, absl::ByAnyChar(",;"))) {
      if (const auto said = absl::StripAsciiWhitespace(tag); !said.empty())
        fields.tags.emplace_back(said);
    }
  }
  return fields;
}

RecordFields FieldsOf(const object& from) {
  const Record record(from);
  RecordFields fields = FieldsOf(record);
  if (!fields.text.empty() || !fields.html.empty()) return fields;
  for (const std::string_view wrapper : kWrappers) {
    const auto within = record.Find(wrapper);
    if (!within || !within->is_object()) continue;
    RecordFields inner = FieldsOf(Record(object(*within)));
    if (!inner.text.empty() || !inner.html.empty()) return inner;
  }
  return fields;
}

// One pass over what no JSON may hold: outside of strings NaN and Infinity become null; inside,
// control characters become blanks, and halves of surrogate pairs that stand alone, which no text
// can hold, U+FFFD.
class Mender {
 public:
  explicit Mender(std::string_view json) : json_(json) {}

  std::string Run() {
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (c == '"') in_string_ = !in_string_;
      if (!in_string_ && (c == 'N' || c == 'I' || c == '-')) {
        Outside();
      } else if (!in_string_ && absl::ascii_isdigit(static_cast<unsigned char>(c))) {
        Number();
      } else if (in_string_ && c == '\\') {
        Escape();
      } else {
        out_ += in_string_ && static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  void Outside() {
    for (const std::string_view word : {"NaN", "-Infinity", "Infinity"}) {
      if (json_.substr(at_, word.size()) != word) continue;
      out_ += "null";
      at_ += word.size();
      return;
    }
    out_ += json_[at_++];
  }

  // One of more digits than a machine's numbers have becomes a string.
  void Number() {
    constexpr size_t kDigitsMax = 18;
    const size_t end = std::min(json_.find_first_not_of("0123456789", at_), json_.size());
    const std::string_view digits = json_.substr(at_, end - at_);
    const bool whole =
        end == json_.size() || std::string_view(".eE+-").find(json_[end]) == digits.npos;
    const bool begins = out_.empty() || std::string_view(".eE+-").find(out_.back()) == digits.npos;
    const std::string_view mark = digits.size() > kDigitsMax && whole && begins ? "\"" : "";
    absl::StrAppend(&out_, std::string(mark), std::string(digits), std::string(mark));
    at_ = end;
  }

  unsigned Unit(size_t at) const {
    if (at + 6 > json_.size() || json_[at] != '\\' || json_[at + 1] != 'u') return 0;
    return static_cast<unsigned>(
        std::strtoul(std::string(json_.substr(at + 2, 4)).c_str(), nullptr, 16));
  }

  void Escape() {
    const unsigned first = Unit(at_);
    const bool high = first >= 0xD800 && first < 0xDC00;
    const bool low = first >= 0xDC00 && first < 0xE000;
    const unsigned second = high ? Unit(at_ + 6) : 0;
    const bool pair = second >= 0xDC00 && second < 0xE000;
    const size_t size = pair ? 12 : high || low ? 6 : 2;
    if ((high || low) && !pair) {
      out_ += "\\ufffd";
    } else {
      out_ += json_.substr(at_, size);
    }
    at_ = std::min(at_ + size, json_.size());
  }

  std::string_view json_;
  std::string out_;
  size_t at_ = 0;
  bool in_string_ = false;
};

}  // namespace

absl::StatusOr<Draft> DraftFromJson(std::string object_text, std::string_view where,
                                    std::string_view input_name, const Given& given) {
  // Its buffers grow to the longest record and stay.
  thread_local simdjson::dom::parser parser;
  element root;
  std::optional<Decoded> decoded;
  auto error = parser.parse(object_text).get(root);
  if (error != simdjson::SUCCESS) {
    if (!text::IsValidUtf8(object_text)) {
      VB_ASSIGN_OR_RETURN(decoded, Decode(object_text, ""));
    }
    const std::string mended = Mender(decoded ? decoded->text : object_text).Run();
    error = parser.parse(mended).get(root);
  }
  object fields;
  if (error != simdjson::SUCCESS || root.get(fields) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad-json in ", std::string(where), ": ",
                     error == simdjson::SUCCESS ? "no object" : simdjson::error_message(error)));
  }
  auto draft =
      DraftFromFields(FieldsOf(fields), std::move(object_text), input_name, given, "jsonl");
  if (!draft.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(draft.status().message(), " (", std::string(where), ")"));
  }
  if (decoded) {
    draft->content.mutable_extraction()->set_charset(decoded->used);
    draft->content.mutable_extraction()->set_replaced(decoded->replaced);
  }
  return draft;
}

}  // namespace verbatim::ingest
