// SPDX-License-Identifier: Apache-2.0
// Messages out of what a person wrote: JSON by the rules by which schema::ToJson writes it (proto
// field names, enum values with or without prefix, bytes in hex), or protobuf's text format. Every
// complaint names line and column, and the field that was perhaps meant:
//
//   line 2, column 3: no field leters_min in capitals.v1.Config: did you mean letters_min?
#ifndef VERBATIM_CORE_SCHEMA_READ_MESSAGE_H_
#define VERBATIM_CORE_SCHEMA_READ_MESSAGE_H_

#include <map>
#include <string>
#include <string_view>

#include "core/schema/registry.h"

namespace verbatim::schema {

// An object, with nothing after it. `registry`, when given, puts together the value of a TypedBody,
// whose "type" must stand before its "value". kInvalidArgument; what the message holds then is not
// to be used.
absl::Status ReadJson(std::string_view text, const Registry* registry, Message* message);

// The members of an object by name, each as it stands. The values borrow from `text`.
absl::StatusOr<std::map<std::string, std::string_view>> JsonMembers(std::string_view text);

// A text in quotation marks, without them.
absl::StatusOr<std::string> ReadJsonString(std::string_view text);

absl::Status ReadTextFormat(std::string_view text, Message* message);

// JSON where the text begins with a brace, else text format.
absl::Status ReadMessage(std::string_view text, Message* message);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_READ_MESSAGE_H_
