// SPDX-License-Identifier: Apache-2.0
#include "core/schema/registry.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "core/schema/json.h"
#include "tests/core/schema/types.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::schema {
namespace {

using ::testing::HasSubstr;

TEST(Normalise, ForgetsJsonNamesAndOrder) {
  google::protobuf::FileDescriptorSet ours;
  v1::Quote::descriptor()->file()->CopyTo(ours.add_file());
  v1::TextSpan::descriptor()->file()->CopyTo(ours.add_file());
  google::protobuf::FileDescriptorSet theirs;  // as protoc writes it
  v1::TextSpan::descriptor()->file()->CopyTo(theirs.add_file());
  v1::Quote::descriptor()->file()->CopyTo(theirs.add_file());
  for (auto& file : *theirs.mutable_file()) {
    for (auto& message : *file.mutable_message_type()) {
      for (auto& field : *message.mutable_field()) field.set_json_name("jsonName");
    }
    file.mutable_source_code_info()->add_location()->set_leading_comments("why");
  }
  ASSERT_NE(ours.SerializeAsString(), theirs.SerializeAsString());
  const auto normalised = Normalise(theirs.SerializeAsString());
  ASSERT_TRUE(normalised.ok());
  EXPECT_EQ(*Normalise(ours.SerializeAsString()), *normalised);
  EXPECT_EQ(*Normalise(*normalised), *normalised);
}

TEST(Normalise, RefusesWhatIsNoDescriptorSet) {
  EXPECT_EQ(Normalise("\xff\xff\xff").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Registry, ReadsATypeThatWasNeverCompiled) {
  Registry registry;
  const auto set = registry.Add(TideSet("TYPE_INT32"));
  ASSERT_TRUE(set.ok()) << set.status();
  const auto reading = (*set)->Parse("tide.Reading", std::string("\x0a\x04Oban\x10\x07", 8));
  ASSERT_TRUE(reading.ok()) << reading.status();
  EXPECT_EQ(ToJson(**reading), R"({"port":"Oban","height":7})");
  EXPECT_TRUE(registry.Knows("tide.Reading"));
  EXPECT_FALSE(registry.Knows("tide.Wave"));
}

TEST(Registry, TheSameSetTwiceIsOne) {
  Registry registry;
  EXPECT_EQ(*registry.Add(TideSet("TYPE_INT32")), *registry.Add(TideSet("TYPE_INT32")));
}

TEST(Registry, TwoSetsMayDisagreeAboutAFile) {
  Registry registry;
  const TypeSet* numbers = *registry.Add(TideSet("TYPE_INT32"));
  const TypeSet* texts = *registry.Add(TideSet("TYPE_STRING"));
  EXPECT_NE(numbers, texts);
  const std::string seven("\x10\x07", 2);
  const std::string high("\x12\x04high", 6);
  EXPECT_EQ(ToJson(**numbers->Parse("tide.Reading", seven)), R"({"height":7})");
  EXPECT_EQ(ToJson(**texts->Parse("tide.Reading", high)), R"({"height":"high"})");
}

TEST(Registry, ASetMayRepeatCompiledFilesAndLeaveImportsOut) {
  Registry registry;
  google::protobuf::FileDescriptorSet set;
  v1::Quote::descriptor()->file()->CopyTo(set.add_file());  // imports annotation.proto
  const auto added = registry.Add(set.SerializeAsString());
  ASSERT_TRUE(added.ok()) << added.status();
  v1::Quote quote;
  quote.mutable_cue()->set_exact("said");
  const auto read = (*added)->Parse("verbatim.v1.Quote", quote.SerializeAsString());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(ToJson(**read), ToJson(quote));
}

TEST(Registry, NamesAnImportThatNobodyHas) {
  Registry registry;
  const auto added = registry.Add(
      SetFromText(R"(file { name: "a.proto" syntax: "proto3" dependency: "b.proto" })"));
  EXPECT_EQ(added.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(added.status().message(), HasSubstr("a.proto imports"));
}

TEST(Registry, SaysWhatItCannotRead) {
  Registry registry;
  EXPECT_EQ(registry.Parse("tide.Wave", "").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(registry.Parse("verbatim.v1.Quote", "\xff").status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(Registry, DescriptorsForTakesImportsAlong) {
  Registry registry;
  const auto bytes = registry.DescriptorsFor({"verbatim.v1.Quote"});
  ASSERT_TRUE(bytes.ok());
  google::protobuf::FileDescriptorSet set;
  ASSERT_TRUE(set.ParseFromString(*bytes));
  ASSERT_EQ(set.file_size(), 2);
  EXPECT_EQ(set.file(0).name(), "verbatim/v1/annotation.proto");
  EXPECT_EQ(set.file(1).name(), "verbatim/v1/quote.proto");
  EXPECT_EQ(*Normalise(*bytes), *bytes);
  EXPECT_EQ(registry.DescriptorsFor({"tide.Wave"}).status().code(), absl::StatusCode::kNotFound);

  // What an archive keeps is enough to read with, when the plugin is long gone.
  Registry plugin;
  ASSERT_TRUE(plugin.Add(TideSet("TYPE_INT32")).ok());
  const auto kept = plugin.DescriptorsFor({"tide.Reading"});
  ASSERT_TRUE(kept.ok());
  ASSERT_TRUE(registry.Add(*kept).ok());
  EXPECT_TRUE(registry.Parse("tide.Reading", std::string("\x10\x07", 2)).ok());
}

TEST(Registry, EqualBodiesLooksPastProvenance) {
  Registry registry;
  v1::Quote a;
  a.set_speaker("Ana Maar");
  a.set_rule("after-comma");
  v1::Quote b = a;
  b.set_rule("before-colon");
  const auto equal = [&](const std::vector<std::string>& ignored) {
    return registry.EqualBodies("verbatim.v1.Quote", a.SerializeAsString(), b.SerializeAsString(),
                                ignored);
  };
  EXPECT_FALSE(equal({}));
  EXPECT_TRUE(equal({"verbatim.v1.Quote.rule"}));
  b.set_speaker("Jon Ode");
  EXPECT_FALSE(equal({"verbatim.v1.Quote.rule"}));
  b = a;
  a.add_quoted()->set_exact("x");
  b.add_quoted()->set_exact("y");
  EXPECT_TRUE(equal({"verbatim.v1.TextSpan.exact"}));
  EXPECT_TRUE(registry.EqualBodies("tide.Wave", "abc", "abc", {}));
  EXPECT_FALSE(registry.EqualBodies("tide.Wave", "abc", "abd", {}));
}

}  // namespace
}  // namespace verbatim::schema
