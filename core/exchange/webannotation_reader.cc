// SPDX-License-Identifier: Apache-2.0
// W3C Web Annotations: an annotation, a list of them, or a page or collection with its items.
// Bodies as this program writes them (a tag with the type, the body in JSON) are taken whole; a
// comment of another program becomes a verbatim.v1.Note. A target has a source and a
// TextQuoteSelector or a TextPositionSelector, or both; several targets are the spans of one
// annotation.
#include <simdjson.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/exchange/found.h"
#include "verbatim/text/utf8.h"

namespace verbatim::exchange {
namespace {

using simdjson::SUCCESS;
using simdjson::dom::array;
using simdjson::dom::element;

constexpr std::string_view kUrn = "urn:verbatim:";

std::string Text(const element& of, std::string_view name) {
  std::string_view text;
  return of[name].get(text) == SUCCESS ? std::string(text) : std::string();
}

// The element itself where it is no list, its elements where it is one.
std::vector<element> Each(const element& of, std::string_view name) {
  std::vector<element> all;
  element value;
  if (of[name].get(value) != SUCCESS) return all;
  array list;
  if (value.get(list) != SUCCESS) return {value};
  for (const element one : list) all.push_back(one);
  return all;
}

bool IsA(const element& of, std::string_view type) {
  const std::vector<element> types = Each(of, "type");
  return std::any_of(types.begin(), types.end(), [&](const element& one) {
    std::string_view name;
    return one.get(name) == SUCCESS && name == type;
  });
}

// The id behind ":article:" or ":annotation:" of a name that this program gave.
std::string IdOf(std::string_view name, std::string_view kind) {
  if (name.substr(0, kUrn.size()) != kUrn) return "";
  const size_t at = name.rfind(kind);
  if (at == std::string_view::npos) return "";
  const auto id = base::FromHex(name.substr(at + kind.size()));
  return id && id->size() == base::kIdBytes ? *id : "";
}

absl::StatusOr<FoundSpan> SpanOf(const element& target, Found& found) {
  FoundSpan span;
  bool any = false;
  for (const element& selector : Each(target, "selector")) {
    if (IsA(selector, "TextQuoteSelector")) {
      span.exact = Text(selector, "exact");
      any = any || !span.exact.empty();
      if (found.spans.empty()) found.prefix = Text(selector, "prefix");
      found.suffix = Text(selector, "suffix");
    } else if (IsA(selector, "TextPositionSelector")) {
      uint64_t begin = 0;
      uint64_t end = 0;
      if (selector["start"].get(begin) != SUCCESS || selector["end"].get(end) != SUCCESS ||
          begin >= end || end > UINT32_MAX) {
        return absl::InvalidArgumentError("a TextPositionSelector has a start before its end");
      }
      span.begin_char = static_cast<uint32_t>(begin);
      span.end_char = static_cast<uint32_t>(end);
      any = true;
    }
  }
  if (any) return span;
  return absl::InvalidArgumentError(
      "a target has neither a TextQuoteSelector with its words nor a TextPositionSelector");
}

void ReadBodies(const element& item, Found& found) {
  std::string remark;
  for (const element& body : Each(item, "body")) {
    const std::string value = Text(body, "value");
    const std::string purpose = Text(body, "purpose");
    if (purpose == "tagging") {
      found.type = value;
    } else if (purpose == "describing" && Text(body, "format") == "application/json") {
      found.body_json = value;
    } else if (!value.empty()) {
      absl::StrAppend(&remark, remark.empty() ? "" : "\n", value);
    }
  }
  if (!found.body_json.empty() || remark.empty()) return;
  found.type = "verbatim.v1.Note";
  found.fields = {{"text", remark}};
}

absl::Status ReadItem(const element& item, Found& found, FoundArticle& article) {
  if (!IsA(item, "Annotation")) return absl::InvalidArgumentError("this is no Annotation");
  ReadBodies(item, found);
  if (found.type.empty()) return absl::InvalidArgumentError("the annotation has no body");
  found.id = IdOf(Text(item, "id"), ":annotation:");
  found.status = Text(item, "status");
  uint64_t revision = 0;
  if (item["revision"].get(revision) == SUCCESS && revision <= UINT32_MAX) {
    found.revision = static_cast<uint32_t>(revision);
  }
  article.id = base::FromHex(Text(item, "article")).value_or("");
  for (const element& target : Each(item, "target")) {
    const std::string source = Text(target, "source");
    if (article.id.empty()) article.id = IdOf(source, ":article:");
    if (source.substr(0, kUrn.size()) != kUrn) article.url = source;
    VB_ASSIGN_OR_RETURN(FoundSpan span, SpanOf(target, found));
    found.spans.push_back(std::move(span));
  }
  if (article.id.size() != base::kIdBytes) article.id.clear();
  if (found.spans.empty()) return absl::InvalidArgumentError("the annotation has no target");
  if (article.id.empty() && article.url.empty()) {
    return absl::InvalidArgumentError("no target says of which article it is (\"source\")");
  }
  return absl::OkStatus();
}

class WebReader {
 public:
  WebReader(const std::string& bytes, std::string_view file)
      : bytes_(bytes), padded_(bytes), file_(file) {}

  absl::StatusOr<FoundFile> Read() {
    const size_t bad = text::FirstInvalidByte(bytes_);
    if (bad != text::kNoByte) return Wrong(bad, "no UTF-8");
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    if (const auto error = parser.iterate(padded_).get(document)) return Broken(error, nullptr);
    if (const auto error = Items(document)) {
      // One that was given up has no place: to ask it reads beyond the end (simdjson 3.0).
      const char* place = nullptr;
      const bool known = document.is_alive() && document.current_location().get(place) == SUCCESS;
      return Broken(error, known ? place : nullptr);
    }
    VB_RETURN_IF_ERROR(failed_);
    return std::move(found_);
  }

 private:
  absl::Status Wrong(size_t byte, std::string_view what) const {
    const auto line =
        std::count(bytes_.begin(), bytes_.begin() + static_cast<ptrdiff_t>(byte), '\n');
    return absl::InvalidArgumentError(
        absl::StrCat(WhereOf(file_, static_cast<uint64_t>(line) + 1), ": ", std::string(what)));
  }

  // At a place in padded_; null: nobody knows where.
  absl::Status Broken(simdjson::error_code error, const char* place) const {
    const bool within = place >= padded_.data() && place <= padded_.data() + bytes_.size();
    const size_t byte =
        place != nullptr && within ? static_cast<size_t>(place - padded_.data()) : 0;
    return Wrong(byte, absl::StrCat("no JSON: ", simdjson::error_message(error)));
  }

  // Of a list, a page, a collection with its first page, or the only annotation.
  simdjson::error_code Items(simdjson::ondemand::document& document) {
    simdjson::ondemand::json_type type;
    if (const auto error = document.type().get(type)) return error;
    if (type == simdjson::ondemand::json_type::array) {
      simdjson::ondemand::array list;
      if (const auto error = document.get_array().get(list)) return error;
      return All(list);
    }
    simdjson::ondemand::object object;
    if (const auto error = document.get_object().get(object)) return error;
    simdjson::ondemand::object first;
    // A first page that is only named is not here. After any other error nothing may be asked.
    const auto no_page = object["first"].get_object().get(first);
    if (no_page == SUCCESS) {
      object = first;
    } else if (no_page != simdjson::NO_SUCH_FIELD && no_page != simdjson::INCORRECT_TYPE) {
      return no_page;
    }
    simdjson::ondemand::array items;
    const auto error = object["items"].get_array().get(items);
    if (error == SUCCESS) return All(items);
    if (error != simdjson::NO_SUCH_FIELD) return error;
    std::string_view raw;
    if (const auto again = object.reset().error()) return again;
    if (const auto again = object.raw_json().get(raw)) return again;
    return One(raw);
  }

  simdjson::error_code All(simdjson::ondemand::array items) {
    for (auto item : items) {
      simdjson::ondemand::object object;
      if (const auto error = item.get_object().get(object)) return error;
      std::string_view raw;
      if (const auto error = object.raw_json().get(raw)) return error;
      if (const auto error = One(raw)) return error;
    }
    return SUCCESS;
  }

  simdjson::error_code One(std::string_view raw) {
    const auto byte = static_cast<size_t>(raw.data() - padded_.data());
    line_ += static_cast<uint64_t>(std::count(bytes_.begin() + static_cast<ptrdiff_t>(counted_),
                                              bytes_.begin() + static_cast<ptrdiff_t>(byte), '\n'));
    counted_ = byte;
    element item;
    if (const auto error = parser_.parse(raw.data(), raw.size()).get(item)) return error;
    FoundArticle of{.file = std::string(file_)};
    Found found{.type = "", .line = line_};
    const absl::Status read = ReadItem(item, found, of);
    if (!read.ok()) {
      if (failed_.ok()) failed_ = base::WithContext(read, WhereOf(file_, line_));
      return SUCCESS;
    }
    const auto [at, fresh] = articles_.emplace(of.id + of.url, found_.articles.size());
    if (fresh) found_.articles.push_back(std::move(of));
    found_.articles[at->second].annotations.push_back(std::move(found));
    return SUCCESS;
  }

  const std::string& bytes_;
  simdjson::padded_string padded_;
  std::string_view file_;
  simdjson::dom::parser parser_;
  FoundFile found_;
  std::map<std::string, size_t> articles_;  // by id and URL
  absl::Status failed_;
  size_t counted_ = 0;
  uint64_t line_ = 1;
};

}  // namespace

absl::StatusOr<FoundFile> ReadWebAnnotations(const std::string& bytes, std::string_view file) {
  return WebReader(bytes, file).Read();
}

}  // namespace verbatim::exchange
