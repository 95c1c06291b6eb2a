// SPDX-License-Identifier: Apache-2.0
// Lines of JSON, an article each, under the names that crawlers and extractors use. A bad line is a
// bad line and no more.
#include <simdjson.h>

#include <cstdlib>
#include <initializer_list>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"
#include "core/ingest/record_fields.h"

namespace verbatim::ingest {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

// The first of these keys that holds a string; crawlers write "None" for nothing.
std::string FirstString(const object& fields, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    std::string_view value;
    if (fields[key].get(value) == simdjson::SUCCESS && !value.empty() && value != "None")
      return std::string(value);
  }
  return "";
}

std::vector<std::string> FirstList(const object& fields, std::initializer_list<const char*> keys) {
  std::vector<std::string> values;
  for (const char* key : keys) {
    element at;
    if (fields[key].get(at) != simdjson::SUCCESS) continue;
    std::string_view text;
    if (at.get(text) == simdjson::SUCCESS && !text.empty() && text != "None") {
      values.emplace_back(text);
    } else if (at.is_array()) {
      for (const element one : simdjson::dom::array(at)) {
        if (one.get(text) == simdjson::SUCCESS) values.emplace_back(text);
      }
    }
    if (!values.empty()) break;
  }
  return values;
}

RecordFields FieldsOf(const object& from) {
  RecordFields fields;
  fields.text = FirstString(from, {"maintext", "text", "raw_text", "articleBody", "article_body",
                                   "body", "content", "plain_text"});
  fields.html = FirstString(from, {"html", "raw_html", "content_html"});
  fields.title = FirstString(from, {"title", "headline", "title_page"});
  fields.url = FirstString(from, {"url", "source_url", "canonical_url", "link"});
  fields.published =
      FirstString(from, {"date_publish", "datePublished", "date_published", "published",
                         "published_date", "publication_date", "publish_date", "pub_date", "date"});
  fields.modified = FirstString(from, {"date_modify", "dateModified", "date_modified", "modified"});
  fields.fetched =
      FirstString(from, {"date_download", "crawl_date", "fetched_at", "filedate", "retrieved"});
  fields.outlet = FirstString(from, {"outlet", "sitename", "publisher", "source_domain",
                                     "source-hostname", "hostname", "source"});
  fields.language = FirstString(from, {"language", "lang"});
  fields.description = FirstString(from, {"description", "excerpt", "summary"});
  fields.section = FirstString(from, {"section", "category"});
  fields.authors = FirstList(from, {"authors", "author", "byline"});
  fields.tags = FirstList(from, {"tags", "keywords"});
  return fields;
}

// Halves of surrogate pairs that stand alone, which no text can hold, as U+FFFD.
std::string WithoutLoneSurrogates(std::string line) {
  const auto unit = [&](size_t at) -> unsigned {
    if (at + 6 > line.size() || line[at] != '\\' || line[at + 1] != 'u') return 0;
    return static_cast<unsigned>(std::strtoul(line.substr(at + 2, 4).c_str(), nullptr, 16));
  };
  for (size_t i = line.find("\\u"); i != std::string::npos; i = line.find("\\u", i)) {
    size_t slashes = 0;
    while (slashes < i && line[i - slashes - 1] == '\\') ++slashes;
    const unsigned first = unit(i);
    const bool high = first >= 0xD800 && first < 0xDC00;
    const bool low = first >= 0xDC00 && first < 0xE000;
    const unsigned second = unit(i + 6);
    if (slashes % 2 == 0 && high && second >= 0xDC00 && second < 0xE000) {
      i += 12;
      continue;
    }
    if (slashes % 2 == 0 && (high || low)) line.replace(i, 6, "\\ufffd");
    i += 2;
  }
  return line;
}

absl::StatusOr<Draft> DraftFromLine(std::string line, uint64_t number, std::string_view name,
                                    const Given& given) {
  // Its buffers grow to the longest line and stay.
  thread_local simdjson::dom::parser parser;
  element root;
  auto error = parser.parse(line).get(root);
  if (error != simdjson::SUCCESS) {
    const std::string mended = WithoutLoneSurrogates(line);
    error = parser.parse(mended).get(root);
  }
  object fields;
  if (error != simdjson::SUCCESS || root.get(fields) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrCat("bad-json in line ", number, ": ",
                     error == simdjson::SUCCESS ? "no object" : simdjson::error_message(error)));
  }
  auto draft = DraftFromFields(FieldsOf(fields), std::move(line), name, given, "jsonl");
  if (draft.ok()) return draft;
  return absl::InvalidArgumentError(absl::StrCat(draft.status().message(), " (line ", number, ")"));
}

// Is it the first line of a JSON text that was laid out for people? Each of its lines would fail.
bool OpensOverLines(std::string_view line) {
  const std::string_view kOpen = "[{ \t\r";
  return line.find_first_not_of(kOpen) == std::string_view::npos;
}

class LineReader {
 public:
  LineReader(ByteStream& stream, std::string_view name, const Given& given, uint64_t lines_before,
             const OnReading& on_reading)
      : stream_(stream), name_(name), given_(given), on_reading_(on_reading), line_(lines_before) {}

  absl::Status Run() {
    while (stream_.Need(1)) {
      begin_ = stream_.offset();
      ++line_;
      absl::StatusOr<std::string> line = stream_.ReadLine(limits::kDocumentBytesMax);
      if (absl::IsOutOfRange(line.status())) break;
      if (!line.ok()) {
        VB_RETURN_IF_ERROR(Emit(NoDraft(absl::InvalidArgumentError(absl::StrCat(
            "too-large: line ", line_, " has more than ", limits::kDocumentBytesMax, " bytes")))));
        SkipLine();
        continue;
      }
      if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
      // What the damage cut off is no line: whole ones before it are kept.
      if (!stream_.status().ok()) break;
      if (!std::exchange(begun_, true) && OpensOverLines(*line)) {
        return Emit(NoDraft(absl::InvalidArgumentError(
            "bad-json: one JSON text over many lines; JSON lines have each article on a line of "
            "its own ('jq -c' writes them)")));
      }
      VB_RETURN_IF_ERROR(Take(*std::move(line)));
    }
    if (stream_.status().ok()) return absl::OkStatus();
    return Emit(NoDraft(stream_.status()));
  }

 private:
  absl::Status Take(std::string line) {
    const uint64_t bytes = line.size();
    Given given = given_;
    given.record = absl::StrCat("line ", line_);
    return Emit(
        [line = std::move(line), number = line_, name = std::string(name_),
         given = std::move(given)]() mutable {
          return DraftFromLine(std::move(line), number, name, given);
        },
        bytes);
  }

  absl::Status Emit(MakeDraft draft, uint64_t bytes = 0) {
    Reading reading;
    reading.bytes = bytes;
    reading.line = line_;
    reading.byte = begin_;
    reading.record = absl::StrCat("line ", line_);
    reading.draft = std::move(draft);
    return on_reading_(std::move(reading));
  }

  void SkipLine() {
    while (stream_.Need(1)) {
      const size_t end = stream_.Peek().find('\n');
      if (end != std::string_view::npos) {
        stream_.Skip(end + 1);
        return;
      }
      stream_.Skip(stream_.Peek().size());
    }
  }

  ByteStream& stream_;
  std::string_view name_;
  const Given& given_;
  const OnReading& on_reading_;
  uint64_t line_;
  uint64_t begin_ = 0;
  bool begun_ = false;
};

}  // namespace

absl::Status ReadJsonLines(ByteStream& stream, std::string_view name, const Given& given,
                           uint64_t lines_before, const OnReading& on_reading) {
  return LineReader(stream, name, given, lines_before, on_reading).Run();
}

}  // namespace verbatim::ingest
