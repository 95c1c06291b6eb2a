// SPDX-License-Identifier: Apache-2.0
// What the rows of all verbs are made of: who did it, when, what it was about, and which fields of
// a body changed.
#ifndef VERBATIM_CORE_AUDIT_ROWS_H_
#define VERBATIM_CORE_AUDIT_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/erasure.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/json.h"
#include "core/schema/registry.h"
#include "core/schema/value.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/event.pb.h"

namespace verbatim::audit {

// An event with its body opened; no body: it was erased, or nobody knows its type any more.
struct Opened {
  uint64_t sequence = 0;
  v1::EventHeader header;
  std::optional<std::string> body;
  schema::MessagePtr message;
  std::optional<Erasure> erasure;  // that took the body
};

absl::StatusOr<Opened> Open(const log::Snapshot& snapshot, const schema::Registry& registry,
                            uint64_t sequence);

// The same from bytes at hand, which needs no snapshot: any thread may. Header and body, which is
// of its type's newest schema, aren't compared with each other.
absl::StatusOr<Opened> OpenBytes(const schema::Registry& registry, uint64_t sequence,
                                 std::string_view header, std::string body);

// {kind: person | plugin | tool, name, version}
schema::Record ActorRecord(const v1::Actor& actor);

// The last part of a type's name: "Quote".
std::string ShortType(std::string_view type);

// A text field of the message, "" when it has none of that name.
std::string TextField(const schema::Message& message, std::string_view name);

// The words of an anchor, " ... " between spans; cut at `chars_max` characters when not 0.
std::string WordsOf(const v1::Anchor& anchor, size_t chars_max = 0);

// "revision 1, characters 228-622".
std::string PlaceOf(const v1::Anchor& anchor);

// One field that became another; texts as a cell shows them.
struct FieldChange {
  std::string field;
  std::string before;
  std::string after;
};

// Fields that read differently, by path ("published.value"), in the order of their declaration. No
// `before`: against a message with nothing in it. A span reads as its words, so one that only moved
// doesn't count; lists are compared whole. Of a
// type that nobody knows: one change of "body" when the bytes differ.
std::vector<FieldChange> FieldChanges(const schema::Registry& registry, std::string_view type,
                                      std::optional<std::string_view> before,
                                      std::string_view after);
std::vector<FieldChange> FieldChanges(const schema::Message& before, const schema::Message& after);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_ROWS_H_
