// SPDX-License-Identifier: Apache-2.0
// What ToJson writes reads back as the same message; what a person mistypes is shown where it is.
#include "core/schema/read_message.h"

#include <gmock/gmock.h>

#include <string>

#include "core/schema/json.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::schema {
namespace {

std::string Refusal(const absl::Status& status) {
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  return std::string(status.message());
}

TEST(ReadMessage, ReadsBackWhatWasWritten) {
  v1::Quote quote;
  quote.set_kind(v1::Quote::KIND_MIXED);
  quote.set_speaker("Ren\xC3\xA9 \"the Ferry\"\n\x01 \xF0\x9F\x9B\xB3");
  quote.set_negated(true);
  quote.add_quoted()->set_end_byte(4'000'000'000U);
  quote.add_quoted()->set_exact("a\\b");
  quote.add_flags("nested");
  v1::AnnotationAdded added;
  added.set_annotation(std::string("\x00\xFF\x10", 3));
  added.set_confidence(0.93F);
  added.mutable_body()->set_type("verbatim.v1.Quote");
  added.mutable_body()->set_value(quote.SerializeAsString());
  const Registry registry;
  for (const bool indent : {false, true}) {
    v1::AnnotationAdded read;
    const std::string json = ToJson(added, {.registry = &registry, .indent = indent});
    ASSERT_TRUE(ReadJson(json, &registry, &read).ok()) << json;
    EXPECT_EQ(read.SerializeAsString(), added.SerializeAsString()) << json;
  }
}

TEST(ReadMessage, NamesPlaceAndNearestField) {
  v1::Quote quote;
  EXPECT_EQ(Refusal(ReadMessage("{\n  \"speeker\": \"Ana\"}", &quote)),
            "line 2, column 3: no field speeker in verbatim.v1.Quote: did you mean speaker?");
  EXPECT_EQ(Refusal(ReadMessage("kind: KIND_DIRECT\nspeeker: \"Ana\"", &quote)).substr(0, 7),
            "line 2,");
  EXPECT_THAT(Refusal(ReadMessage("speeker: \"Ana\"", &quote)),
              ::testing::HasSubstr("did you mean speaker?"));
}

TEST(ReadMessage, RefusesWhatIsNoSuchMessage) {
  for (const char* json :
       {"{", "{}x", "{\"kind\": 1}", "{\"kind\": \"LOUD\"}", "{\"segment\": \"1\"}",
        "{\"segment\": -1}", "{\"speaker\": 3}", "{\"speaker\": \"a}", "{\"flags\": \"a\"}",
        "{\"cue\": []}", "{\"speaker\": \"\\ud83d\"x}", "{\"speaker\" \"a\"}", "{\"negated\": }"}) {
    v1::Quote quote;
    EXPECT_THAT(Refusal(ReadJson(json, nullptr, &quote)), ::testing::HasSubstr("line 1, column "))
        << json;
  }
}

TEST(ReadMessage, MembersStandAsTheyAre) {
  const auto members = JsonMembers(R"( {"a": {"b": [1, "}"]}, "c":"x\n"} )");
  ASSERT_TRUE(members.ok()) << members.status();
  EXPECT_EQ(members->at("a"), R"({"b": [1, "}"]})");
  EXPECT_EQ(*ReadJsonString(members->at("c")), "x\n");
}

}  // namespace
}  // namespace verbatim::schema
