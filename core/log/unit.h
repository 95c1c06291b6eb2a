// SPDX-License-Identifier: Apache-2.0
// What is handed to the log: units of work, each of which is appended whole or not at all.
#ifndef VERBATIM_CORE_LOG_UNIT_H_
#define VERBATIM_CORE_LOG_UNIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verbatim/v1/event.pb.h"

namespace verbatim::log {

// An event before it has a sequence. `id` comes from base::NewEventId.
struct NewEvent {
  std::string id;      // 16 bytes: the idempotency key
  std::string stream;  // an article's id in hex, "archive", or "speaker/<id>"
  std::string type;    // full name of the body's message
  uint32_t schema = 0;
  v1::Actor actor;
  std::string caused_by;    // event id, or empty
  std::string correlation;  // 16 bytes, or empty
  std::string body;         // from EncodeBody
};

// The version of a stream that the writer has seen: of its last event, counted from 0.
struct Expect {
  enum class Kind { kAny, kNone, kExact };
  static Expect Any(std::string stream) { return {std::move(stream), Kind::kAny, 0}; }
  // The stream has no event yet.
  static Expect None(std::string stream) { return {std::move(stream), Kind::kNone, 0}; }
  // Its last event has this version.
  static Expect Exact(std::string stream, uint64_t version) {
    return {std::move(stream), Kind::kExact, version};
  }
  // From what Snapshot::StreamVersion returned.
  static Expect Seen(std::string stream, std::optional<uint64_t> version) {
    return version ? Exact(std::move(stream), *version) : None(std::move(stream));
  }

  std::string stream;
  Kind kind = Kind::kAny;
  uint64_t version = 0;
};

// How far an input has been read; kept in the transaction of the unit's events.
struct CursorUpdate {
  std::string input;
  std::string value;  // serialized verbatim.v1.IngestCursor; empty: forget it
};

// One unit of work: an article with its annotations and runs, a person's decision, an erasure.
struct Unit {
  std::vector<NewEvent> events;
  // Looked at before the unit's first event is appended; a stream without an entry: any.
  std::vector<Expect> expects;
  std::vector<CursorUpdate> cursors;
  // Bodies to delete with it; each is named in a ContentErased of this unit, and is none itself.
  std::vector<uint64_t> erase;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_UNIT_H_
