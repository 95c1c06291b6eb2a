// SPDX-License-Identifier: Apache-2.0
#include "core/log/prepare.h"

#include <set>
#include <utility>

#include "core/base/check.h"
#include "core/base/ids.h"
#include "core/base/limits.h"
#include "core/log/body.h"
#include "core/log/body_value.h"
#include "core/log/header_codec.h"
#include "core/log/log_keys.h"
#include "fmt/format.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::log {
namespace {

constexpr std::string_view kContentErased = "verbatim.v1.ContentErased";
// Of the fields whose size isn't fixed by their own check: ids, digests, numbers, tags.
constexpr size_t kHeaderOverheadBytes = 160;

absl::Status Malformed(std::string_view why) {
  return absl::InvalidArgumentError(std::string(why));
}

absl::Status CheckEvent(const NewEvent& event, std::string_view actor) {
  if (event.id.size() != base::kIdBytes) return Malformed("an event id has 16 bytes");
  if (event.stream.empty() || event.stream.size() > limits::kStreamNameBytesMax ||
      !text::IsValidUtf8(event.stream)) {
    return Malformed(fmt::format("a stream's name is UTF-8 of 1 to {} bytes",
                                 limits::kStreamNameBytesMax));
  }
  if (event.type.empty() || event.type.size() > limits::kTypeNameBytesMax ||
      !text::IsValidUtf8(event.type)) {
    return Malformed(fmt::format("a type's name has 1 to {} bytes", limits::kTypeNameBytesMax));
  }
  if (!event.caused_by.empty() && event.caused_by.size() != base::kIdBytes) {
    return Malformed("caused_by is an event id of 16 bytes, or empty");
  }
  if (!event.correlation.empty() && event.correlation.size() != base::kIdBytes) {
    return Malformed("a correlation has 16 bytes, or none");
  }
  if (event.actor.who_case() == v1::Actor::WHO_NOT_SET) return Malformed("an event has an actor");
  if (absl::Status good = CheckBody("verbatim.v1.Actor", actor); !good.ok()) return good;
  if (event.stream.size() + event.type.size() + actor.size() + kHeaderOverheadBytes >
      limits::kHeaderBytesMax) {
    return Malformed(fmt::format("names of stream, type and actor are too long for a header of {} "
                                 "bytes",
                                 limits::kHeaderBytesMax));
  }
  return CheckBody(event.type, event.body);
}

absl::StatusOr<PreparedEvent> PrepareEvent(NewEvent event, std::string_view salt) {
  PreparedEvent prepared;
  prepared.actor = EncodeActor(event.actor);
  VB_RETURN_IF_ERROR(CheckEvent(event, prepared.actor));
  VB_ASSIGN_OR_RETURN(prepared.entries,
                      EntriesOf(event.id, event.stream, event.type, event.body));
  prepared.stream_key = StreamKey(event.stream);
  prepared.body_digest = BodyDigest(salt, event.body);
  prepared.body_value =
      SealBody(salt, event.body, WantsCompression(event.type, event.body.size()));
  prepared.event = std::move(event);
  return prepared;
}

// An erasure is an event before it is a deletion: what goes is named in the log for ever.
absl::Status CheckErasure(const Unit& unit) {
  if (unit.erase.empty()) return absl::OkStatus();
  std::set<uint64_t> named;
  for (const NewEvent& event : unit.events) {
    v1::ContentErased erased;
    if (event.type != kContentErased || !erased.ParseFromString(event.body)) continue;
    named.insert(erased.erased().begin(), erased.erased().end());
  }
  for (const uint64_t sequence : unit.erase) {
    if (named.count(sequence) == 0) {
      return Malformed(fmt::format(
          "the body of {} may go only with a ContentErased that names it", sequence));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PreparedUnit> PrepareUnit(Unit unit, std::string_view salts) {
  VB_CHECK(salts.size() == unit.events.size() * kSaltBytes, "a salt for every event");
  if (unit.events.empty() && unit.cursors.empty()) return Malformed("a unit without events");
  if (unit.events.size() > limits::kUnitEventsMax) {
    return absl::ResourceExhaustedError(fmt::format("a unit of {} events is over the limit of {}",
                                                    unit.events.size(), limits::kUnitEventsMax));
  }
  VB_RETURN_IF_ERROR(CheckErasure(unit));
  PreparedUnit prepared;
  prepared.events.reserve(unit.events.size());
  for (size_t i = 0; i < unit.events.size(); ++i) {
    const std::string type = unit.events[i].type;
    absl::StatusOr<PreparedEvent> event =
        PrepareEvent(std::move(unit.events[i]), salts.substr(i * kSaltBytes, kSaltBytes));
    if (!event.ok()) {
      return base::WithContext(event.status(), fmt::format("event {} of a unit ({})", i, type));
    }
    prepared.bytes += event->body_value.size();
    if (prepared.bytes > limits::kUnitBytesMax) {
      return absl::ResourceExhaustedError(
          fmt::format("a unit of more than {} bytes", limits::kUnitBytesMax));
    }
    prepared.events.push_back(*std::move(event));
  }
  prepared.expects = std::move(unit.expects);
  prepared.cursors = std::move(unit.cursors);
  prepared.erase = std::move(unit.erase);
  return prepared;
}

}  // namespace verbatim::log
