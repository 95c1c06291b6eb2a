// SPDX-License-Identifier: Apache-2.0
#include "core/log/prepare.h"

#include <algorithm>
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

// Of the fields whose size isn't fixed by their own check: ids, digests, numbers, tags.
constexpr size_t kHeaderOverheadBytes = 160;
// What a stored body has beyond its bytes, and some.
constexpr size_t kSealBytes = 32;

absl::Status Malformed(std::string_view why) {
  return absl::InvalidArgumentError(std::string(why));
}

bool IsUtf8(const v1::Actor& actor) {
  switch (actor.who_case()) {
    case v1::Actor::kPerson:
      return text::IsValidUtf8(actor.person().handle());
    case v1::Actor::kPlugin:
      return text::IsValidUtf8(actor.plugin().name()) &&
             text::IsValidUtf8(actor.plugin().version());
    case v1::Actor::kTool:
      return text::IsValidUtf8(actor.tool().name()) && text::IsValidUtf8(actor.tool().version());
    case v1::Actor::WHO_NOT_SET:
      break;
  }
  return false;
}

absl::Status CheckEvent(const NewEvent& event, std::string_view actor) {
  if (event.id.size() != base::kIdBytes) return Malformed("an event id has 16 bytes");
  if (event.stream.empty() || event.stream.size() > limits::kStreamNameBytesMax ||
      !text::IsValidUtf8(event.stream)) {
    return Malformed(
        fmt::format("a stream's name is UTF-8 of 1 to {} bytes", limits::kStreamNameBytesMax));
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
  if (!IsUtf8(event.actor)) return Malformed("an actor's names are UTF-8");
  if (event.stream.size() + event.type.size() + actor.size() + kHeaderOverheadBytes >
      limits::kHeaderBytesMax) {
    return Malformed(
        fmt::format("names of stream, type and actor are too long for a header of {} "
                    "bytes",
                    limits::kHeaderBytesMax));
  }
  return CheckBody(event.type, event.body);
}

// Where `value` stands among the last of `list`: a few streams and actors take turns in a unit, and
// one that stands there twice does no harm.
size_t PlaceOf(std::string value, std::vector<std::string>& list) {
  constexpr size_t kLookedAt = 8;
  for (size_t place = list.size(); place-- > 0 && list.size() - place <= kLookedAt;) {
    if (list[place] == value) return place;
  }
  list.push_back(std::move(value));
  return list.size() - 1;
}

absl::Status PrepareEvent(size_t place, std::string_view salt, PreparedUnit& unit) {
  const NewEvent& event = unit.unit.events[place];
  PreparedEvent prepared;
  prepared.actor = PlaceOf(EncodeActor(event.actor), unit.actors);
  VB_RETURN_IF_ERROR(CheckEvent(event, unit.actors[prepared.actor]));
  VB_ASSIGN_OR_RETURN(prepared.entries, EntriesOf(event.id, event.stream, event.type, event.body));
  const bool same_stream = place > 0 && event.stream == unit.unit.events[place - 1].stream;
  prepared.stream = same_stream ? unit.prepared.back().stream
                                : PlaceOf(StreamKey(event.stream), unit.stream_keys);
  prepared.body_digest = BodyDigest(salt, event.body);
  prepared.body_begin = unit.bodies.size();
  prepared.body_bytes =
      AppendSealed(salt, event.body, WantsCompression(event.type, event.body.size()), unit.bodies);
  unit.prepared.push_back(std::move(prepared));
  return absl::OkStatus();
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
      return Malformed(
          fmt::format("the body of {} may go only with a ContentErased that names it", sequence));
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
  prepared.unit = std::move(unit);
  const std::vector<NewEvent>& events = prepared.unit.events;
  prepared.prepared.reserve(events.size());
  size_t bytes = 0;
  for (const NewEvent& event : events) {
    const bool plain = !WantsCompression(event.type, event.body.size());
    bytes += kSealBytes + (plain ? event.body.size() : 0);
  }
  prepared.bodies.reserve(std::min(bytes, limits::kUnitBytesMax));
  for (size_t i = 0; i < events.size(); ++i) {
    const absl::Status ready = PrepareEvent(i, salts.substr(i * kSaltBytes, kSaltBytes), prepared);
    if (!ready.ok()) {
      return base::WithContext(ready, fmt::format("event {} of a unit ({})", i, events[i].type));
    }
    if (prepared.bodies.size() > limits::kUnitBytesMax) {
      return absl::ResourceExhaustedError(
          fmt::format("a unit of more than {} bytes", limits::kUnitBytesMax));
    }
  }
  return prepared;
}

}  // namespace verbatim::log
