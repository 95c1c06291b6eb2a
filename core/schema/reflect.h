// SPDX-License-Identifier: Apache-2.0
// Small readings of one field by reflection, shared by the files of core/schema. Private to it.
#ifndef VERBATIM_CORE_SCHEMA_REFLECT_H_
#define VERBATIM_CORE_SCHEMA_REFLECT_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::schema {

// Messages within messages: as deep as the protobuf parser follows them.
inline constexpr int kDepthMax = 100;

// Is the field to be printed? Lists and texts when they aren't empty; messages, members of a oneof
// and optional fields when they are set; numbers, booleans and enums always.
bool Printed(const Message& message, const google::protobuf::FieldDescriptor* field);

// A field, or (index >= 0) an element of a list, that is no message.
Value ScalarAt(const Message& message, const google::protobuf::FieldDescriptor* field, int index);

// "RESOLUTION_" for enum Resolution.
std::string EnumPrefix(const google::protobuf::EnumDescriptor& type);

// The two fields of a verbatim.v1.TypedBody, compiled or dynamic.
struct TypedBody {
  bool is = false;
  std::string type;
  std::string value;
};
TypedBody TypedBodyOf(const Message& message);

bool IsSpan(const Descriptor* type);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_REFLECT_H_
