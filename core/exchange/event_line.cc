// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/event_line.h"

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/schema/value.h"

namespace verbatim::exchange {
namespace {

using simdjson::dom::object;

absl::Status NoEvent(std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("no line of 'verbatim export --as jsonl': ", std::string(why)));
}

// Empty when the member is absent.
absl::StatusOr<std::string> HexMember(const object& line, const char* name) {
  std::string_view hex;
  const auto error = line[name].get(hex);
  if (error == simdjson::NO_SUCH_FIELD) return std::string();
  std::optional<std::string> bytes;
  if (error == simdjson::SUCCESS) bytes = base::FromHex(hex);
  if (!bytes) return NoEvent(absl::StrCat("\"", name, "\" is no hex"));
  return *std::move(bytes);
}

absl::StatusOr<std::unique_ptr<EventsOf>> ReadWhole(const object& from) {
  uint64_t format = 0;
  auto whole = std::make_unique<EventsOf>();
  if (from["format"].get(format) != simdjson::SUCCESS || format == 0 ||
      from["events"].get(whole->events) != simdjson::SUCCESS) {
    return NoEvent("\"export\" doesn't say its format, or how many events there are");
  }
  if (format > kEventLineFormat) {
    return absl::FailedPreconditionError(absl::StrCat("the file has format ", format,
                                                      ", this verbatim reads ", kEventLineFormat,
                                                      ": use a later verbatim"));
  }
  VB_ASSIGN_OR_RETURN(whole->archive_id, HexMember(from, "archive_id"));
  VB_ASSIGN_OR_RETURN(whole->root, HexMember(from, "root"));
  if (whole->archive_id.size() != base::kIdBytes || whole->root.size() != sizeof(base::Digest)) {
    return NoEvent("\"export\" lacks the archive's id, or the root");
  }
  return whole;
}

}  // namespace

struct EventLineReader::Parser {
  simdjson::dom::parser json;
};

EventLineReader::EventLineReader() : parser_(std::make_unique<Parser>()) {}
EventLineReader::~EventLineReader() = default;

absl::StatusOr<EventLine> EventLineReader::Read(std::string_view text) {
  object members;
  const auto error = parser_->json.parse(text.data(), text.size()).get(members);
  if (error != simdjson::SUCCESS) return NoEvent(simdjson::error_message(error));
  EventLine line;
  VB_ASSIGN_OR_RETURN(line.header, HexMember(members, "header_bytes"));
  if (line.header.empty()) return NoEvent("no \"header_bytes\"");
  VB_ASSIGN_OR_RETURN(std::string salt, HexMember(members, "salt"));
  if (!salt.empty()) {
    VB_ASSIGN_OR_RETURN(std::string body, HexMember(members, "body_bytes"));
    line.body = log::SaltedBody{std::move(salt), std::move(body)};
  }
  std::string_view note;
  if (members["checkpoint"].get(note) == simdjson::SUCCESS) line.checkpoint = note;
  object whole;
  if (members["export"].get(whole) == simdjson::SUCCESS) {
    VB_ASSIGN_OR_RETURN(line.whole, ReadWhole(whole));
  }
  return line;
}

std::string ExactMembers(const EventLine& line) {
  std::string members;
  if (line.whole) {
    absl::StrAppend(&members, ",\"export\":{\"format\":", kEventLineFormat, ",\"archive_id\":\"",
                    base::ToHex(line.whole->archive_id), "\",\"events\":", line.whole->events,
                    ",\"root\":\"", base::ToHex(line.whole->root), "\"}");
  }
  if (!line.checkpoint.empty()) {
    absl::StrAppend(&members, ",\"checkpoint\":", schema::QuoteJson(line.checkpoint));
  }
  absl::StrAppend(&members, ",\"header_bytes\":\"", base::ToHex(line.header), "\"");
  if (line.body) {
    absl::StrAppend(&members, ",\"salt\":\"", base::ToHex(line.body->salt), "\",\"body_bytes\":\"",
                    base::ToHex(line.body->body), "\"");
  }
  return members;
}

bool BeginsEvents(std::string_view line) {
  return line.find("\"header_bytes\":\"") != std::string_view::npos &&
         line.find("\"export\":{\"format\":") != std::string_view::npos;
}

}  // namespace verbatim::exchange
