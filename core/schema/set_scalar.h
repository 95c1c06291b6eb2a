// SPDX-License-Identifier: Apache-2.0
// One value of a field out of a text. Private to core/schema.
#ifndef VERBATIM_CORE_SCHEMA_SET_SCALAR_H_
#define VERBATIM_CORE_SCHEMA_SET_SCALAR_H_

#include <string_view>

#include "core/schema/registry.h"

namespace verbatim::schema {

// Sets a field that is no message, or appends to it where it is a list. kInvalidArgument says what
// the field takes.
absl::Status PutScalar(Message* message, const google::protobuf::FieldDescriptor* field,
                       std::string_view text);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_SET_SCALAR_H_
