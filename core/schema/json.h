// SPDX-License-Identifier: Apache-2.0
// Any message as JSON, by the rules that scripts rely on: proto field names in the order of their
// declaration; enum values by name without their type's prefix; numbers, booleans and enums always,
// zero too; unset messages (and unset members of a oneof, unset optional fields), empty strings,
// bytes and lists never; integers as numbers; bytes as lower-case hex; floats in their shortest
// form. A TypedBody of a known type shows what is in it:
// {"type":"verbatim.v1.Quote","value":{...}}.
#ifndef VERBATIM_CORE_SCHEMA_JSON_H_
#define VERBATIM_CORE_SCHEMA_JSON_H_

#include <string>
#include <string_view>

#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::v1 {
class TypedBody;
}

namespace verbatim::schema {

struct JsonOptions {
  const Registry* registry = nullptr;  // opens typed bodies; without it they stay hex
  bool indent = false;                 // for people: two blanks a level
};

std::string ToJson(const Message& message, const JsonOptions& options = {});

// The same as a record: a field for everything that ToJson would print.
Record ToRecord(const Message& message, const Registry* registry = nullptr);

// What is inside, without the type: {"kind":"DIRECT",...}. A body of an unknown type, or that is no
// such message, gives its bytes in hex, as a text.
std::string BodyJson(const Registry& registry, std::string_view type, std::string_view bytes,
                     bool indent = false);
Value BodyValue(const Registry& registry, std::string_view type, std::string_view bytes);

// The name as printed: DATE for TYPE_DATE of enum Type; the number when it has no name.
std::string EnumText(const google::protobuf::EnumDescriptor& type, int number);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_JSON_H_
