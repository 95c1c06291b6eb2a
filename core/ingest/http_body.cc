// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/http_body.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
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

// Chunks joined. Crawlers also keep bodies that say "chunked" and are not: those stay as they are.
std::string WithoutChunks(std::string_view body) {
  std::string joined;
  size_t at = 0;
  while (at < body.size()) {
    uint64_t size = 0;
    const auto read =
        std::from_chars(body.data() + at, body.data() + std::min(body.size(), at + 16), size, 16);
    const size_t end = body.find('\n', at);
    if (read.ec != std::errc() || read.ptr == body.data() + at || end == std::string_view::npos)
      return joined.empty() ? std::string(body) : joined;
    if (size == 0) break;
    at = end + 1;
    joined += body.substr(at, size);
    if (size > body.size() - at) break;
    at += size;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return joined;
}

// gzip, zlib or raw deflate. What comes before damage is kept when it is most of a page's bytes.
absl::StatusOr<std::string> Inflated(std::string_view body, int window) {
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
      break;
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
  const bool is_gzip = body.size() > 2 && body[0] == '\x1f' && body[1] == '\x8b';
  if (encoding == "gzip" || encoding == "x-gzip") {
    // Some crawlers expand the body and leave the header.
    if (!is_gzip) return body;
    return Inflated(body, 15 + 16);
  }
  if (encoding == "deflate") {
    auto wrapped = Inflated(body, 15);
    return wrapped.ok() ? wrapped : Inflated(body, -15);
  }
  return absl::InvalidArgumentError("unsupported-encoding: " + encoding);
}

}  // namespace

std::string Headers::Get(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return "";
}

absl::StatusOr<Headers> ReadHeaders(ByteStream& stream) {
  Headers headers;
  size_t bytes = 0;
  bool first = true;
  const uint64_t begin = stream.offset();
  while (true) {
    const auto line = stream.ReadLine(limits::kContainerHeaderBytesMax);
    if (absl::IsOutOfRange(line.status())) return absl::InvalidArgumentError("header cut off");
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
  if (absl::StrContains(absl::AsciiStrToLower(headers.Get("transfer-encoding")), "chunked"))
    body = WithoutChunks(body);
  VB_ASSIGN_OR_RETURN(
      answer.body,
      Expanded(std::move(body), absl::AsciiStrToLower(headers.Get("content-encoding"))));
  return answer;
}

}  // namespace verbatim::ingest
