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

using simdjson::ondemand::object;
using simdjson::ondemand::value;

absl::Status NoEvent(std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("no line of 'verbatim export --as jsonl': ", std::string(why)));
}

absl::Status NoHex(std::string_view name) {
  return NoEvent(absl::StrCat("\"", std::string(name), "\" is no hex"));
}

// The bytes of a member in hex, at the end of `bytes`. Without a look for escapes, which hex has
// none of: it is read where it stands.
absl::Status AppendHexMember(value member, std::string_view name, std::string& bytes) {
  simdjson::ondemand::json_type type{};
  if (member.type().get(type) != simdjson::SUCCESS) return NoHex(name);
  if (type != simdjson::ondemand::json_type::string) return NoHex(name);
  std::string_view token = member.raw_json_token();
  const size_t end = token.rfind('"');
  if (end == 0 || end == std::string_view::npos) return NoHex(name);
  if (!base::AppendFromHex(token.substr(1, end - 1), bytes)) return NoHex(name);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<EventsOf>> ReadWhole(object from) {
  uint64_t format = 0;
  bool events = false;
  auto whole = std::make_unique<EventsOf>();
  for (auto each : from) {
    std::string_view name;
    value member;
    if (each.unescaped_key().get(name) != simdjson::SUCCESS ||
        each.value().get(member) != simdjson::SUCCESS) {
      return NoEvent("\"export\" is no object");
    }
    if (name == "format") {
      if (member.get(format) != simdjson::SUCCESS) format = 0;
    } else if (name == "events") {
      events = member.get(whole->events) == simdjson::SUCCESS;
    } else if (name == "archive_id") {
      VB_RETURN_IF_ERROR(AppendHexMember(member, name, whole->archive_id));
    } else if (name == "root") {
      VB_RETURN_IF_ERROR(AppendHexMember(member, name, whole->root));
    }
  }
  if (format == 0 || !events) {
    return NoEvent("\"export\" doesn't say its format, or how many events there are");
  }
  if (format > kEventLineFormat) {
    return absl::FailedPreconditionError(absl::StrCat("the file has format ", format,
                                                      ", this verbatim reads ", kEventLineFormat,
                                                      ": use a later verbatim"));
  }
  if (whole->archive_id.size() != base::kIdBytes || whole->root.size() != sizeof(base::Digest)) {
    return NoEvent("\"export\" lacks the archive's id, or the root");
  }
  return whole;
}

}  // namespace

static_assert(EventLineReader::kPaddingBytes >= simdjson::SIMDJSON_PADDING);

struct EventLineReader::Parser {
  simdjson::ondemand::parser json;
  std::string padded;
  std::string header;
  std::string salt;
  std::string body;

  absl::Status Member(std::string_view name, value member, EventLine& line) {
    if (name == "header_bytes") return AppendHexMember(member, name, header);
    if (name == "salt") return AppendHexMember(member, name, salt);
    if (name == "body_bytes") return AppendHexMember(member, name, body);
    if (name == "checkpoint") {
      std::string_view note;
      if (member.get(note) == simdjson::SUCCESS) line.checkpoint = note;
    } else if (name == "export") {
      object whole;
      if (member.get(whole) != simdjson::SUCCESS) return NoEvent("\"export\" is no object");
      VB_ASSIGN_OR_RETURN(line.whole, ReadWhole(whole));
    }
    return absl::OkStatus();
  }
};

EventLineReader::EventLineReader() : parser_(std::make_unique<Parser>()) {}
EventLineReader::EventLineReader(EventLineReader&&) noexcept = default;
EventLineReader::~EventLineReader() = default;

absl::StatusOr<EventLine> EventLineReader::Read(std::string_view text) {
  parser_->padded.assign(text).append(kPaddingBytes, ' ');
  return ReadPadded(std::string_view(parser_->padded).substr(0, text.size()));
}

absl::StatusOr<EventLine> EventLineReader::ReadPadded(std::string_view text) {
  Parser& parser = *parser_;
  for (std::string* bytes : {&parser.header, &parser.salt, &parser.body}) bytes->clear();
  simdjson::ondemand::document document;
  object members;
  auto error =
      parser.json.iterate(text.data(), text.size(), text.size() + kPaddingBytes).get(document);
  if (error == simdjson::SUCCESS) error = document.get(members);
  if (error != simdjson::SUCCESS) return NoEvent(simdjson::error_message(error));
  EventLine line;
  for (auto each : members) {
    std::string_view name;
    value member;
    error = each.unescaped_key().get(name);
    if (error == simdjson::SUCCESS) error = each.value().get(member);
    if (error != simdjson::SUCCESS) return NoEvent(simdjson::error_message(error));
    VB_RETURN_IF_ERROR(parser.Member(name, member, line));
  }
  if (parser.header.empty()) return NoEvent("no \"header_bytes\"");
  line.header = parser.header;
  line.salt = parser.salt;
  if (!line.salt.empty()) line.body = parser.body;
  return line;
}

void AppendExact(const ExactEvent& event, std::string& text) {
  const auto member = [&](std::string_view name, std::string_view bytes) {
    text.append(",\"").append(name).append("\":\"");
    base::AppendHex(bytes, text);
    text.push_back('"');
  };
  if (event.whole != nullptr) {
    absl::StrAppend(&text, ",\"export\":{\"format\":", kEventLineFormat);
    member("archive_id", event.whole->archive_id);
    absl::StrAppend(&text, ",\"events\":", event.whole->events);
    member("root", event.whole->root);
    text.push_back('}');
  }
  if (!event.checkpoint.empty()) {
    absl::StrAppend(&text, ",\"checkpoint\":", schema::QuoteJson(event.checkpoint));
  }
  member("header_bytes", event.header);
  if (event.salt.empty()) return;
  member("salt", event.salt);
  member("body_bytes", event.body);
}

bool BeginsEvents(std::string_view line) {
  return line.find("\"header_bytes\":\"") != std::string_view::npos &&
         line.find("\"export\":{\"format\":") != std::string_view::npos;
}

}  // namespace verbatim::exchange
