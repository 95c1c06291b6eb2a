// SPDX-License-Identifier: Apache-2.0
// From a message to the bytes of a body. Protobuf writes invalid UTF-8 without complaint and cannot
// read it back, so every string field is looked at before the bytes reach the log.
//
//   VB_ASSIGN_OR_RETURN(event.body, EncodeBody(message));
#ifndef VERBATIM_CORE_LOG_BODY_H_
#define VERBATIM_CORE_LOG_BODY_H_

#include <string>
#include <string_view>

#include "core/base/status.h"

namespace google::protobuf {
class Message;
}

namespace verbatim::log {

// Serialized with a fixed order of map entries. kInvalidArgument names a string field that is not
// UTF-8, kResourceExhausted a body over limits::kBodyBytesMax.
absl::StatusOr<std::string> EncodeBody(const google::protobuf::Message& message);

// Whether `body` is well formed for `type`: wire format, size, UTF-8 in every string field, also in
// the messages within TypedBody. Of a type that this program does not know, wire format and size
// only. EventLog calls it on every append.
absl::Status CheckBody(std::string_view type, std::string_view body);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_BODY_H_
