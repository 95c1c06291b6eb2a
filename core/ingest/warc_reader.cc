// SPDX-License-Identifier: Apache-2.0
// WARC files (ISO 28500): one gzip member a record, one for all, or none. Only pages that a server
// gave with status 200 are articles; damage costs the record it is in, and reading goes on at the
// next.
#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/base/time_point.h"
#include "core/ingest/http_body.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"

namespace verbatim::ingest {
namespace {

constexpr std::string_view kVersion = "WARC/";

class WarcReader {
 public:
  WarcReader(ByteStream& stream, std::string_view name, const Given& given,
             const OnReading& on_reading)
      : stream_(stream), name_(name), given_(given), on_reading_(on_reading) {}

  absl::Status Run() {
    while (true) {
      if (FindRecord()) {
        VB_RETURN_IF_ERROR(OneRecord());
        continue;
      }
      if (stream_.status().ok()) return absl::OkStatus();
      VB_RETURN_IF_ERROR(Fail(stream_.status()));
      if (!stream_.Resync()) return absl::OkStatus();
    }
  }

 private:
  absl::Status Emit(Reading reading) {
    reading.byte = begin_;
    reading.record = record_;
    return on_reading_(std::move(reading));
  }
  absl::Status Fail(absl::Status why) {
    Reading reading;
    reading.draft = NoDraft(std::move(why));
    return Emit(std::move(reading));
  }
  absl::Status Skipped(std::string why) {
    Reading reading;
    reading.skipped = std::move(why);
    return Emit(std::move(reading));
  }

  // Goes to the next line that begins a record; what stands before it belongs to none.
  bool FindRecord() {
    record_.clear();
    while (stream_.Need(1)) {
      begin_ = stream_.offset();
      if (!stream_.Need(kVersion.size())) return false;
      const std::string_view rest = stream_.Peek();
      if (rest.substr(0, kVersion.size()) == kVersion) return true;
      const size_t end = rest.find('\n');
      if (end != std::string_view::npos) {
        stream_.Skip(end + 1);
      } else if (!stream_.Need(rest.size() + 1)) {
        if (!stream_.Peek().empty()) stream_.Skip(stream_.Peek().size());
      } else if (rest.size() > limits::kContainerHeaderBytesMax) {
        stream_.Skip(rest.size() - 1);
      }
    }
    return false;
  }

  absl::Status OneRecord() {
    absl::StatusOr<Headers> headers = ReadHeaders(stream_);
    if (!headers.ok()) return stream_.status().ok() ? Fail(headers.status()) : absl::OkStatus();
    record_ = headers->Get("warc-record-id");
    const std::string length = headers->Get("content-length");
    uint64_t bytes = 0;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (length.empty() || read.ec != std::errc() || read.ptr != length.data() + length.size()) {
      return Fail(absl::InvalidArgumentError(
          absl::StrCat("bad-warc-record at byte ", begin_, ": Content-Length '", length, "'")));
    }
    const std::string type = headers->Get("warc-type");
    const bool wanted = type == "response" || type == "resource" || type == "conversion";
    if (!wanted || bytes > limits::kDocumentBytesMax) {
      VB_RETURN_IF_ERROR(wanted ? Fail(absl::InvalidArgumentError(absl::StrCat(
                                      "too-large: a record of ", bytes, " bytes at byte ", begin_,
                                      "; the limit is ", limits::kDocumentBytesMax)))
                                : Skipped(type.empty() ? "record without a type" : type));
      return SkipBlock(bytes);
    }
    if (!stream_.Need(bytes)) {
      // Cut off, or a length that lies: what the stream says of it is reported by the caller.
      if (!stream_.status().ok()) return absl::OkStatus();
      return Fail(absl::InvalidArgumentError(absl::StrCat("bad-warc-record at byte ", begin_, ": ",
                                                          bytes, " bytes announced, ",
                                                          stream_.Peek().size(), " there")));
    }
    // Beyond the record, so that the member's checksum is looked at before its content is believed.
    if (!stream_.Need(bytes + 5) && absl::StartsWith(stream_.status().message(), "crc-mismatch"))
      return absl::OkStatus();
    if (Lies(bytes)) {
      return Fail(absl::InvalidArgumentError(
          absl::StrCat("bad-warc-record at byte ", begin_, ": its ", bytes,
                       " bytes don't end where the record does")));
    }
    const std::string block(stream_.Peek().substr(0, bytes));
    stream_.Skip(bytes);
    return Take(*headers, type, block);
  }

  // A record ends with two line ends, or the file with it.
  bool Lies(uint64_t bytes) {
    if (!stream_.Need(bytes + 2)) return false;
    const std::string_view after = stream_.Peek().substr(bytes, 2);
    return after[0] != '\r' && after[0] != '\n' && after != kVersion.substr(0, 2);
  }

  absl::Status SkipBlock(uint64_t bytes) {
    while (bytes > 0 && stream_.Need(1)) {
      const uint64_t step = std::min<uint64_t>(bytes, stream_.Peek().size());
      stream_.Skip(step);
      bytes -= step;
    }
    return absl::OkStatus();
  }

  Given GivenOf(const Headers& headers) const {
    Given given = given_;
    std::string uri = headers.Get("warc-target-uri");
    if (absl::StartsWith(uri, "<") && absl::EndsWith(uri, ">")) uri = uri.substr(1, uri.size() - 2);
    if (given.url.empty() && absl::StartsWith(uri, "http"))
      given.url = absl::StrReplaceAll(uri, {{" ", "%20"}});
    const auto date = base::ParsePoint(headers.Get("warc-date"), 0);
    if (date.ok() && std::holds_alternative<base::TimeRange>(*date))
      given.fetched_at_us = std::get<base::TimeRange>(*date).begin_us;
    given.record = record_;
    return given;
  }

  absl::Status Take(const Headers& headers, const std::string& type, const std::string& block) {
    Given given = GivenOf(headers);
    std::string body;
    given.media_type = headers.Get("content-type");
    if (type == "response") {
      if (!absl::StartsWith(headers.Get("warc-target-uri"), "http") &&
          !absl::StartsWith(headers.Get("warc-target-uri"), "<http"))
        return Skipped("no page: " + headers.Get("warc-target-uri"));
      absl::StatusOr<HttpAnswer> answer = ReadHttp(block);
      if (!answer.ok()) {
        return Fail(absl::InvalidArgumentError(
            absl::StrCat(answer.status().message(), " in the record at byte ", begin_)));
      }
      if (answer->status != 200) return Skipped(absl::StrCat("status ", answer->status));
      given.media_type = answer->content_type;
      body = std::move(answer->body);
    } else {
      body = block;
    }
    const std::string media = absl::AsciiStrToLower(given.media_type);
    const bool page =
        media.empty() || absl::StrContains(media, "html") || absl::StartsWith(media, "text/plain");
    if (!page) return Skipped("not a page: " + given.media_type);
    Reading reading;
    reading.bytes = body.size();
    reading.draft = [body = std::move(body), name = std::string(name_), given]() mutable {
      return DraftFromBytes(std::move(body), name, given);
    };
    return Emit(std::move(reading));
  }

  ByteStream& stream_;
  std::string_view name_;
  const Given& given_;
  const OnReading& on_reading_;
  uint64_t begin_ = 0;
  std::string record_;
};

}  // namespace

absl::Status ReadWarc(ByteStream& stream, std::string_view name, const Given& given,
                      const OnReading& on_reading) {
  return WarcReader(stream, name, given, on_reading).Run();
}

}  // namespace verbatim::ingest
