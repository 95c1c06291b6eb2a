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
      if (!stream_.Resync(kVersion)) return absl::OkStatus();
    }
  }

 private:
  absl::Status Emit(Reading reading) {
    reading.byte = begin_;
    reading.record = record_;
    return on_reading_(std::move(reading));
  }
  absl::Status Fail(absl::Status why) {
    lost_ = true;
    Reading reading;
    reading.draft = NoDraft(std::move(why));
    return Emit(std::move(reading));
  }
  // The record that began there, by what is wrong with it.
  absl::Status Bad(std::string_view why) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("bad-warc-record at byte ", begin_, ": ", std::string(why))));
  }
  absl::Status Skipped(std::string why) {
    Reading reading;
    reading.skipped = std::move(why);
    return Emit(std::move(reading));
  }

  // Goes to the next line that begins a record; what stands before it belongs to none.
  bool FindRecord() {
    record_.clear();
    stray_.reset();
    while (stream_.Need(1)) {
      begin_ = stream_.offset();
      if (!stream_.Need(kVersion.size())) return false;
      const std::string_view rest = stream_.Peek();
      if (rest.substr(0, kVersion.size()) == kVersion) return true;
      if (!stray_ && rest[0] != '\r' && rest[0] != '\n') stray_ = begin_;
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
    if (stray_ && !lost_) {
      VB_RETURN_IF_ERROR(Fail(absl::InvalidArgumentError(
          absl::StrCat("bad-warc-record at byte ", *stray_, ": bytes that belong to no record"))));
    }
    lost_ = false;
    absl::StatusOr<Headers> headers = ReadHeaders(stream_);
    if (!headers.ok()) {
      if (!stream_.status().ok()) return absl::OkStatus();
      return absl::IsOutOfRange(headers.status()) ? Bad("its header is cut off")
                                                  : Fail(headers.status());
    }
    record_ = headers->Get("warc-record-id");
    const std::string length = headers->Get("content-length");
    uint64_t bytes = 0;
    const auto read = std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (length.empty() || read.ec != std::errc() || read.ptr != length.data() + length.size())
      return Bad(absl::StrCat("Content-Length '", length, "'"));
    const std::string type = absl::AsciiStrToLower(headers->Get("warc-type"));
    const bool wanted = type == "response" || type == "resource" || type == "conversion";
    if (bytes > limits::kDocumentBytesMax) return PassBy(bytes, wanted, type);
    if (!stream_.Need(bytes)) {
      // Cut off, or a length that lies: what the stream says of it is reported by the caller.
      if (!stream_.status().ok()) return absl::OkStatus();
      return Bad(absl::StrCat(bytes, " bytes announced, ", stream_.Peek().size(), " there"));
    }
    // Beyond the record, so that its member's checksum is looked at before its content is believed.
    const bool ends = EndsAfter(bytes);
    if (absl::StartsWith(stream_.status().message(), "crc-mismatch") && stream_.member() == begin_)
      return absl::OkStatus();
    if (!ends) return Bad(absl::StrCat("its ", bytes, " bytes don't end where the record does"));
    if (!wanted) {
      stream_.Skip(bytes);
      return Skipped(type.empty() ? "record without a type" : type);
    }
    const std::string block(stream_.Peek().substr(0, bytes));
    stream_.Skip(bytes);
    return Take(*headers, type, block);
  }

  // Behind a record stand two line ends, or any number of them and the next record or nothing.
  bool EndsAfter(uint64_t bytes) {
    constexpr std::string_view kEnd = "\r\n\r\n";
    if (stream_.Need(bytes + kEnd.size() + 1) && stream_.Peek().substr(bytes, kEnd.size()) == kEnd)
      return true;
    uint64_t at = bytes;
    while (stream_.Need(at + 1)) {
      const char c = stream_.Peek()[at];
      if (c != '\r' && c != '\n') {
        stream_.Need(at + kVersion.size());
        const std::string_view next = stream_.Peek().substr(at, kVersion.size());
        return next == kVersion.substr(0, next.size());
      }
      ++at;
    }
    return true;
  }

  // A record of more bytes than any document has is stepped over, if its length is true: another
  // record's beginning within it says that it is not.
  absl::Status PassBy(uint64_t bytes, bool wanted, const std::string& type) {
    const uint64_t passed = Pass(bytes);
    if (passed < bytes) {
      if (!stream_.status().ok()) return absl::OkStatus();
      return Bad(absl::StrCat(bytes, " bytes announced, ", passed, " there"));
    }
    if (!wanted) return Skipped(type.empty() ? "record without a type" : type);
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("too-large: a record of ", bytes, " bytes at byte ", begin_, "; the limit is ",
                     limits::kDocumentBytesMax)));
  }

  // Goes on by `bytes`, or up to what ends them before. How many it were.
  uint64_t Pass(uint64_t bytes) {
    constexpr std::string_view kNext = "\r\n\r\nWARC/1.";
    constexpr size_t kTypeWithinBytes = 1024;
    uint64_t passed = 0;
    while (passed < bytes && stream_.Need(1)) {
      const bool more = stream_.Need(kNext.size());
      const size_t next = stream_.Peek().find(kNext);
      if (next != std::string_view::npos && passed + next < bytes) {
        stream_.Need(next + kTypeWithinBytes);
        const std::string_view head = stream_.Peek().substr(next, kTypeWithinBytes);
        const bool begins =
            absl::StrContains(absl::AsciiStrToLower({head.data(), head.size()}), "\r\nwarc-type:");
        stream_.Skip(next + 4);
        passed += next + 4;
        if (begins) return std::min(passed, bytes - 1);
        continue;
      }
      // What may be the beginning of it stays.
      const size_t there = stream_.Peek().size();
      const uint64_t step =
          std::min<uint64_t>(bytes - passed, more ? there - kNext.size() + 1 : there);
      stream_.Skip(step);
      passed += step;
    }
    return passed;
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
  std::optional<uint64_t> stray_;  // where bytes of no record begin, before this one
  bool lost_ = false;              // the record before was damaged: its rest is no news
};

}  // namespace

absl::Status ReadWarc(ByteStream& stream, std::string_view name, const Given& given,
                      const OnReading& on_reading) {
  return WarcReader(stream, name, given, on_reading).Run();
}

}  // namespace verbatim::ingest
