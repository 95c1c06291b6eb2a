// SPDX-License-Identifier: Apache-2.0
// Protos only grow: today's are held against proto/baseline.txt. After adding to them:
//   VERBATIM_UPDATE_BASELINE=1 build/release/tests/proto_test
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/schema/registry.h"
#include "tests/proto/facts.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptorProto;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

fs::path ProtoFolder() { return fs::path(VERBATIM_SOURCE_DIR) / "proto"; }

Facts Today() {
  const schema::Registry links_all_of_them;
  Facts all;
  for (const auto& entry : fs::directory_iterator(ProtoFolder() / "verbatim/v1")) {
    const std::string name = "verbatim/v1/" + entry.path().filename().string();
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(file, nullptr) << name << " is not compiled in";
    if (file != nullptr) all.merge(FactsOf(*file));
  }
  return all;
}

TEST(ProtoBaseline, NothingThatWasReleasedChanged) {
  const Facts today = Today();
  const fs::path path = ProtoFolder() / "baseline.txt";
  Facts baseline;
  {
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line[0] != '#') baseline.insert(line);
    }
  }
  EXPECT_THAT(Breaks(baseline, today), IsEmpty());
  if (std::getenv("VERBATIM_UPDATE_BASELINE") != nullptr) {
    ASSERT_THAT(Breaks(baseline, today), IsEmpty()) << "a baseline only grows";
    std::ofstream out(path);
    out << "# SPDX-License-Identifier: Apache-2.0\n"
           "# What events are written by and may never change; see README.md beside this file.\n";
    for (const std::string& fact : today) out << fact << "\n";
    return;
  }
  EXPECT_EQ(baseline.size(), today.size())
      << "the protos grew: VERBATIM_UPDATE_BASELINE=1 build/release/tests/proto_test, then commit "
         "proto/baseline.txt";
}

constexpr char kReleased[] = R"(
  name: "harbour.proto" package: "sample" syntax: "proto3"
  message_type {
    name: "Ship"
    field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "masts" number: 2 type: TYPE_UINT32 label: LABEL_OPTIONAL }
    field { name: "flag" number: 3 type: TYPE_ENUM type_name: ".sample.Flag" label: LABEL_OPTIONAL }
    reserved_range { start: 7 end: 8 }
    reserved_name: "tonnage"
  }
  message_type { name: "Pier" }
  enum_type {
    name: "Flag"
    value { name: "FLAG_UNSPECIFIED" number: 0 }
    value { name: "FLAG_RED" number: 1 }
  })";

class ProtoRules : public ::testing::Test {
 protected:
  ProtoRules() {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kReleased, &released_));
    changed_ = released_;
  }
  static Facts Of(const FileDescriptorProto& proto) {
    DescriptorPool pool;
    const auto* file = pool.BuildFile(proto);
    EXPECT_NE(file, nullptr);
    return file == nullptr ? Facts() : FactsOf(*file);
  }
  std::vector<std::string> Broken() const { return Breaks(Of(released_), Of(changed_)); }
  google::protobuf::DescriptorProto& ship() { return *changed_.mutable_message_type(0); }

  FileDescriptorProto released_;
  FileDescriptorProto changed_;
};

TEST_F(ProtoRules, AddingIsFine) {
  auto* field = ship().add_field();
  field->set_name("harbour");
  field->set_number(4);
  field->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  field->set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
  changed_.add_message_type()->set_name("Crane");
  auto* value = changed_.mutable_enum_type(0)->add_value();
  value->set_name("FLAG_BLUE");
  value->set_number(2);
  EXPECT_THAT(Broken(), IsEmpty());
}

TEST_F(ProtoRules, ANumberIsNotUsedForAnother) {
  ship().mutable_field(1)->set_name("decks");
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("'field sample.Ship 2 masts uint32' became 'field "
                                              "sample.Ship 2 decks uint32'")));
}

TEST_F(ProtoRules, ANumberDoesNotChange) {
  ship().mutable_field(1)->set_number(5);
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("is gone")));
}

TEST_F(ProtoRules, ATypeDoesNotChange) {
  ship().mutable_field(1)->set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("became")));
}

TEST_F(ProtoRules, ALabelDoesNotChange) {
  ship().mutable_field(0)->set_label(google::protobuf::FieldDescriptorProto::LABEL_REPEATED);
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("1 name repeated string'")));
}

TEST_F(ProtoRules, AFieldDoesNotEnterAOneof) {
  ship().add_oneof_decl()->set_name("rig");
  ship().mutable_field(1)->set_oneof_index(0);
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("oneof rig: uint32")));
}

TEST_F(ProtoRules, AFieldGoesOnlyWhenItsNumberAndNameAreReserved) {
  ship().mutable_field()->DeleteSubrange(1, 1);
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("reserve its number and its name")));
  auto* range = ship().add_reserved_range();
  range->set_start(2);
  range->set_end(3);
  EXPECT_THAT(Broken(), ::testing::SizeIs(1));
  ship().add_reserved_name("masts");
  EXPECT_THAT(Broken(), IsEmpty());
}

TEST_F(ProtoRules, WhatIsReservedStaysSo) {
  ship().clear_reserved_range();
  ship().clear_reserved_name();
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("reserved sample.Ship 7"),
                                    HasSubstr("reserved sample.Ship tonnage")));
}

TEST_F(ProtoRules, MessagesAndEnumsKeepTheirNames) {
  changed_.mutable_message_type(1)->set_name("Quay");
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("'message sample.Pier' is gone")));
}

TEST_F(ProtoRules, AValueOfAnEnumKeepsItsNumberAndName) {
  changed_.mutable_enum_type(0)->mutable_value(1)->set_name("FLAG_CRIMSON");
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("FLAG_CRIMSON")));
  changed_.mutable_enum_type(0)->mutable_value()->DeleteSubrange(1, 1);
  EXPECT_THAT(Broken(), ElementsAre(HasSubstr("is gone")));
  auto* range = changed_.mutable_enum_type(0)->add_reserved_range();
  range->set_start(1);
  range->set_end(1);
  changed_.mutable_enum_type(0)->add_reserved_name("FLAG_RED");
  EXPECT_THAT(Broken(), IsEmpty());
}

}  // namespace
}  // namespace verbatim::testing
