// SPDX-License-Identifier: Apache-2.0
#include "core/schema/json.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/schema/value.h"
#include "tests/core/schema/types.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/event.pb.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::schema {
namespace {

TEST(Json, PrintsZeroesAndLeavesOutWhatIsEmpty) {
  EXPECT_EQ(ToJson(v1::TextSpan()), R"({"begin_byte":0,"end_byte":0,"begin_char":0,"end_char":0})");
  EXPECT_EQ(ToJson(v1::Quote()), R"({"kind":"UNSPECIFIED","negated":false,)"
                                 R"("speaker_type":"UNSPECIFIED","segment":0,)"
                                 R"("said_on_basis":"UNSPECIFIED"})");
}

TEST(Json, NamesEnumsWithoutTheirTypesPrefix) {
  v1::Quote quote;
  quote.set_kind(v1::Quote::KIND_DIRECT);
  quote.set_speaker_type(v1::Quote::SPEAKER_TYPE_PERSON);
  quote.set_said_on_basis(v1::Quote::SAID_ON_ARTICLE_DATE);
  const Record record = ToRecord(quote);
  EXPECT_EQ(TextOf(*record.Find("kind")), "DIRECT");
  EXPECT_EQ(TextOf(*record.Find("speaker_type")), "PERSON");
  EXPECT_EQ(TextOf(*record.Find("said_on_basis")), "ARTICLE_DATE");
  EXPECT_EQ(EnumText(*v1::AnnotationStatus_descriptor(), 4), "REJECTED");
  EXPECT_EQ(EnumText(*v1::AnnotationStatus_descriptor(), 77), "77");
}

TEST(Json, WritesIntegersAsNumbersAndBytesAsHex) {
  v1::EventHeader header;
  header.set_event_id(std::string("\x00\xff\x10", 3));
  header.set_recorded_at_us(18446744073709551615ULL);
  header.mutable_actor()->mutable_person()->set_handle("mina");
  EXPECT_EQ(ToJson(header), R"({"event_id":"00ff10","stream_version":0,"schema":0,)"
                            R"("recorded_at_us":18446744073709551615,)"
                            R"("actor":{"person":{"handle":"mina"}},"body_size":0})");
}

TEST(Json, UnsetMembersOfAOneofAreLeftOut) {
  v1::ContentErased erased;
  EXPECT_EQ(ToJson(erased), "{}");
  erased.set_sequence(0);
  EXPECT_EQ(ToJson(erased), R"({"sequence":0})");
}

TEST(Json, WritesFloatsShort) {
  v1::Annotation annotation;
  annotation.set_confidence(0.93F);
  EXPECT_EQ(TextOf(*ToRecord(annotation).Find("confidence")), "0.93");
  EXPECT_EQ(NumberText(1.0F), "1");
  EXPECT_EQ(NumberText(0.1), "0.1");
}

TEST(Json, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(QuoteJson("“Café”\t\"x\"\\\n\x01\x7f"), "\"“Café”\\t\\\"x\\\"\\\\\\n\\u0001\\u007f\"");
  // Controls of C1, and marks that turn the direction; what only begins like them stays.
  EXPECT_EQ(QuoteJson("a\u0085\u009bm\u202e»\u2066 “b”£"),
            "\"a\\u0085\\u009bm\\u202e»\\u2066 “b”£\"");
  EXPECT_EQ(QuoteJson("\xC2"), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(QuoteJson("a\xff z"), "\"a\xEF\xBF\xBD z\"");
}

TEST(Json, OpensTypedBodies) {
  Registry registry;
  v1::DocumentDate date;
  date.set_best("2021-10-20");
  v1::TypedBody body;
  body.set_type("verbatim.v1.DocumentDate");
  body.set_value(date.SerializeAsString());
  EXPECT_EQ(ToJson(body, {&registry}),
            R"({"type":"verbatim.v1.DocumentDate","value":{"best":"2021-10-20","stated":false}})");
  EXPECT_EQ(BodyJson(registry, body.type(), body.value()),
            R"({"best":"2021-10-20","stated":false})");
  body.set_type("tide.Wave");
  body.set_value("\x01\x02");
  EXPECT_EQ(ToJson(body, {&registry}), R"({"type":"tide.Wave","value":"0102"})");
  EXPECT_EQ(BodyJson(registry, body.type(), body.value()), R"("0102")");
}

TEST(Json, WritesMapsInOrderOfTheirKeys) {
  Registry registry;
  const auto set = registry.Add(SetFromText(R"(
    file {
      name: "m.proto" package: "m" syntax: "proto3"
      message_type {
        name: "M"
        field { name: "of" number: 1 type: TYPE_MESSAGE label: LABEL_REPEATED type_name: ".m.M.OfEntry" }
        nested_type {
          name: "OfEntry"
          field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
          field { name: "value" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL }
          options { map_entry: true }
        }
      }
    })"));
  ASSERT_TRUE(set.ok()) << set.status();
  const auto message = (*set)->Parse("m.M", std::string("\x0a\x05\x0a\x01z\x10\x01\x0a\x05\x0a\x01"
                                                        "b\x10\x02",
                                                        14));
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(ToJson(**message), R"({"of":{"b":2,"z":1}})");
  EXPECT_EQ(ToJson(Value(ToRecord(**message))), R"({"of":{"b":2,"z":1}})");
}

TEST(Json, IndentsForPeople) {
  v1::Quote quote;
  quote.add_flags("nested");
  quote.mutable_cue()->set_exact("said");
  EXPECT_EQ(ToJson(quote, {.indent = true}), ToJson(Value(ToRecord(quote)), true));
  EXPECT_EQ(ToJson(Value(Record().Add("a", 1).Add("b", List{"x"}).Add("none", "")), true),
            "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ]\n}");
}

// Two writers, one by reflection and one over records, are each other's oracle.
RC_GTEST_PROP(Json, BothWritersAgree, ()) {
  v1::Quote quote;
  quote.set_kind(static_cast<v1::Quote::Kind>(*rc::gen::inRange(0, 6)));
  for (const auto& text :
       *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>())) {
    auto* span = quote.add_quoted();
    span->set_exact(text);
    span->set_begin_byte(*rc::gen::arbitrary<uint32_t>());
    quote.add_flags(text);
  }
  quote.set_negated(*rc::gen::arbitrary<bool>());
  const bool indent = *rc::gen::arbitrary<bool>();
  RC_ASSERT(ToJson(quote, {.indent = indent}) == ToJson(Value(ToRecord(quote)), indent));
}

TEST(Value, ComparesNumbersByValueAndTextsByBytes) {
  EXPECT_LT(Compare(Value(9), Value(uint64_t{10})), 0);
  EXPECT_GT(Compare(Value(0.5), Value(-1)), 0);
  EXPECT_LT(Compare(Value("10"), Value("9")), 0);
  EXPECT_EQ(Compare(Value("a"), Value("a")), 0);
  EXPECT_LT(Compare(Value(false), Value(true)), 0);
}

}  // namespace
}  // namespace verbatim::schema
