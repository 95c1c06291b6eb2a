// SPDX-License-Identifier: Apache-2.0
// Descriptor sets made by hand, as a plugin's would come: nothing of them is compiled in.
#ifndef VERBATIM_TESTS_CORE_SCHEMA_TYPES_H_
#define VERBATIM_TESTS_CORE_SCHEMA_TYPES_H_

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace verbatim::schema {

inline std::string SetFromText(const std::string& text) {
  google::protobuf::FileDescriptorSet set;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &set));
  return set.SerializeAsString();
}

// tide.proto: message tide.Reading {string port = 1; <type> height = 2;}
inline std::string TideSet(const std::string& height_type) {
  return SetFromText(R"(
    file {
      name: "tide.proto" package: "tide" syntax: "proto3"
      message_type {
        name: "Reading"
        field { name: "port" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL json_name: "port" }
        field { name: "height" number: 2 type: )" +
                     height_type + R"( label: LABEL_OPTIONAL }
      }
    })");
}

}  // namespace verbatim::schema

#endif  // VERBATIM_TESTS_CORE_SCHEMA_TYPES_H_
