// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/reading.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/charset.h"
#include "core/ingest/foreign.h"
#include "core/ingest/json_texts.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

constexpr size_t kLookBytes = 4096;

absl::StatusOr<Format> FormatNamed(std::string_view media_type) {
  if (media_type.empty()) return Format::kAuto;
  const auto has = [&](const char* part) { return absl::StrContains(View(media_type), part); };
  if (has("html")) return Format::kHtml;
  if (has("warc")) return Format::kWarc;
  if (has("jsonl") || has("ndjson") || has("json-seq")) return Format::kJsonl;
  if (has("rss") || has("atom") || has("feed") || has("xml")) return Format::kFeed;
  if (has("json")) return Format::kJsonl;
  if (has("text/")) return Format::kText;
  return absl::InvalidArgumentError(
      absl::StrCat("unsupported: ", std::string(media_type),
                   "; this reads text/plain, text/html, application/warc, application/jsonl, "
                   "application/rss+xml"));
}

// Goes behind so many lines. Where the members of a gzip file meet, no line need end: lines are
// counted from its beginning.
void SkipLines(ByteStream& stream, uint64_t lines) {
  while (lines > 0 && stream.Need(1)) {
    const size_t end = stream.Peek().find('\n');
    if (end != std::string_view::npos) --lines;
    stream.Skip(end == std::string_view::npos ? stream.Peek().size() : end + 1);
  }
}

// One document, whole: a page or a text.
absl::Status ReadDocument(ByteStream& stream, std::string_view name, const Given& given,
                          const OnReading& on_reading) {
  Reading reading;
  const bool more = stream.Need(limits::kDocumentBytesMax + 1);
  if (!stream.status().ok()) {
    reading.draft = NoDraft(stream.status());
  } else if (more) {
    reading.draft = NoDraft(absl::InvalidArgumentError(absl::StrCat(
        stream.gzip() ? "too-large-expanded" : "too-large", ": a document has at most ",
        limits::kDocumentBytesMax, " bytes; split it, or give it as warc or jsonl")));
  } else {
    reading.bytes = stream.Peek().size();
    reading.draft = [bytes = std::string(stream.Peek()), name = std::string(name),
                     given]() mutable { return DraftFromBytes(std::move(bytes), name, given); };
  }
  return on_reading(std::move(reading));
}

}  // namespace

Format FormatOf(std::string_view head) {
  const bool wide = head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF";
  if (wide || !WideEncoding(head).empty()) {
    const auto decoded = Decode(head.substr(0, head.size() / 2 * 2));
    const std::string_view root = decoded.ok() ? XmlRoot(decoded->text) : std::string_view();
    return root == "rss" || root == "feed" || root == "RDF" ? Format::kFeed : Format::kAuto;
  }
  head = WithoutByteOrderMark(head);
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  if (absl::StartsWith(View(head), "WARC/")) return Format::kWarc;
  if (absl::StartsWith(View(head), "[")) return IsOverLines(head) ? Format::kJsonl : Format::kAuto;
  if (absl::StartsWith(View(head), "{")) {
    const std::string_view version = head.substr(std::min(head.find("\"version\""), head.size()));
    if (absl::StrContains(View(version.substr(0, 80)), "jsonfeed.org")) return Format::kFeed;
    const size_t inner = head.find_first_not_of(" \t\r\n", 1);
    const bool json = inner != std::string_view::npos && (head[inner] == '"' || head[inner] == '}');
    return json ? Format::kJsonl : Format::kAuto;
  }
  const std::string_view root = XmlRoot(head);
  const bool entities = root.empty() && absl::StrContains(View(head), "<!ENTITY");
  if (root == "rss" || root == "feed" || root == "RDF" || entities) return Format::kFeed;
  return Format::kAuto;
}

bool IsDocument(std::string_view head, std::string_view media_type) {
  absl::StatusOr<Format> format = FormatNamed(media_type);
  if (format.ok() && *format == Format::kAuto) format = FormatOf(head.substr(0, kLookBytes));
  return format.ok() && *format != Format::kWarc && *format != Format::kJsonl &&
         *format != Format::kFeed;
}

absl::Status ReadArticles(const Input& input, const Given& given, From from,
                          const OnReading& on_reading) {
  const auto failed = [&](const absl::Status& why) {
    Reading reading;
    reading.draft = NoDraft(why);
    return on_reading(std::move(reading));
  };
  const auto named = FormatNamed(given.media_type);
  if (!named.ok()) return failed(named.status());
  auto stream = ByteStream::Open(input.path);
  if (!stream.ok()) return failed(stream.status());
  stream->Need(kLookBytes);
  if (*named == Format::kAuto || *named == Format::kWarc) {
    const absl::Status foreign = CheckForeign(stream->Peek().substr(0, kForeignLookBytes));
    if (!foreign.ok()) return failed(foreign);
  }
  Format format = *named;
  if (format == Format::kAuto) format = FormatOf(stream->Peek().substr(0, kLookBytes));
  const bool container = format == Format::kWarc || format == Format::kJsonl;
  if (format == Format::kJsonl && IsOverLines(stream->Peek().substr(0, kJsonLookBytes))) {
    from = {};
  } else if (format == Format::kJsonl && stream->gzip()) {
    SkipLines(*stream, from.line > 0 ? from.line - 1 : 0);
  } else if (from.byte > 0 && container) {
    if (const absl::Status gone = stream->Seek(from.byte); !gone.ok()) return failed(gone);
  }
  const std::string name = input.name();
  // A title and a URL are one article's.
  Given shared = given;
  if (container || format == Format::kFeed) {
    shared.title.clear();
    shared.url.clear();
    shared.media_type.clear();
  }
  switch (format) {
    case Format::kWarc:
      return ReadWarc(*stream, name, shared, on_reading);
    case Format::kJsonl:
      return ReadJsonLines(*stream, name, shared, from.line > 0 ? from.line - 1 : 0, on_reading);
    case Format::kFeed:
      return ReadFeed(*stream, name, shared, on_reading);
    default:
      return ReadDocument(*stream, name, given, on_reading);
  }
}

}  // namespace verbatim::ingest
