// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/http_body.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/ingest/html_trim.h"
#include "core/ingest/inflate_whole.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

std::string Trimmed(std::string_view text) {
  return std::string(absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size())));
}

void AddField(std::string_view line, Headers& headers) {
  const bool folded = !line.empty() && (line[0] == ' ' || line[0] == '\t');
  if (folded && !headers.fields.empty()) {
    headers.fields.back().second += ' ' + Trimmed(line);
    return;
  }
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  headers.fields.emplace_back(absl::AsciiStrToLower(Trimmed(line.substr(0, colon))),
                              Trimmed(line.substr(colon + 1)));
}

// Chunks joined; what a cut-off answer still holds counts. Crawlers also keep bodies that say
// "chunked" and are not: those stay as they are. A size that lies leaves no way to tell text from
// sizes.
absl::StatusOr<std::string> WithoutChunks(std::string body) {
  std::string joined;
  size_t at = 0;
  while (at < body.size()) {
    uint64_t size = 0;
    const auto read =
        std::from_chars(body.data() + at, body.data() + std::min(body.size(), at + 16), size, 16);
    const size_t end = body.find('\n', at);
    const bool bad = read.ec != std::errc() || read.ptr == body.data() + at;
    if (at == 0 && (bad || end == std::string::npos)) return body;
    if (bad) {
      return absl::InvalidArgumentError(
          absl::StrCat("damaged-body: no size of a chunk at its byte ", at));
    }
    if (size == 0 || end == std::string::npos) break;
    at = end + 1;
    joined += std::string_view(body).substr(at, size);
    if (size > body.size() - at) break;
    at += size;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return joined;
}

bool IsGzip(std::string_view body) { return body.substr(0, 2) == "\x1f\x8b"; }

// What zlib calls the wrappings.
int WindowOf(Wrapping wrapping) {
  constexpr int kLargest = 15;
  switch (wrapping) {
    case Wrapping::kGzip:
      return kLargest + 16;
    case Wrapping::kZlib:
      return kLargest;
    case Wrapping::kNone:
      break;
  }
  return -kLargest;
}

// gzip, of one member or several, zlib or raw deflate.
absl::StatusOr<std::string> Inflated(std::string_view body, Wrapping wrapping) {
  const auto whole = InflateWhole(body, wrapping);
  if (whole && !IsGzip(body.substr(whole->packed))) return std::string(whole->bytes);
  const int window = WindowOf(wrapping);
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return absl::ResourceExhaustedError("no memory");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  std::string out;
  std::array<char, 64 * 1024> buffer;
  absl::Status status;
  while (status.ok()) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (out.size() > limits::kDocumentBytesMax) {
      status = absl::InvalidArgumentError(absl::StrCat(
          "too-large-expanded: the body has more than ", limits::kDocumentBytesMax, " bytes"));
    } else if (result == Z_STREAM_END) {
      if (!IsGzip(body.substr(stream.total_in))) break;
      body.remove_prefix(stream.total_in);
      inflateReset(&stream);
    } else if (result != Z_OK) {
      status = absl::InvalidArgumentError(
          absl::StrCat("damaged-body: compression ends at its byte ", stream.total_in));
    }
  }
  inflateEnd(&stream);
  if (!status.ok()) return status;
  return out;
}

absl::StatusOr<std::string> Expanded(std::string body, const std::string& encoding) {
  if (encoding.empty() || encoding == "identity" || body.empty()) return body;
  // Some crawlers expand the body and leave the header.
  if (!IsGzip(body) && LooksLikeHtml(body)) return body;
  if (encoding == "gzip" || encoding == "x-gzip") {
    if (!IsGzip(body)) return body;
    return Inflated(body, Wrapping::kGzip);
  }
  if (encoding == "deflate") {
    if (IsGzip(body)) return Inflated(body, Wrapping::kGzip);
    auto wrapped = Inflated(body, Wrapping::kZlib);
    return wrapped.ok() ? wrapped : Inflated(body, Wrapping::kNone);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unsupported-encoding: ", encoding,
                   "; this expands gzip and deflate: fetch it with 'Accept-Encoding: gzip'"));
}

// A list names what was applied last at its end. Some servers pack what is packed already, and say
// it once.
absl::StatusOr<std::string> ExpandedAll(std::string body, const std::string& encodings) {
  constexpr size_t kLayersMax = 3;
  std::vector<std::string> layers =
      absl::StrSplit(encodings, absl::ByAnyChar(", \t"), absl::SkipEmpty());
  if (layers.size() > kLayersMax)
    return absl::InvalidArgumentError("unsupported-encoding: " + encodings);
  for (size_t left = kLayersMax; left > 0 && !layers.empty(); --left) {
    VB_ASSIGN_OR_RETURN(body, Expanded(std::move(body), layers.back()));
    if (layers.size() > 1 || !IsGzip(body)) layers.pop_back();
  }
  return body;
}

}  // namespace

std::string Headers::Get(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return "";
}

std::string Headers::All(std::string_view name) const {
  std::string all;
  for (const auto& [key, value] : fields) {
    if (key == name) absl::StrAppend(&all, all.empty() ? "" : ", ", value);
  }
  return all;
}

absl::StatusOr<Headers> ReadHeaders(ByteStream& stream) {
  Headers headers;
  size_t bytes = 0;
  bool first = true;
  const uint64_t begin = stream.offset();
  while (true) {
    const auto line = stream.ReadLine(limits::kContainerHeaderBytesMax);
    if (absl::IsOutOfRange(line.status())) return absl::OutOfRangeError("header cut off");
    bytes += line.ok() ? line->size() : limits::kContainerHeaderBytesMax;
    if (!line.ok() || bytes > limits::kContainerHeaderBytesMax) {
      // The rest of the line belongs to no record.
      if (!line.ok()) stream.Skip(stream.Peek().size());
      return absl::InvalidArgumentError(absl::StrCat("header-too-long at byte ", begin));
    }
    if (line->empty()) return headers;
    if (!first) AddField(*line, headers);
    first = false;
  }
}

absl::StatusOr<HttpAnswer> ReadHttp(std::string_view bytes) {
  HttpAnswer answer;
  if (!absl::StartsWith(absl::string_view(bytes.data(), bytes.size()), "HTTP/"))
    return absl::InvalidArgumentError("bad-http: no status line");
  const size_t space = bytes.find(' ');
  if (space != std::string_view::npos)
    std::from_chars(bytes.data() + space + 1, bytes.data() + std::min(bytes.size(), space + 4),
                    answer.status);
  Headers headers;
  size_t at = bytes.find('\n');
  while (at != std::string_view::npos) {
    const size_t begin = at + 1;
    at = bytes.find('\n', begin);
    std::string_view line = bytes.substr(begin, at == std::string_view::npos ? at : at - begin);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) break;
    AddField(line, headers);
    if (begin > limits::kContainerHeaderBytesMax)
      return absl::InvalidArgumentError("header-too-long");
  }
  answer.content_type = headers.Get("content-type");
  std::string body(at == std::string_view::npos ? std::string_view() : bytes.substr(at + 1));
  if (absl::StrContains(absl::AsciiStrToLower(headers.All("transfer-encoding")), "chunked")) {
    VB_ASSIGN_OR_RETURN(body, WithoutChunks(std::move(body)));
  }
  VB_ASSIGN_OR_RETURN(
      answer.body,
      ExpandedAll(std::move(body), absl::AsciiStrToLower(headers.All("content-encoding"))));
  return answer;
}

}  // namespace verbatim::ingest
